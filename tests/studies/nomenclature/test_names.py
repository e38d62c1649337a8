"""A name stands for a material, a product, or all of a group."""

from __future__ import annotations

import pytest

from monazite.codes.products import groups, of_group
from monazite.errors import UnknownCodeError
from monazite.studies.nomenclature.health.asked import asked
from monazite.studies.nomenclature.materials_map import materials_map
from monazite.studies.nomenclature.names import every


@pytest.mark.parametrize("group", groups())
def test_a_group_that_imports_are_assessed_of_is_known_to_the_map(group: str) -> None:
    assert every(group.capitalize()) == tuple(one.id for one in of_group(group))
    assert {row["material"] for row in materials_map(group).table} <= set(every(group))


def test_medicines_are_the_pharmaceuticals() -> None:
    assert every("medicines") == every("pharmaceuticals")


def test_antibiotics_are_the_products_told_under_that_name() -> None:
    found = every("antibiotics")
    assert {"penicillins", "other_antibiotics", "azithromycin_doses"} <= set(found)
    assert "heparin" not in found


def test_a_group_of_materials_stands_for_itself_and_its_members() -> None:
    assert {"rare_earths", "neodymium", "yttrium"} <= set(every("rare earths"))


def test_a_misspelt_group_is_suggested() -> None:
    with pytest.raises(UnknownCodeError, match="batteries"):
        every("baterries")


def test_the_codes_of_a_group_are_checked_once_each() -> None:
    codes = [one.given for one in asked(["batteries"])]
    assert "850760" in codes
    assert len(codes) == len(set(codes))
