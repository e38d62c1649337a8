"""What an earlier edition said, and whose series stand behind a row."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import monazite as mz
from monazite.codes.materials import material
from monazite.schema.interval import Interval
from monazite.studies.dependence import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.studies.dependence.figures import Balance

    Make = Callable[..., Balance]

series = import_module("monazite.studies.dependence.series")  # its function goes by the same name
RELIANCE = "net-import-reliance"


@pytest.fixture
def previous(monkeypatch: pytest.MonkeyPatch) -> Callable[..., row.Row]:
    """What the editions made up say was said before 2026 of 2025."""

    def told(*held: Balance, group: Balance | None = None) -> row.Row:
        editions = {(each.as_of, each.item): each for each in (*held, *([group] if group else []))}
        monkeypatch.setattr(series, "balances", lambda: editions)
        about = row.Subject(
            material("tin"), {"item": "tin.refined"}, held[-1], group, "lead" if group else ""
        )
        found: row.Row = series.previous(about, "mcs2026", 2025)
        return found

    return told


def test_the_edition_just_before_is_quoted(previous: Callable[..., row.Row], make_balance: Make) -> None:
    terms = {f"mcs{year}": {RELIANCE: {2023: [year - 2000]}} for year in (2024, 2025, 2027, 2026)}
    told = previous(*(make_balance(held, as_of=as_of) for as_of, held in terms.items()))
    assert (told["previous_as_of"], told["previous_published"], told["revised_published"]) == (
        "mcs2025",
        "25",
        "26",
    )
    assert told["previous_year"] == 2023
    assert told["revision"] == 1


def test_the_year_asked_for_is_quoted_when_both_give_it(
    previous: Callable[..., row.Row], make_balance: Make
) -> None:
    both = {RELIANCE: {2024: [50], 2025: [60]}}
    assert previous(make_balance(both, as_of="mcs2025"), make_balance(both))["previous_year"] == 2025


@pytest.mark.parametrize(
    ("then", "now", "revision"),
    [(50, 60, 10), (Interval(50, 100), 60, None), (50, Interval(50, 100), None)],
)
def test_a_revision_is_between_exact_figures(
    then: float | Interval,
    now: float | Interval,
    revision: float | None,
    previous: Callable[..., row.Row],
    make_balance: Make,
) -> None:
    before = make_balance({RELIANCE: {2025: [then]}}, as_of="mcs2025")
    assert previous(before, make_balance({RELIANCE: {2025: [now]}}))["revision"] == revision


def test_no_edition_before_says_nothing(previous: Callable[..., row.Row], make_balance: Make) -> None:
    later = make_balance({RELIANCE: {2025: [50]}}, as_of="mcs2027")
    assert previous(later, make_balance({RELIANCE: {2025: [50]}})) == {}


def test_a_group_shown_is_the_group_compared(previous: Callable[..., row.Row], make_balance: Make) -> None:
    own = make_balance({})
    group = make_balance({RELIANCE: {2025: [60]}}, "lead.refined")
    before = make_balance({RELIANCE: {2025: [50]}}, "lead.refined", "mcs2025")
    assert previous(before, own, group=group)["revision"] == 10


def test_a_member_shows_its_groups_reliance_and_its_own_price() -> None:
    """Of its group's series nothing but the reliance: tonnes of all are not tonnes of one."""
    held = mz.dependence("lanthanum").details["series"]
    terms = {(each["term"], each["series"].split(" | ")[0].casefold()) for each in held}
    assert {term for term, _ in terms} == {"net-import-reliance", "price"}
    assert {each["as_of"] for each in held.where(term="net-import-reliance")} == {"mcs2025", "mcs2026"}
