"""Runs the command line where no one's settings reach it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from monazite.interfaces.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Ran(NamedTuple):
    """What a run of the command line left."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, under no user's settings, without a terminal's habits."""
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("MONAZITE_STORE", raising=False)
    for name in [
        name for name in os.environ if name.startswith(("MONAZITE_AS", "MONAZITE_SHOW", "MONAZITE_FIND"))
    ]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "COLUMNS", "TERM", "MONAZITE_CITE_AS_OF"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line in this process."""

    def ran(*arguments: str) -> Ran:
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def start() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line as its own process, as a shell does."""

    def started(*arguments: str, **given: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "monazite", *arguments]
        channels = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | given
        return subprocess.run(command, text=True, check=False, timeout=120, **channels)  # type: ignore[call-overload,no-any-return]

    return started
