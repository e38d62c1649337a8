"""Laws of families of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from monazite.methods.families import families, family_sizes

if TYPE_CHECKING:
    from random import Random

MEMBERS = 12
Links = list[tuple[int, int]]
links = st.lists(st.tuples(st.integers(0, MEMBERS - 1), st.integers(0, MEMBERS - 1)), max_size=20)


def ends(given_links: Links) -> tuple[list[int], list[int]]:
    return [left for left, _ in given_links], [right for _, right in given_links]


def walked(given_links: Links) -> list[int]:
    """The obvious way: from each member walk every link, and take the smallest that is reached."""
    reached = [{member} for member in range(MEMBERS)]
    for _ in range(MEMBERS):
        for left, right in given_links:
            both = reached[left] | reached[right]
            for member in both:
                reached[member] = both
    return [min(one) for one in reached]


@given(links)
def test_as_found_by_walking(given_links: Links) -> None:
    assert families(*ends(given_links), MEMBERS).tolist() == walked(given_links)


@given(links, st.randoms(use_true_random=False))
def test_the_order_of_links_and_of_their_ends_is_nothing(given_links: Links, chance: Random) -> None:
    turned = [(right, left) for left, right in given_links]
    chance.shuffle(turned)
    assert np.array_equal(families(*ends(given_links), MEMBERS), families(*ends(turned), MEMBERS))


@given(links)
def test_a_link_said_twice_is_said_once(given_links: Links) -> None:
    once, twice = ends(given_links), ends(given_links * 2)
    assert np.array_equal(families(*once, MEMBERS), families(*twice, MEMBERS))


@given(links, st.tuples(st.integers(0, MEMBERS - 1), st.integers(0, MEMBERS - 1)))
def test_another_link_never_parts_a_family(given_links: Links, more: tuple[int, int]) -> None:
    before = families(*ends(given_links), MEMBERS)
    after = families(*ends([*given_links, more]), MEMBERS)
    for one in range(MEMBERS):
        assert (after[before == before[one]] == after[one]).all()


@given(links, st.data())
def test_a_cut_link_is_as_good_as_none(given_links: Links, data: st.DataObject) -> None:
    cut = data.draw(st.lists(st.booleans(), min_size=len(given_links), max_size=len(given_links)))
    kept = [link for link, gone in zip(given_links, cut, strict=True) if not gone]
    found = families(*ends(given_links), MEMBERS, cut=cut)
    assert np.array_equal(found, families(*ends(kept), MEMBERS))


@given(links)
def test_a_family_is_named_after_its_smallest_member(given_links: Links) -> None:
    found = families(*ends(given_links), MEMBERS)
    assert (found <= np.arange(MEMBERS)).all()
    assert np.array_equal(found[found], found)
    assert (family_sizes(found) == np.bincount(found, minlength=MEMBERS)[found]).all()
