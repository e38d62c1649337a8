"""Which years can be measured, in which edition: one task each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import DataMissingError, UsageError
from monazite.methods.governance import instability as unstable
from monazite.results.words import listed
from monazite.schema.indicators import INDICATOR
from monazite.schema.trade import TRADE
from monazite.schema.world_trade import NOMENCLATURE, WORLD_TRADE
from monazite.store import reading, shipped
from monazite.store.engine import text
from monazite.store.yearly import held
from monazite.studies.measure.partners import places
from monazite.studies.measure.sums import SCALE
from monazite.studies.measure.year import Year
from monazite.studies.nomenclature.answer import shipped_sources
from monazite.studies.world.flows import LOADED, SOURCE
from monazite.studies.world.governance import STABILITY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from monazite.store.home import Store

SUBHEADING = 6
_COLUMNS = ("source", "flow", "aggregate", "nomenclature", "as_of", "snapshot")
_PARTITION = "year="
_SCORES = f"""\
SELECT year, country, arg_max(value, as_of) AS value FROM indicator
WHERE source = 'wgi' AND indicator = {text(STABILITY)} AND value IS NOT NULL
GROUP BY year, country ORDER BY year, country"""


@dataclass(frozen=True, slots=True)
class Edition:
    """Trade of one year as one edition has it: the files it stands in, the snapshots it was read from."""

    year: int
    nomenclature: str
    as_of: str
    table: str
    reads: tuple[str, ...]
    where: str


def editions(
    store: Store, years: Collection[int] = (), nomenclature: str = "", as_of: str = ""
) -> list[Edition]:
    """The edition to measure of each year that is loaded, or of those asked for: the latest.

    Raises
    ------
    DataMissingError
        If nothing is loaded, or not the years, nomenclature or vintage asked for.
    UsageError
        If several nomenclatures are loaded and none is asked for.
    """
    found = _loaded(store)
    if not found:
        raise DataMissingError(
            "no BACI is loaded: `monazite fetch baci --help` says how to fetch it, `monazite load FILE` reads"
            " its files."
        )
    wanted = [one for one in found if nomenclature in ("", one.nomenclature) and as_of in ("", one.as_of)]
    if not wanted:
        told = listed(sorted({f"{one.nomenclature} {one.as_of}" for one in found}))
        raise DataMissingError(
            f"no BACI {nomenclature or as_of} {as_of if nomenclature else ''} is loaded; there is {told}."
        )
    if len(several := sorted({one.nomenclature for one in wanted})) > 1:
        raise UsageError(f"BACI is loaded in {listed(several)}; name one with --nomenclature.")
    latest = {one.year: one for one in sorted(wanted, key=lambda one: one.as_of)}
    if missing := sorted(set(years) - latest.keys()):
        told = ", ".join(map(str, sorted(latest)))
        raise DataMissingError(f"no BACI of {listed(map(str, missing))} is loaded; there are {told}.")
    return [latest[year] for year in sorted(latest) if not years or year in years]


def _loaded(store: Store) -> list[Edition]:
    """Every edition of every year in the store."""
    files: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    hidden: set[str] = set()
    for file, told in held(store.files(TRADE), _COLUMNS).items():
        for source, flow, aggregate, nomenclature, as_of, snapshot in told:
            if (source, flow, aggregate) == (SOURCE, "reconciled", "false"):
                files[_year(file), nomenclature, as_of].append(str(file))
                hidden.add(snapshot)
    hidden &= {load.partition(":")[2] for load in store.unfinished()}
    return [
        Edition(
            year,
            nomenclature,
            as_of,
            TRADE.name,
            tuple(dict.fromkeys(those)),
            _where(nomenclature, as_of, hidden),
        )
        for (year, nomenclature, as_of), those in sorted(files.items())
    ]


def _year(file: Path) -> int:
    """The year a file of the trade table is of, by its folder."""
    return int(file.parent.name.removeprefix(_PARTITION))


def _where(nomenclature: str, as_of: str, hidden: Collection[str]) -> str:
    """The condition that picks an edition, without loads that are under way."""
    told = f"{LOADED} AND nomenclature = {text(nomenclature)} AND as_of = {text(as_of)}"
    return told + (f" AND snapshot NOT IN ({', '.join(map(text, sorted(hidden)))})" if hidden else "")


def shipped_editions() -> list[Edition]:
    """The slice of a few codes that is shipped, as editions of its years."""
    rows = shipped.query(f"SELECT DISTINCT year FROM {WORLD_TRADE.name} ORDER BY year")
    (source,) = shipped_sources(SOURCE)
    file = str(shipped.path(WORLD_TRADE))
    years = [int(row["year"]) for row in rows]
    return [
        Edition(year, NOMENCLATURE, source.as_of, WORLD_TRADE.name, (file,), f"year = {year}")
        for year in years
    ]


def tasks(
    store: Store, found: Sequence[Edition], folder: Path, codes: Iterable[str] = (), *, again: bool = False
) -> list[Year]:
    """A task for each edition, whose file goes to a folder."""
    wanted, scores = tuple(sorted(set(codes))), instability(store)
    among = f" AND code IN ({', '.join(map(text, wanted))})" if wanted else ""
    return [
        Year(
            year=one.year,
            nomenclature=one.nomenclature,
            source=SOURCE,
            as_of=one.as_of,
            table=one.table,
            reads=one.reads,
            where=one.where + among,
            places=places(),
            codes=wanted or _subheadings(one.nomenclature),
            instability=_in_force(scores, one.year),
            target=str(folder / f"{one.year}.parquet"),
            again=again,
        )
        for one in found
    ]


def of_group(task: Year, group: str, members: tuple[str, ...]) -> Year:
    """The task for a group of importers in the place of all."""
    target = Path(task.target)
    return replace(task, group=(group, members), target=str(target.with_stem(f"{target.stem}-{group}")))


@cache
def _subheadings(nomenclature: str) -> tuple[str, ...]:
    """Six-digit codes of an edition, sorted."""
    own = f"nomenclature = {text(nomenclature)} AND length(code) = {SUBHEADING}"
    found = shipped.columns(f"SELECT DISTINCT code FROM nomenclature_code WHERE {own} ORDER BY code")
    return tuple(found["code"])


def instability(store: Store) -> dict[int, dict[str, int]]:
    """Political instability by year and country in millionths.

    The scores are those loaded, or else those shipped; a country without one is not there.
    """
    rows = reading.query(store, _SCORES) if INDICATOR in store.tables() else []
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows or shipped.query(_SCORES):
        found[row["year"]][row["country"]] = round(SCALE * float(unstable(row["value"])))
    return found


def _in_force(scores: Mapping[int, dict[str, int]], year: int) -> tuple[tuple[str, int], ...]:
    """The scores of a year, or of the latest year before that has any; none before the first."""
    last = max((one for one in scores if one <= year), default=None)
    return () if last is None else tuple(sorted(scores[last].items()))
