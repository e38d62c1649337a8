"""All years of a store, measured into a folder: by tasks, again only where something changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.store import yearly
from monazite.store.replace import replacing
from monazite.store.tasks import run
from monazite.studies.measure.later import complete, second_pass, states, totals, totals_of_measured
from monazite.studies.measure.planning import editions, tasks
from monazite.studies.measure.year import measure_year

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from monazite.store.home import Store
    from monazite.store.tasks import Done

FOLDER = "measures"
"""Folder of the store that measured years lie in unless said otherwise."""


CSV = "FORMAT csv, HEADER"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: the years with their files, and the folder they lie in."""

    folder: Path
    years: tuple[Done, ...]

    @property
    def rows(self) -> int:
        """Rows of all years."""
        return sum(one.rows for one in self.years)

    @property
    def select(self) -> str:
        """The SELECT of all rows, whole: see :data:`~monazite.schema.measure.MEASURE`."""
        numbers = [int(one.key) for one in self.years]
        return complete([one.target for one in self.years], numbers, self.folder)

    def write(self, path: Path | str) -> int:
        """Write all rows to one file, Parquet or CSV by its ending, whole or not at all; how many.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        layout = CSV if str(path).lower().endswith(".csv") else yearly.LAYOUT
        with replacing(path) as beside, yearly.yearly({}) as engine:
            return engine.copy(f"{self.select} ORDER BY year, importer, code", beside, layout)


def measure_all(  # noqa: PLR0913 - what a run is told, by name
    store: Store,
    *,
    years: Collection[int] = (),
    nomenclature: str = "",
    as_of: str = "",
    folder: Path | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    again: bool = False,
    begun: Callable[[int], None] = lambda _: None,
    done: Callable[[Done], None] = lambda _: None,
) -> Measured:
    """Measure every importer and product of every year that is loaded, one task a year.

    A year whose file is there, made from the same inputs, is passed over.

    Parameters
    ----------
    store
        The store whose BACI is measured.
    years
        Years to measure; all that are loaded if none is named.
    nomenclature, as_of
        Edition of the codes and vintage; the only one and the latest of each year if not given.
    folder
        Where the files go; ``measures`` in the store's folder if not given.
    workers, cluster
        How many years at a time here, or the Dask scheduler that hands them out.
    again
        Whether to measure years again that are there from the same inputs.
    begun, done
        Called with the number of years at the start, and with each year at its end.

    Raises
    ------
    DataMissingError
        If nothing is loaded, or not the years asked for.
    UsageError
        If several nomenclatures are loaded and none is asked for.
    StoreError
        If a year cannot be measured.
    OutputError
        If the folder cannot be written.
    ClusterError
        If the cluster cannot do it.
    """
    home = (folder or store.folder / FOLDER).absolute()
    found = editions(store, years, nomenclature, as_of)
    given = tasks(store, found, home, again=again)
    begun(len(given))
    measured = run(measure_year, given, workers=workers, cluster=cluster, done=done)
    files, numbers = [one.target for one in measured], [one.year for one in found]
    edition = found[0].nomenclature
    second_pass(files, numbers, states(edition, totals(totals_of_measured(files), numbers, edition)), home)
    return Measured(home, tuple(measured))
