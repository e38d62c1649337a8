"""Every judgement on markets has bounds, a unit, a source and a tag; the nearest row counts."""

from __future__ import annotations

import re

import pytest

from monazite.codes import reviewed
from monazite.codes.countries import country
from monazite.codes.judged import ANY, BY_PRODUCT, judged, kin
from monazite.codes.materials import listed, materials
from monazite.codes.products import groups, products
from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.judgement import Judgement
from monazite.schema.minerals import STAGES

COLUMNS = {
    "elasticities.csv": "input",
    "idle_capacity.csv": "input",
    "companionality.csv": "input",
    "own_use.csv": "country",
    "rerouting.csv": "input",
}
ROWS = [(table, row) for table in COLUMNS for row in reviewed.rows(table)]
KNOWN = {m.id for m in materials()} | {p.id for p in products()} | set(groups()) | {ANY, BY_PRODUCT}
SHARES = {"companionality.csv", "own_use.csv", "rerouting.csv"}
WORDS_OF_A_REASON = 5
PLACE = re.compile(r"[a-z]\.[a-z]{2,}\b|MCS|BACI|our methods")
"""Where it was read: a site, or what is shipped."""


def named(case: tuple[str, dict[str, str]]) -> str:
    table, row = case
    return "-".join((table, row["material"], row["stage"], row[COLUMNS[table]]))


@pytest.mark.parametrize("case", ROWS, ids=named)
def test_every_row_is_a_judgement_on_something_that_exists(case: tuple[str, dict[str, str]]) -> None:
    table, row = case
    found = Judgement.of(row)
    assert row["material"] in KNOWN
    assert row["stage"] in {*STAGES, ANY}
    assert found.low >= 0
    assert found.unit == ("month" if row.get("input") in {"adjustment", "ramp", "delay"} else "1")
    assert table not in SHARES or found.unit == "month" or found.high <= 1
    assert len(found.source.split()) >= WORDS_OF_A_REASON
    assert found.tag == "U" or PLACE.search(found.source)


@pytest.mark.parametrize("table", COLUMNS)
def test_no_place_is_judged_twice_and_the_default_is_there(table: str) -> None:
    rows = reviewed.rows(table)
    places = [(row["material"], row["stage"], row[COLUMNS[table]]) for row in rows]
    assert len(set(places)) == len(places)
    names = {row[COLUMNS[table]] for row in rows} if table != "own_use.csv" else {ANY}
    assert {(ANY, ANY, name) for name in names} <= set(places)


def test_producers_are_countries() -> None:
    for row in reviewed.rows("own_use.csv"):
        assert row["country"] == ANY or country(row["country"]).id == row["country"]


def test_hosts_are_materials() -> None:
    hosts = {one for row in reviewed.rows("companionality.csv") for one in row["hosts"].split(";") if one}
    assert hosts <= {m.id for m in materials()}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_mineral_of_the_list_finds_one(table: str) -> None:
    (name,) = {row[COLUMNS[table]] for row in reviewed.rows(table)[:1]}
    for one in listed(2025):
        for stage in STAGES:
            assert judged(table, [name, ANY], one.id, stage, column=COLUMNS[table]).judgement.source


def test_the_nearest_row_counts() -> None:
    def level(identifier: str, stage: str = "refined") -> tuple[str, str, str]:
        found = judged("elasticities.csv", ["supply_short"], identifier, stage, by_product=True)
        return found.level, found.row["material"], found.row["stage"]

    assert level("copper") == ("own", "copper", ANY)
    assert level("dysprosium") == ("group", "rare_earths_heavy", ANY)
    assert level("yttrium") == ("group", "rare_earths", ANY)
    assert level("rhenium") == ("by_product", BY_PRODUCT, ANY)
    assert level("neodymium_magnets", "magnet") == ("group", "magnets", ANY)
    assert level("pharmaceuticals") == ("own", "pharmaceuticals", ANY)
    found = judged("elasticities.csv", ["supply_short"], "barite", "product")
    assert (found.level, found.row["stage"]) == ("default", "product")


def test_a_material_comes_before_its_stage() -> None:
    found = judged("idle_capacity.csv", ["idle"], "nickel", "ore")
    assert (found.row["material"], found.row["stage"]) == ("nickel", ANY)
    found = judged("idle_capacity.csv", ["idle"], "graphite", "ore")
    assert (found.row["material"], found.row["stage"]) == ("graphite", "ore")


def test_kin_of_a_group_is_the_group() -> None:
    assert kin("rare earths") == (("rare_earths", "own"), (ANY, "default"))
    assert kin("magnets") == (("magnets", "own"), (ANY, "default"))


def test_strangers_are_refused() -> None:
    with pytest.raises(UnknownCodeError, match="gallium"):
        kin("galium")
    with pytest.raises(UnknownCodeError, match="lithium_ion_batteries"):
        kin("lithium_ion_battery")
    with pytest.raises(UnknownCodeError, match="refined"):
        judged("elasticities.csv", ["demand_short"], "gallium", "refind")
    with pytest.raises(UsageError, match="no default for demand_middling"):
        judged("elasticities.csv", ["demand_middling"], "gallium", "refined")
