"""The page of the command line names every command and option, and its examples run as printed.

``python tests/interfaces/test_cli_page.py`` writes the answers into the page anew.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest

from monazite.interfaces.cli.entry import COMMANDS, group

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
FILES = PAGE.parent / "examples"
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
    environment = kept | {"COLUMNS": "100", "XDG_CONFIG_HOME": str(folder), "MONAZITE_STORE": "store"}
    shell = ["bash", "-c", script]
    run = subprocess.run(
        shell, cwd=folder, env=environment, text=True, check=False, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return run.stdout


def sections(page: str) -> dict[str, str]:
    """The sections of the page, by heading."""
    heading, *rest = re.split(r"^## ", page, flags=re.MULTILINE)
    return {"": heading} | {one.partition("\n")[0]: one.partition("\n")[2] for one in rest}


def furnished(folder: Path) -> Path:
    """A folder with the files the page's examples speak of."""
    return Path(shutil.copytree(FILES, folder / "work"))


@pytest.mark.parametrize("heading", sections(PAGE.read_text(encoding="utf-8")))
def test_the_examples_of_a_section_answer_as_printed_one_after_the_other(
    heading: str, tmp_path: Path
) -> None:
    folder = furnished(tmp_path)
    for example in examples(sections(PAGE.read_text(encoding="utf-8"))[heading]):
        got = answer(example.command, folder)
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
    for told in flags(command):
        assert all(
            re.search(rf"`[^`]*(?<![\w-]){re.escape(flag)}(?![\w-])[^`]*`", section) for flag in told
        ), told


def flags(command: click.Command) -> Iterator[list[str]]:
    """How each option of a command is written; of a group, those of its commands too."""
    for option in command.params:
        if isinstance(option, click.Option):
            yield option.opts + option.secondary_opts
    if isinstance(command, click.Group):
        with click.Context(command) as ctx:
            for name in command.list_commands(ctx):
                inner = command.get_command(ctx, name)
                assert inner is not None
                yield from flags(inner)


def refreshed(page: str, folder: Path) -> str:
    """A section with its answers as they are now; one cut short with ... keeps as many lines as it had."""
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
    whole = PAGE.read_text(encoding="utf-8")
    for text in sections(whole).values():
        with tempfile.TemporaryDirectory() as scratch:
            whole = whole.replace(text, refreshed(text, furnished(Path(scratch))))
    PAGE.write_text(whole, encoding="utf-8")
