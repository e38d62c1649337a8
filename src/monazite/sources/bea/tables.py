"""Where the codes and names of a printed table stand, in a sheet or in a file of separated values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.bea.matrix import DETAIL, Title, cut
from monazite.sources.bea.years import year
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.bea.matrix import Line, Matrix
    from monazite.sources.source import Given

TITLES = (
    ("the use of commodities by industr", "use"),
    ("the use table", "use"),
    ("import matrix", "use-import"),
    ("the supply table", "supply"),
    ("commodity-by-commodity total requirements", "requirements-total-commodity"),
    ("total requirements, industry-by-commodity", "requirements-total"),
    ("industry-by-commodity total requirements", "requirements-total"),
    ("domestic requirements, industry-by-commodity", "requirements-domestic"),
    ("industry-by-commodity domestic requirements", "requirements-domestic"),
)
NAMES = (
    ("use_import", "use-import"),
    ("use_domestic", "use-domestic"),
    ("requirements_domestic", "requirements-domestic"),
    ("requirements_total", "requirements-total"),
)
"""What a file without a title is, by its name."""

UNIT = "millions of dollars"
_TOP = 12


def titled(given: Given, lines: Sequence[Line], part: str = "") -> Matrix:
    """A table under a title, as BEA publishes it.

    Raises
    ------
    SourceError
        If the title is none of BEA's tables, or states neither a year nor millions of dollars.
    """
    place = f"{given.name}/{part}" if part else given.name
    at = _codes(lines, place)
    titles = [text_of(row[0]) for _, row in lines[:at] if row]
    matrix = _kind(titles, place)
    told = " ".join(titles).casefold()
    if not matrix.startswith("requirements") and UNIT not in told:
        raise SourceError(place, found="no unit in the title", expected=f"({UNIT})")
    above = text_of(lines[at][1][0]) == "Code"
    _, names = lines[at - 1] if above else lines[at + 1]
    header = lines[at][1]
    called = {text_of(code): text_of(name) for code, name in zip(header[2:], names[2:], strict=False)}
    below = lines[at + (1 if above else 2) :]
    called.pop("", None)
    detail = "summary" if "summary" in told else "detail"
    title = Title(given.name, part, matrix, detail, year(given, *titles, part))
    return cut(title, header, below, called)


def untitled(given: Given, lines: Sequence[Line]) -> Matrix:
    """A table without a title, saved again by others: its name says what it is.

    Raises
    ------
    SourceError
        If its name says neither which table nor, for a file not known, which year it is.
    """
    folded = given.name.casefold()
    matrix = next((matrix for name, matrix in NAMES if name in folded), None)
    if matrix is None:
        expected = f"a name with one of {', '.join(name for name, _ in NAMES)}"
        raise SourceError(given.name, found="a matrix without a title", expected=expected)
    detail = "detail" if len(lines[0][1]) > DETAIL else "summary"
    return cut(Title(given.name, "", matrix, detail, year(given)), lines[0][1], lines[1:], {})


def _codes(lines: Sequence[Line], place: str) -> int:
    """Which line holds the codes of the columns."""
    for at, (_, row) in enumerate(lines[:_TOP]):
        first, second = (text_of(cell) for cell in (*row, "", "")[:2])
        if (first == "Code" and at) or (not first and "/" in second and at + 1 < len(lines)):
            return at
    raise SourceError(place, found="no line of codes", expected="codes of industries or commodities")


def _kind(titles: Sequence[str], place: str) -> str:
    """Which table a title names."""
    told = " ".join(titles).casefold()
    found = next((matrix for title, matrix in TITLES if title in told), None)
    if found is None:
        expected = "use, import matrix, supply, or requirements by commodity"
        raise SourceError(place, line=1, found=repr((titles or [""])[0][:80]), expected=expected)
    return found
