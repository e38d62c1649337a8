"""The examples on the method pages are run, not believed."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "methods"


@pytest.mark.parametrize(
    "page",
    [
        "baskets.md",
        "concentration.md",
        "concordance.md",
        "dependence.md",
        "dynamics.md",
        "geopolrisk.md",
        "input-output.md",
        "market.md",
        "network.md",
        "origin-bounds.md",
        "outliers.md",
        "pass-through.md",
        "simulation.md",
        "supply-risk.md",
    ],
)
def test_examples(page: str) -> None:
    result = doctest.testfile(str(PAGES / page), module_relative=False)
    assert result.failed == 0
    assert result.attempted >= 5
