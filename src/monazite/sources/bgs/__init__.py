"""BGS World Mineral Statistics: production, imports and exports of minerals by country since 1970.

The British Geological Survey serves the figures over an OGC API, as separated values (``f=csv``) or
GeoJSON (``f=json``); both hold the same columns, in an order that changes from answer to answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.schema.minerals import MINERAL_STATISTIC
from monazite.sources.bgs.answers import LIMIT, is_json, records, years
from monazite.sources.bgs.asking import HOST, PARAMETERS, locate
from monazite.sources.bgs.figures import Reader
from monazite.sources.source import Licence, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Row, Sample

__all__ = ["LIMIT", "SOURCE"]

TERMS = (
    "https://www.bgs.ac.uk/mineralsuk/statistics/world-mineral-statistics/"
    "bgs-mineral-statistics-terms-and-conditions-ipr/"
)
_MARKS = ("bgs_commodity_trans", "bgs_statistic_type_trans")


def recognises(sample: Sample) -> bool:
    """Whether the first line, or the first feature, has the columns only these statistics have."""
    head = sample.text if is_json(sample.head) else sample.text.partition("\n")[0]
    return all(mark in head for mark in _MARKS)


def edition(given: Given) -> str:
    """The last year the answer reaches to, as ``bgs-to-2023``.

    Raises
    ------
    SourceError
        If the file is not an answer of the statistics.
    """
    return f"bgs-to-{max(years(given))}"


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Every figure of an answer.

    Raises
    ------
    SourceError
        If the file is not an answer of the statistics, or not the whole of it.
    """
    yield Rows(MINERAL_STATISTIC, _rows(given, account), {"section": "world", "file": given.name})


def _rows(given: Given, account: Account) -> Iterator[Row]:
    """Rows of the records; then what was found."""
    reader = Reader(given.name, account)
    for line, record in records(given):
        account.records += 1
        if row := reader.row(line, record):
            yield row
    reader.tell()


SOURCE = Source(
    id="bgs",
    title="World Mineral Statistics",
    publisher="British Geological Survey",
    homepage="https://www.bgs.ac.uk/mineralsuk/statistics/world-mineral-statistics/",
    licence=Licence(
        "© UKRI; BGS World Mineral Statistics terms: acknowledge, ask before passing on", TERMS, "unclear"
    ),
    tables=(MINERAL_STATISTIC,),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=(HOST,),
    parameters=PARAMETERS,
    locate=locate,
)
