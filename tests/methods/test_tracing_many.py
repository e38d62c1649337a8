"""Thousands of products at once: the same answers as one by one, for any executor."""

from __future__ import annotations

import csv
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import MethodError
from monazite.methods import tracing as t
from monazite.methods.tracing import many

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Matrices = list[NDArray[np.float64]]


def lists_of(matrices: Matrices) -> t.FlowLists:
    places = [np.nonzero(one) for one in matrices]
    offsets = np.cumsum([0, *(len(importer) for importer, _ in places)])
    amounts = [one[place] for one, place in zip(matrices, places, strict=True)]
    importers, exporters = (np.concatenate([place[side] for place in places]) for side in (0, 1))
    return t.FlowLists(offsets, importers, exporters, np.concatenate(amounts))


def made(products: int, n: int, chance: np.random.Generator, density: float = 0.2) -> Matrices:
    matrices = []
    for _ in range(products):
        flows = chance.lognormal(0, 2, (n, n)) * (chance.random((n, n)) < density)
        np.fill_diagonal(flows, 0)
        matrices.append(flows)
    return matrices


def agree(found: t.ManyOrigins, k: int, traced: t.Origins) -> None:
    consumes = traced.consumption > 0
    shares = traced.origin[consumes] / traced.consumption[consumes, np.newaxis]
    assert found.consumption[k] == pytest.approx(traced.consumption)
    assert found.leading_share[k, consumes] == pytest.approx(shares.max(axis=1))
    assert found.hhi[k, consumes] == pytest.approx((shares**2).sum(axis=1))
    leading = found.leading_origin[k, consumes]
    assert shares[np.arange(len(shares)), leading] == pytest.approx(shares.max(axis=1))
    assert (found.leading_origin[k, ~consumes] == -1).all()
    assert np.isnan(found.hhi[k, ~consumes]).all()


