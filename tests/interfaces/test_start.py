"""Starting: what the list of commands costs, how errors look, how the process ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
import pytest

from monazite.errors import (
    DataMissingError,
    LicenceError,
    OutputError,
    SourceError,
    StoreError,
    UsageError,
)
from monazite.interfaces.cli.entry import COMMANDS, group

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.errors import MonaziteError

NOT_FOR_HELP = (
    "duckdb", "fastapi", "importlib.metadata", "jinja2", "numpy", "pandas", "polars", "pyarrow", "rich",
    "scipy", "tomllib", "vl_convert", "xlsxwriter",
    "monazite.studies", "monazite.store", "monazite.results.files",
)  # fmt: skip
STUDY = "monazite.studies.dependence"


def imported(*arguments: str) -> set[str]:
    """Modules a run of the command line imports, as the interpreter reports them."""
    command = [sys.executable, "-X", "importtime", "-m", "monazite", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {found[1] for found in re.finditer(r"^import time:.*\| +(\S+)$", run.stderr, re.MULTILINE)}


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
        (["asess"], "no command named 'asess'; nearest: assess. Try monazite --help."),
        (["findings", "--yaer", "2024"], "No such option '--yaer'. Did you mean '--year'?"),
        (["assess", "--year", "soon"], "Invalid value for '--year': 'soon' is not a valid integer."),
        (["assess", "--format", "xls"], "'xls' is not one of 'table', 'csv'"),
        (["assess", "galium"], "no material named 'galium'; nearest: gallium"),
        (["assess", "--as-of", "mcs2062"], "'mcs2062'; nearest: mcs2026"),
        (["findings", "--rule", "censord"], "no rule named 'censord'; nearest: censored"),
        (["show"], "Missing argument 'MATERIAL'."),
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

    monkeypatch.setattr(import_module(STUDY), "dependence", fail)
    assert run("assess") == (code, "", f"monazite: {error}\n")


def test_ctrl_c_ends_with_130(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module(STUDY), "dependence", interrupt)
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
