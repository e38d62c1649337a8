"""One year of trade as a task: read once, summed exactly, written as one Parquet file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import DataMissingError, StoreError
from monazite.methods.screens import OPEN
from monazite.schema.trade import TRADE
from monazite.schema.world_trade import WORLD_TRADE
from monazite.store import yearly
from monazite.store.engine import text
from monazite.store.reading import view
from monazite.store.tasks import once, seen
from monazite.store.tasks.once import note
from monazite.store.yearly import MissingError, listed_as
from monazite.studies.measure.partners import aggregates, is_named
from monazite.studies.measure.ratios import measures, world
from monazite.studies.measure.sums import UNNAMED, UNSCORED, Sums, UnsortedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from monazite.store.tasks import Done
    from monazite.store.yearly import Yearly
    from monazite.studies.measure.sums import Groups

METHOD = 1
"""Number of the method: another one makes every year be measured again."""

_NOT_OF_ROWS = ("target", "reads", "again")
_READ = """\
SELECT enum_code(TRY_CAST(importer AS place)) AS importer, enum_code(TRY_CAST(exporter AS place)) AS exporter,
  enum_code(TRY_CAST(code AS good)) AS code, value_usd FROM ({flows})"""
_ORDER = " ORDER BY importer, code, exporter"
_TWICE = """\
SELECT concat(exporter, ' to ', importer, ' of ', code) AS told FROM ({flows})
GROUP BY importer, exporter, code HAVING count(*) > 1 ORDER BY 1 LIMIT 1"""
_IMPORTED = """\
SELECT {group} AS importer, exporter, code, sum(round(value_usd)) AS value_usd FROM ({flows})
WHERE importer IN ({inside}) AND exporter NOT IN ({inside}) GROUP BY ALL"""
_EXPORTED = """\
SELECT importer, {group} AS exporter, code, sum(round(value_usd)) AS value_usd FROM ({flows})
WHERE exporter IN ({inside}) AND importer NOT IN ({inside}) GROUP BY ALL"""
_WRITTEN = f"""\
SELECT {{year}}::BIGINT AS year, whose.word AS importer, {{nomenclature}}::stamp AS nomenclature,
  what.word AS code, value_usd, suppliers, unnamed_usd, first.word AS leading_exporter,
  if(first.at IS NULL, NULL, leading_share) AS leading_share,
  hhi_low, hhi_high, governance_weighted_hhi_low, governance_weighted_hhi_high,
  export_hhi_low, export_hhi_high, exports_usd, nullif(geodep, {OPEN})::BOOLEAN AS geodep,
  {{source}}::stamp AS source, {{as_of}}::stamp AS as_of
