"""Several scenarios together, each weighed by how likely it is in a year: the expected loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from monazite.errors import UsageError
from monazite.methods.simulation import expected_loss, ordered_quantiles, sobol_points
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.results.shown import dollar_range, dollars
from monazite.schema.findings import finding
from monazite.schema.stress import STRESS_PORTFOLIO
from monazite.studies.nomenclature.answer import answer
from monazite.studies.stress.model import model
from monazite.studies.stress.rows import told
from monazite.studies.stress.scenario import Scenario, scenario, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from monazite.results.result import Source
    from monazite.schema.judgement import Judgement
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.stress.model import Model

QUESTION = "What do these scenarios cost in a year, each weighed by how likely it is?"
DRAWS = 2000
ENDS = ("low", "central", "high")
QUANTILES = (0.05, 0.95)
METHOD = (
    "Each scenario is run by itself. Its loss is the mean of the draws between their 5 % and 95 % quantiles;"
    " times the probability that it begins within a year, low with low and high with high, it is the expected"
    " loss. The total is the sum: scenarios that meet are taken to lose what each would lose alone."
)

Ends = tuple[float, float, float]


class Run(NamedTuple):
    """A scenario, how likely it is, and what it loses: none where no loss can be counted."""

    scenario: Scenario
    probability: Judgement
    loss: Ends | None
    sources: tuple[Source, ...]


def portfolio(  # noqa: PLR0913 - what is asked, by name
    scenarios: Iterable[Scenario | Path | str] = (),
    *,
    draws: int = DRAWS,
    seed: int = 0,
    detail: str = "summary",
    begun: Callable[[int], None] = lambda _: None,
    done: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Probability-weighted loss of several scenarios, each and together; the largest first.

    Parameters
    ----------
    scenarios
        Ids of shipped scenarios, files, or scenarios read before, each with a probability; if none is
        named, every shipped one that has one.
    draws, seed, detail
        As :func:`monazite.studies.stress.stress` takes them.
    begun, done
        Told how many scenarios there are, and the name of each that is done.

    Raises
    ------
    UsageError
        If a scenario has no probability, stands twice, or none is there.
    DataMissingError
        If nothing is published about any material of a scenario.
    """
    meant = _meant(scenarios)
    begun(len(meant))
    runs = []
    for one, probability in meant:
        runs.append(_run(one, probability, draws=draws, seed=seed, detail=detail))
        done(one.id)
    rows, total = _weighed(runs)
    bare = [one for one in runs if one.loss is None]
    return answer(
        "Expected loss in a year of scenarios of cut supply",
        Frame(STRESS_PORTFOLIO, tuple(rows)),
        method=METHOD,
        parameters={
            "scenarios": tuple(one.id for one, _ in meant),
            "draws": draws,
            "seed": seed,
            **{f"expected_{end}": told(value) for end, value in zip(ENDS, total, strict=True)},
        },
        findings=[
            finding(
                "data-missing",
                one.scenario.id,
                where="stress",
                found="no loss can be counted",
                expected="end uses, and the industries of the importer",
            )
            for one in bare
        ],
        sources=dict.fromkeys(source for one in runs for source in one.sources),
        headlines=_headlines(rows, total),
        notes=_notes(bare),
        question=QUESTION,
        study="stress",
    )


def _meant(asked: Iterable[Scenario | Path | str]) -> list[tuple[Scenario, Judgement]]:
    """The scenarios asked for, or those shipped that have a probability, each with it.

    Raises
    ------
    UsageError
        If one has none, stands twice, or none is there.
    """
    given = [one if isinstance(one, Scenario) else scenario(one) for one in asked]
    found = given or [one for one in (scenario(each.id) for each in shipped()) if one.probability]
    if not found:
        raise UsageError(
            "no shipped scenario says how likely it is; name files of yours with a line such as"
            " probability: {low: 2%, central: 5%, high: 15%, source: ..., tag: U}."
        )
    if len({one.id for one in found}) < len(found):
        raise UsageError("a scenario stands twice, or two have the same id: its loss would count twice.")
    return [(one, _probability(one)) for one in found]


def _probability(one: Scenario) -> Judgement:
    """How likely a scenario is.

    Raises
    ------
    UsageError
        If it does not say.
    """
    if one.probability is None:
        raise UsageError(f"scenario {one.id} has no probability; add a line such as probability: 5%.")
    return one.probability


def _run(one: Scenario, probability: Judgement, *, draws: int, seed: int, detail: str) -> Run:
    """Run a scenario."""
    gathered = model(one, detail)
    points = sobol_points(draws, len(gathered.inputs.uncertain), seed)
    read = [source for each in gathered.subjects.values() for source in each.publications]
    books = gathered.economy.accounts.sources if gathered.users else ()
    return Run(one, probability, _loss(gathered, points), (*read, *books))


def _loss(gathered: Model, points: np.ndarray[Any, np.dtype[np.float64]]) -> Ends | None:
    """Mean loss of all industries between its 5 % and 95 % quantiles, which the mean may widen."""
    values = gathered.inputs.values(points)
    lost = gathered.losses(gathered.paths(values), values)
    if lost is None:
        return None
    total = lost.value_added.sum(1)
    low, high = (float(one) for one in ordered_quantiles(total, QUANTILES))
    mean = float(total.mean())
    return min(low, mean), mean, max(high, mean)


def _weighed(runs: Sequence[Run]) -> tuple[list[dict[str, Any]], Ends]:
    """A row for each scenario, the largest expected loss first, and the total of those that have one."""
    known = [one for one in runs if one.loss is not None]
    likely = [[getattr(one.probability, end) for end in ENDS] for one in known]
    found = expected_loss(np.reshape(likely, (-1, 3)), np.reshape([one.loss for one in known], (-1, 3)))
    expected = {one.scenario.id: each for one, each in zip(known, found.each.tolist(), strict=True)}
    rows = [_row(one, expected.get(one.scenario.id)) for one in runs]
    rows.sort(key=lambda row: (-(row["expected_central"] or 0.0), row["scenario"]))
    low, central, high = found.total.tolist()
    return rows, (low, central, high)


def _row(one: Run, expected: Sequence[float] | None) -> dict[str, Any]:
    """The row of a scenario."""
    return {
        "scenario": one.scenario.id,
        "title": one.scenario.title,
        **{f"probability_{end}": getattr(one.probability, end) for end in ENDS},
        **_ends("loss", one.loss),
        **_ends("expected", expected),
        "source": one.probability.source,
        "tag": one.probability.tag,
    }


def _ends(name: str, values: Sequence[float] | None) -> dict[str, float | None]:
    """Low, central, high; empty where not known."""
    return {f"{name}_{end}": told(value) for end, value in zip(ENDS, values or (None,) * 3, strict=True)}


def _headlines(rows: Sequence[dict[str, Any]], total: Ends) -> Iterator[Headline]:
    """The total, and what it comes from."""
    low, central, high = total
    yield Headline(
        "Expected loss in a year", dollar_range(low, high), f"{dollars(central)} central; rests on judgement"
    )
    first = rows[0]
    if first["expected_central"]:
        share = first["expected_central"] / central
        yield Headline("Most of it from", first["title"], f"{share:.0%} of the total")


def _notes(bare: Sequence[Run]) -> Iterator[str]:
    """What a reader must know of the total."""
    yield "Probabilities are judgements; each row names whose. Losses are of the whole horizon of a scenario."
    if bare:
        named = ", ".join(one.scenario.id for one in bare)
        yield f"The total leaves out {named}, of which no loss can be counted: it is no loss of nothing."
