"""USITC DataWeb: U.S. imports and exports, as the workbooks analysts download and as answers of its API.

* :mod:`.sheets`, :mod:`.answer`: a workbook or an answer as tables of one form
* :mod:`.query`, :mod:`.measures`, :mod:`.periods`, :mod:`.units`, :mod:`.partners`: what their words mean
* :mod:`.joining`: the measures of the same goods, partner and period brought together
* :mod:`.rows`, :mod:`.oddities`: rows of ``trade``, and what is odd about them
* :mod:`.request`: what to ask the API for
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.trade import TRADE
from monazite.sources import workbook
from monazite.sources.dataweb import answer, oddities, query, sheets
from monazite.sources.dataweb.joining import joined
from monazite.sources.dataweb.measures import measure
from monazite.sources.dataweb.query import Query
from monazite.sources.dataweb.request import PARAMETERS, TRADE_TYPES, locate
from monazite.sources.dataweb.rows import rows
from monazite.sources.source import Licence, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.dataweb.tables import Table
    from monazite.sources.source import Account, Given, Sample

ZIPPED = b"PK\x03\x04"


def recognises(sample: Sample) -> bool:
    """Whether a file is a workbook with DataWeb's query sheet, or an answer of its API."""
    if sample.head.startswith(ZIPPED):
        return f'name="{query.SHEET}"' in workbook.glimpse(sample.path)
    text = sample.text.lstrip()
    return text.startswith("{") and '"dto"' in text and ('"column_groups"' in text or '"errors"' in text)


def edition(given: Given) -> str:
    """The day a workbook was downloaded; for an answer, the day it was fetched.

    Raises
    ------
    SourceError
        If a workbook cannot be read.
    """
    day = given.retrieved
    if _is_workbook(given):
        book = workbook.opened(given.path, file=given.name)
        day = query.downloaded(book.rows(query.SHEET)) or day
    return f"dataweb-{day.isoformat()}"


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Rows of ``trade``, one for each partner, code, unit and period.

    Raises
    ------
    SourceError
        If the file is not in DataWeb's layout, or was cut short.
    """
    asked, tables = sheets.report(given) if _is_workbook(given) else _answered(given)
    done = joined(tables, asked, account)
    empty = oddities.unpublished(done, asked.downloaded, given.name)
    several = oddities.several_units(done, given.name)
    oddities.tell_suppressed(done, given.name)
    oddities.tell_missing(done, given.name)
    oddities.tell_partners(done, given.name)
    oddities.check_totals(tables, account)
    yield Rows(TRADE, rows(done, asked, several, empty))


def _is_workbook(given: Given) -> bool:
    """Whether a file is no text."""
    with given.path.open("rb") as file:
        return file.read(4) == ZIPPED


def _answered(given: Given) -> tuple[Query, list[Table]]:
    """The query and tables of an answer, which does not say what was asked for."""
    flow, measures = given.parameters.get("flow", ""), given.parameters.get("measure", "")
    tables = answer.tables(given.path, given.name, measures)
    told = measure(tables[0].measure)
    kind = flow.removeprefix("general-") or ("import" if told and told.regime else "")
    if kind not in TRADE_TYPES:
        hint = "Say which with flow=import, domestic-export, ..."
        raise SourceError(given.name, found="an answer that names no flow", expected="a flow", hint=hint)
    regime = ("general" if flow.startswith("general-") else "consumption") if kind == "import" else ""
    return Query(kind, regime, "HTS", given.retrieved), tables


SOURCE = Source(
    id="dataweb",
    title="USITC DataWeb: U.S. merchandise trade",
    publisher="U.S. International Trade Commission",
    homepage="https://dataweb.usitc.gov",
    licence=Licence("US public domain", "https://www.usitc.gov/web_policies", "free"),
    tables=(TRADE,),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=("datawebws.usitc.gov",),
    parameters=PARAMETERS,
    locate=locate,
    key="DATAWEB_TOKEN",
    key_from="https://dataweb.usitc.gov, tab API (needs an account at login.gov)",
    per_second=0.5,
    by_hand="https://dataweb.usitc.gov: New Data Request, download as Excel with its query sheet.",
)
