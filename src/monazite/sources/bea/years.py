"""Which year a file is of that does not say so: its name, the user, or a reviewed table of known files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.codes import reviewed
from monazite.errors import SourceError

if TYPE_CHECKING:
    from monazite.sources.source import Given

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def known(given: Given) -> str:
    """The year of a known file, from the reviewed table; empty for others."""
    rows = reviewed.rows("years.csv", __package__ or "")
    return next((row["year"] for row in rows if row["snapshot"] == given.snapshot), "")


def named(text: str) -> str:
    """The last year a title or a name holds.

    >>> named("The Supply Table, 2007"), named("2024, (Millions of dollars)"), named("BEA_Use_DET.csv")
    ('2007', '2024', '')
    """
    return next(reversed(_YEAR.findall(text)), "")


def year(given: Given, *titles: str) -> int:
    """The year of a matrix.

    Raises
    ------
    SourceError
        If nothing says it.
    """
    said = [named(title) for title in titles]
    found = next(filter(None, [*said, given.parameters.get("year", ""), known(given), named(given.name)]), "")
    if not re.fullmatch(r"(19|20)\d\d", found):
        hint = "Name the file after its year, like bea_use_import_2022.csv"
        raise SourceError(given.name, found="no year", expected="a year in the title or the name", hint=hint)
    return int(found)
