"""What the terminal shows: figures whole at every width, colours only where they belong."""

from __future__ import annotations

import dataclasses
import os
import pty
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.interfaces.cli import options
from monazite.interfaces.cli.bars import CELLS, bar
from monazite.interfaces.cli.table import COLUMNS, fitted, table_parts
from monazite.interfaces.cli.terminal import drawn
from monazite.results.files import printed
from monazite.results.frame import Frame
from monazite.studies.dependence import dependence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ESCAPE = "\x1b["
widths = st.lists(st.integers(1, 60), min_size=len(COLUMNS), max_size=len(COLUMNS))


def on_terminal(start: Callable[..., Any], *arguments: str, **environment: str) -> tuple[int, str]:
    """Run with a terminal for standard output; the exit code and what the terminal was sent."""
    leader, follower = pty.openpty()
    told = start(*arguments, stdout=follower, env=os.environ | {"TERM": "xterm-256color", **environment})
    os.close(follower)
    with os.fdopen(leader, "rb", buffering=0) as screen:
        return told.returncode, _read(screen.fileno()) + told.stderr


def _read(descriptor: int) -> str:
    """What a terminal was sent; Linux ends it with an input error."""
    parts = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode("utf-8")


@given(st.integers(30, 240), widths)
def test_columns_fit_and_keep_their_order(columns: int, natural: list[int]) -> None:
    shown = fitted(COLUMNS, dict(zip(COLUMNS, natural, strict=True)), columns)
    always = [one for one in COLUMNS if one.rank == 0]
    assert [one for one in COLUMNS if one in shown] == list(shown)
    assert all(one in shown for one in always)
    if shown.keys() > set(always):
        assert sum(shown.values()) + 2 * (len(shown) - 1) <= columns
    for one, width in shown.items():
        wanted = natural[COLUMNS.index(one)]
        assert min(one.least or wanted, wanted) <= width <= wanted


def test_one_column_of_terminal_too_few_costs_the_least_important_column() -> None:
    natural = dict.fromkeys(COLUMNS, 5)
    enough = 5 * len(COLUMNS) + 2 * (len(COLUMNS) - 1)
    assert list(fitted(COLUMNS, natural, enough)) == list(COLUMNS)
    least_important = max(COLUMNS, key=lambda one: one.rank)
    assert set(COLUMNS) - fitted(COLUMNS, natural, enough - 1).keys() == {least_important}


