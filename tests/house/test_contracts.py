"""The import contracts catch each sin that they are there for, and pass the house as it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Lint = Callable[[], subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[2]


class Sin(NamedTuple):
    """Lines added to files of the package, and the contract that must break."""

    contract: str
    files: dict[str, str]


SINS = {
    "a lower floor imports a higher one": Sin(
        "imports point down", {"errors.py": "from monazite import schema"}
    ),
    "sources and methods know each other": Sin(
        "imports point down",
        {"sources/sin.py": "import monazite.methods.sin", "methods/sin.py": "SIN = 1"},
    ),
    "a new top-level folder": Sin("imports point down", {"gadgets/__init__.py": "GADGET = 1"}),
    "methods import the engine": Sin(
        "methods are arithmetic: no engine, no files", {"methods/sin.py": "import duckdb"}
    ),
    "methods read files": Sin(
        "methods are arithmetic: no engine, no files", {"methods/sin.py": "from pathlib import Path"}
    ),
    "a reader imports the engine": Sin(
        "only the store knows the engine", {"sources/sin.py": "import duckdb"}
    ),
    "one door imports another": Sin(
        "doors do not know one another",
        {
            "interfaces/mcp/__init__.py": "SIN = 1",
            "interfaces/rest/__init__.py": "import monazite.interfaces.mcp",
        },
    ),
    "an undeclared door": Sin("doors do not know one another", {"interfaces/fax.py": "FAX = 1"}),
    "two siblings import each other": Sin(
        "no circles among siblings",
        {"codes/sin.py": "import monazite.codes.virtue", "codes/virtue.py": "import monazite.codes.sin"},
    ),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package with its contracts, free to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignore = shutil.ignore_patterns("__pycache__", "*.parquet")
    return Path(shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)) / "monazite"


@pytest.fixture
def lint(house: Path) -> Lint:
    """Check the contracts of the copy."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": str(house.parent), "COLUMNS": "200"}

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=house.parents[1], env=environment, capture_output=True, text=True, check=False
        )

    return run


def commit(sin: Sin, house: Path) -> None:
    """Add the sin's lines to the copy."""
    for name, lines in sin.files.items():
        path = house / name
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}\n")


@pytest.mark.usefixtures("house")
def test_the_house_as_it_stands_keeps_every_contract(lint: Lint) -> None:
    result = lint()
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("name", SINS)
def test_a_sin_breaks_its_contract(name: str, house: Path, lint: Lint) -> None:
    commit(SINS[name], house)
    result = lint()
    assert result.returncode == 1, result.stdout
    assert SINS[name].contract in broken(result.stdout), result.stdout


def broken(report: str) -> list[str]:
    """Names of the contracts that a report calls broken."""
    return [line.partition(" BROKEN")[0] for line in report.splitlines() if " BROKEN" in line]
