"""Bulk zips, made in the publisher's layout: no true month is small enough to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from monazite.errors import SourceError
from monazite.sources.census import SOURCE
from monazite.sources.census.layouts import EXDB, IMDB, LAYOUTS, PORTS_IN, PORTS_OUT
from monazite.sources.load import recognised
from monazite.sources.source import Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.census.layouts import Layout
    from monazite.sources.load import Reading

MAGNETS: dict[str, Any] = {
    "I_COMMODITY": "8505110070", "CTY_CODE": "5700", "CTY_SUBCODE": "00", "DISTRICT": "27", "UNLADING": "27",
    "RP": "61",
}  # fmt: skip
FIGURES = {"CON_VAL_MO": 1200, "CAL_DUT_MO": 25, "CON_QY1_MO": 40, "GEN_VAL_MO": 1500, "GEN_QY1_MO": 50}
PORT: dict[str, Any] = {"CTY_CODE": "5880", "PORT": "2704"}


def test_a_month_of_imports_gives_both_regimes_with_units_from_its_concordance(
    saved: Callable[..., Reading], record: Callable[..., str], zipped: Callable[..., bytes]
) -> None:
    lines = [
        record(IMDB, "2024", "12", **MAGNETS, **FIGURES),
        record(IMDB, "2024", "12", **{**MAGNETS, "DISTRICT": "10"}),
        record(IMDB, "2024", "12", **{**MAGNETS, "RP": "69"}, CON_VAL_MO=7),
        record(IMDB, "2024", "12", **{**MAGNETS, "I_COMMODITY": "8505193000"}, GEN_VAL_MO=9, GEN_QY1_MO=3),
    ]
    reading = saved("IMDB2412.ZIP", zipped("IMP_DETL.TXT", lines, {"8505110070": "KG", "8505193000": "NO"}))
    rows = {(row["code"], row["breakdown"][-16:-14], row["regime"]): row for row in reading.tables["trade"]}
    assert reading.records == len(rows) == 4
    consumed, general = rows["8505110070", "61", "consumption"], rows["8505110070", "61", "general"]
    assert (consumed["value_usd"], consumed["duty_usd"], consumed["mass_t"]) == (1200, 25, 0.04)
    assert (general["value_usd"], general["duty_usd"], general["quantity_unit"]) == (1500, None, "kg")
    assert consumed["breakdown"] == "district=27;unlading=27;rate=61;subcountry=00"
    assert (consumed["period"], consumed["nomenclature"], consumed["exporter"]) == ("2024-12", "HTS", "CHN")
    counted = rows["8505193000", "61", "general"]
    assert (counted["quantity"], counted["quantity_unit"], counted["mass_status"]) == (
        3,
        "number",
        "not-collected",
    )
    assert rows["8505110070", "69", "consumption"]["quantity_status"] == "not-available"
    told = {one.rule: one.rows for one in reading.findings}
    assert told == {"row-empty": 4, "quantity-missing-as-zero": 1}


def test_a_month_of_exports_is_divided_into_domestic_and_foreign(
    saved: Callable[..., Reading], record: Callable[..., str], zipped: Callable[..., bytes]
) -> None:
    goods = {
        "E_COMMODITY": "2804610000",
        "CTY_CODE": "5880",
        "DISTRICT": "30",
        "ALL_VAL_MO": 900,
        "QTY_1_MO": 3,
    }
    lines = [record(EXDB, "2024", "03", DF=origin, **goods) for origin in ("1", "2")]
    reading = saved("EXDB2403.ZIP", zipped("exp_detl.txt", lines, {"2804610000": "T"}))
    assert [(row["flow"], row["value_usd"], row["mass_t"]) for row in reading.tables["trade"]] == [
        ("domestic-export", 900, 3),
        ("re-export", 900, 3),
    ]
    assert {row["nomenclature"] for row in reading.tables["trade"]} == {"ScheduleB"}


class Ports(NamedTuple):
    """A kind of port file: its layout, the columns of goods and value, its name."""

    layout: Layout
    goods: str
    value: str
    file: str


PORTS = (
    Ports(PORTS_IN, "I_COMMODITY", "GEN_VAL_MO", "PORTHS6MM2412"),
    Ports(PORTS_OUT, "E_COMMODITY", "ALL_VAL_MO", "PORTHS6XM2412"),
)


@pytest.mark.parametrize("kind", PORTS, ids=lambda kind: str(kind.file))
def test_ports_are_weighed_where_all_went_by_air_or_vessel(
    saved: Callable[..., Reading], record: Callable[..., str], zipped: Callable[..., bytes], kind: Ports
) -> None:
    layout, goods, value, file = kind
    weighed = {"AIR_VAL_MO": 100, "AIR_WGT_MO": 20, "VES_VAL_MO": 200, "VES_WGT_MO": 980}
    lines = [
        record(layout, "2024", "12", **{goods: "850511", value: 300}, **PORT, **weighed),
        record(layout, "2024", "12", **{goods: "850519", value: 999}, **PORT, **weighed),
        record(
            layout,
            "2024",
            "12",
            **{goods: "850590", value: 300, **PORT, **weighed, "AIR_WGT_MO": 0, "VES_WGT_MO": 0},
        ),
    ]
    rows = {row["code"]: row for row in saved(f"{file}.ZIP", zipped(f"{file}.TXT", lines)).tables["trade"]}
    assert {code: (row["mass_t"], row["mass_status"]) for code, row in rows.items()} == {
        "850511": (1, "normal"),
        "850519": (None, "not-collected"),
        "850590": (None, "not-available"),
    }
    assert {(row["nomenclature"], row["breakdown"], row["value_status"]) for row in rows.values()} == {
        ("HS", "port=2704", "normal")
    }


def test_records_that_are_damaged_are_refused_with_their_line(
    saved: Callable[..., Reading], record: Callable[..., str], zipped: Callable[..., bytes]
) -> None:
    whole = record(IMDB, "2024", "12", **MAGNETS, **FIGURES)
    elsewhere = record(IMDB, "2024", "12", **{**MAGNETS, "DISTRICT": "10"}, **FIGURES)
    lines = [
        whole,
        whole[:100],
        whole.replace("8505110070", '85,"110070'),
        whole.replace("202412", "202413"),
        elsewhere.replace("000000000001200", "00000000000I200"),
    ]
    reading = saved("IMDB2412.ZIP", zipped("IMP_DETL.TXT", lines))
    assert reading.records == len(reading.tables["trade"]) + len(reading.refused)
    assert sorted({one["line"] for one in reading.refused}) == [2, 3, 4, 5]
    assert {one["part"] for one in reading.refused if one["line"] < 4} == {"IMP_DETL.TXT"}
    assert [one["column"] for one in reading.refused if one["line"] == 5] == ["CON_VAL_MO"]


def test_a_record_cut_off_after_its_month_is_read_and_one_of_another_layout_is_an_error(
    saved: Callable[..., Reading], record: Callable[..., str], zipped: Callable[..., bytes]
) -> None:
    whole = record(IMDB, "2024", "12", **MAGNETS, **FIGURES)
    assert saved("IMDB2412.ZIP", zipped("IMP_DETL.TXT", [whole[:358]])).records == 2
    for line in (whole + "0", whole[:150], "x" * 70_000 * 30):
        with pytest.raises(SourceError):
            saved("IMDB2412.ZIP", zipped("IMP_DETL.TXT", [line]))


def test_a_zip_is_known_by_its_member_and_others_are_not(
    tmp_path: Path, zipped: Callable[..., bytes]
) -> None:
    path = tmp_path / "anything.zip"
    path.write_bytes(zipped("Data/DPORTHS6I2412.txt", ["x"]))
    assert recognised(path, [SOURCE]) is SOURCE
    path.write_bytes(zipped("IMP_DETL.LAY", ["x"]))
    assert not SOURCE.recognises(Sample("a.zip", path.read_bytes(), path))


def test_layouts_are_as_printed() -> None:
    lengths = {layout.id: layout.length for layout in LAYOUTS}
    assert lengths == {"imdb": 688, "exdb": 323, "ports-in": 230, "ports-out": 230}
    assert (IMDB.fields["CON_VAL_MO"], IMDB.fields["GEN_VAL_MO"]) == ((74, 88), (179, 193))
    assert (EXDB.fields["QTY_1_MO"], EXDB.fields["ALL_VAL_MO"]) == ((39, 53), (69, 83))
    assert (PORTS_IN.fields["GEN_VAL_MO"], PORTS_IN.fields["VES_WGT_MO"]) == ((21, 35), (81, 95))
