"""Which rows an answer has, and in which order."""

from __future__ import annotations

import pytest

import monazite as mz
from monazite.codes.materials import material, materials
from monazite.errors import UsageError
from monazite.studies.dependence.figures import balances, items
from monazite.studies.dependence.subjects import _subject, chosen, subjects


def test_everything_is_asked_for_in_any_case() -> None:
    assert chosen([" All "]) == chosen(["all"])
    asked = {held.id for held in chosen(["all"])}
    assert {"cobalt", "rare_earths_heavy"} <= asked
    assert "rare_earths_light" not in asked  # a group without an item


def test_a_group_is_asked_for_with_its_members() -> None:
    asked = [held.id for held in chosen(["heavy rare earths"])]
    assert asked[0] == "rare_earths_heavy"
    assert {"dysprosium", "terbium"} <= set(asked)


@pytest.mark.parametrize(("name", "first"), [("zinc", "zinc.refined"), ("aluminum", "aluminum.metal")])
def test_the_headline_item_comes_first(name: str, first: str) -> None:
    asked = subjects(chosen([name]), "mcs2026")
    assert len(asked) > 1
    assert asked[0].item["item"] == first
    assert asked[0].item["headline"] is True


def test_a_group_without_figures_has_no_row() -> None:
    held = {each["material"] for each in items().values()}
    groups = [each for each in materials() if each.kind == "group" and each.id not in held]
    assert groups
    for group in groups:
        with pytest.raises(UsageError, match="a group without figures of its own"):
            subjects([group], "mcs2026")


def test_a_material_that_does_not_go_by_its_group_shows_none() -> None:
    for name in ("scandium", "yttrium", "promethium"):
        assert material(name).group
        assert not material(name).group_figure
        for as_of in ("mcs2025", "mcs2026"):
            (about,) = subjects([material(name)], as_of)
            assert (about.group, about.group_id) == (None, "")


def test_a_figure_of_its_own_goes_before_the_groups() -> None:
    group = balances()["mcs2026", "rare_earths.compounds_metals"]
    for item, shown in (("cobalt.refined", None), ("dysprosium.oxide", group)):
        about = _subject(material("cobalt"), items()[item], "mcs2026", "rare_earths", group)
        assert about.group is shown


def test_an_earlier_edition_prints_nothing_before_it() -> None:
    answer = mz.dependence("all", as_of="mcs2025")
    assert set(answer.table.column("previous_as_of")) == {None}
    assert {as_of for as_of, _ in balances()} == {"mcs2025", "mcs2026"}
