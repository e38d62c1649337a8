"""Cuts aimed at some importers, duties and floors, and who is asked about: nothing hits who is spared."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from monazite.errors import UsageError
from monazite.methods.simulation import sobol_points
from monazite.schema.judgement import Judgement
from monazite.studies.stress import stress
from monazite.studies.stress.model import model
from monazite.studies.stress.scenario import scenario, written

if TYPE_CHECKING:
    from monazite.studies.stress.scenario import Scenario
    from monazite.studies.stress.supply import Path

EASES = 1e-9


def sure(value: float, unit: str = "1") -> Judgement:
    """A number that is certain."""
    return Judgement(value, value, value, unit, "the test's own number", "U")


def path_of(asked: Scenario) -> Path:
    """The path of its first material, for some draws."""
    found = model(asked)
    values = found.inputs.values(sobol_points(64, len(found.inputs.uncertain), 0))
    return next(iter(found.paths(values).values()))


def duty(against: tuple[str, ...] = (), rate: float = 0.25) -> Scenario:
    """China's gallium pays a duty."""
    base = written("gallium:China:100%:12mo")
    (cut,) = base.cuts
    return replace(
        base, cuts=(replace(cut, kind="tariff", depth=sure(0.0), rate=sure(rate), against=against),)
    )


def test_a_duty_is_paid_by_whom_it_is_laid_on() -> None:
    everybody, others, we = (path_of(duty(against)) for against in ((), ("JPN",), ("USA",)))
    assert (others.price == 1.0).all()
    assert (others.shortage == 0.0).all()
    assert 1.0 < we.price.max() <= 1.25 + EASES
    assert (everybody.price <= 1.25 + EASES).all()
    assert (path_of(duty(rate=0.5)).price >= everybody.price - EASES).all()


def test_a_floor_is_paid_by_whom_it_is_laid_on() -> None:
    base = written("gallium:China:100%:12mo")
    (cut,) = base.cuts
    floor = replace(cut, kind="floor", depth=sure(0.0), floor=sure(5000.0, "USD/kg"))
    everybody = path_of(replace(base, cuts=(floor,)))
    others = path_of(replace(base, cuts=(replace(floor, against=("JPN",)),)))
    assert everybody.price.max() > 1.0
    assert (others.price == 1.0).all()


def test_nothing_of_ours_is_cut_where_others_are_aimed_at() -> None:
    at_us, at_others = (path_of(written(f"rare earths:China>{who}:100%:12mo")) for who in ("USA", "Japan"))
    assert (at_others.cut == 0.0).all()
    assert at_us.cut.min() > 0.0
    assert at_others.shortage.mean() <= at_us.shortage.mean()


def test_a_group_is_hit_through_its_members() -> None:
    cut = replace(written("gallium:China:100%:12mo").cuts[0], against=("DEU", "FRA"))
    base = replace(written("gallium:China:100%:12mo"), cuts=(cut,))
    for importer, hit in (("EU27", True), ("USA", False), ("DEU", True)):
        (aimed,) = model(replace(base, importer=importer)).aimed["gallium"]
        assert aimed.hit is hit


def test_all_countries_are_all_but_the_importer() -> None:
    """Of copper the United States mine a part themselves, which nobody withholds from them."""
    found = {one.name: one for one in model(written("copper:all:100%:6mo")).inputs}
    made = found["copper:cut:production"].judgement
    assert 0.8 < made.low <= made.high < 0.99


def test_of_another_importer_no_use_imports_or_essential_share_is_told() -> None:
    found = stress(cut="gallium:China:100%:12mo", importer="Japan", draws=64)
    (row,) = found.table.rows
    assert row["consumption_t"] is None
    assert row["loss_median"] is None
    assert not len(found.details["cover"])
    assert not any("import_bill" in row["product"] for row in found.details["costs"])
    assert not any("gallium:cut:direct" in row["input"] for row in found.details["inputs"])
    told = [one for one in found.findings if one.subject == "JPN"]
    assert "US users" in str(told[0].expected)
    assert not any("Value added" in one.label for one in found.headlines)


def test_a_scenario_names_its_importer() -> None:
    with pytest.raises(UsageError, match="not of Japan"):
        stress("gallium-2024", importer="Japan")
    with pytest.raises(UsageError, match="not of Japan"):
        stress(scenario("gallium-2024"), importer="Japan")


def test_a_deeper_cut_at_us_never_eases() -> None:
    base = written("rare earths:China>USA:100%:12mo")
    shares = (0.0, 0.3, 0.6, 1.0)
    found = [path_of(replace(base, cuts=(replace(base.cuts[0], depth=sure(one)),))) for one in shares]
    assert np.abs(found[0].price - 1.0).max() < EASES
    for less, more in pairwise(found):
        assert (more.shortage >= less.shortage - EASES).all()
        assert (more.price >= less.price - EASES).all()
        assert (more.cut >= less.cut - EASES).all()


@pytest.mark.parametrize("cut", ["gallium:Canada:100%:6mo", "gallium:Canada>Japan:100%:6mo"])
def test_who_makes_nothing_cuts_nothing_of_another_importer(cut: str) -> None:
    """Canada is an import source of the United States and no producer of primary gallium."""
    path = path_of(replace(written(cut), importer="JPN"))
    assert (path.cut == 0.0).all()
    assert np.abs(path.price - 1.0).max() < EASES
