"""Every real file loads, and its account closes on the numbers counted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.bea import SOURCE
from monazite.sources.load import read_file
from monazite.sources.source import Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Read = Callable[[Path], Any]

USE = "BEA - The Use of Commodities by Industry - Summary - 2024.xlsx"
REQUIREMENTS = "BEA_CxC_TR_2017_PRO_DET.xlsx"
IMPORTS = "BEA_Import_Matrix_Summary_2024.xlsx"

# File: cells, codes, edition. Cells are lines × columns; the supply tables have the cells that are not blank.
FILES = {
    "BEA - Domestic Requirements, Industry-by-Commodities - Summary - 2024.csv": (
        72 * 73,
        74,
        "bea-summary-2024",
    ),
    "BEA - Total Requirements, Industry-by-Commodities - Summary - 2024.csv": (
        72 * 73,
        74,
        "bea-summary-2024",
    ),
    USE: (83 * 92, 104, "bea-summary-2024"),
    IMPORTS: (73 * 93, 95, "bea-summary-2024"),
    "BEA-Industry-and-Commodity-Codes-and-NAICS-Concordance.xlsx": (0, 1544, "bea-naics-2017"),
    REQUIREMENTS: (3 * 403 * 402, 403, "bea-detail-2017"),
    "BEA_Supply_2017_DET.xlsx": (9_864 + 9_858 + 10_572, 1502, "bea-detail-2017"),
    "bea_use_domestic_yale.csv": (73 * 71, 0, "bea-summary-2024-derived"),
    "bea_use_import_yale.csv": (73 * 71, 0, "bea-summary-2024-derived"),
    "naics_to_bea_crosswalk.csv": (0, 33, "naics-to-bea-crosswalk"),
    "x_codes.csv": (0, 66, "x-codes"),
    "detail/bea_commodity_descriptions.csv": (0, 402, "bea-commodity-descriptions"),
    "detail/bea_requirements_domestic.csv": (402 * 402, 0, "bea-detail-2017-derived"),
    "detail/bea_summary_to_detail.csv": (0, 402, "bea-summary-to-detail"),
    "detail/bea_use_domestic.csv": (402 * 402, 0, "bea-detail-2017-derived"),
    "detail/bea_use_import.csv": (402 * 402, 0, "bea-detail-2017-derived"),
    "detail/gtap_bea_crosswalk.csv": (0, 830, "gtap-bea-crosswalk"),
}
WHOLE = [name for name, (cells, codes, _) in FILES.items() if cells + codes < 10_000]


def test_no_file_of_the_folder_is_left_out(real_data: Path) -> None:
    folder = real_data / "bea"
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_rows_in_are_rows_out_and_every_printed_total_is_the_sum_of_its_parts(
    real_data: Path, raw: Read, name: str
) -> None:
    cells, codes, _ = FILES[name]
    reading = raw(real_data / "bea" / name)
    assert len(reading.rows.get("input_output", ())) == cells
    assert len(reading.rows.get("code", ())) == codes
    assert (reading.account.records, reading.account.refused) == (cells + codes, [])
    assert reading.account.findings == []
    if name == REQUIREMENTS:
        rows = reading.rows["input_output"]
        assert cells_of(reading, year=2012)["111200", "111200"] == 1.0198839
        assert {(row["matrix"], row["unit"]) for row in rows} == {("requirements-total-commodity", "1")}


@pytest.mark.parametrize("name", WHOLE)
def test_every_small_file_keeps_the_rules_of_the_tables(real_data: Path, name: str) -> None:
    cells, codes, edition = FILES[name]
    reading = read_file(SOURCE, real_data / "bea" / name)
    rows = [row for rows in reading.tables.values() for row in rows]
    assert (reading.records, len(rows), reading.refused) == (cells + codes, cells + codes, ())
    assert {row["as_of"] for row in rows} == {edition}
    assert not reading.findings


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_is_recognised(real_data: Path, name: str) -> None:
    path = real_data / "bea" / name
    assert SOURCE.recognises(Sample("x", path.read_bytes()[:65536], path))


def cells_of(reading: Any, **wanted: object) -> dict[tuple[str, str], float | None]:  # noqa: ANN401 - a reading
    """Values by row and column of the cells that have these values."""
    rows = reading.rows["input_output"]
    return {
        (row["row_code"], row["column_code"]): row.get("value")
        for row in rows
        if all(row[key] == wanted[key] for key in wanted)
    }


def test_three_dashes_are_zero_where_others_who_used_the_table_have_zero(real_data: Path, raw: Read) -> None:
    # The import matrix prints --- in 2,763 of these 5,183 cells, and 0 in 368.
    printed = cells_of(raw(real_data / "bea" / IMPORTS))
    used = cells_of(raw(real_data / "bea/bea_use_import_yale.csv"))
    assert len(used) == 5_183
    assert sum(value == 0 for value in used.values()) == 2_763 + 368
    assert used.items() <= printed.items()


def test_use_less_imports_is_domestic_use_with_dashes_as_zero(real_data: Path, raw: Read) -> None:
    use, imports = (cells_of(raw(real_data / "bea" / name)) for name in (USE, IMPORTS))
    domestic = cells_of(raw(real_data / "bea/bea_use_domestic_yale.csv"))
    assert {cell: (use[cell] or 0) - (imports[cell] or 0) for cell in domestic} == domestic


def test_final_uses_have_no_value_added(real_data: Path, raw: Read) -> None:
    rows = raw(real_data / "bea" / USE).rows["input_output"]
    found = [row for row in rows if row["obs_status"] == "not-applicable"]
    # Nine rows below the total of commodities, nineteen final uses and their total.
    assert len(found) == 9 * 20
    assert all("value" not in row for row in found)


def test_millions_of_dollars_are_dollars(real_data: Path, raw: Read) -> None:
    supply = raw(real_data / "bea/BEA_Supply_2017_DET.xlsx")
    assert cells_of(supply, year=2017)["1111A0", "T016"] == 61_204_000_000
    assert {row["unit"] for row in supply.rows["input_output"]} == {"USD"}
    assert {row["detail"] for row in supply.rows["input_output"]} == {"detail"}


def test_the_concordance_leads_from_detail_to_sector(real_data: Path, raw: Read) -> None:
    name = "BEA-Industry-and-Commodity-Codes-and-NAICS-Concordance.xlsx"
    rows = raw(real_data / "bea" / name).rows["code"]
    parent = {(row["scheme"], row["code"]): row["parent"] for row in rows}
    assert parent["bea-gross-output", "221111"] == "221100"
    assert parent["bea-detail", "331410"] == "3313NF"
    assert parent["bea-underlying", "3313NF"] == "331"
    assert parent["bea-summary", "331"] == "33DG"
    assert parent["bea-sector", "33DG"] is None
    assert parent["naics2017-to-bea-gross-output", "23*>233210"] == "233210"
    assert ("bea-underlying", "S004") in parent
