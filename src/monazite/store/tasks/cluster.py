"""Tasks on a Dask cluster that somebody runs: its scheduler hands them out, workers carry them out.

A worker that dies changes nothing: the scheduler gives its tasks to another, and a file is written
whole or not at all. What ends the run is an error of a task, or that nobody is left to do the work.
"""

from __future__ import annotations

import time
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from monazite.errors import ClusterError, UsageError
from monazite.store.tasks.ground import SAME, attempt, lacking, laid
from monazite.store.tasks.scheduler import connected, plain
from monazite.store.tasks.storage import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from distributed import Client

    from monazite.store.tasks.ground import Ground

T = TypeVar("T")
R = TypeVar("R")
PATIENCE_S = 60.0
"""How long a run waits while there is no worker at all."""


class Workers:
    """The workers of a cluster, and the tasks of this run they have."""

    def __init__(self, client: Client, address: str, ground: Ground) -> None:
        """Take the connection, and what workers must have."""
        self._client, self._address, self._ground = client, address, ground
        self._executor: Executor = client.get_executor(pure=False)
        self._seen_s = time.monotonic()

    def submit(self, work: Callable[[T], R], task: T) -> Future[R]:
        """Hand out a task."""
        return self._executor.submit(attempt, work, task, self._ground)

    def look(self) -> None:
        """Raise if there has been no worker for too long.

        Raises
        ------
        ClusterError
            If so; the scheduler would wait for ever.
        """
        if self._client.scheduler_info()["workers"]:
            self._seen_s = time.monotonic()
        elif time.monotonic() - self._seen_s > PATIENCE_S:
            raise ClusterError(_deserted(self._address))

    def end(self) -> None:
        """Take back what is not done."""
        with suppress(OSError, RuntimeError):  # of a scheduler that is gone
            self._executor.shutdown(wait=False)


@contextmanager
def workers_of(address: str, tasks: Sequence[object]) -> Iterator[Workers]:
    """Connect to a cluster and look whether its workers can do the tasks.

    Raises
    ------
    UsageError
        If it is no address, or Dask is not installed.
    ClusterError
        If the scheduler does not answer or is lost, there is no worker, one lacks something, or a task
        ends every worker that tries it.
    """
    scheduler = plain(address)
    try:
        from distributed import KilledWorker  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        told = "a cluster needs Dask, which is not installed; pip install 'monazite[cluster]'"
        raise UsageError(told) from error
    with connected(scheduler) as client, laid(tasks) as ground:
        _check(client, scheduler, ground, tasks)
        workers = Workers(client, scheduler, ground)
        try:
            yield workers
        except CancelledError as error:
            told = (
                f"the scheduler at {scheduler} is lost. What is done stays done; run again when it is back."
            )
            raise ClusterError(told) from error
        except KilledWorker as error:
            times, last = error.allowed_failures + 1, error.last_worker.address
            told = f"{times} workers died of the same task, the last at {last}. Have they enough memory?"
            raise ClusterError(told) from error
        finally:
            workers.end()


def _check(client: Client, scheduler: str, ground: Ground, tasks: Sequence[object]) -> None:
    """Wait for a worker; refuse where one lacks something."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE_S)
    except TimeoutError as error:
        raise ClusterError(_deserted(scheduler)) from error
    reads = sorted({file for task in tasks if isinstance(task, Stored) for file in task.reads})
    for worker, lacks in sorted(client.run(lacking, ground, reads, on_error="return").items()):
        if isinstance(lacks, Exception):
            told = f"worker {worker} has another monazite or none: {lacks}. {SAME}"
            raise ClusterError(told) from lacks
        if lacks:
            raise ClusterError(f"worker {worker} {lacks}")


def _deserted(scheduler: str) -> str:
    """What to say where nobody works."""
    return (
        f"the scheduler at {scheduler} has had no worker for {PATIENCE_S:g} s. What is done stays done; start"
        f" some (dask worker {scheduler}) and run again."
    )
