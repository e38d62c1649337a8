"""Defence and health: what comes first is met first, and no tonne is used twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from monazite.methods.simulation import sobol_points
from monazite.studies.stress.cover import cover, left_over
from monazite.studies.stress.losses import ESSENTIAL, stopped
from monazite.studies.stress.model import model
from monazite.studies.stress.scenario import Responses, scenario, written
from monazite.studies.stress.supply import Path

EASES = 1e-9


def path_of(stock: float, supply: list[float]) -> Path:
    """A path of one draw: stocks are drawn by all users alike."""
    left, used, stocks = stock, [], []
    for comes in supply:
        used.append(min(1.0, comes + left))
        left += comes - used[-1]
        stocks.append(left)
    row = np.array([supply])
    ones, nobody = np.ones_like(row), np.zeros(1)
    shortage = 1.0 - np.array([used])
    return Path(nobody, row, ones, ones, np.array([used]), np.array([stocks]), shortage, nobody)


def test_others_leave_what_the_first_will_need() -> None:
    """Nothing arrives; of two months of stock a quarter a month is kept for the first: 4 × 0.25."""
    found = left_over(path_of(2.0, [0.0] * 4), np.array([0.25]))
    assert found.round(9).tolist() == [[0.75, 0.25, 0.0, 0.0]]


def test_without_stocks_others_get_the_rest_of_what_arrives() -> None:
    found = left_over(path_of(0.0, [0.5, 0.1, 1.0]), np.array([0.25]))
    assert found.round(9).tolist() == [[0.25, 0.0, 0.75]]


@pytest.mark.parametrize("name", ["antibiotics", "gallium-2024", "two-suppliers"])
def test_no_tonne_is_used_twice(name: str) -> None:
    """What essential and other users get together is never more than the stock and what arrived."""
    found = model(scenario(name))
    values = found.inputs.values(sobol_points(64, len(found.inputs.uncertain), 0))
    paths = found.paths(values)
    for key, path in paths.items():
        taken = np.minimum(values[f"{key}:defence"] + values[f"{key}:health"], 0.99)
        rest = left_over(path, taken)
        arrives = np.minimum(path.supply, 1.0).cumsum(1)
        opening = values[f"{key}:stock"] + values[f"{key}:release"]
        assert (rest.cumsum(1) <= opening[:, None] + arrives + EASES).all()
        first = {
            one.sector: one
            for one in cover(found.subjects, paths, values, found.inputs)
            if one.material == key
        }
        assert (first["other"].priority >= first["other"].alike - 1e-6).all()
        assert (first["defence"].priority <= first["defence"].alike + 1e-6).all()


def test_essential_uses_stop_when_even_they_are_short() -> None:
    """Antibiotics are nearly all for health: coming first saves little."""
    asked = scenario("antibiotics")
    asked = replace(asked, responses=replace(asked.responses, rationing="priority", stock_release=False))
    found = model(asked)
    values = found.inputs.values(sobol_points(64, len(found.inputs.uncertain), 0))
    lost = found.losses(found.paths(values), values)
    assert lost is not None
    assert lost.value_added.sum() > 0


def test_one_kind_of_use_in_two_detailed_industries_counts_twice() -> None:
    """Optoelectronics of 334413 and 334511 are different products of one summary industry."""
    found = model(written("gallium:China:100%:12mo"))
    using = found.users["gallium"]
    assert len(set(using.products)) == len(using.products)
    values = found.inputs.central()
    paths = found.paths(values)
    lost = found.losses(paths, values)
    assert lost is not None
    stops = stopped("gallium", using, paths["gallium"], values)[0]
    for at, place in enumerate(lost.places):
        rows = using.places == place
        assert lost.share[0, :, at] == pytest.approx(1.0 - np.prod(1.0 - stops[:, rows], axis=1))


def test_kinds_for_defence_and_health_are_kinds() -> None:
    found = model(replace(written("samarium:China:100%:12mo"), responses=Responses(rationing="priority")))
    assert ESSENTIAL & {kind for one in found.users.values() for kind in one.kinds}
