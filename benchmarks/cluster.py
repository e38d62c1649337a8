"""Measures the same tasks here and on a Dask cluster; writes docs/speed.md: ``cluster.py [YEARS] [ROWS]``.

The tasks are those of ``monazite measure``: years in the form of BACI (11 million rows, see
baci_shaped.py), loaded into a store. The cluster is a scheduler and a worker process for each
processor, all on this machine, started before the clock. Each run is a process of its own and counts
whole: imports, connecting, looking at the workers, the work. The two take turns; the least counts. The
files must be the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from baci_shaped import ROWS
from loading import made
from measure import MONAZITE, Target, cost, machine, promises, write

from monazite.store.engine import cores

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS, TURNS = 6, 3
TIMES_LOCAL = 1.3
HERE, THERE = "threads of one process", "a cluster, one worker a processor"
RUN = """
import sys
from pathlib import Path
from monazite.store.home import Store
from monazite.studies.measure.everything import measure_all
measure_all(Store(Path(sys.argv[1])), folder=Path(sys.argv[2]), cluster=sys.argv[3] or None)
"""


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler and its workers; the scheduler's address."""
    told = folder / "scheduler.json"
    local = ("--scheduler-file", str(told), "--no-dashboard")
    workers = ("--nworkers", str(cores()), "--nthreads", "1", "--local-directory", str(folder))
    commands = (("scheduler", "--host", "127.0.0.1"), ("worker", *workers))
    started = []
    try:
        for name, *options in commands:
            command = (sys.executable, "-m", f"distributed.cli.dask_{name}", *local, *options)
            started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            while not told.exists():
                time.sleep(0.05)
        yield ready(told)
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()


def ready(told: Path) -> str:
    """Wait for the workers."""
    from distributed import Client  # noqa: PLC0415 - the parent process stays small, see benchmarks/README.md

    with Client(scheduler_file=str(told), set_as_default=False) as client:
        client.wait_for_workers(cores(), timeout=60)
        return str(client.scheduler_info()["address"])


def run(store: Path, folder: Path, address: str) -> float:
    """Seconds of one run into a new folder."""
    return cost((sys.executable, "-c", RUN, str(store), str(folder), address)).wall_s


def written(folder: Path) -> dict[str, bytes]:
    """The bytes of each file."""
    return {one.name: one.read_bytes() for one in sorted(folder.glob("*.parquet"))}


def measured(years: int, rows: int) -> dict[str, float]:
    """Seconds here and there."""
    least = dict.fromkeys((HERE, THERE), float("inf"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "store"
        subprocess.run((*MONAZITE, "load", "--store", str(store), *made(folder, years, rows)), check=True)
        with cluster(folder) as address:
            for turn in range(TURNS):
                for what, where in ((HERE, ""), (THERE, address)):
                    least[what] = min(least[what], run(store, folder / f"{turn}-{bool(where)}", where))
                if written(folder / f"{turn}-False") != written(folder / f"{turn}-True"):
                    sys.exit("the cluster wrote other bytes")
    return least


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    years, rows = (*map(int, sys.argv[1:3]), *(YEARS, ROWS)[len(sys.argv) - 1 :])
    least = measured(years, rows)
    times = least[THERE] / least[HERE]
    target = Target(f"{years} years on a cluster, in times of the local run", TIMES_LOCAL, times, "×")
    lines = [
        f"Measured on {machine()}; {years} years of {rows:,} rows; least of {TURNS} turns; same bytes.",
        "",
    ]
    lines += [*promises([target]), "", "| where | wall |", "| --- | ---: |"]
    lines += [f"| {what} | {seconds:.1f} s |" for what, seconds in least.items()]
    told = "\n".join(lines)
    print(told)
    write("cluster.py", told)
    return 0 if target.met else 1


if __name__ == "__main__":
    sys.exit(main())
