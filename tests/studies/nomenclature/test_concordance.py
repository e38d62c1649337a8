"""Codes are carried by the way that was chosen; what nobody knows is a bound, and rules have lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError, UsageError
from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance import WAYS, concordance, tables
from monazite.studies.nomenclature.concordance.families import families
from monazite.studies.nomenclature.concordance.shares import LOST, Share, composed, exact, unknown, whole

if TYPE_CHECKING:
    from pathlib import Path


def targets(start: str, end: str, code: str) -> list[str]:
    return [one.target for one in concordance(start, end).of(code)]


def test_germanium_is_offered_through_811292_with_an_interval() -> None:
    across = concordance("HS2002", "HS2007")
    assert across.of("811230") == (Share("811292", None, 0.0, 1.0), Share("811299", None, 0.0, 1.0))


@pytest.mark.parametrize(
    ("start", "end", "code", "expected"),
    [
        ("HS2007", "HS2012", "850780", ["850750", "850760", "850780"]),
        ("HS2017", "HS2022", "811292", ["811231", "811241", "811292"]),
        ("HS2017", "HS2022", "810600", ["810610", "810690"]),
        ("HS2017", "HS2022", "854140", ["854141", "854142", "854143", "854149"]),
        ("HS2017", "HS2022", "850511", ["850511"]),
        ("HS2012", "HS2022", "850760", ["850760"]),
        ("HS1992", "HS2022", "811291", ["811231", "811241", "811251", "811252", "811292"]),
        ("HTS2024", "HS2017", "8112921000", ["811292"]),
        ("HS2022", "HS2017", "811231", ["811292"]),
    ],
)
def test_the_cases_lead_where_the_tables_say(start: str, end: str, code: str, expected: list[str]) -> None:
    across = concordance(start, end, codes=[code])
    assert [one.target for one in across.of(code)] == expected


def test_a_code_that_is_split_and_put_together_again_arrives_whole() -> None:
    onward = {"b": whole("d"), "c": whole("d")}
    assert composed(unknown(["b", "c"]), onward) == whole("d")


def test_bounds_are_those_of_the_best_and_the_worst_split() -> None:
    first = (Share("b", None, 0.2, 0.5), Share("c", None, 0.5, 0.8))
    onward = {"b": whole("d"), "c": (Share("d", 0.25, 0.25, 0.25), Share("e", 0.75, 0.75, 0.75))}
    to_d, to_e = composed(first, onward)
    assert (to_d.low, to_d.high) == pytest.approx((0.2 + 0.8 * 0.25, 0.5 + 0.5 * 0.25))
    assert (to_e.low, to_e.high) == pytest.approx((0.5 * 0.75, 0.8 * 0.75))
    assert to_d.point is None


def test_what_goes_nowhere_is_lost_with_its_reason() -> None:
    across = concordance("HS2022", "HS2017")
    assert across.of("854921") == whole(LOST)
    assert "Electrical and electronic waste" in across.lost("854921")
    assert across.lost("850760") == ""
    assert concordance("HS2017", "HS2022").lost("300219") == "no link leads from it to HS2022"


def test_what_is_lost_on_the_way_says_where() -> None:
    told = concordance("HS2012", "HS2022", codes=["300210"]).lost("300210")
    assert told == "HS2017 300219: no link leads from it to HS2022"


def test_families_are_exact_and_list_their_members() -> None:
    across = concordance("HS2012", "HS2022", "families")
    assert across.of("810600") == whole("F810610")
    assert across.families["F810610"] == (
        ("HS2012", "810600"), ("HS2017", "810600"), ("HS2022", "810610"), ("HS2022", "810690"),
    )  # fmt: skip
    assert across.of("850760") == whole("850760")


def test_the_families_of_2022_do_not_explode() -> None:
    sizes = sorted(map(len, families(("HS2017", "HS2022")).values()), reverse=True)
    assert sizes[0] == 66  # 2,258 with every link, 1,083 without electrical waste


def test_each_way_gives_a_whole_and_names_itself() -> None:
    for way in WAYS:
        across = concordance("HS2012", "HS2017", way)
        assert across.way == way
        for shares in across.shares.values():
            assert sum(one.low for one in shares) <= 1 + 1e-9
            assert sum(one.high for one in shares) >= 1 - 1e-9


def test_where_two_steps_are_exact_so_is_their_composition() -> None:
    first, then = concordance("HS2007", "HS2012"), concordance("HS2012", "HS2017")
    both = concordance("HS2007", "HS2017")
    checked = 0
    for code, shares in first.shares.items():
        onward = then.of(shares[0].target)
        if exact(shares) and exact(onward):
            assert both.of(code) == onward
            checked += 1
    assert checked > 4500


@pytest.mark.parametrize("way", WAYS)
def test_carrying_to_the_same_edition_changes_nothing(way: str) -> None:
    across = concordance("HS2017", "HS2017", "families" if way == "families" else "weights")
    assert all(shares == whole(code) for code, shares in across.shares.items())
    assert across.shares.keys() == links.codes_in("HS2017")


def test_refusing_names_the_code_the_step_and_the_file_of_rules(tmp_path: Path) -> None:
    across = concordance("HS2012", "HS2022", "refuse")
    across.check_single(["811292", "850760"])  # the first by a reviewed rule
    count = tables.reviewed_rules().rows
    with pytest.raises(UsageError) as error:
        across.check_single(["810600", "850760", "854140"])
    assert str(error.value) == (
        "no single rule HS2017 → HS2022 for 810600: it may go to 810610, 810690 (link_rules.csv has"
        f" {count} rules), nor for 1 more; add one or choose --by families or weights."
    )
    mine = tmp_path / "mine.csv"
    mine.write_text("from,code,to,target\nHS2017,810600,HS2022,810690\n")
    ruled = concordance("HS2012", "HS2022", "refuse", rules=tables.rules(str(mine), ("HS2012", "HS2022")))
    assert ruled.of("810600") == whole("810690")


def test_weights_of_a_file_give_points_and_bounds(tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text(
        "code,target,weight,low,high\n850780,850750,0.1,0,0.2\n"
        "850780,850760,0.6,0.5,0.7\n850780,850780,0.3,0.2,0.4\n"
    )
    given = tables.weights(str(file), ("HS2007", "HS2012"))
    across = concordance("HS2007", "HS2012", weights=given)
    assert across.of("850780")[1] == Share("850760", 0.6, 0.5, 0.7)
    onward = concordance("HS2007", "HS2017", weights=given)
    assert onward.of("850780") == across.of("850780")  # its three parts go on whole


WEIGHT = "code,target,weight\n850780,850760,"
MALFORMED = [
    ("code,aim\n850780,850760\n", "line 1, column 'target': found the columns code, aim"),
    (
        "code,target\n850780,850760\n850780,850760\n",
        "line 3, column 'target': found 850760 again, expected one row for it, as in line 2",
    ),
    ("code,target\n123456,850760\n", "line 2, column 'code': found '123456', expected a code of HS2007"),
    ("code,target\n850780,999998\n", "line 2, column 'target': found '999998', expected a code of HS2012"),
    (f"{WEIGHT}x\n", "line 2, column 'weight': found 'x', expected a share from 0 to 1"),
    (f"{WEIGHT}1.5\n", "line 2, column 'weight': found '1.5'"),
    (f"{WEIGHT}0.5\n", "found weights of 850780 that sum to 0.5, expected a sum of 1"),
    ("code,target,weight,low,high\n850780,850760,1,0.2,0.4\n", "line 2, column 'low': found 0.2, 1.0, 0.4"),
    ("from,code,to,target\nHS07,850780,HS2012,850760\n", "line 2, column 'from': found 'HS07', expected one"),
    ('code,target\n"850780,850760\n', "expected comma-separated text in UTF-8"),
]


@pytest.mark.parametrize(("content", "told"), MALFORMED)
def test_a_malformed_table_is_told_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "rules.csv"
    file.write_text(content)
    with pytest.raises(SourceError) as error:
        tables.rules(str(file), ("HS2007", "HS2012"))
    assert told in str(error.value)
    assert str(file) in str(error.value)


def test_families_take_no_weights(tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text("code,target\n850780,850760\n")
    with pytest.raises(UsageError, match="families take neither"):
        concordance("HS2007", "HS2012", "families", rules=tables.rules(str(file), ("HS2007", "HS2012")))
    with pytest.raises(UsageError, match="there is no such file"):
        tables.weights("nowhere.csv", ("HS2007", "HS2012"))


def test_the_reviewed_rules_lead_along_links() -> None:
    for (start, end), shares in tables.reviewed_rules().shares.items():
        drawn = {(one.code, one.other_code) for one in links.kept(start, end)}
        assert {(code, each.target) for code, those in shares.items() for each in those} <= drawn
