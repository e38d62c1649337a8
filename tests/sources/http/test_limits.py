"""How long to wait, how often to ask, how slow is too slow."""

from __future__ import annotations

import itertools
import math
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import FetchError
from monazite.sources.http import Limits, limits
from monazite.sources.http.limits import Meter, Pace, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.http.conftest import Publisher

    from monazite.sources.source import Request, Source

NOW = datetime(2026, 8, 5, 12, tzinfo=UTC)


@given(st.integers(0, 10**8))
def test_seconds_to_wait_are_read(seconds: int) -> None:
    assert retry_after(f" {seconds} ", NOW) == seconds


@given(st.integers(-(10**7), 10**7))
def test_a_date_to_wait_for_is_read(seconds: int) -> None:
    due = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after(due, NOW) == max(0, seconds)


@given(st.one_of(st.text(max_size=50), st.from_regex(r"[-+0-9.:, A-Za-z]{0,40}", fullmatch=True)))
def test_whatever_a_header_says_the_wait_is_a_number_or_unknown(text: str) -> None:
    wait = retry_after(text, NOW)
    assert wait is None or (wait >= 0 and math.isfinite(wait))


@pytest.mark.parametrize("text", ["", "-1", "1.5", "٣", "9" * 400, "Mon, 99 Foo 2026 00:00:00 GMT", "soon"])
def test_what_is_no_wait_is_unknown(text: str) -> None:
    assert retry_after(text, NOW) is None


def test_a_wait_is_sat_out_as_long_as_the_publisher_asks(
    publisher: Publisher,
    api: tuple[Source, Request],
    page: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    play = publisher.whole(page(1), "application/json")
    with stamina.set_testing(False):
        publisher.fetch(*api, publisher.status(429, Retry_After="7"), publisher.status(503), play)
    assert waits[0] == 7
    assert 0.5 <= waits[1] <= 3


def test_a_wait_beyond_the_longest_is_told_and_not_cut_short(
    publisher: Publisher, api: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError, match="asks to wait 121 seconds") as raised:
        publisher.fetch(*api, publisher.status(429, Retry_After="121"))
    assert (raised.value.passing, raised.value.after) == (True, 121)
    assert len(publisher.asked) == 1


def test_each_try_waits_its_turn(
    publisher: Publisher,
    bulk: tuple[Source, Request],
    archive: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    monkeypatch.setattr(limits, "PACE", Pace(clock, clock.sleep))
    plays = publisher.status(503), publisher.whole(archive, "application/zip")
    publisher.fetch(replace(bulk[0], per_second=0.25), bulk[1], *plays)
    assert clock.slept == [4]


class Clock:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_a_host_is_asked_no_more_often_than_it_likes() -> None:
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    for _ in range(3):
        pace.wait("a.example", 2)
    pace.wait("b.example", 2)
    assert clock.slept == [0.5, 0.5]
    clock.now += 10
    pace.wait("a.example", 2)
    assert clock.slept == [0.5, 0.5]


@given(st.lists(st.floats(0, 3), max_size=20), st.sampled_from([0.5, 1.0, 4.0]))
def test_turns_are_never_closer_than_the_rate(pauses: list[float], per_second: float) -> None:
    clock = Clock()
    pace, turns = Pace(clock, clock.sleep), []
    for pause in pauses:
        clock.now += pause
        pace.wait("a.example", per_second)
        turns.append(clock.now)
    assert all(b - a >= 1 / per_second - 1e-6 for a, b in itertools.pairwise(turns))


def test_a_fast_start_does_not_excuse_a_drip() -> None:
    clock = Clock()
    meter = Meter(Limits(clock=clock, window_s=30, slowest=1000))
    assert meter.too_slow(10**9) == ""
    clock.now += 31
    assert meter.too_slow(1) == ""  # the window with the fast start
    clock.now += 31
    assert meter.too_slow(1) == "0 bytes a second"


def test_a_fetch_that_takes_too_long_is_late() -> None:
    clock = Clock()
    meter = Meter(Limits(clock=clock, total_s=60))
    early = meter.late
    clock.now += 60
    assert (early, meter.late) == (False, True)
    assert meter.too_slow(10**9) == "more time than it may take"
