"""How a column writes its periods: what reads every cell, and only one way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from monazite.sources.own import periods
from monazite.sources.own.cells import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.own.cells import Cell

_ORDERS = tuple(
    f"{order[0]}{sign}{order[1]}{sign}{year}"
    for sign in ("/", "-", ".")
    for order in (("dd", "mm"), ("mm", "dd"))
    for year in ("yyyy", "yy")
)
_ENOUGH = 0.9
_FEW = 3


def writing(cells: Sequence[Cell]) -> str:
    """What ``date:`` must say; empty if nothing, because each cell can be read one way.

    >>> writing(["03/04/2024", "25/04/2024"]), writing(["2024M04"]), writing([45383.0, 45413.0])
    ('dd/mm/yyyy', '', 'excel')
    """
    texts = [plain(cell)[:40] for cell in cells if not isinstance(cell, date | bool)]
    if not texts or _reads(texts, "") >= _ENOUGH:
        return ""
    if _reads(texts, periods.EXCEL) >= _ENOUGH:
        return periods.EXCEL
    best = max(_ORDERS, key=lambda each: _reads(texts, each))
    return best if _reads(texts, best) >= _ENOUGH else ""


def doubtful(cells: Sequence[Cell], chosen: str) -> bool:
    """Whether days and months could as well be the other way round.

    >>> doubtful(["03/04/2024", "05/04/2024"], "dd/mm/yyyy")
    True
    """
    if chosen not in _ORDERS:
        return False
    texts = [plain(cell)[:40] for cell in cells if not isinstance(cell, date | bool)]
    parts = chosen.replace("dd", "%").replace("mm", "dd").replace("%", "mm")
    return _reads(texts, parts) >= _reads(texts, chosen)


def stands_for_years(cells: Sequence[Cell], chosen: str) -> bool:
    """Whether every cell is the first or last day of a year, which then is what it stands for."""
    found = []
    for cell in cells:
        try:
            found.append(
                periods.of_date(cell) if isinstance(cell, date) else periods.period(plain(cell)[:40], chosen)
            )
        except periods.NotAPeriodError:
            return False
    ends = {(each.month, each.day) for each in found}
    return len(found) >= _FEW and len(ends) == 1 and ends <= {(1, 1), (12, 31)}


def _reads(texts: Sequence[str], how: str) -> float:
    """Share of texts a writing reads."""
    return sum(_read(text, how) for text in texts) / len(texts)


def _read(text: str, how: str) -> bool:
    """Whether a writing reads a text."""
    try:
        return bool(periods.period(text, how))
    except periods.NotAPeriodError:
        return False
