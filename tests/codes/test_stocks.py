"""Stocks by judgement: each of a known material, in months, with a default that is never none."""

from __future__ import annotations

import pytest

from monazite.codes import reviewed
from monazite.codes.essential import DEFAULT, subject
from monazite.codes.materials import materials
from monazite.codes.stocks import judged_stock, stock_series
from monazite.errors import UnknownCodeError


def test_rows_are_of_known_materials_each_once_in_months() -> None:
    rows = reviewed.rows("stocks.csv")
    keys = [(row["material"], row["holder"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {row["unit"] for row in rows} == {"month"}
    assert {row["holder"] for row in rows} == {"users", "government"}
    assert all(row["material"] == DEFAULT or subject(row["material"]) == row["material"] for row in rows)


@pytest.mark.parametrize("name", [m.id for m in materials()])
def test_users_of_every_material_hold_something(name: str) -> None:
    assert judged_stock(name).low > 0
    assert judged_stock(name, "government").low >= 0


def test_antimony_as_the_last_edition_that_printed_stocks() -> None:
    stocks, used = [11_100, 8_360, 6_540, 6_080, 6_000], [23_500, 28_500, 28_700, 28_400, 27_000]
    months = [12 * s / c for s, c in zip(stocks, used, strict=True)]
    held = judged_stock("antimony")
    assert held.low == pytest.approx(min(months), abs=0.1)
    assert held.central == pytest.approx(months[-1], abs=0.1)
    assert held.high == pytest.approx(max(months), abs=0.1)


def test_products_and_strangers() -> None:
    assert judged_stock("penicillins") == judged_stock("antibiotics")
    assert judged_stock("lithium_ion_batteries").tag == "U"
    assert stock_series("germanium") is None
    with pytest.raises(UnknownCodeError, match="gallium"):
        judged_stock("galium")
