"""The audit as one self-contained HTML page: no network, no script, light and dark, print and phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from monazite.results.report.page import asset
from monazite.schema.findings import RULES
from monazite.studies.audit import words

if TYPE_CHECKING:
    from monazite.results.frame import Row
    from monazite.schema.findings import FindingRule
    from monazite.studies.audit.answer import Audit

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
VERDICTS = {
    "trade": "the value moved along: trade changed",
    "quantity": "the value did not, and the unit value is off: the quantity is wrong",
    "confirmed": "the unit value is off, and another record says the same",
    "unclear": "neither is shown",
}


class Check(NamedTuple):
    """One check of one source: its place in the page, what it says, and its rows."""

    anchor: str
    rule: FindingRule
    told: Row
    share: str
    value: str
    rows: list[Row]


class Change(NamedTuple):
    """Sharp changes of one source and verdict: counts, and their part of all of the source."""

    source: str
    meaning: str
    falls: str
    rises: str
    percent: float


def report_html(result: Audit) -> str:
    """The report of an audit, as the text of one HTML file; the same audit gives the same text."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"amount": words.amount, "times": words.times}
    checks = [_check(result, row) for row in result.table]
    text: str = environment.get_template("audit.html.jinja").render(
        result=result,
        style=Markup(asset("report.css") + (HERE / "audit.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
        policy=POLICY,
        found=[one for one in checks if one.told["found"]],
        clean=[one for one in checks if not one.told["found"]],
        changes=_changes(result),
        paragraphs=result.method.split("\n\n"),
        asked=_asked(result),
    )
    return text


def _check(result: Audit, row: Row) -> Check:
    """A row of the answer with its rule and rows to look at."""
    name = {key: row[key] for key in ("rule", "table", "source", "told_by")}
    share = words.share(row["found"], row["examined"]) if row["examined"] and row["found"] else ""
    return Check(
        "-".join("".join(filter(str.isalnum, part)) for part in name.values()),
        next(rule for rule in RULES if rule.id == row["rule"]),
        row,
        share,
        words.dollars(row["value_usd"]) if row["value_usd"] else "",
        list(result.details["rows"].where(**name)),
    )


def _changes(result: Audit) -> list[Change]:
    """Sharp changes of mass by source and verdict."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in result.details["changes"]:
        counted.setdefault((row["source"], row["verdict"]), {})[row["direction"]] = row["changes"]
    whole: dict[str, int] = {}
    for (source, _), by in counted.items():
        whole[source] = whole.get(source, 0) + sum(by.values())
    return [
        Change(
            source,
            VERDICTS[verdict],
            f"{by.get('fall', 0):,}",
            f"{by.get('rise', 0):,}",
            100 * sum(by.values()) / whole[source],
        )
        for verdict in VERDICTS
        for (source, told), by in counted.items()
        if told == verdict
    ]


def _asked(result: Audit) -> dict[str, Any]:
    """Parameters that were given."""
    return {
        name: ", ".join(value) if isinstance(value, tuple) else value
        for name, value in result.parameters.items()
        if value not in ((), None)
    }
