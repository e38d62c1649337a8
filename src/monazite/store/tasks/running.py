"""Running tasks: in threads of this process, or on a Dask cluster; the results are the same."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING, Protocol, TypeVar

from monazite.store.tasks.local import threads
from monazite.store.tasks.storage import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

T = TypeVar("T")
R = TypeVar("R")
LOOK_S = 0.5


class Pool(Protocol):
    """Something that carries tasks out."""

    def submit(self, work: Callable[[T], R], task: T) -> Future[R]:
        """Hand out a task."""

    def look(self) -> None:
        """Raise if no task can end any more."""


def run(
    work: Callable[[T], R],
    tasks: Iterable[T],
    *,
    workers: int | None = None,
    cluster: str | None = None,
    done: Callable[[R], None] | None = None,
) -> list[R]:
    """Carry out tasks and give what became of them, in their order.

    The first error ends the run: what is under way is interrupted and what waits is not begun. The
    same holds for Ctrl-C. Tasks that had ended by then stay done.

    Parameters
    ----------
    work
        A function of a module, which a worker elsewhere can import.
    tasks
        Frozen dataclasses that can be pickled. Those with ``reads`` and ``target`` read files and write
        one: their folders are held by this run alone.
    workers
        How many tasks at a time here; as many as there are processors unless said otherwise.
    cluster
        Address of a Dask scheduler, ``tcp://host:8786``; its workers carry the tasks out instead.
    done
        Called with each result as it comes, in the order of their ends.

    Raises
    ------
    StoreError
        If another run writes to a folder of the tasks.
    OutputError
        If such a folder cannot be made or written.
    ClusterError
        If the scheduler cannot be reached, a worker lacks something, or nobody is left to do the work.
    """
    given = list(tasks)
    with held(given), _pool(given, workers, cluster) as pool:
        return _collected(pool, work, given, done or (lambda _: None))


def _pool(tasks: Sequence[object], workers: int | None, cluster: str | None) -> AbstractContextManager[Pool]:
    """Who carries the tasks out."""
    if cluster is None:
        return threads(workers)
    from monazite.store.tasks.cluster import workers_of  # noqa: PLC0415 - only who has a cluster pays for it

    return workers_of(cluster, tasks)


def _collected(pool: Pool, work: Callable[[T], R], tasks: Sequence[T], done: Callable[[R], None]) -> list[R]:
    """Hand out every task, take each result as it comes."""
    futures = [pool.submit(work, task) for task in tasks]
    waiting = set(futures)
    while waiting:
        ended, waiting = wait(waiting, LOOK_S, FIRST_COMPLETED)
        for future in ended:
            done(future.result())
        if not ended:
            pool.look()
    return [future.result() for future in futures]
