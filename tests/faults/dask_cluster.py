"""A Dask cluster of processes on this machine: a scheduler, and workers that can be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PYTHON = (sys.executable, "-W", "ignore", "-m")
START_S = 30


class DaskCluster:
    """A scheduler and its workers, each a process."""

    def __init__(
        self, folder: Path, host: str = "127.0.0.1", under: Sequence[str] = (), **settings: str
    ) -> None:
        """Start the scheduler, under another command if one is given; ``settings`` are environment."""
        self.folder, self.workers = folder, list[subprocess.Popen[bytes]]()
        self.address = f"tcp://{host}:{free_port()}"
        told = ("--host", host, "--port", self.address.rpartition(":")[2], "--no-dashboard")
        self.scheduler = self._started(
            "scheduler", (*under, *PYTHON, "distributed.cli.dask_scheduler", *told), settings
        )

    def worker(self, *, under: Sequence[str] = (), **settings: str) -> subprocess.Popen[bytes]:
        """Start a worker of one thread, in a process that nobody looks after."""
        name = f"worker-{len(self.workers)}"
        told = (self.address, "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        command = (
            *under,
            *PYTHON,
            "distributed.cli.dask_worker",
            *told,
            "--local-directory",
            str(self.folder / name),
        )
        self.workers.append(self._started(name, command, settings))
        return self.workers[-1]

    def _started(
        self, name: str, command: Sequence[str], settings: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        """Start a process; what it tells goes to a file."""
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **settings})

    def ready(self, workers: int) -> Self:
        """Wait until the scheduler knows so many workers."""
        from distributed import Client  # noqa: PLC0415 - only these tests pay for it

        until = time.monotonic() + START_S
        while not listens(self.address):
            assert self.scheduler.poll() is None, (self.folder / "scheduler.log").read_text()
            assert time.monotonic() < until, "the scheduler does not start"
            time.sleep(0.02)
        with Client(self.address, set_as_default=False) as client:
            while len(client.scheduler_info()["workers"]) != workers:
                assert time.monotonic() < until, f"there are not {workers} workers"
                time.sleep(0.02)
        return self

    def end(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker."""
        worker.kill()
        worker.wait()

    def close(self) -> None:
        """Kill every process."""
        for one in (*self.workers, self.scheduler):
            self.end(one)


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def listens(address: str) -> bool:
    """Whether somebody listens there."""
    host, _, port = address.rpartition("//")[2].rpartition(":")
    try:
        socket.create_connection((host, int(port)), 1).close()
    except OSError:
        return False
    return True
