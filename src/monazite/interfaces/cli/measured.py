"""Measures as a terminal shows them: what fits, the most important columns first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from monazite.codes.countries import country
from monazite.errors import UnknownCodeError
from monazite.interfaces.cli.table import Shown, fitted
from monazite.results.shown import dollars
from monazite.results.words import index_range, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, Any]

_GAP = 2
_KEYS = ("year", "importer", "code")


def table(rows: Sequence[Row], columns: int) -> Table:
    """The rows; of the key only the columns that tell them apart, as the title names the rest."""
    drawn = Table(
        box=SIMPLE_HEAD, show_edge=False, padding=(0, _GAP - 1, 0, 0), pad_edge=False, header_style="bold"
    )
    shown = [one for one in COLUMNS if one.heading.lower() not in _alike(rows)]
    natural = {one: max(len(one.heading), *(len(one.cell(row)) for row in rows)) for one in shown}
    widths = fitted(shown, natural, columns)
    for one, width in widths.items():
        drawn.add_column(one.heading, justify=one.justify, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        drawn.add_row(*(one.cell(row) for one in widths))
    return drawn


def _alike(rows: Sequence[Row]) -> set[str]:
    """Columns of the key in which all rows are alike."""
    return {key for key in _KEYS if len({row[key] for row in rows}) == 1}


def _code(row: Row) -> str:
    """The code; a dagger behind a dead one."""
    return f"{row['code']} †" if row["code_status"] == "dead" else str(row["code"])


def _leading(row: Row) -> str:
    """The leading supplier with its share in front, so that a long name loses letters, not figures."""
    if row["leading_exporter"] is None:
        return "nobody named"
    return f"{percent(row['leading_share']):>4} {_named(row['leading_exporter'])}"


def _named(place: str) -> str:
    """A country's name; its id where no list has one.

    >>> _named("CHN"), _named("M49-999")
    ('China', 'M49-999')
    """
    try:
        return country(place).name
    except UnknownCodeError:
        return place


def _remains(row: Row) -> str:
    """What remains without the leading supplier."""
    return "–" if row["n_minus_one"] is None else percent(row["n_minus_one"])


def _geodep(row: Row) -> str:
    """GeoDep's flags.

    >>> _geodep({"geodep": True, "geodep_persistent": True}), _geodep({"geodep": None})
    ('lasting', 'open')
    """
    if row["geodep"]:
        return "lasting" if row["geodep_persistent"] else "yes"
    return "open" if row["geodep"] is None else "no"


COLUMNS = (
    Shown("Year", lambda row: str(row["year"]), 0),
    Shown("Importer", lambda row: str(row["importer"]), 0),
    Shown("Code", _code, 0),
    Shown("Imports", lambda row: dollars(row["value_usd"]), 1, justify="right"),
    Shown("Leading", _leading, 0, 10),
    Shown("HHI", lambda row: index_range(row["hhi_low"], row["hhi_high"]), 0, justify="right"),
    Shown(
        "× risk",
        lambda row: index_range(row["governance_weighted_hhi_low"], row["governance_weighted_hhi_high"]),
        3,
        justify="right",
    ),
    Shown("N-1", _remains, 4, justify="right"),
    Shown(
        "World", lambda row: index_range(row["export_hhi_low"], row["export_hhi_high"]), 5, justify="right"
    ),
    Shown("GeoDep", _geodep, 2),
)
