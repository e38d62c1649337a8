"""Bulk files of UN Comtrade: tab-separated text, gzipped as a rule, read by the engine in one pass.

Each line is split by the engine and not by its CSV reader, so that a refused row keeps its line number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.schema.trade import TRADE
from monazite.sources.comtrade.domains import check_columns
from monazite.sources.comtrade.oddities import tell
from monazite.sources.comtrade.statement import setup, statement
from monazite.sources.comtrade.survey import surveyed
from monazite.sources.source import Select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given


def read_bulk(given: Given, account: Account) -> Iterator[Select]:
    """Read a bulk file.

    Raises
    ------
    SourceError
        If it is damaged, cut short or a bomb; or if a column does not hold what its heading says.
    """
    survey = surveyed(given.path, given.name)
    check_columns(given.name, survey.header, survey.sample)
    tell(account, given.name, survey.seen)
    stamps = {} if survey.year is None else {"year": survey.year}
    yield Select(
        TRADE,
        statement(given.path, survey.header, numbered=False),
        stamps={"regime": "", **stamps},
        setup=tuple(setup()),
        numbered=statement(given.path, survey.header, numbered=True),
    )
