"""Nothing in the repository points at one machine, and every module is named after its idea."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMELESS = {"utils", "helpers", "common", "misc", "core", "manager"}
# Written so that this file does not hold what it looks for.
OF_A_MACHINE = re.compile(
    r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+)/"
    r"|[A-Z]:\\Users\\"
    r"|pypi\.(?:org|io)/simple|files\.pythonhosted|registry\.npmjs|-index-url[ =]http"
)


def tracked() -> list[Path]:
    """Files that git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """Content of a text file; nothing for a binary one."""
    content = path.read_bytes()
    return "" if b"\0" in content[:8192] else content.decode("utf-8", errors="replace")


def test_no_file_points_at_one_machine_or_registry() -> None:
    found = {path: match[0] for path in tracked() if (match := OF_A_MACHINE.search(text_of(path)))}
    assert found == {}


@pytest.mark.parametrize(
    "line", ["see /ro" + "ot/.config", "-" + "-index-url" + " https://mirror.example", "open('/wo" + "rk/x')"]
)
def test_a_line_of_one_machine_is_caught(line: str) -> None:
    assert OF_A_MACHINE.search(line)


def test_every_module_is_named_after_its_idea() -> None:
    names = {path.relative_to(ROOT): path.stem for path in tracked() if path.suffix == ".py"}
    assert [str(path) for path, name in names.items() if name in NAMELESS] == []
