"""What is told of a conversion: its tables and its findings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.written import LENGTHS, PROBLEMS, system
from monazite.results.frame import Frame
from monazite.schema import conversion
from monazite.schema.conversion import CARRIED, OUTCOMES
from monazite.schema.findings import finding
from monazite.store.carrying import Sum
from monazite.studies.nomenclature.concordance.shares import LOST
from monazite.studies.nomenclature.convert.reading import HEADING, kind, likelier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.schema.findings import Finding
    from monazite.store.carrying import Carried, Layout, Stock
    from monazite.studies.nomenclature.concordance import Concordance
    from monazite.studies.nomenclature.concordance.shares import Share
    from monazite.studies.nomenclature.convert.reading import Read

Row = dict[str, Any]
SHOWN = 5
"""Codes named in a finding."""


class Outcome(NamedTuple):
    """What became of one text of the code column."""

    read: Read
    outcome: str
    reason: str


def outcomes(reads: Iterable[Read], concordance: Concordance) -> tuple[Outcome, ...]:
    """What became of every text."""
    return tuple(Outcome(one, *_outcome(one, concordance)) for one in reads)


def _outcome(read: Read, concordance: Concordance) -> tuple[str, str]:
    """What became of a text, and why it or a part of it was not carried."""
    written = read.written
    if not read.code:
        told = f"{written.told}; --repair would read {written.repaired}" if written.repaired else written.told
        if written.problem == "total":
            return "level", told
        return "unknown" if written.rule == "code-unknown" else "misread", told
    found = concordance.of(read.code)
    if any(one.target != LOST for one in found):
        return kind(found, concordance), concordance.lost(read.code)
    lengths = LENGTHS.get(system(concordance.path[0]), ())
    if lengths and len(read.code) < min(6, max(lengths)):
        return "level", HEADING
    return "unmapped", concordance.lost(read.code)


def totals(layout: Layout, stock: Stock, told: Iterable[Outcome], carried: Carried) -> Frame:
    """The conversion by column of amounts."""
    parts = {"carried": CARRIED[:-1], "bounds": CARRIED[-1:], "not_carried": OUTCOMES[len(CARRIED) :]}
    found = {name: [one.read.found for one in told if one.outcome in those] for name, those in parts.items()}
    rows = sum(one.rows for one in stock.found)
    return Frame(
        conversion.CONVERSION,
        tuple(
            {
                "column": column,
                "rows_read": rows,
                "rows_written": carried.rows,
                "total_read": float((read := _sum(stock.found, n)).total),
                **{f"total_{name}": float(_sum(those, n).total) for name, those in found.items()},
                "total_written": float(carried.written[n].total),
                "low_written": float(carried.written[n].low),
                "high_written": float(carried.written[n].high),
                "total_lost": float(carried.lost[n].total),
                "low_lost": float(carried.lost[n].low),
                "high_lost": float(carried.lost[n].high),
                "missing_read": read.missing,
                "missing_written": carried.written[n].missing,
                "decimals": stock.decimals[n],
            }
            for n, column in enumerate(layout.values)
        ),
    )


def by_outcome(layout: Layout, told: Iterable[Outcome]) -> Frame:
    """Rows and amounts by what became of the codes."""
    groups: dict[tuple[str, str], list[Read]] = defaultdict(list)
    for one in told:
        groups[one.outcome, "" if one.outcome in CARRIED else _short(one.reason)].append(one.read)
    order = sorted(groups, key=lambda group: (OUTCOMES.index(group[0]), group[1]))
    rows = (
        {
            "outcome": outcome,
            "reason": reason,
            "column": column,
            "codes": len(groups[outcome, reason]),
            "rows": sum(one.found.rows for one in groups[outcome, reason]),
            "total": float(_sum((one.found for one in groups[outcome, reason]), n).total),
        }
        for outcome, reason in order
        for n, column in enumerate(layout.values)
    )
    return Frame(conversion.CONVERSION_OUTCOME, tuple(rows))


def by_code(told: Iterable[Outcome], concordance: Concordance) -> Frame:
    """What became of every text."""
    rows = (
        {
            "text": one.read.found.text,
            "code": one.read.code,
            "problem": one.read.written.told,
            "repaired": one.read.repaired,
            "outcome": one.outcome,
            "targets": ", ".join(map(_target, concordance.of(one.read.code))) if one.read.code else "",
            "rows": one.read.found.rows,
            "reason": one.reason,
        }
        for one in told
    )
    return Frame(conversion.CONVERSION_CODE, tuple(rows))


def families(told: Iterable[Outcome], concordance: Concordance) -> Frame:
    """The members of the families that were written."""
    written = sorted({concordance.of(one.read.code)[0].target for one in told if one.outcome == "family"})
    rows = (
        {"family": family, "nomenclature": nomenclature, "code": code}
        for family in written
        for nomenclature, code in concordance.families[family]
    )
    return Frame(conversion.CONVERSION_FAMILY, tuple(rows))


def findings(file: str, told: tuple[Outcome, ...], concordance: Concordance) -> Iterator[Finding]:
    """What was found in the file, each with the codes concerned."""
    start, end = concordance.path[0], concordance.path[-1]
    if better := likelier((one.read for one in told), start):
        edition, share, own = better
        found = f"{share:.0%} of the codes are in {edition}, {own:.0%} in {start}"
        expected, hint = f"codes of {start}", f"Is the file in {edition}? Then say --from {edition}."
        yield finding("code-unknown", file, where=file, found=found, expected=expected, hint=hint)
    for (rule, problem, repaired), those in _grouped(told).items():
        listed = [f"{one.text} → {one.code}" if repaired else one.text or "(empty)" for one in those]
        found = f"{_count(those)}: {problem}{', repaired' if repaired else ''}: {_listed(listed)}"
        hint = "Leave totals out: they hold the other rows." if problem == PROBLEMS["total"][1] else ""
        yield finding(rule, file, where=file, found=found, expected=f"codes as {start} writes them",
                      rows=sum(one.rows for one in those), hint=hint)  # fmt: skip
    for outcome, rule, expected in (
        ("unmapped", "code-unmapped", f"a link to {end}"),
        ("bounds", "code-changed", "a weight for each part"),
    ):
        those = [
            _Told(one.read.code, one.read.code, one.read.found.rows) for one in told if one.outcome == outcome
        ]
        if those:
            found = f"{_count(those)}: {_FOUND[outcome]}: {_listed([one.text for one in those])}"
            yield finding(rule, file, where=file, found=found, expected=expected,
                          rows=sum(one.rows for one in those), hint=_HINTS[outcome])  # fmt: skip


_FOUND = {
    "unmapped": "not carried, no link that is followed leads on",
    "bounds": "split into parts nobody knows, carried as bounds",
}
_HINTS = {
    "unmapped": "Look the code up with codes trace; add a rule, or leave it out and say so.",
    "bounds": "Give --weights (or --weights estimated), or choose --by families.",
}


class _Told(NamedTuple):
    """What a finding says of one code."""

    text: str
    code: str
    rows: int


def _grouped(told: Iterable[Outcome]) -> dict[tuple[str, str, bool], list[_Told]]:
    """The texts that are not written as codes, by rule, problem and whether they were repaired."""
    groups: dict[tuple[str, str, bool], list[_Told]] = defaultdict(list)
    for one in told:
        written = one.read.written
        if written.problem:
            those = groups[written.rule, written.told, one.read.repaired]
            those.append(_Told(written.text, one.read.code, one.read.found.rows))
    return groups


def _count(those: list[_Told]) -> str:
    """How many codes in how many rows."""
    rows = sum(one.rows for one in those)
    return f"{len(those):,} code{'s' * (len(those) != 1)} in {rows:,} row{'s' * (rows != 1)}"


def _listed(texts: list[str]) -> str:
    """The first of several texts."""
    more = f" and {len(texts) - SHOWN:,} more" if len(texts) > SHOWN else ""
    return ", ".join(texts[:SHOWN]) + more


def _target(share: Share) -> str:
    """A target with its share."""
    name = share.target or "nowhere"
    if share.point is not None:
        return name if share.point == 1 else f"{name} ({share.point:.4g})"
    return f"{name} ({share.low:.4g}–{share.high:.4g})"


def _short(reason: str) -> str:
    """A reason without what is said of one code: its way through the editions, what a repair would give."""
    return reason.partition("; --repair would")[0]


def _sum(found: Iterable[Any], place: int) -> Sum:
    """The sum of one column over several texts."""
    total = Sum()
    for one in found:
        total = total.plus(one.sums[place])
    return total
