"""Settings: the nearer wins, and a mistake is told with its file, line and column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

EARLIER, LATER = "; MCS 2025)", "; MCS 2026)"


def user_settings(text: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Write the user's own settings file."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    (folder / "monazite").mkdir()
    (folder / "monazite" / "monazite.toml").write_text(text, encoding="utf-8")


def test_a_setting_for_all_commands_and_one_for_this_command(run: Callable[..., Any]) -> None:
    assert LATER in run("cite").out
    Path("monazite.toml").write_text('as_of = "mcs2025"\n', encoding="utf-8")
    assert EARLIER in run("cite").out
    Path("monazite.toml").write_text('as_of = "mcs2025"\n[cite]\nas_of = "mcs2026"\n', encoding="utf-8")
    assert LATER in run("cite").out


def test_flag_before_environment_before_file_before_user(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    user_settings('[cite]\nas_of = "mcs2025"\n', monkeypatch, tmp_path)
    assert EARLIER in run("cite").out
    Path("monazite.toml").write_text('[cite]\nas_of = "mcs2026"\n', encoding="utf-8")
    assert LATER in run("cite").out
    monkeypatch.setenv("MONAZITE_CITE_AS_OF", "mcs2025")
    assert EARLIER in run("cite").out
    assert LATER in run("cite", "--as-of", "mcs2026").out


def test_the_environment_sets_an_edition_for_all_commands(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONAZITE_AS_OF", "mcs2025")
    assert EARLIER in run("cite").out


def test_a_file_in_a_folder_above_counts(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("monazite.toml").write_text('as_of = "mcs2025"\n', encoding="utf-8")
    Path("below/deeper").mkdir(parents=True)
    monkeypatch.chdir("below/deeper")
    assert EARLIER in run("cite").out


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("[assess\n", "", "at line 1"),
        (
            '[asess]\nsort = "name"\n',
            ", line 1, column 2",
            "no setting or command named 'asess'; nearest: assess",
        ),
        (
            'as_off = "mcs2025"\n',
            ", line 1, column 1",
            "no setting or command named 'as_off'; nearest: as_of",
        ),
        (
            '[cite]\n\nas_fo = "mcs2025"\n',
            ", line 3, column 1",
            "no setting of cite named 'as_fo'; nearest: as_of",
        ),
        (
            '[show]\nyear = 1\n[cite]\n  year = "x"\n',
            ", line 4, column 3",
            "year: 'x' is not a valid integer",
        ),
        (
            '[cite]\nformat = "word"\n',
            ", line 2, column 1",
            "format: 'word' is not one of 'plain', 'bibtex'",
        ),
        (
            '[cite]\nform = "plain"\n',
            ", line 2, column 1",
            "no setting of cite named 'form'; nearest: format",
        ),
        (
            'cite = "x"\n',
            ", line 1, column 1",
            "cite is a command; its settings stand below [cite].",
        ),
        ("[as_of]\nx = 1\n", ", line 1, column 2", "as_of is a setting, no section."),
        (
            '[show]\nas_of = "mcs2026"\n[cite]\nas-of = "mcs2030"\n',
            ", line 4, column 1",
            "no edition named 'mcs2030'; nearest: mcs2026, mcs2025.",
        ),
        (
            'as_of = "mcs2030"\n[cite]\n[show]\nas_of = "mcs2026"\n',
            ", line 1, column 1",
            "--as-of is set in",
        ),
        ("[cite]\n\nyear = 1999\n", ", line 3, column 1", "not 1999. --year is set in"),
        ("cite.year = 1999\n", ", line 1, column 6", "--year is set in"),
        ("cite = {format = 'plain', year = 1999}\n", ", line 1, column 27", "--year is set in"),
        ('as_of = "\udcff"\n', "", "cannot read the settings in"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    text: str, place: str, message: str, run: Callable[..., Any]
) -> None:
    Path("monazite.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    told = run("cite")
    assert told.code == 2
    assert f"monazite.toml{place}" in told.err
    assert message in told.err
    assert "Traceback" not in told.err


def test_help_is_shown_whatever_the_settings_hold(run: Callable[..., Any]) -> None:
    Path("monazite.toml").write_text("[", encoding="utf-8")
    assert run("--help").code == 0


def test_a_wrong_order_is_told_with_its_place_unless_another_is_typed(run: Callable[..., Any]) -> None:
    Path("monazite.toml").write_text('[assess]\nsort = "nme"\n', encoding="utf-8")
    told = run("assess", "tin")
    assert told.code == 2
    assert told.err == (
        "monazite: no order named 'nme'; nearest: name. --sort is set in monazite.toml, line 2, column 1.\n"
    )
    assert run("assess", "tin", "--sort", "name").code == 0
    assert run("assess", "tin", "--sort", "nm").err == "monazite: no order named 'nm'; nearest: name.\n"


def test_every_option_is_set_by_the_name_it_is_typed_by(run: Callable[..., Any]) -> None:
    text = '[assess]\nformat = "csv"\nstage = "product"\nall = true\nas-of = "mcs2025"\n'
    Path("monazite.toml").write_text(text, encoding="utf-8")
    typed = ("--format", "csv", "--stage", "product", "--all", "--as-of", "mcs2025")
    told = run("assess")
    assert told.code == 0
    Path("monazite.toml").unlink()
    assert told == run("assess", *typed)


def test_every_option_has_a_variable_named_as_it_is_typed(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("assess", "--format", "csv", "--stage", "ore", "--stage", "scrap", "--all")
    monkeypatch.setenv("MONAZITE_ASSESS_FORMAT", "csv")
    monkeypatch.setenv("MONAZITE_ASSESS_STAGE", "ore scrap")
    monkeypatch.setenv("MONAZITE_ASSESS_ALL", "1")
    assert run("assess") == expected


def test_the_variable_of_a_command_goes_before_the_one_for_all(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONAZITE_AS_OF", "mcs2025")
    monkeypatch.setenv("MONAZITE_CITE_AS_OF", "mcs2026")
    assert LATER in run("cite").out


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MONAZITE_ASSESS_FORMAT", "word", "'--format' (set by MONAZITE_ASSESS_FORMAT): 'word' is"),
        ("MONAZITE_ASSESS_SORT", "nme", "nearest: name. --sort is set by MONAZITE_ASSESS_SORT."),
        ("MONAZITE_AS_OF", "mcs2030", "--as-of is set by MONAZITE_AS_OF."),
    ],
)  # fmt: skip
def test_a_wrong_value_in_the_environment_is_told_with_its_variable(
    name: str, value: str, message: str, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    told = run("assess", "tin")
    assert told.code == 2
    assert message in told.err


def test_a_form_that_is_set_gives_way_to_the_ending_of_a_file(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONAZITE_ASSESS_FORMAT", "csv")
    assert run("assess", "tin", "-o", "a.json").code == 0
    assert Path("a.json").read_bytes().startswith(b"{")
