"""The dependence study as it is asked, and the answer as it is handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import monazite as mz
from monazite.errors import UnknownCodeError, UsageError
from monazite.store.shipped import query
from monazite.studies.dependence import SORTS

if TYPE_CHECKING:
    from monazite.results.result import Result


# ── What is asked ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_order_keeps_every_row(sort: str) -> None:
    items = mz.dependence(sort=sort).table.column("item")
    assert sorted(items) == sorted(mz.dependence().table.column("item"))


def test_reliance_order_ranks_by_the_lower_end_and_the_unknown_last() -> None:
    lows = [_rank(each) for each in mz.dependence().table]
    assert lows == sorted(lows, reverse=True)
    assert lows[0] == 1
    assert lows[-1] == -2


def _rank(of: dict[str, Any]) -> float:
    """Lower end; a net exporter below zero, nothing at all below that."""
    low, high = of["reliance_low"], of["reliance_high"]
    return low if low is not None else (-1.0 if high is not None else -2.0)


@pytest.mark.parametrize(
    ("sort", "column"),
    [
        ("leading-source", "leading_source_low"),
        ("concentration", "source_hhi_low"),
        ("world", "world_leader_low"),
        ("price", "price_volatility"),
    ],
)
def test_other_orders_put_the_largest_first(sort: str, column: str) -> None:
    values = [value for value in mz.dependence(sort=sort).table.column(column) if value is not None]
    assert values == sorted(values, reverse=True)


def test_name_order() -> None:
    names = mz.dependence(sort="name").table.column("name")
    assert names == sorted(names)


@pytest.mark.parametrize("asked", ["Sb", "antimony", "ANTIMONY", ["antimony", "Sb"]])
def test_a_material_is_known_by_name_and_symbol_and_shown_once(asked: str | list[str]) -> None:
    assert mz.dependence(asked).table.column("item") == ["antimony.metal_oxide"]


def test_unknown_material_suggests_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="nearest: gallium"):
        mz.dependence("galium")


def test_unknown_edition_and_order_suggest_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="nearest: mcs2026"):
        mz.dependence("cobalt", as_of="mcs2027")
    with pytest.raises(UnknownCodeError, match="nearest: price"):
        mz.dependence("cobalt", sort="prise")


@pytest.mark.parametrize(
    ("as_of", "year"), [("mcs2026", 2020), ("mcs2026", 2026), ("mcs2025", 2025), ("mcs2025", 0)]
)
def test_a_year_the_edition_does_not_hold_is_refused(as_of: str, year: int) -> None:
    with pytest.raises(UsageError, match=f"{as_of} holds 20"):
        mz.dependence("cobalt", as_of=as_of, year=year)


# ── What is handed out ───────────────────────────────────────────────────────────────────────


def test_frames_hold_the_same_figures() -> None:
    answer = mz.dependence("rare earths")
    names = list(answer.table.table.names)
    assert answer.to_arrow().column_names == names
    assert answer.to_pandas().columns.tolist() == names
    assert answer.to_polars().columns == names
    expected = answer.table.column("reliance_low")
    assert answer.to_arrow().column("reliance_low").to_pylist() == expected
    assert answer.to_polars()["reliance_low"].to_list() == expected
    assert [None if value is None else float(value) for value in nullable(answer)] == expected


def nullable(answer: Result) -> list[float | None]:
    """The reliance out of pandas, with nothing where pandas has its missing value."""
    column = answer.to_pandas()["reliance_low"]
    return [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]


def test_notebooks_show_the_answer_with_its_findings() -> None:
    shown = mz.dependence("cobalt")._repr_html_()
    assert "79" in shown
    assert "identity-open" in shown
    assert "<script" not in shown


def test_citation_names_publisher_edition_and_digest() -> None:
    told = mz.dependence("cobalt", as_of="mcs2025").cite()
    assert told.startswith("monazite ")
    assert "MCS 2025" in told
    assert told.index("2025 data release") < told.index("2026 data release")
    digests = [each["snapshot"] for each in query("SELECT snapshot FROM snapshot WHERE source = 'usgs_mcs'")]
    assert all(digest in told for digest in digests)
