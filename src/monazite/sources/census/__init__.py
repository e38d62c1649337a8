"""U.S. Census Bureau, international trade: answers of the API, tables saved from them, bulk files.

``docs/sources/census.md`` says what each form holds, what is read and what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.indicators import CODE
from monazite.schema.trade import TRADE
from monazite.sources.census.bulk import bulk_sheet
from monazite.sources.census.checking import KEY_PAGE
from monazite.sources.census.fetching import HOSTS, PARAMETERS, locate
from monazite.sources.census.partners import EU
from monazite.sources.census.recognising import SCHEDULE_C, recognises
from monazite.sources.census.schedule_c import produced, schedule_c
from monazite.sources.census.sheet import parquet_sheet, text_sheet
from monazite.sources.census.trade import selected
from monazite.sources.source import Licence, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Rows, Select

__all__ = ["EU", "SOURCE", "locate", "read", "recognises"]

HEAD = 400


def read(given: Given, account: Account) -> Iterator[Rows | Select]:
    """Rows of a file in any of its forms.

    Raises
    ------
    SourceError
        If it is none of them, or damaged.
    """
    head = _head(given)
    if head.startswith(b"PK"):
        yield selected(bulk_sheet(given, account), account)
    elif head.startswith(b"PAR1"):
        yield selected(parquet_sheet(given), account)
    elif SCHEDULE_C.encode() in head:
        yield schedule_c(given, account)
    else:
        yield selected(text_sheet(given, account), account)


def edition(given: Given) -> str:
    """The day a file was fetched or loaded: the publisher revises months without naming an edition."""
    return produced(_head(given).decode("utf-8", "replace")) or given.retrieved.isoformat()


def _head(given: Given) -> bytes:
    """The first bytes of a file."""
    if not given.path.is_file():
        raise SourceError(
            given.name, found="no file", expected="an answer, a table or a zip of the publisher"
        )
    with given.path.open("rb") as opened:
        return opened.read(HEAD)


SOURCE = Source(
    id="census",
    title="International Trade Data",
    publisher="U.S. Census Bureau",
    homepage="https://www.census.gov/foreign-trade/data/index.html",
    licence=Licence(
        "US public domain", "https://www.census.gov/data/developers/about/terms-of-service.html", "free"
    ),
    tables=(TRADE, CODE),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=HOSTS,
    parameters=PARAMETERS,
    locate=locate,
    key="CENSUS_API_KEY",
    key_from=KEY_PAGE,
)
