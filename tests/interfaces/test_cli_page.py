"""The page of the command line names every command and option, and its examples run as printed.

``python tests/interfaces/test_cli_page.py`` writes the answers into the page anew.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from monazite.interfaces.cli.entry import COMMANDS, group

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = re.compile(r"^\.\.\.\n", re.MULTILINE)
ALIKE = doctest.OutputChecker()


class Example(NamedTuple):
    """A command of the page and the answer printed under it."""

    command: str
    answer: str


def examples(page: str) -> list[Example]:
    """The commands of the page's console blocks, each with its answer."""
    found = []
    for block in CONSOLE.findall(page):
        for told in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = told.partition("\n")
            found.append(Example(command, answer))
    return found


def answer(command: str, folder: Path) -> str:
    """What a shell prints for a command of the page."""
    script = f'monazite() {{ "{sys.executable}" -m monazite "$@"; }}\n{command}'
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONAZITE_")}
    environment = kept | {"COLUMNS": "100", "XDG_CONFIG_HOME": str(folder)}
    shell = ["bash", "-c", script]
    run = subprocess.run(
        shell, cwd=folder, env=environment, text=True, check=False, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return run.stdout


@pytest.mark.parametrize("example", examples(PAGE.read_text(encoding="utf-8")), ids=lambda one: one.command)
def test_an_example_answers_as_printed(example: Example, tmp_path: Path) -> None:
    got = answer(example.command, tmp_path)
    assert "Traceback" not in got
    assert ALIKE.check_output(example.answer, got, doctest.ELLIPSIS), got


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda one: one.name)
def test_every_command_has_an_example_and_every_option_a_word(entry: object) -> None:
    name = str(getattr(entry, "name", ""))
    page = PAGE.read_text(encoding="utf-8")
    section = page.partition(f"\n## monazite {name}\n")[2].partition("\n## ")[0]
    assert any(one.command.startswith(f"monazite {name}") for one in examples(section))
    with click.Context(group) as ctx:
        command = group.get_command(ctx, name)
    assert command is not None
    for option in (one for one in command.params if isinstance(one, click.Option)):
        told = option.opts + option.secondary_opts
        assert all(
            re.search(rf"`[^`]*(?<![\w-]){re.escape(flag)}(?![\w-])[^`]*`", section) for flag in told
        ), told


def refreshed(page: str, folder: Path) -> str:
    """The page with its answers as they are now; one cut short with ... keeps as many lines as it had."""
    for command, printed in examples(page):
        now = answer(command, folder)
        if "Traceback" in now:
            sys.exit(f"{command} fails; the page is left as it was.\n{now}")
        if ELLIPSIS.search(printed):
            kept = ELLIPSIS.split(printed)[0].count("\n")
            now = "".join(now.splitlines(keepends=True)[:kept]) + "...\n"
        page = page.replace(f"$ {command}\n{printed}", f"$ {command}\n{now}")
    return page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
