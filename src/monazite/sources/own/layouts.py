"""Where the cells of each column stand, in a long table and in a wide one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.sources.own import periods
from monazite.sources.own.headings import told

if TYPE_CHECKING:
    from monazite.sources.own.grids import Grid
    from monazite.sources.own.headings import Heading
    from monazite.sources.own.mapping import Mapping


class Across(NamedTuple):
    """One column of a table that is wide: its place and the period its header names."""

    place: int
    period: str


def placed(grid: Grid, heading: Heading, mapping: Mapping) -> dict[str, tuple[int, ...]]:
    """Places of the cells of each column of a mapping; none for constants.

    Raises
    ------
    SourceError
        If the mapping names columns in a file without a header.
    """
    found: dict[str, tuple[int, ...]] = {}
    for name, own in mapping.columns.items():
        if own.headers and not heading.line:
            expected = "at: and a column's letters"
            raise SourceError(
                told(grid), column=own.told, found="header: none in the mapping", expected=expected
            )
        places = tuple(heading.places(header)[0] for header in own.headers)
        found[name] = places if own.at is None else (own.at,)
    return found


def across(grid: Grid, heading: Heading, mapping: Mapping) -> tuple[Across, ...]:
    """The columns of a wide table: those whose headers are periods; none where the mapping says nothing.

    Raises
    ------
    SourceError
        If the mapping says that the table is wide, and no header is a period.
    """
    if not any(own.across for own in mapping.columns.values()):
        return ()
    found = [Across(place, text) for place, name in enumerate(heading.names) if (text := _period(name))]
    if not found:
        listed = ", ".join(name for name in heading.names if name)[:200]
        expected = "years or months in the header"
        raise SourceError(told(grid), line=heading.line, found=listed or "no names", expected=expected)
    return tuple(found)


def _period(name: str) -> str:
    """The period a header names; empty if none."""
    try:
        return periods.period(name).text
    except periods.NotAPeriodError:
        return ""
