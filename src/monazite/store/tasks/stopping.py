"""Stopping what runs in other threads: each registers how it is interrupted while it works."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Stop:
    """The interrupts of the work one run has under way."""

    def __init__(self) -> None:
        """Nothing is under way yet."""
        self._lock = threading.Lock()
        self._under_way: set[Callable[[], None]] = set()

    def interrupt(self) -> None:
        """Interrupt everything under way."""
        with self._lock:
            for interrupt in self._under_way:
                interrupt()

    @contextmanager
    def watching(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Say how the work inside is interrupted."""
        with self._lock:
            self._under_way.add(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._under_way.discard(interrupt)


STOP: ContextVar[Stop] = ContextVar("STOP", default=Stop())  # noqa: B039 - the one of work nobody stops
"""The stop of the run whose thread this is."""
