"""Laws of GeoPolRisk: of the formula, of its bounds, and of sums over partners, against a plain loop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.codes.groups import Importer
from monazite.methods.geopolrisk import (
    characterisation_factor,
    geopolrisk_score,
    geopolrisk_scores,
    import_risk,
    risk_of_sums,
)
from monazite.methods.governance import instability
from monazite.results.result import Source
from monazite.schema.interval import Interval
from monazite.studies.geopolrisk.bounds import risks
from monazite.studies.geopolrisk.sums import summed
from monazite.studies.world.flows import Flows

COUNTRIES, CODES = ("AAA", "BBB", "CCC", "DDD", "EEE"), ("250410", "282520")
SCORES = {"AAA": -1.5, "BBB": 0.3, "CCC": 2.6, "DDD": -2.7}
share, amount = st.floats(0, 1), st.floats(0, 1e6, allow_subnormal=False)
suppliers = st.lists(st.tuples(st.floats(1e-3, 1e6), share), min_size=1, max_size=8)
flow = st.tuples(*[st.integers(0, 4)] * 2, st.integers(0, 1), st.none() | st.floats(0, 1e6))
flows = st.lists(flow.filter(lambda one: one[0] != one[1]), min_size=1, max_size=30)
Rows = list[tuple[int, int, int, float | None]]


@given(suppliers, amount, st.floats(1e-3, 1e3))
def test_risk_is_scale_free_and_order_free(sent: list[tuple[float, float]], made: float, unit: float) -> None:
    mass, weight = zip(*sent, strict=True)
    risk = import_risk(mass, weight, made)
    assert 0 <= risk <= max(weight) + 1e-12
    assert import_risk([one * unit for one in mass], weight, made * unit) == pytest.approx(risk)
    assert import_risk(mass[::-1], weight[::-1], made) == pytest.approx(risk)


@given(suppliers, amount, st.floats(0, 1e6))
def test_more_output_at_home_never_raises_risk(
    sent: list[tuple[float, float]], made: float, more: float
) -> None:
    mass, weight = zip(*sent, strict=True)
    assert import_risk(mass, weight, made + more) <= import_risk(mass, weight, made) + 1e-12


@given(suppliers, st.floats(1e-3, 1e6), share)
def test_a_supplier_in_two_halves_is_one(sent: list[tuple[float, float]], mass: float, weight: float) -> None:
    split, whole = [*sent, (mass / 2, weight), (mass / 2, weight)], [*sent, (mass, weight)]
    one, other = (import_risk([m for m, _ in each], [g for _, g in each], 5.0) for each in (split, whole))
    assert one == pytest.approx(other)


@given(suppliers, share)
def test_without_output_and_with_equal_suppliers_the_risk_is_theirs(
    sent: list[tuple[float, float]], weight: float
) -> None:
    mass = [one for one, _ in sent]
    assert import_risk(mass, [weight] * len(mass), 0) == pytest.approx(weight)


@given(share, share, share, st.floats(0, 1e5))
def test_score_and_factor_are_linear(hhi: float, risk: float, part: float, price: float) -> None:
    score = geopolrisk_score(hhi, risk)
    assert score <= min(hhi, risk)
    assert geopolrisk_score(hhi * part, risk) == pytest.approx(score * part)
    assert characterisation_factor(score * part, price) == pytest.approx(
        part * characterisation_factor(score, price)
    )


@given(
    st.lists(st.tuples(share, st.floats(1e-3, 1e6), share, share, share, share), min_size=1, max_size=3),
    amount,
    share,
)
def test_bounds_hold_every_answer_there_may_be(
    codes: list[tuple[float, float, float, float, float, float]], made: float, part: float
) -> None:
    least, sent, content, low, between, wide = (np.array(one) for one in zip(*codes, strict=True))
    high = low + (1 - low) * wide
    ends = [(min(a, b), max(a, b)) for a, b in zip(least, content, strict=True)]
    bounds = risks(ends, sent, (low * sent, high * sent), Interval(part * made, made))
    for at in (0.0, 0.3, 1.0):
        held = np.array([a + at * (b - a) for a, b in ends])
        weight, output = low + (1 - at) * between * (high - low), (part + at * (1 - part)) * made
        imports = float(held @ sent)
        if imports + output > 0:
            risk = risk_of_sums(min(float(held @ (weight * sent)), imports), imports, output)
            assert bounds[0] - 1e-9 <= risk <= bounds[1] + 1e-9


def test_output_of_which_no_end_is_known_may_leave_no_risk() -> None:
    sent = np.array([10.0])
    assert risks([(1.0, 1.0)], sent, (sent / 2, sent / 2), Interval(0, math.inf)) == (0, 0.5)


def flows_of(rows: Rows) -> Flows:
    """Flows between made-up countries; a mass of none is not recorded."""
    into, out, code, mass = (list(one) for one in zip(*rows, strict=True))
    return Flows(
        year=np.full(len(rows), 2022),
        importer=np.array([COUNTRIES[one] for one in into], dtype=object),
        exporter=np.array([COUNTRIES[one] for one in out], dtype=object),
        code=np.array([CODES[one] for one in code], dtype=object),
        value_usd=np.full(len(rows), 7.0),
        mass_t=np.array([math.nan if one is None else one for one in mass], dtype=float),
        nomenclature="HS1992",
        held=frozenset(CODES),
        source=Source("", "made up", "", "", "", ()),
    )


@given(flows, st.booleans())
def test_sums_are_those_of_a_plain_loop(
    rows: Rows,
    published: bool,  # noqa: FBT001 - drawn
) -> None:
    buyers = [Importer("union", "union", ("AAA", "BBB")), Importer("EEE", "EEE", ("EEE",))]
    found = summed(flows_of(rows), buyers, SCORES, published=published)
    for column, buyer in enumerate(buyers):
        for row, code in enumerate(found.codes):
            total = low = high = unscored = silent = 0.0
            for into, out, what, mass in rows:
                inside = COUNTRIES[out] in buyer.members
                if COUNTRIES[into] not in buyer.members or CODES[what] != code or (inside and not published):
                    continue
                ends = (0.5, 0.5) if published else (0.0, 1.0)
                if COUNTRIES[out] in SCORES:
                    ends = (float(instability(SCORES[COUNTRIES[out]])),) * 2
                ends = (0.0, 0.0) if inside else ends
                total, silent = total + (mass or 0.0), silent + (7.0 if mass is None else 0.0)
                low, high = low + ends[0] * (mass or 0.0), high + ends[1] * (mass or 0.0)
                unscored += (mass or 0.0) * (COUNTRIES[out] not in SCORES and not inside)
            told = (found.imports, found.low, found.high, found.unscored, found.without_mass_usd)
            assert [table[row, column] for table in told] == pytest.approx(
                [total, low, high, unscored, silent]
            )


@given(flows)
def test_a_union_imports_what_its_members_do_but_for_their_own_trade(rows: Rows) -> None:
    members = [Importer(one, one, (one,)) for one in ("AAA", "BBB")]
    union, apart = (
        summed(flows_of(rows), each, SCORES) for each in ([Importer("u", "u", ("AAA", "BBB"))], members)
    )
    among = sum(mass or 0.0 for into, out, _, mass in rows if {into, out} == {0, 1})
    assert union.imports.sum() == pytest.approx(apart.imports.sum() - among)


@given(st.lists(st.tuples(share, amount, share, amount), min_size=1, max_size=6))
def test_the_table_is_the_formula_one_by_one(cells: list[tuple[float, float, float, float]]) -> None:
    hhi, sent, weight, made = (np.array(one) for one in zip(*cells, strict=True))
    table = geopolrisk_scores(hhi, (weight * sent)[:, None], sent[:, None], made[:, None])
    for at in range(len(cells)):
        if not sent[at] + made[at]:
            assert math.isnan(table[at, 0])
        else:
            risk = risk_of_sums(weight[at] * sent[at], sent[at], made[at])
            assert table[at, 0] == pytest.approx(geopolrisk_score(hhi[at], risk))
