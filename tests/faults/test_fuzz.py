"""Malformed files: each reader gives rows and refusals that add up, or an error of ours, in bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources import SOURCES

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
READERS = (*(source.id for source in SOURCES), "own")


@pytest.fixture(scope="module")
def told(many: Callable[[int, int], int]) -> dict[str, dict[str, Any]]:
    """What became of malformed files, by reader."""
    command = [sys.executable, "-m", "tests.faults.fuzz", str(many(40, 10_000))]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return {one["source"]: one for one in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("reader", READERS)
def test_a_malformed_file_is_read_or_refused(
    reader: str, told: dict[str, dict[str, Any]], many: Callable[[int, int], int], counts: Counter[str]
) -> None:
    one = told[reader]
    assert one["seeds"], f"there is no specimen of {reader} in tests/specimens"
    assert one["failures"] == []
    assert sum(one["outcomes"].values()) == many(40, 10_000)
    assert one["outcomes"].keys() >= {"read", "SourceError"}
    assert all("several lines" not in outcome for outcome in one["outcomes"])
    counts[
        f"malformed inputs for {reader}: {one['outcomes']}, at most {one['longest_s']:.1f} s and"
        f" {one['peak_mb']:.0f} MB each"
    ] += many(40, 10_000)
