"""Every single-supplier cut of every material, ranked: one task a material, again only where it changed."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.groups import importer as importer_of
from monazite.codes.materials import material
from monazite.results.frame import Frame
from monazite.results.result import Headline, Source
from monazite.results.shown import dollar_range
from monazite.results.words import percent_range, sentence
from monazite.schema.findings import Finding, finding
from monazite.schema.stress import STRESS_SWEEP
from monazite.studies.nomenclature.answer import answer
from monazite.studies.stress.scenario import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from monazite.store.tasks import Done
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.stress.sweep_task import Halts

    Row = dict[str, Any]

QUESTION = "Which single supplier would be missed most: who runs out, what does it cost?"
FOLDER = "stress"
"""Folder of the store that swept materials lie in unless said otherwise."""

DRAWS = 256
"""Draws of a scenario: enough to rank hundreds, in a minute or two."""

NOTABLE_USD = 1e9


class Swept(NamedTuple):
    """What the tasks found, together."""

    rows: list[Row]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]


def sweep_all(  # noqa: PLR0913 - what a run is told, by name
    importer: str = "USA",
    *,
    materials: Collection[str] = (),
    draws: int = DRAWS,
    seed: int = 0,
    detail: str = "summary",
    workers: int | None = None,
    cluster: str | None = None,
    folder: Path | None = None,
    begun: Callable[[int], None] = lambda _: None,
    done: Callable[[str], None] = lambda _: None,
) -> Answer:
    """What each single supplier of each material, cut for a year, does; the largest loss first.

    A material whose file is there, made from the same inputs, is passed over.

    Parameters
    ----------
    importer
        Country or group that buys. Industries are modelled for the United States only.
    materials
        Materials to sweep, by id or name; all of which suppliers are known if none is named.
    draws, seed, detail
        How often the uncertain inputs of each scenario are drawn, from which seed, and which accounts.
    workers, cluster
        How many materials at a time here, or the Dask scheduler that hands them out.
    folder
        Where the files go; ``stress`` in the user's store if not given.
    begun, done
        Called with the number of materials at the start, and with the name of each at its end.

    Raises
    ------
    UsageError
        If the importer, a material or the accounts are unknown.
    StoreError
        If another run writes to the folder.
    OutputError
        If the folder cannot be written.
    ClusterError
        If the cluster cannot do it.
    """
    from monazite.store.tasks import run  # noqa: PLC0415 - a list of scenarios needs no numbers
    from monazite.studies.stress.accounts import accounts  # noqa: PLC0415 - as above
    from monazite.studies.stress.sweep_task import sweep_material  # noqa: PLC0415 - as above

    books = accounts(detail)
    home = folder or _store() / FOLDER
    wanted = tuple(dict.fromkeys(material(one).id for one in materials))
    tasks = list(_tasks(importer, wanted, home.absolute(), draws=draws, seed=seed, detail=detail))
    begun(len(tasks))
    files = run(sweep_material, tasks, workers=workers, cluster=cluster, done=lambda one: done(one.key))
    found = _gathered(files)
    return answer(
        f"Every single supplier in turn sells nothing for a year: {importer_of(importer).name}",
        Frame(STRESS_SWEEP, tuple(found.rows)),
        method=_method(),
        parameters={
            "importer": importer_of(importer).id,
            "materials": wanted,
            "draws": draws,
            "seed": seed,
            "accounts": f"{books.detail} {books.year}",
        },
        findings=(*found.findings, *map(_unsupplied, sorted({*wanted} - {one.material for one in tasks}))),
        sources=found.sources,
        headlines=_headlines(found.rows),
        notes=_notes(found.rows),
        question=QUESTION,
        study="stress",
    )


def _store() -> Path:
    """The user's store."""
    from monazite.store.home import Store, default_folder  # noqa: PLC0415 - needed where no folder is given

    return Store(default_folder()).folder


def _tasks(importer: str, wanted: Collection[str], home: Path, **asked: Any) -> Iterator[Halts]:  # noqa: ANN401 - draws, seed, detail
    """A task for each material; each importer's files lie in a folder of their own."""
    from monazite.studies.stress.sweep_task import Halts  # noqa: PLC0415 - as above

    buyer = importer_of(importer).id
    for (identifier, *_), scenarios in groupby(sweep(importer), key=lambda one: one.materials):
        if not wanted or identifier in wanted:
            target = home / buyer / f"{identifier}.json"
            yield Halts(material=identifier, scenarios=tuple(scenarios), target=str(target), **asked)


def _unsupplied(identifier: str) -> Finding:
    """A material that was asked for, of which no supplier is known."""
    return finding(
        "no-data",
        identifier,
        where="stress",
        found="no supplier of it is named; a single rare earth is swept with its group",
        expected="producers or import sources",
    )


def _gathered(files: Iterable[Done]) -> Swept:
    """Rows of all files, the worst first, with everything found and read once."""
    told = [json.loads(Path(one.target).read_text(encoding="utf-8")) for one in files]
    findings = (Finding(**one) for each in told for one in each["findings"])
    sources = (
        Source(**one | {"snapshots": tuple(one["snapshots"])}) for each in told for one in each["sources"]
    )
    rows = sorted((row for each in told for row in each["rows"]), key=_place)
    return Swept(rows, tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(sources)))


def _place(row: Row) -> tuple[float, float, float, float, str, str]:
    """By median loss, then shortage; an unknown loss stands with those of nothing, no figures last."""
    loss, shortage, most, price = (
        -(row[name] or 0.0) for name in ("loss_median", "shortage_median", "loss_high", "price_median")
    )
    return loss, shortage, most, price, row["material"], row["supplier"]


def _headlines(rows: Sequence[Row]) -> Iterator[Headline]:
    """How many, the worst, how many are dear."""
    of = len({row["material"] for row in rows})
    yield Headline("Scenarios", f"{len(rows):,}", f"single suppliers of {of} materials, each cut for a year")
    if not rows or rows[0]["price_median"] is None:
        return
    worst = rows[0]
    name = f"{sentence(worst['name'])} without {worst['supplier_name']}"
    if worst["loss_median"]:
        yield Headline(
            "Worst", name, f"{dollar_range(worst['loss_low'], worst['loss_high'])}; rests on judgement"
        )
    else:
        short = percent_range(worst["shortage_low"] or 0.0, worst["shortage_high"] or 0.0)
        yield Headline("Worst", name, f"short by {short} in the worst month")
    dear = sum((row["loss_median"] or 0.0) > NOTABLE_USD for row in rows)
    yield Headline("Lose more than 1 bn USD", f"{dear:,} of {len(rows):,}", "at the median of the draws")


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    """What a reader must know of the order."""
    yield (
        "Each row is a scenario of its own: one country sells none of one material for twelve months, watched"
        " for twenty-four. Rows do not add up: no two are cut together."
    )
    if bare := sum(row["price_median"] is None for row in rows):
        yield f"Nothing is published about {bare} of them; they stand last, without figures."
    if unknown := sum(row["loss_median"] is None and row["price_median"] is not None for row in rows):
        yield f"For {unknown} no loss is counted, which is not a loss of nothing; shortage ranks them."


def _method() -> str:
    """How each scenario was reckoned."""
    from monazite.studies.stress.words import METHOD  # noqa: PLC0415 - as above

    return METHOD
