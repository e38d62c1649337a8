"""Laws of carrying: the whole arrives, nothing is negative, the order of links and steps does not matter."""

from __future__ import annotations

import csv
import tempfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from monazite.store.carrying import Carrier, Layout, Move
from monazite.studies.nomenclature.concordance.families import united
from monazite.studies.nomenclature.concordance.shares import Share, composed, tightened, whole

if TYPE_CHECKING:
    from random import Random

    from monazite.studies.nomenclature.concordance.shares import Shares

NAMES = ("a", "b", "c", "d")
CENTS = 10**12


@st.composite
def split(draw: st.DrawFn, names: tuple[str, ...] = NAMES, *, points: bool = False) -> Shares:
    """The shares of a code: parts that sum to one, with bounds around them."""
    targets = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    parts = [draw(st.integers(1, 100)) for _ in targets]
    room = [draw(st.floats(0, 1)) for _ in targets]
    known = points or draw(st.booleans())
    return tightened(
        Share(target, part / sum(parts) if known else None, max(0.0, part / sum(parts) - wide),
              min(1.0, part / sum(parts) + wide))
        for target, part, wide in zip(targets, parts, room, strict=True)
    )  # fmt: skip


@given(split())
def test_bounds_lie_in_order_and_allow_a_whole(shares: Shares) -> None:
    assert all(0 <= one.low <= one.high <= 1 for one in shares)
    assert all(one.point is None or one.low <= one.point <= one.high for one in shares)
    assert sum(one.low for one in shares) <= 1 + 1e-9 <= sum(one.high for one in shares) + 2e-9


@given(split())
def test_tightening_twice_changes_nothing(shares: Shares) -> None:
    again = tightened(shares)
    assert [one.target for one in again] == [one.target for one in shares]
    assert all(
        abs(one.low - two.low) + abs(one.high - two.high) < 1e-9
        for one, two in zip(shares, again, strict=True)
    )


@given(split(points=True), st.tuples(*[split(points=True)] * len(NAMES)))
def test_points_of_two_steps_sum_to_one_within_their_bounds(
    first: Shares, onward: tuple[Shares, ...]
) -> None:
    found = composed(first, dict(zip(NAMES, onward, strict=True)))
    assert abs(sum(one.point or 0.0 for one in found) - 1) < 1e-9
    assert all(one.low - 1e-9 <= (one.point or 0.0) <= one.high + 1e-9 for one in found)


@given(split(), st.tuples(*[split()] * 4))
def test_splits_at_the_corners_of_their_bounds_arrive_within_the_composed_bounds(
    first: Shares, table: tuple[Shares, ...]
) -> None:
    onward = dict(zip(NAMES, table, strict=True))
    found = {share.target: share for share in composed(first, onward)}
    for turn in (1, -1):
        shares = _corner(first, turn)
        arrived: dict[str, float] = {}
        for middle, part in shares.items():
            for target, there in _corner(onward[middle], turn).items():
                arrived[target] = arrived.get(target, 0.0) + part * there
        for target, amount in arrived.items():
            low, high = (found[target].low, found[target].high) if target in found else (0.0, 0.0)
            assert low - 1e-9 <= amount <= high + 1e-9


def _corner(shares: Shares, turn: int) -> dict[str, float]:
    """Shares at their low, the rest given to the first that have room."""
    left = 1 - sum(one.low for one in shares)
    filled = {}
    for one in shares[::turn]:
        more = min(left, one.high - one.low)
        filled[one.target], left = one.low + more, left - more
    return filled


@given(split(), st.tuples(*[split()] * 4))
def test_a_step_that_changes_nothing_can_be_left_out(first: Shares, onward: tuple[Shares, ...]) -> None:
    same = {name: whole(name) for name in NAMES}
    table = dict(zip(NAMES, onward, strict=True))
    assert _close(composed(first, same), first)
    assert _close(composed(whole("a"), table), table["a"])


def _close(one: Shares, other: Shares) -> bool:
    """Whether shares are the same but for rounding."""
    return [each.target for each in one] == [each.target for each in other] and all(
        abs(a.low - b.low) + abs(a.high - b.high) < 1e-9 for a, b in zip(one, other, strict=True)
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12), st.randoms())
def test_families_do_not_depend_on_the_order_of_links(drawn: list[tuple[int, int]], order: Random) -> None:
    ties = [(("A", str(one)), ("B", str(other))) for one, other in drawn]
    turned = [(other, one) for one, other in ties]
    order.shuffle(turned)
    alone = [("A", str(number)) for number in range(10)]
    assert sorted(map(sorted, united(alone, ties))) == sorted(map(sorted, united(alone, turned)))


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.integers(-CENTS, CENTS), st.sampled_from(["x", "y", "z"])), min_size=5, max_size=40
    ),
    st.tuples(*[split(points=True)] * 3),
)
def test_totals_are_conserved_to_the_cent_and_no_flow_turns_negative(
    rows: list[tuple[int, str]], shares: tuple[Shares, ...]
) -> None:
    moves = [one for code, those in zip("xyz", shares, strict=True) for one in _moves(code, those)]
    with tempfile.TemporaryDirectory() as name:
        given_file, output = Path(name, "in.csv"), Path(name, "out.csv")
        lines = (f"{n},{code},{Decimal(cents).scaleb(-2)}" for n, (cents, code) in enumerate(rows))
        given_file.write_text("\n".join(["key,code,value", *lines, ""]))
        with Carrier(given_file, Layout(("key", "code", "value"), "code", ("value",)), output) as carrier:
            carrier.write(moves, carrier.stock())
        with output.open() as stream:
            found = list(csv.DictReader(stream))
    for n, (cents, _) in enumerate(rows):
        parts = [Decimal(row["value"]) for row in found if row["key"] == str(n)]
        assert sum(parts) == Decimal(cents).scaleb(-2)
        assert all(part * cents >= 0 for part in parts)


def _moves(code: str, shares: Shares) -> list[Move]:
    """The moves of a code."""
    ends = [0.0]
    for one in shares:
        ends.append(ends[-1] + (one.point or 0.0))
    ends[-1] = 1.0
    kind = "exact" if len(shares) == 1 else "weights"
    return [
        Move(code, one.target, before, after, one.low, one.high, kind)
        for one, (before, after) in zip(shares, pairwise(ends), strict=True)
    ]
