"""Importers: countries, unions, and groups that somebody writes down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.codes.groups import importer
from monazite.errors import UnknownCodeError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_country_goes_by_code_or_name() -> None:
    assert importer("USA") == importer("United States")
    assert not importer("842").is_group
    assert importer("842").id == "USA"


def test_the_union_of_today_has_twenty_seven_members_and_that_of_2019_the_united_kingdom() -> None:
    now, before = importer("EU27"), importer("eu28")
    assert now.is_group
    assert len(now.members) == 27
    assert set(before.members) - set(now.members) == {"GBR"}
    assert importer("European Union") == now


def test_a_listed_group_goes_by_its_name() -> None:
    assert importer("NAFTA").members == ("CAN", "MEX", "USA")


def test_a_file_names_a_group(tmp_path: Path) -> None:
    file = tmp_path / "allies.yaml"
    file.write_text("name: Allies\nmembers: [Japan, South Korea, AUS]\n", encoding="utf-8")
    found = importer(str(file))
    assert (found.id, found.name, found.members) == ("allies", "Allies", ("AUS", "JPN", "KOR"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("members: [Japan]", "two keys"),
        ("name: A\nmembers: []", "no member"),
        ("name: A\nmembers: [Japan, JPN]", "JPN twice"),
        ("name: A\nmembers: [Jappan]", "nearest: Japan"),
        ("name: A\nmembers: [World]", "no country"),
        ("name: [", "cannot read"),
        ("!!python/object/apply:os.system ['true']", "cannot read"),
        ("x" * 70_000, "two keys"),
    ],
)
def test_a_file_that_is_no_group_says_why(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "group.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        importer(str(file))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the group none\.yaml"):
        importer(str(tmp_path / "none.yaml"))


def test_an_importer_nobody_knows_suggests_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="nearest: Japan"):
        importer("Jappan")
    with pytest.raises(UnknownCodeError, match="no country whose members are known"):
        importer("ASEAN")
