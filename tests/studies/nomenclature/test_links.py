"""The links are the publisher's, row for row; where they are not followed a reviewed table says why."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from monazite.codes import reviewed
from monazite.errors import UnknownCodeError, UsageError
from monazite.studies.nomenclature import links

COUNTS = {  # methods.md, section 9.1: 1:1, n:n, n:1, 1:n, seen from the later edition
    "HS1996": (4570, 422, 344, 90),
    "HS2002": (4744, 445, 332, 90),
    "HS2007": (4471, 565, 293, 335),
    "HS2012": (4785, 288, 218, 73),
    "HS2017": (4744, 775, 578, 44),
    "HS2022": (4097, 10114, 1392, 54),
}


@pytest.mark.parametrize(("before", "after"), list(pairwise(links.EDITIONS)))
def test_the_relations_are_as_many_as_the_publisher_drew(before: str, after: str) -> None:
    drawn = [one for one in links.between(after, before) if not one.added]
    counts = Counter(one.relation for one in drawn)
    assert tuple(counts[kind] for kind in ("1:1", "n:n", "n:1", "1:n")) == COUNTS[after]


@pytest.mark.parametrize(("before", "after"), list(pairwise(links.EDITIONS)))
def test_seen_from_the_other_end_the_links_are_the_same(before: str, after: str) -> None:
    there = {(one.code, one.other_code, one.relation) for one in links.between(after, before)}
    back = {(one.other_code, one.code, one.relation[::-1]) for one in links.between(before, after)}
    assert there == back


@pytest.mark.parametrize("code", ["850511", "850760"])
def test_magnets_and_cells_do_not_leak_into_waste(code: str) -> None:
    assert any(one.cut for one in links.between("HS2017", "HS2022") if one.code == code)
    for there in (("HS2017", "HS2022"), ("HS2022", "HS2017")):
        kept = [one for one in links.kept(*there) if code in (one.code, one.other_code)]
        assert [(one.code, one.other_code, one.relation) for one in kept] == [(code, code, "1:1")]


def test_nothing_leads_into_electrical_waste_and_nothing_out() -> None:
    waste = ("85492", "85493", "85499")
    assert not [one for one in links.kept("HS2017", "HS2022") if one.other_code.startswith(waste)]
    assert all("waste" in one.cut for one in links.between("HS2022", "HS2017") if one.code.startswith(waste))


@pytest.mark.parametrize(
    ("before", "after", "code", "targets"),
    [
        ("HS2002", "HS2007", "811230", {"811292", "811299"}),
        ("HS2007", "HS2012", "850780", {"850750", "850760", "850780"}),
        ("HS2017", "HS2022", "811292", {"811231", "811241", "811292"}),
        ("HS2017", "HS2022", "810600", {"810610", "810690"}),
        ("HS2017", "HS2022", "854140", {"854141", "854142", "854143", "854149"}),
        (
            "HS2012",
            "HS2017",
            "382490",
            {"382484", "382485", "382486", "382487", "382488", "382491", "382499"},
        ),
        ("HS1996", "HS2002", "811291", {"811251", "811252", "811292"}),
    ],
)
def test_a_split_code_leads_to_its_parts(before: str, after: str, code: str, targets: set[str]) -> None:
    assert {one.other_code for one in links.kept(before, after) if one.code == code} == targets


@pytest.mark.parametrize("code", ["284690", "280530", "283691", "250410"])
def test_a_basket_that_stays_a_basket_is_one_code_in_every_edition(code: str) -> None:
    for before, after in pairwise(links.EDITIONS[2:]):
        assert [one.other_code for one in links.kept(before, after) if one.code == code] == [code]


def test_every_reviewed_row_cuts_or_adds_something() -> None:
    for row in reviewed.rows("link_cuts.csv"):
        pair = links.between(row["nomenclature"], row["other"])
        assert any(one.cut == row["reason"] and one.code.startswith(row["code"]) for one in pair), row
    for row in reviewed.rows("links_added.csv"):
        pair = links.between(row["nomenclature"], row["other"])
        drawn = [one for one in pair if (one.code, one.other_code) == (row["code"], row["other_code"])]
        assert [bool(one.added) for one in drawn] == [True], row


def test_every_reviewed_row_says_why_and_by_whose_judgement() -> None:
    for table in ("link_cuts.csv", "links_added.csv", "link_rules.csv"):
        assert all(
            row["reason"] and row["source"] and row["date"] and row["tag"] for row in reviewed.rows(table)
        )


def test_no_code_of_2017_is_left_without_a_link_by_the_cuts() -> None:
    pair = links.between("HS2017", "HS2022")
    kept = {one.code for one in pair if not one.cut}
    assert {one.code for one in pair} - kept == set()


def test_paths_lead_through_neighbours_and_from_a_tariff_to_its_base() -> None:
    assert links.path("HS1992", "HS2007") == ("HS1992", "HS1996", "HS2002", "HS2007")
    assert links.path("HS2022", "HS2017") == ("HS2022", "HS2017")
    assert links.path("HTS2019", "HS2022") == ("HTS2019", "HS2017", "HS2022")
    assert links.path("HS1996", "SITC2") == ("HS1996", "HS1992", "SITC3", "SITC2")
    assert links.path("HS2012", "HS2012") == ("HS2012",)


def test_what_is_not_linked_is_told() -> None:
    with pytest.raises(UsageError, match="no table links HS1992 to HS2022 directly"):
        links.between("HS1992", "HS2022")
    with pytest.raises(UnknownCodeError, match="HS2024"):
        links.path("HS2024", "HS2022")
    with pytest.raises(UsageError, match="no chain of tables"):
        links.path("HS2022", "NAICS")
    with pytest.raises(UnknownCodeError, match="no nomenclature named 'HSX'"):
        links.codes_in("HSX")


def test_a_nomenclature_is_known_by_its_other_names() -> None:
    assert [links.named(one) for one in ("HS22", "h4", "scheduleb2022", "sitc3")] == [
        "HS2022", "HS2012", "ScheduleB2022", "SITC3",
    ]  # fmt: skip
    with pytest.raises(UnknownCodeError, match="nearest"):
        links.named("HS2021")
