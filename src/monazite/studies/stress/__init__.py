"""What breaks if supply stops: a scenario through markets, stocks, industries, prices and defence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.groups import importer as importer_of
from monazite.errors import UsageError
from monazite.results.frame import Frame
from monazite.schema import stress as tables
from monazite.studies.nomenclature.answer import answer
from monazite.studies.stress.scenario import Scenario, scenario, written
from monazite.studies.stress.swept import sweep_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.results.result import Source
    from monazite.schema.tables import Table
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.stress.model import Model

__all__ = ["QUESTION", "stress", "sweep_all"]

QUESTION = "What breaks if supply stops: who runs out, when, what does it cost, what about defence?"
DRAWS, SEED = 2000, 0
STEPS = 5
"""Steps a progress bar is told of."""


def stress(  # noqa: PLR0913 - what is asked, by name
    asked: Scenario | Path | str | None = None,
    *,
    cut: str | tuple[str, ...] = (),
    importer: str = "USA",
    draws: int = DRAWS,
    seed: int = SEED,
    detail: str = "summary",
    begun: Callable[[int], None] = lambda _: None,
    done: Callable[[str], None] = lambda _: None,
) -> Answer:
    """What a scenario of cut supply does to materials, industries, prices and essential users.

    Parameters
    ----------
    asked
        A shipped scenario by its id, a file, or a scenario read before.
    cut
        Instead: cuts, each written on a line, ``"gallium:China:100%:12mo"``.
    importer
        With ``cut``: who buys; a scenario names its own. Industries are modelled for the United States
        only.
    draws
        How often the uncertain inputs are drawn.
    seed
        Of the draws: the same seed gives the same answer.
    detail
        ``summary`` (71 industries of 2024) or ``detail`` (402 of 2017).
    begun, done
        Told how many steps there are, and the name of each that is done.

    Raises
    ------
    UsageError
        If nothing or two things are asked for, or a scenario is wrong; the message says where.
    DataMissingError
        If nothing is published about any of its materials.

    Examples
    --------
    >>> found = stress(cut="gallium:China:100%:12mo", draws=256)
    >>> found.table.one(material="gallium")["suppliers"]
    'CHN'
    """
    meant = _meant(asked, cut, importer)
    from monazite.studies.stress.model import model  # noqa: PLC0415 - a list of scenarios needs no numbers

    begun(STEPS)
    gathered = model(meant, detail)
    done("inputs")
    return _answer(gathered, draws=draws, seed=seed, done=done)


def _meant(asked: Scenario | Path | str | None, cut: str | tuple[str, ...], importer: str) -> Scenario:
    """The scenario that is asked for.

    Raises
    ------
    UsageError
        If none is, or two are.
    """
    if (asked is None) == (not cut):
        raise UsageError("ask for one scenario, or write cuts: stress(cut='gallium:China:100%:12mo').")
    if isinstance(asked, Scenario):
        return _imported(asked, importer)
    if asked is not None:
        return _imported(scenario(asked), importer)
    return written(cut, importer=importer_of(importer).id)


def _imported(meant: Scenario, importer: str) -> Scenario:
    """The scenario, which names its importer itself.

    Raises
    ------
    UsageError
        If another one is asked for.
    """
    if importer != "USA" and importer_of(importer).id != meant.importer:
        raise UsageError(
            f"the scenario {meant.id} is that of {meant.importer}, not of {importer}: write another one in a"
            " file of yours, or ask for a cut."
        )
    return meant


def _answer(gathered: Model, *, draws: int, seed: int, done: Callable[[str], None]) -> Answer:
    """Draw, run the model, and put the answer together."""
    from monazite.methods.simulation import sobol_points  # noqa: PLC0415 - as above
    from monazite.studies.stress import costs, cover, rows, words  # noqa: PLC0415 - as above
    from monazite.studies.stress.drivers import drivers  # noqa: PLC0415 - as above
    from monazite.studies.stress.losses import cases  # noqa: PLC0415 - as above
    from monazite.studies.stress.spread import spread  # noqa: PLC0415 - as above

    inputs, meant = gathered.inputs, gathered.scenario
    points = sobol_points(draws, len(inputs.uncertain), seed)
    values = inputs.values(points)
    paths = gathered.paths(values)
    done("markets and stocks")
    lost = gathered.losses(paths, values)
    centre = inputs.central()
    central = gathered.paths(centre)
    hit, months, total = [], [], None
    if lost is not None:
        bounds = cases(gathered.economy, gathered.users, central, centre)
        hit = rows.industries(gathered, lost, bounds)
        total = rows.whole(meant.id, lost, bounds)
        months = rows.economy(spread(gathered.economy, gathered.users, paths, values, lost))
    done("industries")
    table = rows.materials(gathered, paths, lost, gathered.findings)
    covered = rows.covers(cover.cover(gathered.subjects, paths, values, inputs))
    driven = drivers(gathered, points, seed, counted=lost is not None and bool(lost.value_added.any()))
    done("what drives the spread")
    details = {
        "path": (tables.STRESS_PATH, list(rows.months(gathered, paths))),
        "total": (tables.STRESS_TOTAL, [total] if total else []),
        "industries": (tables.STRESS_INDUSTRY, hit),
        "economy": (tables.STRESS_ECONOMY, months),
        "costs": (tables.STRESS_COST, rows.products(costs.costs(gathered.subjects, paths, values, inputs))),
        "cover": (tables.STRESS_COVER, covered),
        "drivers": (tables.STRESS_DRIVER, driven),
        "inputs": (tables.STRESS_INPUT, rows.assumptions(inputs)),
    }
    done("costs and cover")
    return answer(
        meant.title,
        _frame(tables.STRESS, table),
        method=words.METHOD,
        parameters=_parameters(gathered, draws=draws, seed=seed),
        details={name: _frame(one, found) for name, (one, found) in details.items()},
        findings=gathered.findings,
        sources=_sources(gathered),
        headlines=words.headlines(gathered, table, hit, covered, total),
        notes=words.notes(gathered, table),
        question=QUESTION,
        study="stress",
    )


def _parameters(gathered: Model, *, draws: int, seed: int) -> dict[str, Any]:
    """What was asked."""
    meant, books = gathered.scenario, gathered.economy.accounts
    return {
        "scenario": meant.id,
        "importer": meant.importer,
        "months": meant.horizon_months,
        "draws": draws,
        "seed": seed,
        "accounts": f"{books.detail} {books.year}",
    }


def _sources(gathered: Model) -> tuple[Source, ...]:
    """Every publication that figures were read from, once."""
    found = [one for each in gathered.subjects.values() for one in each.publications]
    if gathered.users:
        found += gathered.economy.accounts.sources
    return tuple(dict.fromkeys(found))


def _frame(table: Table, rows: list[dict[str, Any]]) -> Frame:
    """Rows as a frame of a table."""
    return Frame(table, tuple({name: row.get(name) for name in table.names} for row in rows))
