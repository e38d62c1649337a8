"""The table of measures against its twins: exact integers, plain SQL, and the methods over few suppliers."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monazite.methods.concentration import hhi_bounds
from monazite.methods.governance import governance_weighted_hhi_bounds, instability
from monazite.methods.screens import geodep, imports_over_exports, n_minus_one_of_imports, persistent
from monazite.sources.baci import SOURCE
from monazite.sources.load import load
from monazite.store.home import Store
from monazite.store.parquet import select
from monazite.store.reading import query
from monazite.studies.measure import measure_all
from monazite.studies.measure.ratios import measures, world
from monazite.studies.measure.sums import SCALE, UNNAMED, UNSCORED, Sums, UnsortedError
from monazite.studies.world.governance import political_stability

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

YEARS = (2010, 2011, 2022)
PLACES, CODES = 6, 3
Flows = dict[tuple[int, int, int], float]
Row = dict[str, Any]

SQL = """\
SELECT importer, code, sum(v)::DOUBLE AS value_usd, count(*) AS suppliers,
  sum(v::HUGEINT * v)::DOUBLE / (sum(v)::DOUBLE * sum(v)::DOUBLE) AS hhi,
  max_by(exporter, (v, -ascii(exporter), -ascii(exporter[2:]), -ascii(exporter[3:]))) AS leading_exporter
