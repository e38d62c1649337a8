"""Settings: the nearer wins, and a mistake is told with its file, line and column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

EARLIER, LATER = "as_of=mcs2025", "as_of=mcs2026"


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
        ('[cite]\nform = "word"\n', ", line 2, column 1", "form: 'word' is not one of 'plain', 'bibtex'"),
        ("cite = 3\n", ", line 1, column 1", "no setting"),
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
