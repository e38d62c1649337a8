"""Census Bureau: the goods of HTS and Schedule B of a year, with the codes each belongs to elsewhere.

* :mod:`.goods`: the lists of imports and exports: texts, units, SITC, end use, NAICS, advanced technology
* :mod:`.technology`: the lists of advanced technology products
* :mod:`.sitc`: codes of SITC, Revision 4
* :mod:`.belonging`: links, and the codes that occur in them

Not every list says of which year it is: the year is taken from the file's name, or from ``--edition``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.nomenclature import NOMENCLATURE_CODE, NOMENCLATURE_LINK
from monazite.sources.census_codes import goods, sitc, technology
from monazite.sources.census_codes.years import edition_of
from monazite.sources.source import Licence, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Rows, Sample

__all__ = ["SOURCE"]

HEAD = 2**10


def recognises(sample: Sample) -> bool:
    """Whether a file is one of the lists, by its first line."""
    first = sample.text.partition("\n")[0].rstrip("\r")
    return (
        goods.is_table(first)
        or goods.is_fixed(first)
        or technology.is_list(first)
        or sitc.TITLE in sample.text[:HEAD]
    )


def edition(given: Given) -> str:
    """The year of a list.

    Raises
    ------
    SourceError
        If neither the file nor its name says it.
    """
    if sitc.TITLE in _head(given):
        return sitc.published(given)
    return edition_of(given)


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Codes and links of a list.

    Raises
    ------
    SourceError
        If it is none of the lists, is cut short, or nobody says of which year it is.
    """
    head = _head(given)
    first = head.partition("\n")[0].rstrip("\r")
    if sitc.TITLE in head:
        yield sitc.rows(given, account)
    elif technology.is_list(first):
        yield from technology.rows(given, account)
    elif goods.is_table(first) or goods.is_fixed(first):
        yield from goods.rows(given, account)
    else:
        expected = "a list of HTS, Schedule B, SITC or advanced technology"
        raise SourceError(given.name, line=1, found=repr(first[:80]), expected=expected)


def _head(given: Given) -> str:
    """The first characters of a file."""
    with given.path.open("rb") as stream:
        return stream.read(HEAD).decode("utf-8-sig", "replace")


SOURCE = Source(
    id="census_codes",
    title="Concordances of HTS and Schedule B",
    publisher="U.S. Census Bureau",
    homepage="https://www.census.gov/foreign-trade/reference/codes/index.html",
    licence=Licence(
        "US public domain", "https://www.census.gov/foreign-trade/reference/codes/index.html", "free"
    ),
    tables=(NOMENCLATURE_CODE, NOMENCLATURE_LINK),
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="Download the lists from https://www.census.gov/foreign-trade/reference/codes/index.html",
)
