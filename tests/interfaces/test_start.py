"""Starting: what the list of commands costs, how errors look, how the process ends."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click
import pytest

from monazite import studies
from monazite.errors import (
    DataMissingError,
    LicenceError,
    OutputError,
    SourceError,
    StoreError,
    UsageError,
)
from monazite.interfaces.cli.entry import COMMANDS, group
from monazite.interfaces.cli.terminal import emit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.errors import MonaziteError

NOT_FOR_HELP = (
    "duckdb", "fastapi", "importlib.metadata", "jinja2", "numpy", "pandas", "polars", "pyarrow", "rich",
    "scipy", "tomllib", "vl_convert", "xlsxwriter",
    "monazite.studies", "monazite.store", "monazite.results.files",
)  # fmt: skip


def imported(*arguments: str) -> set[str]:
    """Modules a run of the command line imports, as the interpreter reports them."""
    command = [sys.executable, "-X", "importtime", "-m", "monazite", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {found[1] for found in re.finditer(r"^import time:.*\| +(\S+)$", run.stderr, re.MULTILINE)}


def answering(answer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every study answer so."""
    changed = tuple(study._replace(ask=answer) for study in studies.STUDIES)
    monkeypatch.setattr(studies, "STUDIES", changed)


def shell(script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in which ``monazite`` is this one."""
    told = f'monazite() {{ "{sys.executable}" -m monazite "$@"; }}\n{script}'
    return subprocess.run(["bash", "-c", told], capture_output=True, text=True, check=False, timeout=120)  # noqa: S607 - bash, wherever it is


@pytest.mark.parametrize("command", ["", *(entry.name for entry in COMMANDS)])
def test_help_imports_nothing_that_computes_or_draws(command: str) -> None:
    modules = imported(*command.split(), "--help")
    assert "click" in modules
    assert {one for one in modules for name in NOT_FOR_HELP if f"{one}.".startswith(f"{name}.")} == set()


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_help_shows_examples(entry: Any, run: Callable[..., Any]) -> None:  # noqa: ANN401 - as collected
    told = run(entry.name, "--help")
    assert told.code == 0
    assert len(re.findall(rf"^  +monazite {entry.name}", told.out, re.MULTILINE)) >= 2
    assert all(f"  {one.name}" in run("--help").out for one in COMMANDS)


def test_every_declared_command_loads_under_its_name() -> None:
    with click.Context(group) as ctx:
        loaded = {name: group.get_command(ctx, name) for name in group.list_commands(ctx)}
    assert {name: command.name for name, command in loaded.items() if command} == {
        entry.name: entry.name for entry in COMMANDS
    }


def test_the_version_is_told(run: Callable[..., Any]) -> None:
    told = run("--version")
    assert told.code == 0
    assert re.fullmatch(r"monazite \d+\.\d+\S*\n", told.out)


def test_without_a_command_the_help_is_shown(run: Callable[..., Any]) -> None:
    told = run()
    assert told.code == 2
    assert told.err.startswith("Usage: monazite")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["asess"], "no command named 'asess'; nearest: assess, stress, tables. Try monazite --help."),
        (["findings", "--yaer", "2024"], "No such option '--yaer'. Did you mean '--year'?"),
        (["assess", "--year", "soon"], "Invalid value for '--year': 'soon' is not a valid integer."),
        (["assess", "--format", "xls"], "'xls' is not one of 'table', 'csv'"),
        (["assess", "galium"], "no material named 'galium'; nearest: gallium"),
        (["assess", "--as-of", "mcs2062"], "'mcs2062'; nearest: mcs2026"),
        (["findings", "--rule", "censord"], "no rule named 'censord'; nearest: censored"),
        (["show"], "Missing argument 'MATERIAL'."),
        (["show", "rare"], "no material named 'rare'; nearest: rare earth"),
        (["show", "all"], "assess --all lists every commodity"),
        *((["assess", "tin", name], "leave out either that or 'tin'") for name in ("all", "All", "--all")),
        (["findings", "tin", "--all"], "leave out either that or 'tin'"),
    ],
)
def test_a_misuse_is_one_plain_message_that_helps(
    arguments: list[str], message: str, run: Callable[..., Any]
) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith("monazite: ")
    assert message in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OutputError("told"), 1),
        (UsageError("told"), 2),
        (DataMissingError("told"), 3),
        (StoreError("told"), 3),
        (SourceError("told", found="a", expected="b"), 4),
        (LicenceError("told"), 5),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_an_error_raised_on_purpose_is_a_message_and_an_exit_code(
    error: MonaziteError, code: int, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise error

    answering(fail, monkeypatch)
    assert run("assess") == (code, "", f"monazite: {error}\n")


def test_ctrl_c_ends_with_130(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    answering(interrupt, monkeypatch)
    told = run("assess")
    assert told.code == 130
    assert told.err.strip() == "monazite: interrupted."


def test_a_reader_that_leaves_ends_the_command_quietly(start: Callable[..., Any]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        told = start("assess", "--format", "csv", stdout=nobody)
    assert (told.returncode, told.stderr) == (141, "")


def test_a_full_standard_output_is_told(start: Callable[..., Any]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        told = start("assess", "--format", "csv", stdout=full)
    assert told.returncode == 1
    assert told.stderr == "monazite: cannot write to standard output: No space left on device.\n"


@pytest.mark.parametrize(
    ("redirected", "why"),
    [
        ("--help >/dev/full", "No space left on device"),
        ("--version >/dev/full", "No space left on device"),
        ("assess --help >/dev/full", "No space left on device"),
        ("assess Ga --format table >&-", "it is closed"),
        ("assess Ga --format csv >&-", "it is closed"),
        ("assess Ga --format xlsx >&-", "it is closed"),
    ],
)
def test_a_full_or_closed_standard_output_is_told(redirected: str, why: str) -> None:
    told = shell(f"monazite {redirected}")
    assert told.returncode == 1
    assert told.stderr == f"monazite: cannot write to standard output: {why}.\n"


def test_an_output_that_is_cut_off_is_told(tmp_path: Path) -> None:
    told = shell(f"ulimit -f 1; PYTHONUNBUFFERED=1 monazite assess --format csv >{tmp_path / 'cut.csv'}")
    assert (tmp_path / "cut.csv").stat().st_size <= 1024
    assert told.returncode == 1
    assert told.stderr == "monazite: cannot write to standard output: File too large.\n"


class Slow(io.RawIOBase):
    """A stream that takes a few bytes at a time, as an unbuffered one may; in the end none."""

    def __init__(self, room: int) -> None:
        self.held, self.room = b"", room

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int | None:  # noqa: ANN401 - any buffer
        taken = bytes(data)[: min(7, self.room - len(self.held))]
        self.held += taken
        return len(taken) or None


def test_every_byte_is_written_however_few_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(100)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(slow, write_through=True))  # type: ignore[type-var]
    emit(bytes(range(100)))
    assert slow.held == bytes(range(100))
    with pytest.raises(OutputError, match="cannot write to standard output"):
        emit(b"more")


def test_a_closed_standard_output_is_no_matter_for_a_file(tmp_path: Path) -> None:
    told = shell(f"monazite assess Ga -o {tmp_path / 'a.txt'} >&-")
    assert (told.returncode, told.stderr) == (0, f"wrote {tmp_path / 'a.txt'}\n")
    assert "Gallium" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_a_closed_standard_error_costs_only_the_messages() -> None:
    told = shell("monazite assess Ga 2>&-")
    assert told.returncode == 0
    assert "Gallium" in told.stdout
