"""Families of codes: cases worked by hand, sizes counted in the publisher's tables, and the refusals."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from monazite.errors import MethodError
from monazite.methods.families import families, families_between, family_sizes

if TYPE_CHECKING:
    from pathlib import Path

WASTE = "8549"  # electrical and electronic waste, new in 2022
TABLES = {  # one sheet of links each; the largest family, codes of both editions counted
    "HS_2022_to_HS_2017_*": 2258,
    "HS_2017_to_HS_2012_*": 348,
    "HS_2007_to_HS_2002_*": 151,
}


def links_of(real_data: Path, pattern: str) -> tuple[list[str], list[str]]:
    """The two ends of the links in a correlation table of the United Nations, as text."""
    (path,) = (real_data / "codes" / "hs_correlation_unsd").glob(pattern)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Correlation Tables").to_python()[1:]
    kept = [row for row in rows if str(row[0]).strip()]
    return [str(row[0]).strip() for row in kept], [str(row[1]).strip() for row in kept]


def test_a_chain_of_links_makes_one_family() -> None:
    assert families([0, 1, 2], [1, 2, 3], 6).tolist() == [0, 0, 0, 0, 4, 5]
    assert families([3, 4], [4, 1], 5).tolist() == [0, 1, 2, 1, 1]


def test_a_code_without_a_link_is_its_own_family() -> None:
    assert families([], [], 3).tolist() == [0, 1, 2]
    assert families([], [], 0).tolist() == []


def test_a_cut_link_is_not_followed() -> None:
    assert families([0, 1, 2], [1, 2, 3], 4, cut=[False, True, False]).tolist() == [0, 0, 2, 2]


def test_one_code_in_two_editions_is_two_members() -> None:
    found = families_between(["811292", "850780"], ["811231", "850780"])
    assert found.left.tolist() == ["811292", "850780"]
    assert found.right.tolist() == ["811231", "850780"]
    assert found.left_family.tolist() == [0, 1]
    assert found.right_family.tolist() == [0, 1]


def test_a_family_has_as_many_members_as_are_counted() -> None:
    assert family_sizes([0, 0, 7, 0, 7]).tolist() == [3, 3, 2, 3, 2]
    assert family_sizes([]).tolist() == []


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ([0, 1], [1], "2 left ends and 1 right ends"),
        ([0, 3], [1, 2], r"ends at 3; there are members 0 to 2"),
        ([0, -1], [1, 2], r"ends at -1"),
        ([0.5], [1.0], "whole numbers"),
        ([[0, 1]], [[1, 2]], r"shape \(n,\)"),
    ],
)
def test_what_is_no_link(left: list[object], right: list[object], told: str) -> None:
    with pytest.raises(MethodError, match=told):
        families(np.array(left), np.array(right), 3)


def test_a_cut_speaks_of_every_link() -> None:
    with pytest.raises(MethodError, match="each of 2 links"):
        families([0, 1], [1, 2], 3, cut=[True])


@pytest.mark.parametrize("pattern", TABLES)
def test_the_largest_family_is_as_large_as_published(real_data: Path, pattern: str) -> None:
    found = families_between(*links_of(real_data, pattern))
    assert family_sizes([*found.left_family, *found.right_family]).max() == TABLES[pattern]


def test_waste_alone_does_not_tie_the_codes_of_2022(real_data: Path) -> None:
    new, old = links_of(real_data, "HS_2022_to_HS_2017_*")
    sizes = []
    for hubs in ((WASTE,), (WASTE, "8524", "852990", "854151", "854159")):  # + display modules, transducers
        found = families_between(new, old, cut=[code.startswith(hubs) for code in new])
        sizes.append(int(family_sizes([*found.left_family, *found.right_family]).max()))
    assert sizes == [1078, 66]


def test_sixty_thousand_links_take_less_than_fifty_milliseconds() -> None:
    ends = np.random.default_rng(0).permutation(60_001)  # a path in wild order: the hardest to hang together
    spent = []
    for _ in range(5):
        begun = time.process_time()
        found = families(ends[:-1], ends[1:], ends.size)
        spent.append(time.process_time() - begun)
    assert not found.any()
    assert min(spent) < 0.05
