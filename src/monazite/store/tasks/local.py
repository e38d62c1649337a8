"""Tasks in threads of this process.

Threads, not processes: the engine leaves Python's lock while it works, so two one-thread engines in two
threads keep two processors busy; nothing is imported or held in memory twice, nothing must be started
anew on any system, and an interrupt reaches a query at once. A process that dies takes its threads
along, and the next run passes over what is done.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from monazite.store.engine import cores
from monazite.store.tasks.stopping import STOP, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")
_AGAIN_S = 0.05


class Threads:
    """Threads, each with one task at a time."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        """Take the pool."""
        self._pool = pool
        self.given: list[Future[Any]] = []

    def submit(self, work: Callable[[T], R], task: T) -> Future[R]:
        """Hand out a task."""
        future = self._pool.submit(work, task)
        self.given.append(future)
        return future

    def look(self) -> None:
        """Threads need no looking after."""


@contextmanager
def threads(workers: int | None = None) -> Iterator[Threads]:
    """So many threads, as many as there are processors unless said otherwise.

    Where the run fails, what waits is not begun and what is under way is interrupted.
    """
    stop = Stop()
    with ThreadPoolExecutor(workers or cores(), initializer=STOP.set, initargs=(stop,)) as pool:
        here = Threads(pool)
        try:
            yield here
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while waiting := [one for one in here.given if not one.done()]:
                stop.interrupt()  # again and again: one that falls between two statements is lost
                wait(waiting, _AGAIN_S)
            raise
