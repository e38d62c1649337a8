"""What is found about a row, each rule at its boundary: made-up rows and balances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.codes.materials import material
from monazite.schema.interval import Interval
from monazite.studies.dependence import found, row, shares
from monazite.studies.dependence.figures import latest_shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.results.frame import Frame
    from monazite.studies.dependence.figures import Balance

    Make = Callable[..., Balance]
    MakeTable = Callable[..., Frame]

# ruff: noqa: SLF001 - the rules are inside
ITEM = {"item": "tin.refined", "stock_rule": "none", "identity": None, "caveat": None}
HEAD = {"item": "tin.refined", "as_of": "mcs2026", "year": 2025, "name": "tin"}


def rules(about: Any) -> list[str]:  # noqa: ANN401 - any iterable of findings
    """Rules of some findings."""
    return [one.rule for one in about]


def subject(balance: Balance, group: Balance | None = None, **item: Any) -> row.Subject:  # noqa: ANN401 - cells
    """Tin, with a made-up balance and definition."""
    return row.Subject(material("tin"), ITEM | item, balance, group, "lead" if group else "")


def test_a_wide_index_of_producers_is_told(make_table: MakeTable) -> None:
    (told,) = make_table(HEAD)
    sources = shares.Suppliers((), None, None, 0.0)
    for width, expected in ((0.24, []), (0.26, ["partner-unspecified"])):
        producers = shares.Suppliers((), None, Interval(0.2, 0.2 + width), 0.3)
        assert rules(found._suppliers(row.Built(told, sources, producers))) == expected


@pytest.mark.parametrize(
    ("low", "high", "computed", "differs"),
    [
        (0.5, 0.5, (0.504, 0.51), False),  # 50 is printed for anything from 49.5 to 50.5
        (0.5, 0.5, (0.506, 0.51), True),
        (0.5, 0.5, (0.48, 0.496), False),
        (0.5, 0.5, (0.48, 0.494), True),
        (0.5, 1.0, (0.48, 0.497), True),  # >50 has no such slack
        (0.5, 1.0, (0.48, 0.51), False),
    ],
)
def test_a_computed_reliance_differs_beyond_rounding(
    low: float,
    high: float,
    computed: tuple[float, float],
    differs: bool,  # noqa: FBT001 - expected
    make_table: MakeTable,
) -> None:
    status = "normal" if low == high else "censored"
    ends = {"reliance_low": low, "reliance_high": high, "reliance_status": status}
    (told,) = make_table(HEAD | ends | {"reliance_published": "50"})
    assert bool(found._miss(told, *computed)) is differs


def test_a_groups_figure_is_not_held_against_the_rows_own_balance(
    make_balance: Make, make_table: MakeTable
) -> None:
    ends = {
        "reliance_low": 0.5,
        "reliance_high": 0.5,
        "reliance_status": "normal",
        "reliance_published": "50",
    }
    (told,) = make_table(HEAD | ends | {"computed_low": 0.9, "computed_high": 0.91})
    own, group = make_balance({}), make_balance({}, "lead.refined")
    assert rules(found._definition(subject(own), told)) == ["reliance-differs"]
    assert rules(found._definition(subject(own, group), told)) == []


def test_a_share_by_value_is_not_comparable(make_balance: Make, make_table: MakeTable) -> None:
    for unit, expected in (("USD", ["not-comparable"]), ("t", [])):
        (told,) = make_table(HEAD | {"quantity_unit": unit})
        assert rules(found._definition(subject(make_balance({})), told)) == expected


def test_a_changed_definition_matters_only_where_a_reliance_stands(
    make_balance: Make, make_table: MakeTable
) -> None:
    about = subject(make_balance({}), stock_rule="industry+government-to-2022")
    for status, expected in (("normal", ["definition-changed"]), (None, [])):
        (told,) = make_table(HEAD | {"reliance_status": status})
        assert rules(found._definition(about, told)) == expected


def test_figure_2_is_compared_with_the_figure_shown(make_balance: Make, make_table: MakeTable) -> None:
    """A row that shows its group's figure is compared with the group's in Figure 2."""
    same = make_balance({"net-import-reliance": {2025: [50]}, "figure-2": {2025: [50]}})
    other = make_balance({"net-import-reliance": {2025: [50]}, "figure-2": {2025: [51]}})
    (told,) = make_table(HEAD)
    assert rules(found._figure_2(subject(same), told)) == []
    assert rules(found._figure_2(subject(same, other), told)) == ["figure-differs"]


def stage(form: str, reliance: float, group: str | None = None) -> dict[str, Any]:
    """One stage of tin."""
    told = {"material": "tin", "form": form, "reliance_low": reliance, "group_value": group}
    return HEAD | told | {"net_exporter": reliance < 0, "reliance_published": "50"}


@pytest.mark.parametrize(
    ("ore", "metal", "expected"),
    [
        (stage("ore", -0.1), stage("metal", 0.5), ["stage-mismatch"]),
        (stage("ore", -0.1), stage("metal", 0.0), []),
        (stage("ore", -0.1), stage("metal", 0.5, "group"), []),
        (stage("ore", -0.1, "group"), stage("metal", 0.5), []),
        (stage("ore", -0.1), stage("metal", 0.5) | {"material": "lead"}, []),
    ],
)
def test_stages_mismatch_only_by_figures_of_their_own(
    ore: dict[str, Any], metal: dict[str, Any], expected: list[str], make_table: MakeTable
) -> None:
    assert rules(found.mismatched_stages(list(make_table(ore, metal)))) == expected


@pytest.mark.parametrize(("year", "expected"), [(2025, 2024), (2023, 2023), (2021, None)])
def test_editions_are_compared_in_the_latest_year_both_give(
    year: int, expected: int | None, make_balance: Make
) -> None:
    before = make_balance({"net-import-reliance": {held: [50] for held in (2020, 2022, 2023, 2024)}})
    now = make_balance({"net-import-reliance": {held: [50] for held in (2022, 2023, 2024, 2025)}})
    assert latest_shared(now, before, year) == latest_shared(before, now, year) == expected
