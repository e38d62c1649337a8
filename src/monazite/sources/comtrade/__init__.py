"""UN Comtrade: the API's answers, bulk files, and tables saved from it; never passed on."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from monazite.schema.trade import TRADE
from monazite.sources.comtrade import monthly
from monazite.sources.comtrade.answers import read_answer
from monazite.sources.comtrade.bulk import read_bulk
from monazite.sources.comtrade.records import REQUIRED
from monazite.sources.comtrade.requests import HOST, PARAMETERS, locate
from monazite.sources.comtrade.saved import read_columns
from monazite.sources.comtrade.survey import GZIP
from monazite.sources.source import Licence, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Rows, Sample, Select

__all__ = ["SOURCE"]

HEAD = 64 * 2**10
_RELEASED = re.compile(r"\[(\d{4}-\d{2}-\d{2})\]")
_ANSWER = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"(elapsedTime|count|data|error)"\s*:')


def read(given: Given, account: Account) -> Iterator[Rows | Select]:
    """Read a file of any of the four forms.

    Raises
    ------
    SourceError
        If it is none of them, or not what its form says.
    """
    with given.path.open("rb") as file:
        head = _plain(file.read(HEAD))
    if _ANSWER.match(head):
        yield from read_answer(given, account)
    elif _header(head, b",") == monthly.COLUMNS:
        yield from monthly.read_monthly(given, account)
    elif b"\t" in head.partition(b"\n")[0]:
        yield from read_bulk(given, account)
    else:
        yield from read_columns(given, account)


def recognises(sample: Sample) -> bool:
    """Whether a file is an answer, a bulk file, or a table saved from UN Comtrade."""
    head = _plain(sample.head)
    if _ANSWER.match(head):
        return b'"reporterCode"' in head or b'"elapsedTime"' in head
    columns = _header(head, b"\t" if b"\t" in head.partition(b"\n")[0] else b",")
    return columns == monthly.COLUMNS or set(REQUIRED) <= set(columns)


def edition(given: Given) -> str:
    """The day a bulk file was released, as its name says; else the day it was fetched.

    The publisher revises its data without naming editions.
    """
    released = _RELEASED.search(given.name)
    return released[1] if released else given.retrieved.isoformat()


def _plain(head: bytes) -> bytes:
    """First bytes, unpacked if they are gzipped."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _header(head: bytes, comma: bytes) -> tuple[str, ...]:
    """Column names of a first line, in lower case."""
    line = head.partition(b"\n")[0].removeprefix(b"\xef\xbb\xbf")
    return tuple(name.decode("latin-1").strip(' "\r').lower() for name in line.split(comma))


SOURCE = Source(
    id="comtrade",
    title="UN Comtrade",
    publisher="United Nations Statistics Division",
    homepage="https://comtradeplus.un.org",
    licence=Licence(
        "UN Comtrade policy on use and re-dissemination",
        "https://uncomtrade.org/docs/policy-on-use-and-re-dissemination/",
        "forbidden",
    ),
    tables=(TRADE,),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=(HOST,),
    parameters=PARAMETERS,
    locate=locate,
    key="COMTRADE_API_KEY",
    key_from="https://comtradedeveloper.un.org",
    per_second=1.0,
)
