"""The reform ranks what a split would tell, and asks for nothing twice."""

from __future__ import annotations

import math
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from monazite.codes import reviewed
from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.interval import Interval
from monazite.studies.nomenclature.reform import reform
from monazite.studies.nomenclature.reform.committee import MET, NOT_MET, OPEN, traders, worth
from monazite.studies.nomenclature.reform.drawing import html, markdown
from monazite.studies.nomenclature.reform.lines import Line, proposal
from monazite.studies.nomenclature.reform.requests import requests

if TYPE_CHECKING:
    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer


@cache
def whole() -> Answer:
    """The answer without a limit."""
    return reform(top=None)


def test_places_follow_what_a_split_tells() -> None:
    for body in ("484(f)", "WCO"):
        rows = [row for row in whole().table.where(body=body) if row["rank"]]
        told = [row["information_high"] for row in rows]
        assert told == sorted(told, reverse=True)
        assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))


def test_what_the_brief_of_the_committee_names_is_on_the_list() -> None:
    codes = set(whole().table.where(status="proposed").column("code"))
    named = {"2846908090", "2805300050", "2805300090", "2841905000", "2941905000", "3001900190", "8112920700"}
    assert named <= codes


def test_a_line_the_tariff_already_has_is_not_proposed() -> None:
    codes = set(whole().table.column("code"))
    own = {"8112921000", "8112923000", "8112926000", "2805300020", "3824993910"}
    assert not own & codes
    assert "811292" in codes


def test_what_a_later_tariff_tells_apart_is_said_and_has_no_place() -> None:
    row = whole().table.one(code="2825600000")
    assert (row["status"], row["rank"]) == ("split since", None)
    assert "2825600010" in row["note"]


def test_a_code_too_new_for_trade_names_what_it_was_part_of() -> None:
    row = whole().table.one(code="3824993990")
    assert (row["status"], row["value_usd"]) == ("no trade", None)
    assert "3824993900" in row["note"]


def row_of(code: str) -> Row:
    """A row of the answer."""
    return whole().table.one(code=code)


def test_rare_earth_compounds_as_a_member_of_the_committee_would_check_them() -> None:
    row = row_of("2846908090")
    assert row["value_usd"] == 118_689_588
    assert row["leading_partner_name"] == "China"
    assert row["leading_share"] == pytest.approx(97_365_459 / 118_689_588)
    assert row["entropy_high"] == pytest.approx(math.log2(row["lines"]))
    assert row["information_high"] == pytest.approx(
        row["entropy_high"] * row["value_usd"] / 1e6 * row["hhi_high"], rel=1e-4
    )


def test_shares_counted_under_ten_digits_make_the_entropy_of_six_nearly_exact() -> None:
    row = row_of("811292")
    assert 1 < row["entropy_low"] < row["entropy_high"] < math.log2(row["lines"])


def test_a_split_of_which_nothing_is_known_may_tell_nothing() -> None:
    row = row_of("3001900190")
    assert (row["entropy_low"], row["entropy_high"], row["information_low"]) == (0.0, 1.0, 0.0)


def test_lines_share_the_trade_between_them() -> None:
    for row in whole().table:
        lines = whole().details["lines"].where(code=row["code"])
        assert len(lines) == row["lines"]
        assert sum(line["share_low"] for line in lines) <= 1 + 1e-6
        assert sum(line["share_high"] for line in lines) >= 1 - 1e-6
        assert sum(line["text"] == "Other" for line in lines) <= 1


def test_every_reviewed_breakout_is_written_for_a_code_of_the_tariff() -> None:
    written = {row["code"] for row in reviewed.rows("breakouts.csv")}
    assert written <= set(whole().table.column("code"))


def test_every_reviewed_breakout_has_reason_source_tag_and_units() -> None:
    for row in reviewed.rows("breakouts.csv"):
        assert all(row[name] for name in ("text", "unit", "reason", "source", "tag", "date")), row
        assert row["tag"] in ("V2", "V1", "S", "C", "U")


