"""How many commodities are more than half imported: the page's table, computed from the shipped figures.

``python tests/docs/test_reconciliation.py`` writes the table of every row anew.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monazite.store.shipped import query

Row = dict[str, Any]
PAGE = Path(__file__).parents[2] / "docs" / "reconciliation.md"
STATED = "stated in a note"
RELIANCE_2025 = """
SELECT t.item, i.figure_2, s.chapter, s.series, s.published, s.low, s.low_open
FROM mineral_statistic AS s
LEFT JOIN balance_term AS t
  ON t.as_of = s.as_of AND t.chapter = s.chapter AND t.series = s.series AND t.term = 'net-import-reliance'
LEFT JOIN balance_item AS i ON i.item = t.item
WHERE s.as_of = 'mcs2026' AND s.section = 'salient' AND s.measure = 'net-import-reliance' AND s.year = 2025
ORDER BY s.chapter, s.series
"""


@cache
def rows() -> tuple[Row, ...]:
    """Every net import reliance that MCS 2026 gives for 2025, with its balance and its name in Figure 2."""
    return tuple(query(RELIANCE_2025))


def above_half() -> list[Row]:
    """Those above one half for certain: 51 is, >50 is, 50 is not."""
    return [row for row in rows() if row["low"] is not None and (row["low"], row["low_open"]) > (0.5, False)]


def stated(row: Row) -> bool:
    """Whether the figure stands in the note of another row, and in no row of its own."""
    return STATED in row["series"]


def in_long_file() -> list[Row]:
    """Rows of the long file above one half."""
    return [row for row in above_half() if not stated(row)]


def in_figure_2() -> list[Row]:
    """Commodities of Figure 2 above one half."""
    return [row for row in above_half() if row["figure_2"]]


def line(row: Row) -> tuple[str, ...]:
    """One row as the page prints it."""
    long_file = f"({row['published']})" if stated(row) else row["published"]
    return f"`{row['item']}`", row["chapter"], long_file, row["figure_2"] or "–"


def listed(heading: str) -> list[tuple[str, ...]]:
    """Rows of the page's table under a heading, without its head."""
    section = re.split(rf"^## {re.escape(heading)}$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


@pytest.fixture(scope="module")
def printed(golden: Path) -> dict[str, dict[str, str]]:
    """What others read from the publication, by table: Figure 2 and the long file, for 2025."""
    with golden.open(encoding="utf-8", newline="") as file:
        held = [row for row in csv.DictReader(file) if row["method"] == "NIR" and row["year"] == "2025"]
    names = {"Fig.2": "net import reliance (vintage", "Commodities_Data": "net import reliance series"}
    return {
        table: {
            f"{number} {row['material']}" if table == "Commodities_Data" else row["material"]: row["value"]
            for number, row in enumerate(held)
            if table in row["source"] and row["quantity"].startswith(start)
        }
        for table, start in names.items()
    }


def more_than_half(value: str) -> bool:
    """Whether a printed percentage is above 50 for certain."""
    number = value.lstrip(">")
    return number.isdigit() and (int(number) > 50 or (value.startswith(">") and int(number) == 50))


def test_every_reliance_belongs_to_a_balance() -> None:
    assert [row for row in rows() if row["item"] is None] == []


def test_page_lists_every_row_above_one_half() -> None:
    assert listed("Row by row") == [line(row) for row in above_half()]


def test_56_rows_of_the_long_file_and_53_commodities_of_figure_2() -> None:
    both = [row for row in in_long_file() if row["figure_2"]]
    only_long = [row for row in in_long_file() if not row["figure_2"]]
    only_figure = [row["item"] for row in in_figure_2() if stated(row)]
    assert (len(in_long_file()), len(in_figure_2()), len(both), len(only_long)) == (56, 53, 52, 4)
    assert only_figure == ["rubidium.all"]
    text = PAGE.read_text(encoding="utf-8")
    counts = (
        f"**{len(both)}** are in both, **{len(only_long)}** only in the long file, **{len(only_figure)}**"
    )
    assert counts in text


def test_page_explains_every_row_that_only_one_of_them_has() -> None:
    lonely = [f"`{row['item']}`" for row in above_half() if stated(row) or not row["figure_2"]]
    explained = listed("What only one of them has")
    assert [row[0] for row in explained] == lonely
    assert all(len(row[-1]) > 20 for row in explained)


def test_54_comes_from_two_simple_rules() -> None:
    """Both are ours: how those who print 54 have counted is not published."""
    of_figure_2 = {row["chapter"] for row in rows() if row["figure_2"]}
    new_chapters = {row["chapter"] for row in in_long_file() if row["chapter"] not in of_figure_2}
    each_once = [row for row in in_long_file() if row["figure_2"] or row["chapter"] in new_chapters]
    assert len(each_once) == 54
    heavy = "RARE EARTHS (Heavy)"
    assert heavy in new_chapters
    assert len(in_figure_2()) + 1 == 54
    text = PAGE.read_text(encoding="utf-8")
    assert all(chapter in text.split("## And 54?")[1] for chapter in new_chapters)


def test_figure_2_as_others_read_it(printed: dict[str, dict[str, str]]) -> None:
    ours = {row["figure_2"]: row["published"] for row in rows() if row["figure_2"]}
    theirs = printed["Fig.2"]
    assert len(theirs) == 68
    assert {name: (ours[name], value) for name, value in theirs.items() if ours.get(name) != value} == {
        "TALC": ("23", "22")
    }
    assert ours.keys() == theirs.keys()
    assert sum(map(more_than_half, theirs.values())) == len(in_figure_2())


def test_long_file_as_others_read_it(printed: dict[str, dict[str, str]]) -> None:
    theirs = sorted(printed["Commodities_Data"].values())
    ours = sorted(row["published"] for row in rows() if not stated(row))
    assert ours == theirs
    assert (len(theirs), sum(map(more_than_half, theirs))) == (107, len(in_long_file()))


def refreshed(text: str) -> str:
    """The page with the table of every row as it is now."""
    lines = "".join(f"| {' | '.join(line(row))} |\n" for row in above_half())
    table = r"(^## Row by row$.*?^\| ---[^\n]*\n)(?:\|[^\n]*\n)*"
    return re.sub(table, lambda head: head[1] + lines, text, flags=re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
