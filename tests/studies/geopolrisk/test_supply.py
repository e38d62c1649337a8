"""What an importer produces itself: known, between two ends, withheld, or hidden among others."""

from __future__ import annotations

import math

from monazite.results.result import Source
from monazite.schema.interval import Interval
from monazite.studies.geopolrisk.supply import domestic
from monazite.studies.world.production import Producer, Production


def production(*producers: Producer, rest: float = 0.0, silent: tuple[str, ...] = ()) -> Production:
    return Production(
        material="tin",
        stage="ore",
        year=2024,
        unit="t",
        basis="content",
        formula="Sn",
        producers=producers,
        rest=rest,
        silent=silent,
        world=None,
        label="made up",
        where="",
        source=Source("", "", "", "", "", ()),
    )


def test_a_figure_between_two_ends_stays_between_them() -> None:
    made = production(Producer("DEU", 10, 20), Producer("FRA", 5, 5))
    assert domestic(made, ("DEU",)) == Interval(10, 20)
    assert domestic(made, ("DEU", "FRA")) == Interval(15, 25)


def test_who_is_not_named_produces_nothing_where_all_are_named() -> None:
    assert domestic(production(Producer("DEU", 10, 10)), ("FRA",)) == Interval(0, 0)


def test_who_is_not_named_may_produce_all_that_is_not_split() -> None:
    made = production(Producer("DEU", 10, 10), rest=7)
    assert domestic(made, ("FRA",)) == Interval(0, 7)
    assert domestic(made, ("DEU", "FRA")) == Interval(10, 17)
    assert domestic(made, ("DEU",)) == Interval(10, 10)


def test_what_is_withheld_has_no_upper_end() -> None:
    made = production(Producer("DEU", 10, 10), rest=7, silent=("FRA",))
    assert domestic(made, ("DEU", "FRA")) == Interval(10, math.inf)