FROM {yearly.ROWS} LEFT JOIN "{listed_as("place")}" AS whose ON whose.at = importer
  LEFT JOIN "{listed_as("good")}" AS what ON what.at = code
  LEFT JOIN "{listed_as("place")}" AS first ON first.at = leader"""


class NoTradeError(DataMissingError):
    """In a year nothing of what is measured is traded."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year to measure, and the file its rows go to.

    Parameters
    ----------
    year
        Calendar year.
    nomenclature, source, as_of
        What its rows are: edition of the codes, source, vintage.
    table
        Table of the flows: ``trade``, or the shipped ``world_trade``.
    reads
        Files of the table that hold them, among others.
    where
        Condition that picks them.
    places, codes
        Ids and codes that are looked for first; what else the files hold is found.
    instability
        Political instability by country in millionths, sorted.
    target
        The file that is written.
    group
        Id and members of a group of importers, which is measured in the place of all others.
    again
        Whether it is measured again though its file is there.
    """

    year: int
    nomenclature: str
    source: str
    as_of: str
    table: str
    reads: tuple[str, ...]
    where: str
    places: tuple[str, ...]
    codes: tuple[str, ...]
    instability: tuple[tuple[str, int], ...]
    target: str
    group: tuple[str, tuple[str, ...]] | None = None
    again: bool = False

    @property
    def flows(self) -> str:
        """The SELECT of its flows."""
        table = TRADE if self.table == TRADE.name else WORLD_TRADE
        return f"SELECT * FROM ({view(table, [Path(file) for file in self.reads])}) WHERE {self.where}"


def measure_year(task: Year) -> Done:
    """Measure a year, or find it done.

    Raises
    ------
    DataMissingError
        If a file is not there.
    StoreError
        If the trade cannot be measured: an aggregate among partners, a flow twice, a value missing.
    OutputError
        If the file cannot be written.
    """
    if task.again:
        note(Path(task.target)).unlink(missing_ok=True)
    return once(str(task.year), Path(task.target), _depends(task), partial(write_year, task))


def _depends(task: Year) -> dict[str, object]:
    """What the rows depend on: what is asked, the method, the engine, the files."""
    told = {key: value for key, value in asdict(task).items() if key not in _NOT_OF_ROWS}
    files = list(map(seen, task.reads))
    return {**told, "method": METHOD, "engine": version("duckdb"), "layout": yearly.LAYOUT, "files": files}


def write_year(task: Year, path: Path) -> int:
    """Write the rows of a year to a file; how many.

    Raises
    ------
    NoTradeError
        If there are none.
    StoreError
        As for :func:`measure_year`.
    """
    try:
        return _measured(task, path)
    except MissingError:
        found = _with_found(task)
    try:
        return _measured(found, path)
    except MissingError as error:
        raise StoreError(f"trade of {task.year}: a flow without a value; missing is not zero.") from error


def _with_found(task: Year) -> Year:
    """The task with the ids and codes that its flows hold.

    Raises
    ------
    StoreError
        If one is an aggregate.
    """
    with yearly.yearly({}) as engine:
        places = engine.texts(
            f"SELECT DISTINCT unnest([importer, exporter]) AS one FROM ({task.flows}) ORDER BY 1"
        )
        codes = engine.texts(f"SELECT DISTINCT code FROM ({task.flows}) ORDER BY 1")
    if sums := sorted(aggregates().intersection(places)):
        told = f"trade of {task.year}: {', '.join(sums)} among importers or exporters is an aggregate"
        raise StoreError(f"{told}; beside its members it would count twice. Load countries.")
    return replace(task, places=tuple(places), codes=tuple(codes))


def _measured(task: Year, path: Path) -> int:
    """Read, sum, write."""
    own = () if task.group is None else (task.group[0],)
    lists = {
        "place": (*task.places, *own),
        "good": task.codes,
        "stamp": tuple(dict.fromkeys((task.nomenclature, task.source, task.as_of))),
    }
    instability = _instability(task, lists["place"])
    with yearly.yearly(lists) as engine:
        sums = _summed(engine, task, instability)
        index = world(sums.exports, instability != UNNAMED)
        groups, exports = sums.groups, sums.exports
        if task.group is not None:
            sums.groups.clear()
            groups, exports = _of_group(engine, task, instability, *task.group)
        if not groups:
            raise NoTradeError(f"no imports of {task.year} under these codes.")
        stamps = {key: text(getattr(task, key)) for key in ("nomenclature", "source", "as_of")}
        written = _WRITTEN.format(year=int(task.year), **stamps)
        return engine.write(written, measures(groups, exports, index), path)


def _instability(task: Year, places: Sequence[str]) -> NDArray[np.int64]:
    """Of each place, or why there is none."""
    scores = dict(task.instability)
    known = (scores.get(one, UNSCORED) if is_named(one) else UNNAMED for one in places)
    return np.fromiter(known, dtype=np.int64, count=len(places))


def _summed(engine: Yearly, task: Year, instability: NDArray[np.int64]) -> Sums:
    """Sums over a year as it is stored: sorted, as a rule.

    Raises
    ------
    StoreError
        If a flow stands twice.
    """
    for order in ("", _ORDER):
        sums = Sums(instability, len(task.codes))
        with suppress(UnsortedError):
            for batch in engine.batches(_READ.format(flows=task.flows) + order):
                sums.add(*batch)
            return sums
    twice = engine.texts(_TWICE.format(flows=task.flows))
    raise StoreError(
        f"trade of {task.year}: {twice[0]} stands twice in {task.as_of}; load one file of the two."
    )


def _of_group(
    engine: Yearly, task: Year, instability: NDArray[np.int64], group: str, members: Sequence[str]
) -> tuple[list[Groups], NDArray[np.float64]]:
    """Imports of a group from outside it as those of one importer, and what it exports to outside."""
    inside = ", ".join(map(text, members))
    parts = {"flows": task.flows, "group": text(group), "inside": inside}
    both = []
    for sql in (_IMPORTED, _EXPORTED):
        sums = Sums(instability, len(task.codes))
        for batch in engine.batches(_READ.format(flows=sql.format(**parts)) + _ORDER):
            sums.add(*batch)
        both.append(sums)
    imported, exported = both
    return imported.groups, exported.exports
