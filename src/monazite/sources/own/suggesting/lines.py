"""The lines of a proposed mapping: what is proposed, what may be, and what is still needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.sources.own import kinds, places, units
from monazite.sources.own.cells import plain
from monazite.sources.own.kinds import Kind
from monazite.sources.own.suggesting import dates
from monazite.sources.own.suggesting.drafts import UNSURE, titled
from monazite.sources.own.suggesting.figures import silences
from monazite.sources.own.suggesting.pages import Line, Proposed, entry, location
from monazite.sources.own.suggesting.weighing import MONTH, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.schema.tables import Table
    from monazite.sources.own.suggesting.drafts import Draft
    from monazite.sources.own.suggesting.samples import Look
    from monazite.sources.own.suggesting.weighing import Proposal

_LABELS = (Kind.COUNTRY, Kind.GOODS, Kind.PERIOD, Kind.YEAR)
_GROUPED = 0.2
_WIDE = 0.8
_UNKNOWN = 5
_NEEDED = "needed, and not found: say it for all rows, or name a header"
_EXAMPLES = {
    "flow": ("import", "export"), "importer": ("USA",), "exporter": ("CHN",), "code": ("TOTAL",),
    "reporter": ("USA",), "year": ("2024",), "period": ("2024",), "measure": ("production",),
    "unit": ("t",), "chapter": ("ANTIMONY",), "indicator": ("political-stability",), "country": ("USA",),
}  # fmt: skip


def proposed(found: Look, best: Draft) -> list[Line]:
    """Lines that are proposed, in the order of the table."""
    order = {name: place for place, name in enumerate(kinds.columns(best.table))}
    made, joined = dict(best.made), []
    month = made.pop(MONTH.name, None)
    if month and (year := made.pop("year", None)):
        made.pop("period", None)
        joined.append(_joined(year, month))
    own = [
        _line(made[name], _said(made[name]), made=True) for name in sorted(made, key=lambda each: order[each])
    ]
    return [*joined, *own, *_across(found, best, made=True), *_constants(best, made=True)]


def doubtful(found: Look, best: Draft) -> list[Line]:
    """Lines that may be right, and examples of what is still needed."""
    return [
        *_across(found, best, made=False), *_shown(best), *_constants(best, made=False), *_needed(best),
    ]  # fmt: skip


def _joined(year: Proposal, month: Proposal) -> Line:
    """A period from a year and a month."""
    headers = [year.sample.header, month.sample.header]
    why, sure = "a year and a month make a period", min(year.sure, month.sure)
    return Line(
        entry("period", {"from": headers}), Proposed("period", " and ".join(headers), sure, why, made=True)
    )


def _said(each: Proposal) -> dict[str, Any]:
    """What the mapping says of a column."""
    sample = each.sample
    where = location(sample.header, sample.place, repeated=sample.repeated)
    return {**where, **each.options, **({"fill": "down"} if _grouped(each) else {})}


def _grouped(each: Proposal) -> bool:
    """Whether a label stands only in the first row of its group."""
    cells = each.sample.cells
    blank = sum(cell is None for cell in cells)
    return each.kind in _LABELS and bool(cells) and cells[0] is not None and blank > _GROUPED * len(cells)


def _line(each: Proposal, said: Mapping[str, Any], *, made: bool) -> Line:
    """A line and what it says."""
    why = each.why
    if unknown := _unknown(each):
        why = f'{why}; not known: {", ".join(unknown)}: add codes: {{"{unknown[0]}": ISO3}}'
    if dates.doubtful(each.sample.distinct, each.options.get("date", "")):
        why = f"{why}; day and month could be the other way round"
    return Line(
        entry(each.column.name, said),
        Proposed(each.column.name, each.sample.header, each.sure, why, made=made),
    )


def _unknown(each: Proposal) -> list[str]:
    """The first names of countries no list holds."""
    if each.kind is not Kind.COUNTRY:
        return []
    scheme = each.options.get("scheme", "any")
    texts = [plain(cell)[:40] for cell in each.sample.distinct]
    return [text for text in texts if not places.place(text, scheme).known][:_UNKNOWN]


def _across(found: Look, best: Draft, *, made: bool) -> list[Line]:
    """The figures of a wide table: every header that is a period, as what the titles say they measure."""
    if not found.wide:
        return []
    said = _measured(found, best)
    sure = _WIDE if len(said) == 1 else UNSURE
    why = f"{len(found.wide)} headers are periods" + ("" if len(said) == 1 else "; what do they measure?")
    if (sure >= PROPOSED) is not made:
        return []
    across = "period" if "period" in best.table.names else "year"
    silent = _silent(found)
    return [
        Line(
            entry(name, {"across": across} | ({"unit": unit} if unit else {}) | silent),
            Proposed(name, f"{len(found.wide)} columns", sure, why, made=made),
        )
        for name, unit in said
    ]


def _measured(found: Look, best: Draft) -> list[tuple[str, str]]:
    """What the figures of a wide table may be, with their unit: one thing if a title says it."""
    names = [name for name in ("value", "value_usd", "mass_t", "quantity") if name in best.table.names]
    stated = [_figures(best.table, unit) for unit in titled(found)[:1]]
    return [(name, unit) for name, unit in stated or [(name, "") for name in names] if name not in best.made]


def _figures(table: Table, unit: units.Unit) -> tuple[str, str]:
    """The column of a table that takes figures in a unit, and the unit."""
    if "value" in table.names:
        return "value", unit.text
    by_base = {one.unit: one.name for one in reversed(table.columns) if one.name in ("value_usd", "mass_t")}
    return by_base.get(units.BASE.get(unit.measures, ""), "quantity"), unit.text


def _silent(found: Look) -> dict[str, Any]:
    """Words instead of numbers in the columns of a wide table, by what they say."""
    words: dict[str, set[str]] = {}
    for each in found.wide:
        for key, listed in silences(each).items():
            words.setdefault(key, set()).update(listed)
    return {key: sorted(listed) for key, listed in words.items()}


def _constants(best: Draft, *, made: bool) -> list[Line]:
    """Values that are the same for all rows."""
    return [
        Line(
            entry(each.column, {"value": each.value}),
            Proposed(each.column, "", each.sure, each.why, made=made),
        )
        for each in best.constants
        if (each.sure >= PROPOSED) is made
    ]


def _shown(best: Draft) -> list[Line]:
    """Possibilities that are not proposed, with the other unit where none is stated."""
    lines = []
    for each in best.shown:
        said = _said(each)
        if each.column is not MONTH:
            lines.append(_line(each, said, made=False))
        if "t or kg" in each.why:
            lines.append(_line(each, {**said, "unit": "kg"}, made=False))
    return lines


def _needed(best: Draft) -> list[Line]:
    """Examples of what every row must have and nothing was found for."""
    shown = {each.column.name for each in best.shown} | {each.column for each in best.constants}
    return [
        Line(entry(name, {"value": value}), Proposed(name, "", 0.0, _NEEDED, made=False))
        for name in best.lacking
        if name not in shown
        for value in _EXAMPLES.get(name, ("…",))
    ]
