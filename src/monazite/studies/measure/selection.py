"""Measures of some importers and products: computed when asked, with what the years before tell."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.errors import DataMissingError
from monazite.store import yearly
from monazite.store.engine import text
from monazite.store.tasks import run
from monazite.studies.measure.later import SPAN, complete, second_pass, states, totals, totals_of_flows
from monazite.studies.measure.planning import editions, of_group, shipped_editions, tasks
from monazite.studies.measure.year import NoTradeError, write_year

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from monazite.codes.groups import Importer
    from monazite.store.home import Store
    from monazite.studies.measure.planning import Edition
    from monazite.studies.measure.year import Year

Row = dict[str, Any]
MORE = "`monazite fetch baci` or `monazite load FILE` brings more."


class Asked(NamedTuple):
    """What is asked for; all importers, or codes, if none is named, and the latest year."""

    importers: tuple[Importer, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]
    nomenclature: str
    as_of: str


class Selected(NamedTuple):
    """Rows that were asked for, the editions they rest on, what is known of their codes."""

    rows: list[Row]
    editions: tuple[Edition, ...]
    codes: list[Row]


def select(store: Store, asked: Asked) -> Selected:
    """Measure a selection: of what is loaded, or of what is shipped if nothing is.

    Raises
    ------
    DataMissingError
        If there is no such year or edition, or no trade in a code asked for in any year.
    """
    found = _editions(store, asked)
    years = asked.years or (found[-1].year,)
    if gone := sorted(set(years) - {one.year for one in found}):
        there = ", ".join(str(one.year) for one in found)
        told = f"no BACI of {', '.join(map(str, gone))} is at hand; there are {there}. {MORE}"
        raise DataMissingError(told)
    with tempfile.TemporaryDirectory(prefix="monazite-") as name:
        given = tasks(store, found, Path(name), asked.codes)
        edition = found[0].nomenclature
        known = totals(totals_of_flows(given), [one.year for one in found], edition, asked.codes)
        codes = states(edition, known)
        _refuse_unknown(asked.codes, codes, found[0])
        needed = {year - back for year in years for back in range(SPAN)}
        wanted = [task for task in given if task.year in needed]
        rows = [row for piece in _pieces(wanted, asked.importers) for row in _rows(*piece, codes, years)]
    rows.sort(key=lambda row: (row["year"], row["importer"], row["code"]))
    return Selected(rows, tuple(one for one in found if one.year in years), codes)


def _editions(store: Store, asked: Asked) -> list[Edition]:
    """Editions of all years at hand: persistence and death look further than the years asked for."""
    try:
        return editions(store, (), asked.nomenclature, asked.as_of)
    except DataMissingError:
        if asked.nomenclature or asked.as_of:
            raise
        return shipped_editions()


def _refuse_unknown(asked: Collection[str], codes: Sequence[Row], edition: Edition) -> None:
    """Refuse a code of which there is no trade at all: that says nothing of dependence.

    Raises
    ------
    DataMissingError
        If there is one.
    """
    if gone := sorted(set(asked) - {row["code"] for row in codes}):
        told = f"{edition.nomenclature} {edition.as_of} holds no trade under {', '.join(gone)} in any year"
        raise DataMissingError(f"{told}; that is not the same as no trade. {MORE}")


def _pieces(
    wanted: Sequence[Year], importers: Sequence[Importer]
) -> Iterator[tuple[list[Year], tuple[str, ...]]]:
    """Tasks with the importers whose rows are taken of each: countries together, groups by themselves."""
    countries = tuple(one.id for one in importers if not one.is_group)
    if countries or not importers:
        yield list(wanted), countries
    for one in importers:
        if one.is_group:
            yield [of_group(task, one.id, one.members) for task in wanted], (one.id,)


def _rows(
    given: Sequence[Year], importers: Collection[str], codes: Sequence[Row], years: Sequence[int]
) -> list[Row]:
    """Whole rows of some importers and years."""
    written = [task for task, there in zip(given, run(_measured, given), strict=True) if there]
    if not written:
        return []
    files, held = [task.target for task in written], [task.year for task in given]
    folder = Path(given[0].target).parent
    second_pass(files, held, codes, folder)
    whose = f" AND importer IN ({', '.join(map(text, importers))})" if importers else ""
    when = f"year IN ({', '.join(str(int(year)) for year in years)})"
    with yearly.yearly({}) as engine:
        return engine.rows(f"SELECT * FROM ({complete(files, held, folder)}) WHERE {when}{whose}")


def _measured(task: Year) -> bool:
    """Write the rows of a year; whether there are any."""
    with suppress(NoTradeError):
        return write_year(task, Path(task.target)) > 0
    return False
