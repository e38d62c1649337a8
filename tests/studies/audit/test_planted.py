"""Faults and true changes planted in made-up trade: what is found, what is not, and what is taken for what.

``docs/audit.md`` prints the counts asserted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from monazite.studies.audit import audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.results.frame import Frame
    from monazite.store.home import Store

    Flow = Callable[..., dict[str, Any]]
    MadeUp = Callable[[Path], Callable[..., Store]]

CODES, PAIRS, YEARS = 8, 120, tuple(range(2005, 2020))
FACTORS = (4, 6, 10, 30, 100, 1000)
PLANTED = 30
"""Of each factor: so many quantities too small, as many too large, and as many true falls and rises."""

Spot = tuple[int, int, int]
Place = tuple[str, str, int]


class Plant(NamedTuple):
    """Where a fault or a true change was planted, and how large it is."""

    spot: Spot
    kind: str
    factor: int


class Planted(NamedTuple):
    """What was planted, and what the audit made of it: records whose quantity is wrong, flows that fell."""

    plants: list[Plant]
    wrong: set[Place]
    fell: set[Place]

    def places(self, *kinds: str, factor: int | None = None) -> set[Place]:
        """Where plants of some kinds are."""
        return {place(one.spot) for one in self.plants if one.kind in kinds and factor in (None, one.factor)}


def place(spot: Spot) -> Place:
    """A spot under the names of the answer."""
    code, pair, year = spot
    return f"{280000 + code}", f"P{pair:02}", YEARS[year]


def panel(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Values and masses by code, flow and year: prices with a spike, flows with levels and noise.

    Unit values scatter by 20 percent around a flow's level with heavy tails, levels by 50 percent around the
    code's price; values walk by 35 percent a year.
    """
    shape = (CODES, PAIRS, len(YEARS))
    price = random.normal(8, 2, (CODES, 1, 1)) + np.cumsum(
        random.normal(0, 0.1, (CODES, 1, len(YEARS))), axis=2
    )
    price[:, :, 6] += 1.5  # every price rises 4.5-fold in one year and falls back
    level = random.normal(0, 0.5, (CODES, PAIRS, 1))
    noise = 0.2 * random.standard_t(5, shape)
    value = np.exp(
        15.5 + random.normal(0, 1, (CODES, PAIRS, 1)) + np.cumsum(random.normal(0, 0.35, shape), axis=2)
    )
    return value, value / np.exp(price + level + noise)


def plants(random: np.random.Generator) -> list[Plant]:
    """Faults and true changes, one at most in a flow, never in its first or last two years."""
    flows = random.permutation(CODES * PAIRS)
    kinds = [(kind, factor) for factor in FACTORS for kind in ("small", "large", "fall", "rise")] * PLANTED
    kinds = kinds[: len(flows)]
    years = random.integers(2, len(YEARS) - 2, len(kinds))
    return [
        Plant((int(flow) // PAIRS, int(flow) % PAIRS, int(year)), kind, factor)
        for flow, year, (kind, factor) in zip(flows, years, kinds, strict=False)
    ]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Flow) -> Planted:
    """An audit of a panel with plants; the same every time."""
    random = np.random.default_rng(20260722)
    value, mass = panel(random)
    told = plants(random)
    for (code, pair, year), kind, factor in told:
        if kind in ("small", "large"):
            mass[code, pair, year] *= factor if kind == "large" else 1 / factor
        else:
            ratio = factor if kind == "rise" else 1 / factor
            value[code, pair, year:] *= ratio
            mass[code, pair, year:] *= ratio
    rows = []
    for spot in np.ndindex(value.shape):
        goods, importer, when = place((spot[0], spot[1], spot[2]))
        rows.append(flow(when, float(value[spot]), float(mass[spot]), code=goods, importer=importer))
    store = made_up(tmp_path_factory.mktemp("planted"))(*rows)
    details = audit(store=store, rules=["quantity-implausible", "trade-fell"], rows=100_000).details["rows"]
    return Planted(told, records(details, "quantity-implausible"), records(details, "trade-fell"))


def records(details: Frame, rule: str) -> set[Place]:
    """Records a rule names."""
    return {(row["code"], row["importer"], row["year"]) for row in details.where(rule=rule)}


@pytest.mark.parametrize(("factor", "least"), [(4, 0.5), (6, 0.9), (10, 0.9), (30, 1), (100, 1), (1000, 1)])
def test_wrong_quantities_are_found(planted: Planted, factor: int, least: float) -> None:
    faults = planted.places("small", "large", factor=factor)
    assert len(faults) == 2 * PLANTED
    assert len(faults & planted.wrong) >= least * len(faults)


def test_no_true_fall_or_rise_is_called_a_wrong_quantity(planted: Planted) -> None:
    assert planted.places("fall", "rise") & planted.wrong == set()


def test_true_falls_are_called_so(planted: Planted) -> None:
    falls = planted.places("fall")
    assert len(falls & planted.fell) >= 0.85 * len(falls)
    assert planted.places("small", "large") & planted.fell == set()


def test_hardly_anything_else_is_called_wrong(planted: Planted) -> None:
    """A year in which every price rises 4.5-fold is among the rest."""
    faults = planted.places("small", "large")
    assert len(planted.wrong & faults) >= 0.94 * len(planted.wrong)
    spike = {one for one in planted.wrong - faults if one[2] in (YEARS[6], YEARS[7])}
    assert len(spike) <= 5