@pytest.fixture
def blocks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The careful way would hide what elimination by blocks gets wrong; without it, that shows."""
    monkeypatch.setattr(many, "_carefully", None)


@pytest.mark.usefixtures("blocks_alone")
@pytest.mark.parametrize("n", [3, 17, 100])
def test_products_at_once_are_products_one_by_one(n: int) -> None:
    matrices = made(70 if n < 50 else 5, n, np.random.default_rng(n))
    found = t.origins_of_many(lists_of(matrices), n, importers=(1, 0))
    assert not found.refused
    for k, flows in enumerate(matrices):
        traced = t.trace_origins(t.apparent_production(flows), flows)
        agree(found, k, traced)
        assert found.origin[k] == pytest.approx(traced.origin[[1, 0]])


@pytest.mark.usefixtures("blocks_alone")
def test_given_production_is_used() -> None:
    chance = np.random.default_rng(1)
    matrices = made(6, 90, chance)
    production = np.array([t.unrecorded_supply(np.zeros(90), one) for one in matrices])
    production += chance.lognormal(0, 2, production.shape) * (chance.random(production.shape) < 0.3)
    found = t.origins_of_many(lists_of(matrices), 90, production=production)
    for k, flows in enumerate(matrices):
        agree(found, k, t.trace_origins(production[k], flows))


def test_any_executor_gives_the_same_bits() -> None:
    lists = lists_of(made(150, 20, np.random.default_rng(2)))
    alone = t.origins_of_many(lists, 20, importers=(3,))
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2, get_context("spawn")) as processes:
        for executor in (threads, processes):
            shared = t.origins_of_many(lists, 20, importers=(3,), executor=executor)
            for name in ("consumption", "leading_origin", "leading_share", "hhi", "origin"):
                assert getattr(alone, name).tobytes() == getattr(shared, name).tobytes()


def test_a_product_that_cannot_be_traced_is_told_and_has_no_numbers() -> None:
    loop, chain = np.array([[0, 9.0, 0], [9, 0, 0], [0, 0, 0]]), np.array([[0, 0, 0], [6.0, 0, 0], [0, 4, 0]])
    found = t.origins_of_many(lists_of([chain, loop, chain]), 3, importers=(2,))
    assert list(found.refused) == [1]
    assert "0, 1" in found.refused[1]
    assert np.isnan(found.consumption[1]).all()
    assert np.isnan(found.origin[1]).all()
    assert found.origin[2, 0].tolist() == [4, 0, 0]
    over = t.origins_of_many(lists_of([chain]), 3, production=[[5, 0, 0]])
    assert "country 0 exports 6 but has 5" in over.refused[0]


@pytest.mark.parametrize("amount", [9.0, 0.1, 1 / 3])
def test_a_loop_that_feeds_nobody_else_is_told_too(amount: float) -> None:
    flows = np.zeros((7, 7))
    flows[1, 0] = 5
    flows[3, 2] = flows[4, 3] = flows[5, 4] = flows[6, 5] = flows[2, 6] = amount
    found = t.origins_of_many(lists_of([flows]), 7)
    assert "2, 3, 4, 5, 6" in found.refused[0]


def test_a_nearly_closed_loop_is_traced_the_careful_way() -> None:
    flows = np.zeros((5, 5))
    flows[2, 0], flows[2, 1], flows[2, 3], flows[3, 2] = 1e-13, 3e-13, 100, 100
    flows[4, 3] = 2e-13
    production = [[1e-13, 3e-13, 0, 0, 0]]
    found = t.origins_of_many(lists_of([flows]), 5, production=production)
    assert found.leading_origin[0, 4] == 1
    assert found.leading_share[0, 4] == pytest.approx(0.75, abs=1e-12)


def test_entries_of_one_pair_add_up_and_entries_of_nothing_do_not_count() -> None:
    once = t.origins_of_many(t.FlowLists(*map(np.array, ([0, 2], [1, 2], [0, 1], [6.0, 4.0]))), 4)
    columns = [0, 5], [1, 2, 1, 3, 0], [0, 1, 0, 2, 3], [2.0, 4.0, 4.0, 0.0, 0.0]
    twice = t.origins_of_many(t.FlowLists(*map(np.array, columns)), 4)
    assert once.hhi.tobytes() == twice.hhi.tobytes()


def test_no_products_and_empty_products() -> None:
    none = t.origins_of_many(t.FlowLists(*map(np.array, ([0], [], [], []))), 3)
    assert none.consumption.shape == (0, 3)
    empty = t.origins_of_many(t.FlowLists(*map(np.array, ([0, 0], [], [], []))), 3, importers=(0,))
    assert empty.consumption.tolist() == [[0, 0, 0]]
    assert empty.origin.tolist() == [[[0, 0, 0]]]
    assert not empty.refused


@pytest.mark.parametrize(
    ("columns", "options", "told"),
    [
        (
            ([0, 1, 2], [1, 2], [0, 2], [1.0, 1]),
            {},
            "product 1 has a country that supplies itself, at entry 1",
        ),
        (([0, 1], [1.0], [0], [1.0]), {}, "whole numbers, found float64"),
        (([0, 1], [3], [0], [1.0]), {}, "product 0 has an importer not numbered 0 to 2"),
        (([0, 1], [1], [-1], [1.0]), {}, "exporter not numbered"),
        (([0, 1], [1], [0], [np.nan]), {}, "product 0 has an amount that is not finite"),
        (([0, 1], [1], [0], [-1.0]), {}, "amount that is not finite and at least 0"),
        (([0, 2], [1], [0], [1.0]), {}, "offsets rise from 0 to the number of flows, 1"),
        (([0, 1, 0, 1], [1], [0], [1.0]), {}, "offsets rise"),
        (([0, 1], [1], [0], [1.0, 2]), {}, "lists of one length"),
        (([0, 1], [1], [0], [1.0]), {"importers": (3,)}, r"importers \[3\]"),
        (([0, 1], [1], [0], [1.0]), {"production": [[1, 0]]}, r"\(1, 3\), found \(1, 2\)"),
        (([0, 1], [1], [0], [1.0]), {"production": [[1, 0, np.nan]]}, "product 0 in country 2 is nan"),
    ],
)
def test_lists_that_cannot_be_are_told(
    columns: tuple[list[float], ...], options: dict[str, object], told: str
) -> None:
    with pytest.raises(MethodError, match=told):
        t.origins_of_many(t.FlowLists(*map(np.array, columns)), 3, **options)  # type: ignore[arg-type]


def test_real_trade_by_value_sums_to_consumption(real_data: Path) -> None:
    flows: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    with (real_data / "baci/BACI_HS92_Y2022_V202401b.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            flows[row["k"]].append((int(row["j"]), int(row["i"]), float(row["v"])))
    codes = sorted({code for rows in flows.values() for row in rows for code in row[:2]})
    rows = [row for code in sorted(flows) for row in flows[code]]
    importer, exporter = (np.searchsorted(codes, [row[side] for row in rows]) for side in (0, 1))
    offsets = np.cumsum([0, *(len(flows[code]) for code in sorted(flows))])
    lists = t.FlowLists(offsets, importer, exporter, np.array([row[2] for row in rows]))
    found = t.origins_of_many(lists, len(codes), importers=range(len(codes)))
    assert not found.refused
    assert found.origin.sum(axis=2) == pytest.approx(found.consumption)
    assert len(flows) > many.BLOCK  # more than one task
