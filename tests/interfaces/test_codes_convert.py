"""``monazite codes convert`` says what became of a file, and writes it whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NamedTuple

    class Ran(NamedTuple):
        code: int
        out: str
        err: str

    Run = Callable[..., Ran]

ROWS = """year,reporter,hs6,value_usd,mass_t
2016,USA,811292,100.01,5
2016,USA,850760,1000,
2016,DEU,10121,7,1
2016,FRA,TOTAL,99999,1
"""
ACROSS = ("--from", "HS2012", "--to", "HS2022", "-o", "out.csv")


@pytest.fixture
def trade() -> str:
    Path("trade.csv").write_text(ROWS)
    return "trade.csv"


def test_the_file_is_written_and_its_story_told_on_standard_error(run: Run, trade: str) -> None:
    ran = run("codes", "convert", trade, *ACROSS)
    assert (ran.code, ran.out) == (0, "")
    assert "trade.csv carried from HS2012 to HS2022 by weights. 4 → 4 rows." in ran.err
    assert (
        "value_usd: 101,106.01 read = 1,000.00 carried + 100.01 carried in bounds + 100,006.00 not carried"
        in ran.err
    )
    assert "mass_t: 7.00 read = 5.00 carried in bounds + 2.00 not carried; missing in 1 row\n" in ran.err
    assert "1 code in 1 row not carried, level: a total of other rows, not a code" in ran.err
    assert "warning code-shortened: 1 code in 1 row: leading zero lost: 10121." in ran.err
    assert ran.err.endswith("wrote out.csv\n")
    assert len(Path("out.csv").read_text().splitlines()) == 5


def test_repairs_are_listed_and_the_report_holds_every_code(run: Run, trade: str) -> None:
    ran = run("codes", "convert", trade, *ACROSS, "--repair", "--by", "families", "--report-to", "r.json")
    assert ran.code == 0
    assert "leading zero lost, repaired: 10121 → 010121" in ran.err
    told = json.loads(Path("r.json").read_text())
    codes = {row["text"]: row for row in told["details"]["codes"]["rows"]}
    assert codes["10121"]["repaired"] is True
    assert codes["811292"]["targets"] == "F811231"
    assert {row["family"] for row in told["details"]["families"]["rows"]} == {"F811231"}
    assert told["parameters"]["by"] == "families"
    assert told["citation"].startswith("monazite ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*ACROSS, "--by", "refuse"), "'10121': leading zero lost"),
        ((*ACROSS, "--code", "hs8"), "no column named 'hs8'; nearest: hs6"),
        ((*ACROSS, "--rules", "none.csv"), "none.csv: there is no such file"),
        ((*ACROSS, "--report-to", "out.csv"), "-o and --report-to both name 'out.csv'"),
        (("--from", "HS2013", "--to", "HS2022", "-o", "out.csv"), "no nomenclature named 'HS2013'"),
        (("--from", "HS2012", "--to", "HS2022"), "--output"),
        (("--from", "HS2012", "--to", "HS2022", "-o", "trade.csv"), "trade.csv: is the file that is read"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    run: Run, trade: str, arguments: tuple[str, ...], told: str
) -> None:
    ran = run("codes", "convert", trade, *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("amount", ["1e400", "-inf"])
def test_an_amount_that_is_no_number_is_named(run: Run, amount: str) -> None:
    Path("odd.csv").write_text(f"hs6,value_usd\n811292,1\n811292,{amount}\n")
    ran = run("codes", "convert", "odd.csv", *ACROSS)
    assert ran.code in (2, 4)
    assert "'value_usd'" in ran.err
    assert "inf" in ran.err
    assert not Path("out.csv").exists()


def test_weights_are_not_estimated_from_an_empty_store(run: Run, trade: str) -> None:
    ran = run("codes", "convert", trade, *ACROSS, "--weights", "estimated", "--store", "store")
    assert ran.code == 3
    assert "no country in the store reports HS2012 and, in the year beside it, HS2017" in ran.err


def test_help_teaches_by_examples(run: Run) -> None:
    ran = run("codes", "convert", "--help")
    assert "monazite codes convert trade.csv --from HS2012 --to HS2022" in ran.out
