"""How long a fetch may take, how slow it may be, how often a host is asked, and how long to wait."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

OUT_OF_TIME = "more time than it may take"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch. Times are in seconds, sizes in bytes.

    ``slowest`` is the least number of bytes a second, taken over each ``window``; ``longest_wait``
    is the longest Retry-After that is sat out; an answer above ``cached`` is not kept in the cache.
    """

    connect_s: float = 15
    read_s: float = 30
    total_s: float = 3600
    window_s: float = 30
    slowest: float = 1000
    attempts: int = 5
    longest_wait_s: float = 120
    cached: int = 64 * 2**20
    clock: Callable[[], float] = time.monotonic


LIMITS = Limits()


class Meter:
    """Watches a fetch: how long it has taken, and how fast its bytes come."""

    def __init__(self, limits: Limits) -> None:
        """Start the clock."""
        self.limits = limits
        self.deadline = limits.clock() + limits.total_s
        self.restart()

    def restart(self) -> None:
        """Begin a new window, when a new answer begins to arrive."""
        self.since, self.arrived = self.limits.clock(), 0

    @property
    def late(self) -> bool:
        """Whether the fetch has taken all the time it may take."""
        return self.limits.clock() >= self.deadline

    def too_slow(self, arrived: int) -> str:
        """Count bytes that arrived; say what is wrong with their pace, or nothing."""
        now, self.arrived = self.limits.clock(), self.arrived + arrived
        if now >= self.deadline:
            return OUT_OF_TIME
        if (passed := now - self.since) < self.limits.window_s:
            return ""
        rate = self.arrived / passed
        self.since, self.arrived = now, 0
        return f"{rate:.0f} bytes a second" if rate < self.limits.slowest else ""


class Pace:
    """Keeps the time between two requests to one host, for all threads of this process."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Know no host yet."""
        self.clock, self.sleep = clock, sleep
        self.free_at: dict[str, float] = {}
        self.lock = threading.Lock()

    def wait(self, host: str, per_second: float) -> None:
        """Wait until the host may be asked again, and take that turn."""
        with self.lock:
            now = self.clock()
            turn = max(now, self.free_at.get(host, now))
            self.free_at[host] = turn + 1 / per_second
        if turn > now:
            self.sleep(turn - now)


PACE = Pace()


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait; None if it says nothing readable.

    It is a number of seconds, or a date in one of the forms of RFC 9110.

    >>> from datetime import datetime
    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    >>> retry_after("soon", datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text) if len(text) < 10 else math.inf  # noqa: PLR2004 - thirty years is for ever
        return seconds if math.isfinite(seconds) else None
    try:
        due = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, (due if due.tzinfo else due.replace(tzinfo=UTC)).timestamp() - now.timestamp())
