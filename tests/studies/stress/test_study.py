"""The whole study: laws, agreement with the closed forms, every shipped scenario, every writer."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import DataMissingError, UnknownCodeError, UsageError
from monazite.methods.market import equilibrium
from monazite.methods.simulation import sobol_points
from monazite.results.files import render
from monazite.schema.judgement import Judgement
from monazite.studies.stress import stress
from monazite.studies.stress.losses import stopped
from monazite.studies.stress.model import model
from monazite.studies.stress.scenario import RATIONING, Responses, scenario, shipped, written

if TYPE_CHECKING:
    from monazite.studies.stress.model import Model
    from monazite.studies.stress.scenario import Scenario
    from monazite.studies.stress.supply import Path

DRAWS = 64
EASES = 1e-9


def sure(value: float, unit: str = "1") -> Judgement:
    """A number that is certain."""
    return Judgement(value, value, value, unit, "the test's own number", "U")


def gallium(depth: float = 1.0, months: float = 12.0, **responses: bool | Judgement) -> Scenario:
    """China sells less gallium."""
    base = written("gallium:China:100%:12mo")
    (cut,) = base.cuts
    cut = replace(cut, depth=sure(depth), months=sure(months, "month"))
    allowed = replace(base.responses, **responses)  # type: ignore[arg-type]
    return replace(base, cuts=(cut,), responses=allowed)


def run(asked: Scenario) -> tuple[Model, Path, float]:
    """The model of a scenario, the path of its first material at the same points, the mean loss."""
    found = model(asked)
    values = found.inputs.values(sobol_points(DRAWS, len(found.inputs.uncertain), 0))
    paths = found.paths(values)
    lost = found.losses(paths, values)
    total = 0.0 if lost is None else float(lost.value_added.sum())
    return found, next(iter(paths.values())), total


def test_without_a_cut_nothing_moves() -> None:
    _, path, lost = run(gallium(depth=0.0))
    assert lost == 0.0
    assert np.abs(path.price - 1).max() < EASES
    assert np.abs(path.supply - 1).max() < EASES
    assert path.shortage.max() == 0.0
    assert np.isnan(path.stock_out).all()


def test_a_deeper_and_a_longer_cut_never_ease() -> None:
    shallow, deep, brief = (run(gallium(*asked)) for asked in ((0.5, 12), (0.9, 12), (0.9, 6)))
    assert (deep[1].shortage >= shallow[1].shortage - EASES).all()
    assert (deep[1].price >= shallow[1].price - EASES).all()
    assert (deep[1].shortage >= brief[1].shortage - EASES).all()
    assert deep[2] >= shallow[2]
    assert deep[2] >= brief[2]


def test_responses_never_hurt() -> None:
    none = run(gallium(idle_capacity=False, stock_release=False))[1]
    idle = run(gallium(idle_capacity=sure(0.5), stock_release=False))[1]
    stock = run(gallium(idle_capacity=False, stock_release=sure(6.0, "month")))[1]
    assert (idle.shortage <= none.shortage + EASES).all()
    assert (idle.price <= none.price + EASES).all()
    assert (stock.shortage <= none.shortage + EASES).all()
    assert stock.shortage.sum() < none.shortage.sum()


def test_who_goes_without_follows_the_rule() -> None:
    """Outbidding loses least; with defence and health first, others lose more and those nothing."""
    asked = written("antimony:China+Tajikistan:100%:24mo")
    found = {rule: run(replace(asked, responses=Responses(rationing=rule))) for rule in RATIONING}
    lost = {rule: one[2] for rule, one in found.items()}
    assert 0 < lost["willingness"] <= lost["proportional"]
    model_of, path, _ = found["priority"]
    values = model_of.inputs.values(sobol_points(DRAWS, len(model_of.inputs.uncertain), 0))
    using = model_of.users["antimony"]
    stops = stopped("antimony", using, path, values, "priority").max((0, 1))
    alike = stopped("antimony", using, path, values).max((0, 1))
    at = using.kinds.index("ammunition")
    assert stops[at] == 0.0 < alike[at]
    assert (np.delete(stops, at) >= np.delete(alike, at) - EASES).all()


def test_balances_hold_each_month() -> None:
    """What arrives and what leaves the stock is what is used; supply beyond use refills the stock."""
    found, path, _ = run(gallium(months=4))
    values = found.inputs.values(sobol_points(DRAWS, len(found.inputs.uncertain), 0))
    opening = values["gallium:stock"] + values["gallium:release"]
    before = np.concatenate([opening[:, None], path.stock[:, :-1]], axis=1)
    arrives = np.minimum(path.supply, 1.0)
    assert np.abs(before + arrives - path.used - path.stock).max() < EASES
    assert np.abs(1.0 - path.used - path.shortage).max() < EASES


def test_the_first_month_is_the_closed_form() -> None:
    """With every input at its likeliest value: idle capacity has hardly begun, elasticities are short."""
    found = model(gallium())
    of = {name.removeprefix("gallium:"): value[0] for name, value in found.inputs.central().items()}
    made, own = of["cut:production"], of["cut:own_use"]
    cut = made * (1 - own) / (1 - made * own) * (1 - of["cut:leak"])
    first = 1 / (2 * max(of["idle_ramp"], 1.0))
    expected = equilibrium(
        cut, of["demand_short"], of["supply_short"], capacity=(1 - cut) * (1 + of["idle"] * first)
    )
    path = found.paths(found.inputs.central())["gallium"]
    assert path.supply[0, 0] == pytest.approx(float(expected.quantity))
    assert path.price[0, 0] == pytest.approx(min(float(expected.price), of["choke"]))


def test_a_cut_aimed_at_others_spares() -> None:
    at_us, at_others = (run(written(f"rare earths:China>{who}:100%:12mo")) for who in ("USA", "Japan"))
    assert at_others[1].shortage.sum() <= at_us[1].shortage.sum()
    assert at_others[1].price.mean() < at_us[1].price.mean()


def test_a_seed_is_the_bytes() -> None:
    one, same, other = (stress(cut="gallium:China:100%:12mo", draws=DRAWS, seed=seed) for seed in (1, 1, 2))
    for form in ("json", "xlsx"):
        assert render(one, form) == render(same, form)
    assert render(one, "json") != render(other, "json")


@pytest.mark.parametrize("name", [one.id for one in shipped()])
def test_every_shipped_scenario_answers(name: str) -> None:
    found = stress(name, draws=DRAWS)
    assert len(found.table)
    assert len(found.details["path"]) == len(found.table) * scenario(name).horizon_months
    for frame in (found.table, *found.details.values()):
        for row in frame:
            assert all(math.isfinite(one) for one in row.values() if isinstance(one, float))
            for stem in {key.removesuffix("_median") for key in row if key.endswith("_median")}:
                ends = [row[f"{stem}_{end}"] for end in ("low", "median", "high")]
                told = [one for one in ends if one is not None]
                assert told == sorted(told), (frame.table.name, stem, row)
    for row in found.details["inputs"]:
        assert row["source"]
        assert row["tag"]
    for one in found.headlines:
        if "$" in one.value:
            assert "judgement" in one.detail


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "md", "html", "xlsx", "parquet"])
def test_every_writer_takes_it(form: str) -> None:
    assert render(stress(cut="gallium:China:100%:12mo", draws=DRAWS), form)


def test_losses_are_parts_of_a_whole() -> None:
    found = stress("gallium-2024", draws=DRAWS)
    rows = found.details["industries"].rows
    assert sum(row["share"] for row in rows) == pytest.approx(1.0, abs=0.02)
    for row in rows:
        assert row["loss_high"] <= row["value_added"]
    total = {case: sum(row[f"case_{case}"] for row in rows) for case in ("low", "central", "high", "worst")}
    assert total["low"] <= total["central"] <= total["high"] * (1 + EASES) <= total["worst"] * (1 + EASES)


def test_materials_of_one_use_are_not_counted_twice() -> None:
    alone, both = (
        stress(cut=f"{name}:China:100%:12mo", draws=DRAWS).details["total"].rows[0]["loss_median"]
        for name in ("dysprosium", "dysprosium, terbium")
    )
    assert alone <= both < 1.9 * alone


def test_the_detailed_accounts_name_the_industry() -> None:
    found = stress("gallium-2024", draws=DRAWS, detail="detail")
    assert "334413" in [row["industry"] for row in found.details["industries"].rows[:3]]
    assert found.parameters["accounts"] == "detail 2017"


def test_other_importers_have_prices_and_a_finding() -> None:
    found = stress(cut="gallium:China:100%:12mo", importer="Japan", draws=DRAWS)
    assert not len(found.details["industries"])
    assert found.table.rows[0]["price_median"] > 1
    assert any(one.subject == "JPN" for one in found.findings)


def test_what_is_asked_wrongly() -> None:
    with pytest.raises(UsageError, match="ask for one scenario"):
        stress()
    with pytest.raises(UsageError, match="ask for one scenario"):
        stress("gallium-2024", cut="gallium:China")
    with pytest.raises(UnknownCodeError, match="gallium-2024"):
        stress("galium-2024")
    with pytest.raises(UsageError, match="gallium"):
        stress(cut="galium:China:100%")
    with pytest.raises(DataMissingError):
        stress(cut="samarium_cobalt_magnets:China", draws=DRAWS)
