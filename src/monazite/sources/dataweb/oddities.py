"""What is odd about a report: empty periods, several units, suppressed quantities, wrong totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from monazite.sources.dataweb.figures import figure
from monazite.sources.dataweb.measures import measure
from monazite.sources.dataweb.partners import partner
from monazite.sources.dataweb.units import NONE_COLLECTED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monazite.sources.dataweb.joining import Joined
    from monazite.sources.dataweb.tables import Table
    from monazite.sources.source import Account

MANY = 20
"""Lines from which a period without any figure is told even where it is long past."""


def unpublished(done: Joined, by: date, file: str) -> set[str]:
    """Periods without a figure but zero that may not have been out yet on a day; a finding for each."""
    lines: Counter[str] = Counter()
    filled: set[str] = set()
    out: dict[str, bool] = {}
    for key, measures in done.lines.items():
        for index, period in enumerate(key.periods):
            if (year := key.year_of(period)) is None:
                continue
            told = period.told(year)
            lines[told] += 1
            out[told] = period.published(year, by)
            if any(one.figures[index] for one in measures.values()):
                filled.add(told)
    empty = sorted(lines.keys() - filled)
    for told in empty:
        if not out[told] or lines[told] >= MANY:
            done.account.tell(
                "period-empty", told, where=file, found=f"zero in each of {lines[told]:,} lines",
                expected="figures", rows=lines[told],
            )  # fmt: skip
    return {told for told in empty if not out[told]}


def several_units(done: Joined, file: str) -> set[str | None]:
    """Codes that stand under several units; a finding for each says in which years it has which."""
    years: dict[str | None, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key, lines in done.lines.items():
        if key.unit and lines.keys() != {"quantity_2"}:
            told = next(iter(lines.values())).figures
            years[key.code][key.unit] |= {
                key.year_of(period) or 0 for period, value in zip(key.periods, told, strict=True) if value
            }
    found = {code for code, units in years.items() if len(units) > 1}
    for code in sorted(found, key=str):
        units = (f"{unit} {min(held)}–{max(held)}" for unit, held in sorted(years[code].items()) if held)
        rows = sum(len(key.periods) for key in done.lines if key.code == code)
        done.account.tell(
            "units-several", str(code), where=file, found=", ".join(units) or "zeros",
            expected="one unit for one code", rows=rows,
        )  # fmt: skip
    return found


def tell_suppressed(done: Joined, file: str) -> None:
    """A finding for each code whose quantity is suppressed somewhere."""
    periods: dict[str | None, list[str]] = defaultdict(list)
    for key, lines in done.lines.items():
        marks = zip(*(line.suppressed for line in lines.values()), strict=True)
        for period, marked in zip(key.periods, marks, strict=True):
            if any(marked):
                periods[key.code].append(period.told(key.year_of(period) or 0))
    for code, told in sorted(periods.items(), key=str):
        found = f"suppressed quantities, {min(told)} to {max(told)}"
        done.account.tell(
            "withheld", str(code), where=file, found=found, expected="a quantity", rows=len(told),
            hint="The quantity is withheld or holds only a part; the value is whole.",
        )  # fmt: skip


def tell_missing(done: Joined, file: str) -> None:
    """A finding for each code with a quantity of zero beside a value that is none."""
    missing: Counter[str | None] = Counter()
    for key, lines in done.lines.items():
        if {"value", "quantity"} <= lines.keys() and key.unit != NONE_COLLECTED:
            value, first = lines["value"], lines["quantity"]
            cells = zip(value.figures, first.figures, first.suppressed, strict=True)
            missing[key.code] += sum(bool(of) and number == 0 and not marked for of, number, marked in cells)
    for code, count in sorted((+missing).items(), key=str):
        done.account.tell(
            "quantity-missing-as-zero", str(code), where=file, found="0 beside a value", rows=count,
            expected="a quantity", hint="DataWeb has no flag for it; the Census Bureau's API does.",
        )  # fmt: skip


def tell_partners(done: Joined, file: str) -> None:
    """A finding for each partner that no list holds."""
    rows: Counter[str] = Counter()
    for key in done.lines:
        if key.partner and not partner(key.partner).known:
            rows[key.partner] += len(key.periods)
    for name, count in sorted(rows.items()):
        done.account.tell(
            "country-unknown",
            name[:80],
            where=file,
            found=name[:80],
            expected="a partner of DataWeb",
            rows=count,
        )


def check_totals(tables: Sequence[Table], account: Account) -> None:
    """Compare each printed total with the sum of its column; whole dollars leave no room for rounding."""
    for table in tables:
        told = measure(table.measure)
        if told is None or told.kind not in {"value", "duty"}:
            continue
        layout = table.layout
        sums = [_sum(table, index) for index in layout.columns] if table.totals else []
        for line, cells in table.totals:
            for index, period, total in zip(layout.columns, layout.periods, sums, strict=True):
                printed = figure(cells[index])
                if isinstance(printed, float) and abs(total - printed) > 1:
                    account.tell(
                        "total-mismatch", f"{table.measure}, {period.told(period.year or 0)}",
                        where=f"{table.place}, line {line}", expected="the printed total",
                        found=f"lines sum to {total:,.0f}, printed {printed:,.0f}", rows=len(table.lines),
                    )  # fmt: skip


def _sum(table: Table, index: int) -> float:
    """Sum of a column."""
    figures = (figure(cells[index]) for _, cells in table.lines)
    return sum(one for one in figures if isinstance(one, float))
