"""What A and B are: two importers, two years of trade, or two editions; never one of each."""

from __future__ import annotations

import re
from typing import NamedTuple

from monazite.codes.groups import importer as importer_of
from monazite.errors import UnknownCodeError, UsageError

_YEAR = re.compile(r"(19|20)\d\d")
_EDITION = re.compile(r"mcs(19|20)\d\d", re.IGNORECASE)
KINDS = {"year": "two years (2022 2024)", "edition": "two editions (mcs2025 mcs2026)",
         "importer": "two importers (EU27 Japan)"}  # fmt: skip


class Side(NamedTuple):
    """One side: of which kind it is, and what it is called."""

    kind: str
    name: str


def sides(first: str, second: str) -> tuple[Side, Side]:
    """Both sides, of one kind.

    Raises
    ------
    UsageError
        If they are of two kinds, or the same.
    UnknownCodeError
        If one is no year, no edition and no importer.

    Examples
    --------
    >>> sides("2022", "2024"), sides("EU27", "Japan")[1]
    ((Side(kind='year', name='2022'), Side(kind='year', name='2024')), Side(kind='importer', name='Japan'))
    """
    found = (_side(first), _side(second))
    if found[0].kind != found[1].kind:
        told = " and ".join(f"{one.name} is of kind {one.kind}" for one in found)
        raise UsageError(f"compare takes two of a kind: {', '.join(KINDS.values())}; {told}.")
    if found[0].name.casefold() == found[1].name.casefold():
        raise UsageError(f"both sides are {found[0].name}; there is nothing to compare.")
    return found


def _side(asked: str) -> Side:
    """What one side is."""
    told = asked.strip()
    if _YEAR.fullmatch(told):
        return Side("year", told)
    if _EDITION.fullmatch(told):
        return Side("edition", told.lower())
    try:
        importer_of(told)
    except UnknownCodeError as error:
        raise UnknownCodeError("importer, year or edition", asked, error.nearest) from error
    return Side("importer", told)
