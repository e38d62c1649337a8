"""The specimens, made up in the publisher's layout, are read as they stand here."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from monazite.sources.comtrade import SOURCE
from monazite.sources.load import recognised

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.comtrade.conftest import Files

BULK = "COMTRADE-FINAL-CA8422022H6[2023-06-01].txt"
TRADED = {
    ("2022", "import", "WLD", "284690", ""): (91000.5, 2.1, True),
    ("2022", "import", "CHN", "284690", ""): (50000.0, 1.0, False),
    ("2022", "import", "JPN", "284690", ""): (41000.0, 1.1, True),
    ("2022", "import", "TWN", "284690", ""): (0.5, None, False),
    ("2022", "import", "CHN", "284690", "mot=2100"): (45000.0, 0.9, False),
    ("2022", "import", "CHN", "284690", "customs=C06;partner2=HKG"): (700.0, 0.01, False),
    ("2022", "import", "CHN", "284690", "flow=MIP"): (700.0, 0.01, False),
    ("2022", "export", "european-union", "284690", ""): (1234.0, 0.02, False),
    ("2022", "export", "FRA", "284690", ""): (1200.0, 0.019, False),
    ("2022", "re-export", "areas-nes", "284690", ""): (80.0, None, False),
    ("2022", "import", "CHN", "TOTAL", ""): (7e9, None, False),
    ("2022", "import", "CHN", "2846", ""): (50000.0, 1.0, False),
    ("1997", "import", "belgium-luxembourg", "284690", ""): (30.0, 0.0025, False),
    ("2022-04", "import", "CHN", "284690", ""): (50000.0, 1.0, False),
}


@pytest.mark.parametrize("name", ["answer.json", BULK, "TradeData.csv"])
def test_the_three_forms_of_one_table_say_the_same(files: Files, samples: Path, name: str) -> None:
    assert recognised(samples / name, [SOURCE]) is SOURCE
    reading = files.read(samples / name)
    rows = reading.tables["trade"]
    told = {
        (
            row["period"],
            row["flow"],
            row["exporter"] if row["flow"] == "import" else row["importer"],
            row["code"],
            row["breakdown"],
        ): (row["value_usd"], row["mass_t"], row["estimated"])
        for row in rows
    }
    assert told == TRADED
    assert (reading.records, len(rows), reading.refused) == (14, 14, ())
    assert {row["reporter"] for row in rows} == {"USA"}
    assert sum(row["aggregate"] for row in rows) == 2


def test_a_gzipped_bulk_file_is_recognised_and_read_and_named_by_its_release(
    files: Files, samples: Path
) -> None:
    path = files.folder / BULK.replace(".txt", ".gz")
    path.write_bytes(gzip.compress((samples / BULK).read_bytes()))
    assert recognised(path, [SOURCE]) is SOURCE
    reading = files.read(path)
    assert {row["as_of"] for row in reading.tables["trade"]} == {"2023-06-01"}
    assert reading.records == len(reading.tables["trade"]) == 14


def test_what_is_odd_is_said(files: Files, samples: Path) -> None:
    told = {one.rule: (one.subject, one.rows) for one in files.read(samples / "answer.json").findings}
    assert told == {
        "double-count": ("european-union", 1),
        "computed": ("trade", 1),
        "quantity-missing-as-zero": ("trade", 1),
        "levels-mixed": ("HS2022", 2),
    }


def test_the_monthly_table_is_read_and_its_unknown_partner_kept(files: Files, samples: Path) -> None:
    path = samples / "china_exports_monthly.csv"
    assert recognised(path, [SOURCE]) is SOURCE
    reading = files.read(path)
    rows = reading.tables["trade"]
    assert Counter(row["importer"] for row in rows) == dict.fromkeys(
        ("USA", "TWN", "KOR", "ARE", "Atlantis"), 1
    )
    assert [(one.rule, one.subject) for one in reading.findings] == [
        ("country-unknown", "Atlantis"),
        ("quantity-missing-as-zero", "trade"),
    ]
    assert {row["quantity_status"]: row["mass_t"] for row in rows if row["importer"] in {"USA", "TWN"}} == {
        "normal": 0.5,
        "not-available": None,
    }


def test_other_tables_are_not_recognised(files: Files) -> None:
    for number, content in enumerate(
        (b"{}", b'{"data":[{"a":1}]}', b"t,i,j,k,v,q\n1,2,3,4,5,6\n", b"\x1f\x8b broken")
    ):
        path = files.raw(content, f"{number}.csv")
        with pytest.raises(Exception, match="no source knows this file"):
            recognised(path, [SOURCE])


def test_no_row_may_be_passed_on() -> None:
    assert SOURCE.licence.redistribution == "forbidden"
