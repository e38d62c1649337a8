"""What a test may need beyond Python, where it is looked for, and what happens where it is missing.

A test says what it needs with ``@pytest.mark.needs("browser")`` or by asking for the fixture of
that need. Where the thing is not found the test does not run and is listed at the end as not run;
with ``MONAZITE_REQUIRE_ALL=1`` it fails instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REQUIRE_ALL = os.environ.get("MONAZITE_REQUIRE_ALL", "") not in {"", "0"}
BESIDE = Path(__file__).resolve().parents[2] / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

settings.register_profile("house", max_examples=60, deadline=None)
settings.register_profile("ci", settings.get_profile("house"), derandomize=True, database=None)
settings.load_profile("ci" if REQUIRE_ALL or os.environ.get("CI") else "house")


def find_real_data() -> Path | None:
    """Folder of the publishers' own files."""
    folder = Path(os.environ.get("MONAZITE_REAL_DATA") or BESIDE / "data").resolve()
    return folder if folder.is_dir() else None


def find_golden() -> Path | None:
    """Table of numbers that others published."""
    table = Path(os.environ.get("MONAZITE_GOLDEN") or BESIDE / "golden/published_numbers.csv").resolve()
    return table if table.is_file() else None


def find_browser() -> Path | None:
    """Executable of an installed Chromium or Chrome."""
    asked = os.environ.get("MONAZITE_CHROMIUM")
    for name in (asked,) if asked else BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    return None


@cache
def find_namespaces() -> Path | None:
    """The command that starts a process with a network and mounts of its own, where it may do so."""
    tool, tried = shutil.which("unshare"), "ip link add v0 type veth peer name v1 && mount -t tmpfs none /mnt"
    command = (str(tool), "--map-root-user", "--net", "--mount", "sh", "-c", tried)
    may = tool and subprocess.run(command, capture_output=True, check=False).returncode == 0
    return Path(tool) if tool and may else None


class Need(NamedTuple):
    """One thing that a test may need: the fixture that hands it over, how it is found, what to do."""

    fixture: str
    find: Callable[[], Path | None]
    hint: str


NEEDS = {
    "real-data": Need("real_data", find_real_data, "needs real files (set MONAZITE_REAL_DATA)"),
    "golden": Need("golden", find_golden, "needs the published numbers (set MONAZITE_GOLDEN)"),
    "browser": Need("chromium", find_browser, "needs a browser (install chromium or set MONAZITE_CHROMIUM)"),
    "namespaces": Need(
        "unshare", find_namespaces, "needs namespaces (Linux with unshare and ip, and the right)"
    ),
}
RIGHTS = {"namespaces"}
"""What no installation brings: a machine grants it or not, also where everything else must be there."""
NOT_RUN = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the publishers' own files, laid out as in their README."""
    return located("real-data")


@pytest.fixture(scope="session")
def golden() -> Path:
    """Table of numbers that others published."""
    return located("golden")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Executable of an installed browser, for Playwright's ``executable_path``."""
    return located("browser")


@pytest.fixture(scope="session")
def unshare() -> Path:
    """The command that starts a process with a network and mounts of its own."""
    return located("namespaces")


def located(name: str) -> Path:
    """Give the thing of that name; fail the test where it is missing."""
    found = NEEDS[name].find()
    if found is None:
        pytest.fail(NEEDS[name].hint, pytrace=False)
    return found


def needed(item: pytest.Item) -> set[str]:
    """Names of what a test needs, from its marks and its fixtures."""
    marked = {name for mark in item.iter_markers("needs") for name in mark.args}
    if unknown := marked - NEEDS.keys():
        message = f"{item.nodeid} needs {sorted(unknown)}; known needs are {sorted(NEEDS)}"
        raise pytest.UsageError(message)
    asked: Iterable[str] = getattr(item, "fixturenames", ())
    return marked | {name for name, need in NEEDS.items() if need.fixture in asked}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests whose needs are missing and remember why."""
    missing = {name for name, need in NEEDS.items() if need.find() is None}
    if REQUIRE_ALL:
        missing &= RIGHTS
    wanting = {item: sorted(needed(item) & missing) for item in items}
    config.stash[NOT_RUN] = []
    out = [item for item in items if wanting[item]]
    items[:] = [item for item in items if not wanting[item]]
    config.stash[NOT_RUN] = [f"{i.nodeid}: {', '.join(NEEDS[n].hint for n in wanting[i])}" for i in out]
    if out:
        config.hook.pytest_deselected(items=out)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose need is missing; only reached where every need must be met."""
    for name in sorted(needed(item)):
        located(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """List every test that was not run, with what it needs."""
    not_run = config.stash.get(NOT_RUN, [])
    if not_run:
        terminalreporter.section("not run", yellow=True)
    for line in not_run:
        terminalreporter.write_line(f"not run: {line}")