FROM (SELECT importer, exporter, code, round(value_usd)::BIGINT AS v FROM trade WHERE year = {year})
GROUP BY ALL ORDER BY ALL"""


# ── generated flows ───────────────────────────────────────────────────────────────────────────


amounts = st.integers(1, 60) | st.integers(1, 2**41) | st.just(2**30)
flows = st.dictionaries(
    st.tuples(st.integers(0, PLACES - 1), st.integers(0, CODES - 1), st.integers(0, PLACES - 1)),
    amounts.map(float),
    min_size=1,
    max_size=40,
)
scores = st.lists(
    st.integers(0, SCALE) | st.sampled_from([UNSCORED, UNNAMED]), min_size=PLACES, max_size=PLACES
)


def summed(given_: Flows, weights: list[int], cuts: list[int]) -> Sums:
    """Sums over flows that come in batches cut anywhere."""
    sums = Sums(np.array(weights, dtype=np.int64), CODES)
    told = [(importer, exporter, code, value) for (importer, code, exporter), value in sorted(given_.items())]
    ends = sorted({0, len(told), *(cut for cut in cuts if cut < len(told))})
    for start, end in pairwise(ends):
        added(sums, told[start:end])
    return sums


def added(sums: Sums, batch: list[tuple[int, int, int, float]]) -> None:
    """Add a batch of importer, exporter, code and value."""
    importer, exporter, code, value = (np.array(one) for one in zip(*batch, strict=True))
    whole = np.uint16
    sums.add(importer.astype(whole), exporter.astype(whole), code.astype(whole), value)


def rows_of(sums: Sums, named: NDArray[np.bool_]) -> list[Row]:
    """Rows of the measures, countries and codes as numbers."""
    pieces = list(measures(sums.groups, sums.exports, world(sums.exports, named)))
    return [
        dict(zip(piece, cells, strict=True))
        for piece in pieces
        for cells in zip(*piece.values(), strict=True)
    ]


@given(flows, scores, st.lists(st.integers(1, 40), max_size=4))
def test_every_row_is_what_the_methods_say_of_its_suppliers(
    given_: Flows, weights: list[int], cuts: list[int]
) -> None:
    named = np.array(weights) != UNNAMED
    groups: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    exports: dict[tuple[int, int], float] = defaultdict(float)
    for (importer, code, exporter), value in given_.items():
        groups[importer, code][exporter] = value
        exports[exporter, code] += value
    rows = rows_of(summed(given_, weights, cuts), named)
    assert [(row["importer"], row["code"]) for row in rows] == sorted(groups)
    for row in rows:
        judged(row, groups[row["importer"], row["code"]], weights, exports)


def judged(
    row: Row, sent: dict[int, float], weights: list[int], exports: dict[tuple[int, int], float]
) -> None:
    """Hold a row to the methods."""
    total = sum(sent.values())
    known = {exporter: value for exporter, value in sent.items() if weights[exporter] != UNNAMED}
    hidden = total - sum(known.values())
    bounds = hhi_bounds([value / total for value in known.values()], hidden / total)
    assert (row["hhi_low"], row["hhi_high"]) == (near(bounds.low), near(bounds.high))
    assert (row["value_usd"], row["unnamed_usd"], row["suppliers"]) == (total, hidden, len(known))
    unstable = [weights[exporter] / SCALE if weights[exporter] >= 0 else math.nan for exporter in known]
    together, without = [*known.values(), hidden], [*unstable, math.nan]
    governed = governance_weighted_hhi_bounds(together, without)
    assert row["governance_weighted_hhi_low"] == near(governed.low)
    assert row["governance_weighted_hhi_high"] == near(governed.high)
    if known:
        leader = min(known, key=lambda exporter: (-known[exporter], exporter))
        assert (row["leader"], row["leading_share"]) == (leader, known[leader] / total)
    if known and not hidden:
        assert 1 - row["leading_share"] == near(n_minus_one_of_imports(list(known.values())))
    sold = exports.get((row["importer"], row["code"]), 0.0)
    world_exports = {place: value for (place, code), value in exports.items() if code == row["code"]}
    everybody = sum(world_exports.values())
    told = [value for place, value in world_exports.items() if weights[place] != UNNAMED]
    index = hhi_bounds([one / everybody for one in told], (everybody - sum(told)) / everybody)
    assert (row["export_hhi_low"], row["export_hhi_high"]) == (near(index.low), near(index.high))
    ends = ((row["hhi_low"], row["export_hhi_low"]), (row["hhi_high"], row["export_hhi_high"]))
    low, high = (geodep([one], [other], imports_over_exports([total], [sold]))[0] for one, other in ends)
    assert row["exports_usd"] == sold
    assert row["geodep"] == (low if low == high else -1)


def near(value: float) -> Any:  # noqa: ANN401 - pytest's
    """The same to the last digits but a few."""
    return pytest.approx(value, rel=1e-12, abs=1e-12)


@given(flows, scores, st.lists(st.integers(1, 40), max_size=4), st.lists(st.integers(1, 40), max_size=4))
def test_the_bits_do_not_depend_on_where_batches_end(
    given_: Flows, weights: list[int], cuts: list[int], others: list[int]
) -> None:
    named = np.array(weights) != UNNAMED
    first, second = (rows_of(summed(given_, weights, each), named) for each in (cuts, others))
    assert first == second


@given(st.lists(st.integers(1, 2**42), min_size=1, max_size=PLACES))
def test_an_index_is_the_float_next_to_the_exact_ratio(values: list[int]) -> None:
    given_ = {(0, 0, exporter): float(value) for exporter, value in enumerate(values)}
    (row,) = rows_of(summed(given_, [0] * PLACES, []), np.ones(PLACES, dtype=bool))
    exact = Fraction(sum(value * value for value in values), sum(values) ** 2)
    assert row["hhi_low"] == pytest.approx(float(exact), rel=4e-16)
    assert 0 < row["hhi_low"] <= 1


@settings(max_examples=20)
@given(flows)
def test_flows_out_of_order_or_twice_are_not_summed(given_: Flows) -> None:
    (importer, code, exporter), value = max(given_.items())
    sums = summed(given_, [0] * PLACES, [])
    flow = (importer, exporter, code, value)
    with pytest.raises(UnsortedError):
        added(sums, [flow])
    with pytest.raises(UnsortedError):
        added(Sums(np.zeros(PLACES, dtype=np.int64), CODES), [flow, flow])


# ── the publisher's own files ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def real(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, list[Row]]:
    """Three years of BACI as published, and every row measured."""
    store = Store(tmp_path_factory.mktemp("real") / "store")
    for year in YEARS:
        with store.writing() as scratch:
            load(store, real_data / f"baci/BACI_HS92_Y{year}_V202401b.csv", SOURCE, scratch=scratch)
    found = measure_all(store)
    return store, select({}, f"{found.select} ORDER BY year, importer, code")


def test_real_values_are_whole_dollars(real: tuple[Store, list[Row]]) -> None:
    (row,) = query(real[0], "SELECT max(abs(value_usd - round(value_usd))) AS off FROM trade")
    assert row["off"] < 1e-4


def test_real_rows_are_those_of_plain_sql(real: tuple[Store, list[Row]]) -> None:
    store, rows = real
    for year in YEARS:
        twin = query(store, SQL.format(year=year))
        mine = [row for row in rows if row["year"] == year]
        assert [(row["importer"], row["code"]) for row in mine] == [
            (row["importer"], row["code"]) for row in twin
        ]
        named = [(row, other) for row, other in zip(mine, twin, strict=True) if not row["unnamed_usd"]]
        assert len(named) > 0.95 * len(mine)
        for row, other in named:
            assert (row["value_usd"], row["suppliers"]) == (other["value_usd"], other["suppliers"])
            assert row["leading_exporter"] == other["leading_exporter"]
            assert row["hhi_low"] == row["hhi_high"] == pytest.approx(other["hhi"], rel=4e-16)


def test_real_rows_are_weighted_as_the_methods_say(real: tuple[Store, list[Row]]) -> None:
    store, rows = real
    told = political_stability(2022, store).scores
    sent = query(store, "FROM trade WHERE year = 2022 AND importer = 'USA' ORDER BY code, exporter")
    for row in (one for one in rows if (one["year"], one["importer"]) == (2022, "USA")):
        mine = [one for one in sent if one["code"] == row["code"]]
        unstable = instability([told.get(one["exporter"], math.nan) for one in mine])
        bounds = governance_weighted_hhi_bounds([one["value_usd"] for one in mine], unstable)
        assert row["governance_weighted_hhi_low"] == pytest.approx(bounds.low, abs=1e-6)
        assert row["governance_weighted_hhi_high"] == pytest.approx(bounds.high, abs=1e-6)


def test_real_dependences_persist_as_the_method_says(real: tuple[Store, list[Row]]) -> None:
    flags = {(row["importer"], row["code"], row["year"]): row["geodep"] for row in real[1]}
    marks = {True: 1, False: 0, None: -1}
    for row in (one for one in real[1] if one["year"] in (2011, 2022)):
        before = [row["year"] - 2, row["year"] - 1]
        held = [
            marks[flags.get((row["importer"], row["code"], year), False)] if year in YEARS else -1
            for year in before
        ]
        (mark,) = persistent([[one] for one in (*held, marks[row["geodep"]])])
        assert marks[row["geodep_persistent"]] == mark
