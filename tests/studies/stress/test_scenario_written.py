"""A cut on one line: what it means, and errors that point at the character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.errors import UnknownCodeError, UsageError
from monazite.studies.stress.scenario import written

if TYPE_CHECKING:
    from monazite.studies.stress.scenario import Cut


def only(text: str) -> Cut:
    (cut,) = written(text).cuts
    return cut


def test_the_cut_of_the_manual() -> None:
    scenario = written("rare earths:China:100%:12mo")
    (cut,) = scenario.cuts
    assert (cut.materials, cut.countries, cut.kind) == (("rare_earths",), ("CHN",), "ban")
    assert cut.depth.central == 1
    assert cut.months is not None
    assert cut.months.central == 12
    assert (scenario.importer, scenario.horizon_months) == ("USA", 24)
    assert scenario.title == "rare earths:China:100%:12mo"


def test_every_part_has_its_sign() -> None:
    cut = only(
        " cobalt , Ni @ ore + refined : Congo (Kinshasa) + ZMB > USA + Japan : 0.5 : 1 year : license "
    )
    assert cut.materials == ("cobalt", "nickel")
    assert cut.stages == ("ore", "refined")
    assert (cut.countries, cut.against) == (("COD", "ZMB"), ("USA", "JPN"))
    assert (cut.kind, cut.depth.low) == ("licence", 0.5)
    assert cut.months is not None
    assert cut.months.high == 12


def test_prices_and_starts() -> None:
    tariff = only("graphite:China:tariff 25%:from 3mo")
    assert (tariff.kind, tariff.start_month, tariff.months) == ("tariff", 3, None)
    assert tariff.rate is not None
    assert tariff.rate.central == 0.25
    floor = only("gallium:China:floor 500")
    assert floor.floor is not None
    assert (floor.floor.central, floor.floor.unit) == (500, "USD/kg")


def test_the_horizon_is_a_year_beyond_the_last_cut() -> None:
    assert written("tin:Peru:2y").horizon_months == 36
    assert written("tin:Peru:from 30mo").horizon_months == 42
    assert written("tin:Peru:10y").horizon_months == 120
    assert written("tin:Peru", horizon_months=6).horizon_months == 6


def test_several_cuts_make_one_scenario() -> None:
    scenario = written(["tin:Peru:50%", "gallium:China"], importer="Japan")
    assert scenario.materials == ("tin", "gallium")
    assert scenario.importer == "JPN"


@pytest.mark.parametrize(
    ("text", "character", "told"),
    [
        ("galium:China:100%", 1, "found 'galium', expected a material or product; nearest: gallium"),
        ("gallium, indum:China", 10, "found 'indum', expected a material"),
        ("gallium@refind:China", 9, "found 'refind', expected one of ore"),
        ("gallium:China+Rusia:100%", 15, "found 'Rusia', expected a country or group"),
        ("gallium:China>Japn", 15, "found 'Japn'"),
        ("gallium:China:120%", 15, "found '120%', expected a share from 0 to 1"),
        ("gallium:China:half", 15, "found 'half', expected 100% (a depth), 12mo (how long)"),
        ("gallium:China:100%:quta", 20, "nearest: quota"),
        ("gallium:China:quota", 15, "found a quota without a depth"),
        ("gallium:China:tariff", 21, "found nothing"),
        ("gallium:China:50%:60%", 19, "found '60%', expected depth only once"),
        ("gallium:China:50%:ban:licence", 23, "kind only once"),
        ("gallium:China:0%", 15, "found 0, expected a share above 0"),
        ("gallium:China:130mo", 15, "found '130', expected months from 0 to 120"),
        ("gallium:China:from 1.5mo", 15, "a whole number"),
        ("gallium:USA", 9, "found the importer USA among those who cut"),
        ("gallium:China>China", 15, "found CHN, which cuts, among those it cuts off"),
        ("gallium", 8, "found nothing, expected MATERIALS:COUNTRIES"),
        ("gallium::100%", 9, "found nothing"),
        ("", 1, "found nothing"),
    ],
)
def test_an_error_points_at_the_character(text: str, character: int, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        written(text)
    message, shown, mark = str(caught.value).split("\n")
    assert message.startswith(f"--cut, character {character}: ")
    assert told in message
    assert shown[2:] == text
    assert mark.index("^") == 2 + character - 1


def test_a_contradiction_between_cuts_shows_the_second() -> None:
    with pytest.raises(UsageError, match="gallium cut by the same country") as caught:
        written(["gallium:China", "Ga, tin:China:50%"])
    assert "\n  Ga, tin:China:50%\n  ^" in str(caught.value)


def test_an_importer_nobody_knows_is_told_as_everywhere() -> None:
    with pytest.raises(UnknownCodeError, match="no importer named 'Amerika'"):
        written("tin:Peru", importer="Amerika")


@pytest.mark.parametrize("horizon", [0, 121, -1])
def test_a_horizon_out_of_range_is_refused(horizon: int) -> None:
    with pytest.raises(UsageError, match="expected 1 to 120"):
        written("tin:Peru", horizon_months=horizon)


def test_no_cut_and_an_endless_one_are_refused() -> None:
    with pytest.raises(UsageError, match="no cut"):
        written([])
    with pytest.raises(UsageError, match="3,000 characters"):
        written("a" * 3000)
