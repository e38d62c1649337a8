"""A scenario file: what it means, and every wrong one told to the character."""

from __future__ import annotations

from pathlib import Path

import pytest

from monazite.errors import UsageError
from monazite.schema.judgement import Judgement
from monazite.studies.stress.scenario import (
    AlliedSupply,
    Cut,
    Recycling,
    Responses,
    Scenario,
    read_scenario,
    scenario_of,
    template,
    write,
)

GOOD = """\
monazite: scenario/1
title: China halts sales
cuts:
  - materials: gallium
    countries: China
    months: 12
"""


def refusal(text: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        scenario_of(text, "halt.yaml")
    return str(caught.value)


def sure(value: float, unit: str = "1") -> Judgement:
    return Judgement(value, value, value, unit, "the scenario file", "U")


def test_the_shortest_file_says_who_cuts_what() -> None:
    assert scenario_of(GOOD, "halt.yaml", "halt") == Scenario(
        "halt", "China halts sales", (Cut(("gallium",), ("CHN",), sure(1), months=sure(12, "month")),)
    )


def test_every_field_of_the_template_is_read() -> None:
    scenario = scenario_of(template(), "mine.yaml", "mine")
    assert (scenario.importer, scenario.starts, scenario.horizon_months) == ("USA", "2027-01-01", 24)
    assert scenario.probability == Judgement(0.02, 0.05, 0.15, "1", "our own judgement", "U")
    ban, licence, tariff = scenario.cuts
    assert ban.materials == ("dysprosium", "terbium", "yttrium")
    assert (ban.stages, ban.countries, ban.against) == (("refined",), ("CHN",), ("USA", "JPN"))
    assert (ban.kind, ban.depth, ban.start_month) == ("ban", sure(1), 0)
    assert ban.months == sure(3, "month")
    assert ban.leakage == Judgement(0, 0.1, 0.3, "1", "the scenario file", "U")
    assert licence.depth == Judgement(0.4, 0.7, 0.9, "1", "China Customs after earlier licences", "S")
    assert (licence.start_month, licence.months) == (3, None)
    assert (tariff.kind, tariff.rate, tariff.depth) == ("tariff", sure(0.25), sure(0))
    assert tariff.materials[:2] == ("neodymium_magnets", "samarium_cobalt_magnets")
    assert scenario.responses == Responses(
        idle_capacity=True,
        allied_supply=AlliedSupply(sure(0.1), sure(6, "month"), sure(18, "month"), ("AUS",)),
        stock_release=sure(2, "month"),
        recycling=Recycling(sure(0.03), sure(12, "month")),
        rationing="priority",
    )


def test_a_group_of_countries_is_its_members() -> None:
    (cut,) = scenario_of(GOOD.replace("China\n", "EU27\n")).cuts
    assert len(cut.countries) == 27
    assert "DEU" in cut.countries


def test_norway_is_a_country_and_not_false() -> None:
    (cut,) = scenario_of(GOOD.replace("countries: China", "countries: NO")).cuts
    assert cut.countries == ("NOR",)


WRONG = {  # what replaces what in the good file: where it is found wrong, and how that is told
    ("gallium\n", "galium\n"): (
        4,
        16,
        "found 'galium', expected a material or product; nearest: gallium, gadolinium, thallium.",
    ),
    ("gallium\n", "ga\n"): (4, 16, "found 'ga', expected a material or product (for gallium, write Ga)"),
    ("gallium\n", "[gallium, Ga]\n"): (
        4,
        26,
        "found 'Ga', so gallium a second time, expected each once.",
    ),
    ("gallium\n", "[]\n"): (4, 16, "found an empty list, expected 1 to 300 names."),
    ("gallium\n", "[all, tin]\n"): (4, 17, "found all beside other names, expected all alone, or names."),
    ("countries: China", "countries: Chna"): (5, 16, "found 'Chna', expected a country or group"),
    ("countries: China", "countries: Soviet Union"): (
        5,
        16,
        "found 'Soviet Union', which is SUHH, expected a country of today.",
    ),
    ("countries: China", "countries: allies.yaml"): (5, 16, "a scenario reads no other file."),
    ("countries: China", "countries: [China, USA]"): (
        5,
        16,
        "found the importer USA among those who cut, expected other countries.",
    ),
    ("countries: China", "countries: China\n    against: [Japan, China]"): (
        6,
        14,
        "found CHN, which cuts, among those it cuts off, expected other countries.",
    ),
    ("countries: China", "country: China"): (
        5,
        5,
        "found 'country', expected one of materials, stages, countries",
    ),
    ("months: 12", "months: -1"): (6, 13, "found '-1', expected months from 0 to 120."),
    ("months: 12", "months: 121"): (6, 13, "found '121', expected months from 0 to 120."),
    ("months: 12", "months: 0"): (6, 13, "found 0 months, expected more than 0."),
    ("months: 12", "months: long"): (6, 13, "found 'long', expected a number: months from 0 to 120."),
    ("months: 12", "months: {low: 3, central: 2, high: 4}"): (
        6,
        13,
        "found low 3, central 2, high 4, expected them in this order.",
    ),
    ("months: 12", "months: {low: 3, high: 4}"): (6, 13, "found no central, expected low, central and high."),
    ("months: 12", "stages: refind"): (6, 13, "found 'refind', expected one of ore, intermediate, refined"),
    ("months: 12", "kind: baan"): (6, 11, "found 'baan', expected one of ban, quota, licence"),
    ("months: 12", "kind: quota"): (
        4,
        5,
        "found a quota without a depth, expected depth: the share removed.",
    ),
    ("months: 12", "kind: tariff"): (4, 5, "found a tariff without a rate, expected rate: above 0."),
    ("months: 12", "kind: floor"): (4, 5, "found a floor without a price, expected floor: above 0."),
    ("months: 12", "rate: 25%"): (6, 11, "found rate beside a ban, expected it with kind: tariff only."),
    ("months: 12", "depth: 0"): (6, 12, "found 0, expected a share above 0: a cut of nothing is no cut."),
    ("months: 12", "depth: 1.2"): (6, 12, "found '1.2', expected a share from 0 to 1, or 0% to 100%."),
    ("months: 12", "start_month: 24"): (6, 18, "found month 24, after a horizon of 24 months"),
    ("months: 12", "start_month: 1.5"): (6, 18, "expected months after the start, a whole number"),
    ("months: 12", "depth: {low: 0, central: 0, high: 1, tag: V9}"): (
        6,
        47,
        "found 'V9', expected one of V2",
    ),
    ("title: China", "horizon_months: 0\ntitle: China"): (2, 17, "found '0', expected months"),
    ("title: China", "horizon_months: 121\ntitle: China"): (2, 17, "a whole number from 1 to 120."),
    ("title: China", "probability: 1.5\ntitle: China"): (2, 14, "found '1.5', expected a share from 0 to 1"),
    ("title: China", "starts: 4 April\ntitle: China"): (2, 9, "found '4 April', expected a day such as"),
    ("title: China", "starts: 2025-02-30\ntitle: China"): (2, 9, "found '2025-02-30', expected a day"),
    ("title: China", "importer: Amerika\ntitle: China"): (2, 11, "found 'Amerika', expected a country"),
    ("title: China", "titel: China"): (2, 1, "found 'titel', expected one of monazite, id, title"),
    ("title: China", "responses: {thrift: maybe}\ntitle: China"): (
        2,
        21,
        "found 'maybe', expected yes or no.",
    ),
    ("title: China", "responses: {rationing: fair}\ntitle: China"): (
        2,
        24,
        "found 'fair', expected one of proportional, priority, willingness",
    ),
    ("title: China", "responses: {recycling: {shar: 1%}}\ntitle: China"): (
        2,
        25,
        "found 'shar', expected one",
    ),
    ("scenario/1", "scenario/2"): (1, 11, "found 'scenario/2', expected scenario/1, the version read here."),
    ("monazite: scenario/1\n", ""): (1, 1, "found no key monazite, expected monazite: scenario/1"),
    ("title: China", "title: &a China"): (2, 8, "found the anchor &a, expected no anchors"),
    ("title: China", "title: *a\nabout: China"): (2, 8, "found the alias *a, expected no aliases"),
    ("title: China", "title: !!python/object/apply:os.system [China]\nabout: x"): (
        2,
        8,
        "found the tag 'tag:yaml.org,2002:python/object/apply:os.system', expected no tags",
    ),
    ("title: China", "title: a\ntitle: China"): (
        3,
        1,
        "found 'title' a second time, expected each key once.",
    ),
}


@pytest.mark.parametrize(("change", "told"), WRONG.items(), ids=lambda one: " → ".join(map(str, one))[:60])
def test_a_wrong_file_is_told_to_the_character(change: tuple[str, str], told: tuple[int, int, str]) -> None:
    assert change[0] in GOOD
    line, column, message = told
    said = refusal(GOOD.replace(*change))
    assert f"halt.yaml, line {line}, column {column}: " in said
    assert message in said


def test_a_country_missing_is_told_with_the_field_that_was_misspelt() -> None:
    said = refusal(GOOD.replace("countries", "country")).split("\n")
    assert said[0] == "2 problems in halt.yaml:"
    assert said[1].strip().startswith("halt.yaml, line 4, column 5: found no countries")


def test_all_problems_are_told_at_once_from_top_to_bottom() -> None:
    said = refusal(
        "monazite: scenario/1\nimporter: Amerika\ntitle: ''\ncuts:\n"
        "  - {materials: galium, countries: Chna}\n  - {materials: tin, countries: Peru, depth: 0}\n"
    ).split("\n")
    places = [line.split(": ")[0].strip() for line in said[1:]]
    assert said[0] == "4 problems in halt.yaml:"
    assert places == [
        "halt.yaml, line 2, column 11",
        "halt.yaml, line 3, column 8",
        "halt.yaml, line 5, column 17",
        "halt.yaml, line 5, column 36",
    ]


def test_no_more_than_twenty_problems_are_told() -> None:
    many = "".join(f"  - {{materials: nothing{number}, countries: Peru}}\n" for number in range(60))
    said = refusal(f"monazite: scenario/1\ntitle: many\ncuts:\n{many}").split("\n")
    assert said[0] == "the first 20 problems in halt.yaml:"
    assert len(said) == 21


@pytest.mark.parametrize("cuts", ["[]", "", "gallium", "{}"])
def test_a_scenario_without_a_cut_is_none(cuts: str) -> None:
    said = refusal(f"monazite: scenario/1\ntitle: none\ncuts: {cuts}\n")
    assert "halt.yaml, line 3, column " in said
    assert "expected" in said


AGAIN = """\
  - materials: {materials}
    countries: [Japan, China]
    start_month: {start}
"""


@pytest.mark.parametrize(("materials", "start"), [("gallium", 11), ("all", 0), ("[tin, Ga]", 0)])
def test_a_thing_is_cut_once_at_a_time(materials: str, start: int) -> None:
    said = refusal(GOOD + AGAIN.format(materials=materials, start=start))
    assert "halt.yaml, line 7, column 5: found " in said
    assert "cut by the same country in the same months as in cut 1, expected one cut of a thing" in said


def test_a_member_of_a_group_is_the_same_thing() -> None:
    text = GOOD.replace("gallium\n", "rare earths\n") + AGAIN.format(materials="Dy", start=0)
    assert "found dysprosium cut by the same country" in refusal(text)


@pytest.mark.parametrize(
    "second",
    ["tin, countries: China", "gallium, countries: Japan", "gallium, countries: China, start_month: 12"],
)
def test_other_things_countries_and_months_are_no_contradiction(second: str) -> None:
    assert len(scenario_of(f"{GOOD}  - {{materials: {second}}}\n").cuts) == 2


def test_a_tariff_beside_a_quota_is_no_contradiction() -> None:
    text = GOOD + "  - {materials: gallium, countries: China, kind: tariff, rate: 10%}\n"
    assert [cut.kind for cut in scenario_of(text).cuts] == ["ban", "tariff"]


def test_a_product_has_no_ore() -> None:
    text = GOOD.replace("gallium\n", "penicillins\n    stages: ore\n")
    assert "line 5, column 13: found ore of penicillins, expected the stage product" in refusal(text)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the scenario .*gone\.yaml: No such file"):
        read_scenario(tmp_path / "gone.yaml")
    with pytest.raises(UsageError, match="cannot read the scenario"):
        read_scenario(tmp_path)
    with pytest.raises(UsageError, match="cannot read the scenario"):
        read_scenario(Path("a\0b.yaml"))


def test_a_file_longer_than_any_scenario_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.yaml"
    file.write_text(GOOD + "#" * 300_000)
    with pytest.raises(UsageError, match=r"long\.yaml: more than 262,144 bytes"):
        read_scenario(file)


def test_a_file_gives_its_name_to_the_scenario(tmp_path: Path) -> None:
    file = tmp_path / "halt.yaml"
    file.write_text(GOOD)
    assert read_scenario(file).id == "halt"
    file.write_text("id: own\n" + GOOD)
    assert read_scenario(file).id == "own"


def test_what_is_written_is_short_and_reads_back() -> None:
    scenario = scenario_of(template(), "mine.yaml", "mine")
    assert scenario_of(write(scenario)) == scenario
    assert "  idle_capacity" not in write(scenario)


def test_phases_may_stand_in_any_order() -> None:
    later = GOOD.replace("months: 12", "start_month: 3")
    assert len(scenario_of(f"{later}  - {{materials: gallium, countries: China, months: 3}}\n").cuts) == 2
    assert "line 7, column 5" in refusal(f"{later}  - {{materials: gallium, countries: China, months: 4}}\n")
