"""The year of a list of codes: as the user says, or as the file's name does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError

if TYPE_CHECKING:
    from monazite.sources.source import Given

_YEAR = re.compile(r"(20\d\d)", re.ASCII)
_SHORT = re.compile(r"(?:exp|imp)atp(\d\d)\D", re.ASCII | re.IGNORECASE)


def edition_of(given: Given) -> str:
    """The year in a file's name: ``census_imp_code_2022.csv``, ``impatp22.txt``.

    Raises
    ------
    SourceError
        If there is none.
    """
    if found := _YEAR.search(given.name):
        return found[1]
    if found := _SHORT.match(given.name):
        return f"20{found[1]}"
    hint = "Name the year whose codes these are: --edition 2022"
    raise SourceError(given.name, found="no year in the name", expected="the year of its codes", hint=hint)


def year(given: Given) -> str:
    """The year of a file's codes.

    Raises
    ------
    SourceError
        If neither the user nor the name says it.
    """
    found = _YEAR.search(given.as_of or edition_of(given))
    if found is None:
        told, expected = repr(given.as_of[:80]), "a year, as 2022"
        raise SourceError(given.name, column="--edition", found=told, expected=expected)
    return found[1]
