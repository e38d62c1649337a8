"""Sentences on disagreement, and the bounds of an index whose suppliers are not all named."""

from __future__ import annotations

import pytest

from monazite.studies.risk.facts import Facts, Traded
from monazite.studies.risk.measures import hhi_of
from monazite.studies.risk.ranking import Places
from monazite.studies.risk.reasons import Told, reason
from monazite.studies.risk.value import Value

ROW = {"reliance_low": 0.5, "reliance_high": 1.0, "year": 2025}


def told(relied: Places) -> Told:
    """A material second of forty by world production, somewhere by reliance."""
    facts = Facts("x", "x", ROW, ("USA",), {}, {}, None, None, Traded((), {}, {}, 0.0, 0.0), 2024)
    values = {
        "world_hhi": Value(0.9, 0.9, inputs={"share of China": (0.95, 0.95)}),
        "reliance": Value(0.2, 1.0),
        "geopolrisk": Value(reason="its code died in 2007; load another", refused=True),
    }
    return Told(
        facts, values, {"world_hhi": Places(2, 2, 2, 0), "reliance": relied}, dict.fromkeys(values, 40)
    )


def test_a_disagreement_that_is_certain_is_told_with_what_makes_it() -> None:
    assert reason(told(Places(30, 36, 33, 0))) == (
        "World HHI 2 of 40 (China makes 95%), but Reliance 30–36 of 40 (20–100% imported)."
        " GeoPolRisk refused: its code died in 2007."
    )


@pytest.mark.parametrize("relied", [Places(1, 40, 40, 0), Places(2, 39, 20, 0), Places(1, 1, 1, 30)])
def test_places_that_may_be_the_same_are_no_disagreement(relied: Places) -> None:
    assert reason(told(relied)).startswith("The measures that are known agree")


def test_who_is_not_named_is_many_or_one() -> None:
    assert hhi_of({"A": (0.5, 0.5), "B": (0.3, 0.3)}) == pytest.approx((0.34, 0.38))
    assert hhi_of({"A": (1.0, 1.0)}) == (1.0, 1.0)
