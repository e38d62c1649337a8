"""What the headlines count, from made-up rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.studies.dependence.headlines import headlines

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.results.frame import Frame

    MakeTable = Callable[..., Frame]

HALF, WHOLLY, NOT_EXACT = "More than half imported", "Wholly imported", "Not known exactly"


def one(material: str, low: float | None, high: float | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - cells
    """A row with a reliance: a figure where the ends meet, nothing where there is none, else a bound."""
    status = None if low is None and high is None else "normal" if low == high else "censored"
    return {
        "material": material,
        "reliance_low": low,
        "reliance_high": high,
        "reliance_status": status,
    } | more


def told(table: Frame) -> dict[str, tuple[str, str]]:
    """Value and detail of every headline, by its label."""
    return {each.label: (each.value, each.detail) for each in headlines(table, 2025)}


def test_half_is_counted_where_it_is_certain_and_may_be_where_it_is_not(make_table: MakeTable) -> None:
    """51 and >50 are more than half; 50 and <50 are not; <75 may be."""
    rows = [one("a", 0.51, 0.51), one("b", 0.5, 1.0), one("c", 0.5, 0.5), one("d", 0, 0.5), one("e", 0, 0.75)]
    value, detail = told(make_table(*rows))[HALF]
    assert value == "2 of 5"
    assert "; 1 more may be" in detail


def test_wholly_imported_is_certain(make_table: MakeTable) -> None:
    assert told(make_table(one("a", 1.0, 1.0), one("b", 0.5, 1.0)))[WHOLLY][0] == "1"


def test_a_group_beside_its_members_is_not_counted_again(make_table: MakeTable) -> None:
    rows = [one("a", 0.9, 0.9, group_value="g"), one("b", 0.9, 0.9, group_value="g"), one("g", 0.9, 0.9)]
    value, detail = told(make_table(*rows))[HALF]
    assert value == "2 of 2"
    assert "; 2 of them by a figure for their group" in detail


def test_one_stage_by_a_group_is_by_a_group(make_table: MakeTable) -> None:
    rows = [one("a", 0.9, 0.9, group_value="g"), one("a", 0.8, 0.8)]
    assert "; 1 of them by a figure for their group" in told(make_table(*rows))[HALF][1]


def test_not_known_exactly_is_at_no_stage(make_table: MakeTable) -> None:
    """A bound beside a figure is known, and so is a net exporter; silence is counted apart."""
    rows = [
        one("a", 0.5, 1.0),
        one("a", 0.6, 0.6),
        one("b", 0.5, 1.0),
        one("c", None, None),
        one("d", None, 0.0, reliance_status="net-exporter"),
    ]
    assert told(make_table(*rows))[NOT_EXACT] == ("2", "1 published only as bounds, 1 without a figure")


def led(*names: str, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - cells
    """Materials, each led by the country named."""
    return [one(f"{name} {n}", 0.9, 0.9, leading_source_name=name, **more) for n, name in enumerate(names)]


def test_the_leader_of_most_is_named_with_the_next_two(make_table: MakeTable) -> None:
    rows = led("Chile", "Chile", "Chile", "Peru", "Peru", "Gabon", "Japan")
    value, detail = told(make_table(*rows))["Chile leads"]
    assert value == "3"
    assert detail.endswith("sources are known for 7; next Peru 2, Gabon 1")


@pytest.mark.parametrize(
    "names",
    [
        ("Chile", "Chile", "Peru"),  # too few countries lead
        ("Chile", "Chile", "Peru", "Peru", "Gabon"),  # two tie
    ],
)
def test_nobody_leads(names: tuple[str, ...], make_table: MakeTable) -> None:
    assert not [label for label in told(make_table(*led(*names))) if label.endswith(" leads")]


@pytest.mark.parametrize(
    ("form", "others"), [("all", "; 2 of them by the sources of their group"), (None, "")]
)
def test_sources_that_members_share_are_their_groups(
    form: str | None, others: str, make_table: MakeTable
) -> None:
    shared = [
        one(name, 0.9, 0.9, leading_source_name="Chile", group_value="g", sources_form=form or name)
        for name in ("a", "b")
    ]
    alone = led("Chile", "Chile", "Peru", "Gabon", sources_form="tin")
    assert f"at some stage{others};" in told(make_table(*shared, *alone))["Chile leads"][1]