@pytest.mark.parametrize("columns", [60, 80, 100, 120, 160, 200])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(
    columns: int, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = run("assess").out
    lines = shown.splitlines()
    assert max(map(len, lines)) <= columns
    body = lines[3:]
    for row, line in zip(dependence().table, body, strict=False):
        assert re.search(rf" {re.escape(printed.reliance(row))}( |$)", line)


def test_a_terminal_of_100_columns_shows_bars_shares_and_leaders(run: Callable[..., Any]) -> None:
    heading = run("assess").out.splitlines()[1]
    for title in ("Material (stage)", "Reliance", "0 ─ 100%", "Leading source", "HHI", "World leader"):
        assert title in heading


def test_rows_of_one_material_are_called_by_what_is_counted(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    names = [line[:32].strip() for line in run("assess", "Si", "Ti", "Al", "Zn", "Sb").out.splitlines()]
    for expected in (
        "Ferrosilicon", "Silicon metal", "Silicon metal and ferrosilicon", "Titanium dioxide pigment",
        "Titanium (sponge metal)", "Titanium (mineral concentrates)", "Alumina", "Refined zinc",
        "Zinc (ores and concentrates)", "Antimony (refined)",
    ):  # fmt: skip
        assert expected in names


def test_two_rows_of_a_narrow_terminal_never_share_a_name(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("assess").out.splitlines()[3 : 3 + len(dependence().table)]
    assert max(Counter(line[:21] for line in lines).values()) == 1


def test_less_than_half_a_percent_is_said_so(run: Callable[..., Any]) -> None:
    assert re.search(r"^Gold \(refined\) +<0\.5% ", run("assess", "gold").out, re.MULTILINE)
    assert "Net import reliance 2025  <0.5%" in run("show", "gold").out


# ── the series of show ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 160])
@pytest.mark.parametrize(
    "material", ["germanium", "gold", "titanium", "dimension stone", "cement", "lithium"]
)
def test_a_series_names_its_edition_and_its_term_whole_at_every_width(
    material: str, columns: int, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = run("show", material).out
    blocks = re.findall(r"^  By year and[^\n]*\n(.*?)\n\n", shown, re.DOTALL | re.MULTILINE)
    assert len(blocks) == len(dependence(material).table)
    lines = [line for block in blocks for line in block.splitlines()]
    assert max(map(len, lines)) <= columns
    assert not any("…" in line for line in lines)
    assert not re.search(r"\de[+-]\d", shown)
    whole = [line for line in lines if re.search(r"MCS 20(25|26)( |$)", line)]
    assert len(whole) == len(lines_of(material))


def lines_of(material: str) -> set[tuple[str, ...]]:
    """Item, term, edition and unit of every line of the series of a material."""
    series = dependence(material).details["series"]
    return {(row["item"], row["term"], row["as_of"], row["unit"]) for row in series}


def test_marks_stand_for_words_only_where_these_do_not_fit_and_are_explained(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert "net exporter  net exporter" in run("show", "gold").out
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("show", "gold").out
    assert "net exporter  net exporter" not in shown
    assert "\n  E net exporter; n.a. not available\n" in shown


def test_sources_and_producers_stand_beside_each_other_or_apart(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert re.search(
        r"^  Sources of imports \S+ +World production 2025$", run("show", "Sb").out, re.MULTILINE
    )
    monkeypatch.setenv("COLUMNS", "80")
    assert "\n\n  World production 2025\n" in run("show", "Sb").out


def test_years_that_find_no_room_are_named(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "54")
    shown = run("show", "titanium").out
    assert "2020, 2021 and 2022 left out for want of room" in " ".join(shown.split())


def test_a_price_of_the_edition_stands_as_published_in_its_unit(run: Callable[..., Any]) -> None:
    shown = run("show", "gold").out
    assert re.search(r"Price, \$/oz t +MCS 2026 +1,801 +1,802 +1,945 +2,388 +3,300$", shown, re.MULTILINE)
    assert re.search(r"Price, ¢/lb +MCS 2026 .*130$", run("show", "Si").out, re.MULTILINE)


def test_a_group_is_named_once_for_all_the_members_that_show_its_figure(run: Callable[..., Any]) -> None:
    shown = " ".join(run("assess", "rare earths").out.split())
    members = [row for row in dependence("rare earths").table if row["group_value"] == "rare_earths_heavy"]
    assert len(members) > 1
    assert shown.count("The figure is published for heavy rare earths as a whole.") == 1


def test_every_mark_is_explained_and_every_missing_figure_has_its_reason(run: Callable[..., Any]) -> None:
    shown = " ".join(run("assess").out.split())
    for row in dependence().table:
        assert row["group_value"] or " ".join((row["reason"] or "").split()) in shown
        assert all(f" {rule} " in shown for rule in printed.rules(row))


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_bar_is_as_long_as_its_share_allows_and_shades_what_is_uncertain(one: float, other: float) -> None:
    low, high = sorted((one, other))
    told = bar(low, high).plain
    assert len(told) == CELLS
    assert abs(len(told.rstrip()) - CELLS * max(high, 0)) <= 1
    assert "▒" not in bar(low, low).plain


def test_a_bar_without_an_end_reaches_as_far_as_it_can() -> None:
    assert bar(0.5, None).plain == "████▒▒▒▒"
    assert bar(None, 0.25).plain == "▒▒      "
    assert bar(None, None).plain == " " * CELLS


def test_colour_is_for_terminals_and_for_who_asks(start: Callable[..., Any]) -> None:
    plain = ("assess", "antimony")
    assert ESCAPE not in start(*plain).stdout
    assert ESCAPE in start(*plain, "--color").stdout
    assert ESCAPE in on_terminal(start, *plain)[1]
    assert ESCAPE not in on_terminal(start, *plain, NO_COLOR="1")[1]
    assert ESCAPE not in on_terminal(start, *plain, "--no-color")[1]
    assert ESCAPE not in on_terminal(start, *plain, TERM="dumb")[1]


def test_a_table_written_to_a_file_from_a_terminal_has_no_colour(
    start: Callable[..., Any], tmp_path: Path
) -> None:
    code, told = on_terminal(start, "assess", "antimony", "-o", str(tmp_path / "a.txt"))
    assert code == 0
    assert "wrote" in told
    assert ESCAPE not in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_a_binary_form_is_not_poured_over_a_terminal(start: Callable[..., Any]) -> None:
    code, told = on_terminal(start, "assess", "antimony", "--format", "xlsx")
    assert code == 2
    assert "give a file with -o" in told


def test_names_cannot_steer_the_terminal() -> None:
    result = dependence(("antimony",))
    rows = tuple(row | {"name": "tin\x1b]0;owned\x07\x9b31m", "reason": "\x1b[2J"} for row in result.table)
    hostile = dataclasses.replace(result, table=Frame(result.table.table, rows))
    shown = drawn(table_parts(hostile, 100), color=None).decode("utf-8")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def test_what_is_no_data_goes_to_standard_error(start: Callable[..., Any], tmp_path: Path) -> None:
    told = start("assess", "antimony", "-o", str(tmp_path / "a.csv"))
    assert told.stdout == ""
    assert told.stderr == f"wrote {tmp_path / 'a.csv'}\n"


def test_the_form_follows_the_ending_unless_it_is_told() -> None:
    forms = ("table", "csv", "json")
    assert options.form_for(None, "a.json", forms) == "json"
    assert options.form_for("csv", "a.json", forms) == "csv"
    assert options.form_for(None, None, forms) == "table"
    assert options.form_for(None, "-", forms) == "table"
    assert options.form_for(None, "a.txt", forms) == "table"