def test_a_composed_line_is_tagged_as_judgement() -> None:
    composed = whole().table.where(reviewed=False)
    assert len(composed)
    assert set(composed.column("tag")) == {"U"}


def test_a_code_with_one_material_is_no_proposal() -> None:
    assert proposal("8112921000", "kg") is None


def line(low: float, high: float) -> Line:
    """A line with these bounds."""
    return Line("Of tin", ("tin",), "kg", Interval(low, high))


def test_the_million_is_met_open_or_not_met() -> None:
    assert worth(line(0.5, 0.5), 2_000_000) == MET
    assert worth(line(0.4, 0.6), 2_000_000) == OPEN
    assert worth(line(0.0, 0.4), 2_000_000) == NOT_MET
    assert worth(line(0.0, 0.4), None) == OPEN


def test_three_partners_stand_in_for_three_importers() -> None:
    assert (traders(2), traders(3), traders(None)) == (NOT_MET, MET, OPEN)


def test_a_heading_keeps_the_place_among_all() -> None:
    rows = reform("8112.92").table
    assert set(rows.column("code")) == {"811292", "8112920700"}
    assert rows.one(code="8112920700")["rank"] == row_of("8112920700")["rank"]


def test_the_list_is_as_long_as_asked() -> None:
    rows = reform(top=3).table
    assert [sum(1 for row in rows.where(body=body) if row["rank"]) for body in ("484(f)", "WCO")] == [3, 3]


def test_a_heading_without_a_code_to_split_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="heading with a code to split"):
        reform("0101")


@pytest.mark.parametrize("heading", ["abc", "gallium 8112", "...", " ", "8112%", "-1"])
def test_a_heading_that_is_no_digits_is_refused_and_not_taken_for_all(heading: str) -> None:
    with pytest.raises(UsageError, match="no beginning of a code"):
        reform(heading)


def test_every_metal_with_a_line_of_its_own_is_in_the_subheading_proposed() -> None:
    texts = [line["text"] for line in whole().details["lines"].where(code="811292")]
    assert texts == ["Of niobium", "Of indium", "Of germanium", "Of gallium", "Of vanadium", "Other"]


def test_lines_of_wrought_metal_count_its_content_and_a_reason_names_its_lines() -> None:
    rows = [row for row in reviewed.rows("breakouts.csv") if row["code"] == "8112999100"]
    assert [row["unit"] for row in rows] == ["kg; In kg", "kg; Nb kg", "kg; Ga kg"]
    assert "housings" not in row_of("8507908000")["reason"]


class Text(HTMLParser):
    """Text of a page and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.loads = "", 0

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += tag in ("script", "img", "link") or any(name in ("src", "href") for name, _ in attrs)


def test_a_draft_request_is_grouped_by_heading_and_complete() -> None:
    drafts = {one.name: one for one in requests(reform("8112"))}
    assert set(drafts) == {"484f-8112", "wco-8112"}
    text = markdown(drafts["484f-8112"]).decode()
    for told in (
        "to be filled in",
        "Of germanium",
        "Ge kg",
        "Chile",
        "15 March",
        "Continuity",
        "8112.99.91.00",
    ):
        assert told in text
    page = Text()
    page.feed(html(drafts["484f-8112"]).decode())
    assert page.loads == 0
    assert "Of germanium" in page.text


def test_a_draft_can_be_read_alone_and_tells_the_whole_code_from_its_lines() -> None:
    (draft,) = [one for one in requests(reform("8112.92")) if one.name.startswith("484f")]
    text = markdown(draft).decode()
    for told in (
        "“Beryllium, chromium, hafnium, rhenium",
        "Unwrought; waste and scrap; powders: Waste and scrap”",
        "met for the code as a whole; the code as a whole had $21.7 M",
        "Open for each line",
        "bit·$M",
    ):
        assert told in text


def test_a_request_to_the_world_says_what_was_not_read() -> None:
    (draft,) = [one for one in requests(reform("8112.92")) if one.name.startswith("wco")]
    text = markdown(draft).decode()
    assert "no text of the World Customs Organization was read" in text
    assert "8112.92.10.00 gallium" in text
