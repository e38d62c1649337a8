"""What was found about a row: each rule one function of the subject, the row and its suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.materials import material
from monazite.results.reliance import known
from monazite.results.words import edition, published_percent
from monazite.schema.findings import finding
from monazite.studies.dependence import shares
from monazite.studies.dependence.figures import balances, latest_shared
from monazite.studies.dependence.identity import TO_2022, identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.schema.findings import Finding
    from monazite.studies.dependence.row import Built, Subject

Row = dict[str, Any]
WIDE = 0.05  # bounds of the HHI of sources further apart than this are worth a finding; a judgement (U)
VERY_WIDE = 0.25  # and of producers, where the rest is often large; a judgement (U)


def about(subject: Subject, built: Built, as_of: str, year: int) -> list[Finding]:
    """Every finding about one row, for the year shown and the definition behind it."""
    found = [*_value(subject, built.row), *_suppliers(built), *_definition(subject, built.row)]
    found += [*revised(subject, as_of, year), *_figure_2(subject, built.row)]
    if open_identity := identity(subject.balance, subject.item, year):
        found.append(open_identity)
    return found


def _tell(built: Row, rule: str, found: str, expected: str) -> Finding:
    """A finding about the row of one item and year."""
    where = f"{edition(built['as_of'])}, {built['chapter'] or 'no chapter'}, {built['year']}"
    return finding(rule, built["item"], where=where, found=found, expected=expected)


def _value(subject: Subject, row: Row) -> Iterator[Finding]:
    """What kind of value it is: a bound, a group's, none at all; and what is withheld behind it."""
    if row["reliance_status"] == "censored":
        yield _tell(row, "censored", f"{row['reliance_published']} percent", "a figure")
    if subject.group_id:
        group = material(subject.group_id).name
        yield _tell(row, "group-value", f"the figure of {group}", f"a figure of {row['name']} alone")
    if not known(row):
        yield _tell(row, "no-data", row["reliance_published"] or "no figure", "a net import reliance")
    withheld = [
        name for name in ("production", "consumption", "stocks") if row[f"{name}_status"] == "withheld"
    ]
    if withheld:
        yield _tell(row, "withheld", f"W for {', '.join(withheld)}", "figures")


def _suppliers(built: Built) -> Iterator[Finding]:
    """What is wrong with, or unknown of, sources and producers."""
    row, sources, producers = built.row, built.sources, built.producers
    if sources.leader and "+" in sources.leader["partner"]:
        yield _tell(row, "partner-group", f"{sources.leader['name']} in one cell", "one country a cell")
    if sources.problem:
        yield _tell(row, "shares-mismatch", sources.problem, "shares that sum to 100 percent")
    if sources.hhi and sources.hhi.width > WIDE:
        found = (
            f"other countries {sources.remainder:.0%}; HHI {sources.hhi.low:.2f} to {sources.hhi.high:.2f}"
        )
        yield _tell(row, "partner-unspecified", found, "every country named")
    if producers.hhi and producers.hhi.width > VERY_WIDE:
        found = f"{producers.remainder:.0%} of world production is not named"
        yield _tell(row, "partner-unspecified", found, "every producer named")
    if producers.problem:
        yield _tell(row, "total-mismatch", producers.problem, "the published world total, within rounding")


def _definition(subject: Subject, row: Row) -> Iterator[Finding]:
    """Where the definition differs from the neighbours', or from itself in other years."""
    basis = row["consumption_basis"]
    if basis in ("reported", "estimated"):
        yield _tell(
            row, "not-comparable", f"a share of {basis} consumption", "a share of apparent consumption"
        )
    if subject.item["caveat"]:
        yield _tell(row, "not-comparable", subject.item["caveat"], "the same definition as its neighbours")
    if row["quantity_unit"] == "USD":
        yield _tell(row, "not-comparable", "a share by value", "a share by mass")
    if TO_2022 in subject.item["stock_rule"] and row["reliance_status"]:
        yield _tell(
            row, "definition-changed", "Government stocks counted to 2022", "one definition in all years"
        )
    low, high = row["computed_low"], row["computed_high"]
    if low is not None and subject.group is None and (gap := _miss(row, low, high)):
        why = f"; {subject.item['identity']}" if subject.item["identity"] else ""
        yield _tell(row, "reliance-differs", f"1 − P/AC gives {low:.1%} to {high:.1%}{why}", gap)


def _miss(row: Row, low: float, high: float) -> str:
    """What was published, if the computed reliance cannot be rounded to it; empty if it can."""
    published_low = row["reliance_low"] if row["reliance_low"] is not None else float("-inf")
    published_high = row["reliance_high"] if row["reliance_high"] is not None else float("inf")
    if row["reliance_published"] is None or not known(row):
        return ""
    slack = shares.HALF_A_POINT if row["reliance_status"] == "normal" else 0.0
    agrees = low <= published_high + slack and high >= published_low - slack
    printed = published_percent(row["reliance_published"], row["reliance_status"])
    return "" if agrees else f"{printed} as published"


def _figure_2(subject: Subject, row: Row) -> Iterator[Finding]:
    """Whether Figure 2 of the same edition prints another reliance than the chapter."""
    told = subject.group or subject.balance
    chapter, figure = told.one("net-import-reliance", row["year"]), told.one("figure-2", row["year"])
    if chapter and figure and chapter.published != figure.published:
        yield _tell(
            row, "figure-differs", f"{figure.published} in Figure 2", f"{chapter.published} in the chapter"
        )


def revised(subject: Subject, as_of: str, year: int) -> Iterator[Finding]:
    """Where another edition prints another reliance for the year, or for the latest both give."""
    told = subject.group or subject.balance
    editions = sorted(held for held, item in balances() if item == told.item and held != as_of)
    for other_as_of in editions:
        other = balances()[other_as_of, told.item]
        compared = latest_shared(told, other, year)
        if compared is None:
            continue
        ours, theirs = told.one("net-import-reliance", compared), other.one("net-import-reliance", compared)
        if ours and theirs and (ours.interval, ours.obs_status) != (theirs.interval, theirs.obs_status):
            where = f"{edition(as_of)}, {ours.where}, {compared}"
            found = f"{ours.published} in {edition(as_of)}"
            before = f"{theirs.published} as in {edition(other_as_of)}"
            yield finding("vintage-revised", subject.item["item"], where=where, found=found, expected=before)


def mismatched_stages(rows: list[Row]) -> Iterator[Finding]:
    """Net exporter at one stage and dependent at another of the same material."""
    own = [row for row in rows if not row["group_value"]]
    for row in own:
        dependent = [
            other
            for other in own
            if other["material"] == row["material"] and (other["reliance_low"] or 0) > 0
        ]
        if row["net_exporter"] and dependent:
            names = ", ".join(f"{other['form']} {other['reliance_published']}%" for other in dependent)
            exporter, elsewhere = f"net exporter of {row['form']}", f"the same at every stage, but {names}"
            yield _tell(row, "stage-mismatch", exporter, elsewhere)
