"""Imported inputs of industries: recomputed, bounded by the whole, told where a cell is odd."""

from __future__ import annotations

import numpy as np
import pytest

from monazite.errors import MethodError, UnknownCodeError
from monazite.methods.import_content import import_content
from monazite.store import shipped
from monazite.studies.exposure import exposure
from monazite.studies.exposure.accounts import accounts


def test_suppliers_only_add() -> None:
    rows = exposure().table.rows
    assert len(rows) == 71
    for row in rows:
        assert 0 <= row["direct"] <= row["looked_through"] + 1e-12
        assert row["looked_through"] < 1
    assert [row["looked_through"] for row in rows] == sorted(
        (r["looked_through"] for r in rows), reverse=True
    )


def test_a_row_is_recomputed_from_the_published_cells() -> None:
    held = accounts()
    row = exposure("335").table.one(industry="335")
    made = {one: held.output[at] for at, one in enumerate(held.industries)}
    sql = "SELECT row_code, column_code, value FROM input_output WHERE matrix = 'use-import'"
    bought = {
        (one["row_code"], one["column_code"]): one["value"]
        for one in shipped.query(sql)
        if not one["row_code"].startswith("T0") and one["column_code"] in made and one["value"]
    }
    needs = shipped.query(
        "SELECT row_code, value FROM input_output WHERE matrix = 'requirements-domestic'"
        " AND column_code = '335' AND row_code <> 'T007'"
    )
    per_dollar = {
        code: sum(max(0.0, value) for (_, user), value in bought.items() if user == code) / made[code]
        for code in made
    }
    assert row["direct"] == pytest.approx(per_dollar["335"])
    assert row["looked_through"] == pytest.approx(
        sum(per_dollar[one["row_code"]] * max(0.0, one["value"]) for one in needs)
    )


def test_commodities_sum_to_the_industry() -> None:
    found = exposure(["motor vehicles, bodies", "335"])
    for row in found.table:
        behind = found.details["commodities"].where(industry=row["industry"])
        assert sum(behind.column("looked_through")) == pytest.approx(row["looked_through"])
        assert sum(behind.column("direct")) == pytest.approx(row["direct"])


def test_imports_below_zero_are_told() -> None:
    found = [one for one in exposure().findings if one.rule == "figure-implausible"]
    assert [(one.found, one.rows) for one in found] == [
        ("as little as -3 million USD", 2),
        ("as little as -0.00047", 69),
    ]


def test_an_industry_nobody_knows_suggests_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="nearest"):
        exposure("moter vehicles")
    with pytest.raises(UnknownCodeError, match="no industry"):
        exposure(" ")


def test_no_suppliers_no_difference() -> None:
    imported = np.array([[0.1, 0.3], [0.0, 0.2]])
    assert np.array_equal(import_content(imported, np.eye(2)), imported)


def test_bad_input_is_refused() -> None:
    with pytest.raises(MethodError, match="at least 0"):
        import_content([[-0.1]], [[1.0]])
    with pytest.raises(MethodError, match="at least 0"):
        import_content([[0.1]], [[np.nan]])
    with pytest.raises(MethodError, match="do not fit"):
        import_content([[0.1, 0.2]], [[1.0]])
