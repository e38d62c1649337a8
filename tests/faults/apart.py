"""A cluster whose machines are apart: each process in a network of its own, joined by a bridge.

Run as a script in a network and mounts of its own it prints what became of the runs as one JSON object::

    unshare --map-root-user --net --mount-proc --fork --kill-child --pid python -m tests.faults.apart FOLDER

Nothing of the machine's own network is touched, and all of it ends with the script.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.faults.dask_cluster import DaskCluster
from tests.faults.test_cluster import left_behind, tasks, when_writing

from monazite.errors import MonaziteError
from monazite.store.tasks import run, select_to_parquet

NET = "10.83.0.{}"
NOWHERE = f"tcp://{NET.format(99)}:8786"
IN_A_NET = """
until ip address add {address}/24 dev eth0 2>/dev/null; do sleep 0.02; done
ip link set eth0 up; ip link set lo up; {first}
exec "$@"
"""


def ip(*arguments: str) -> None:
    """Change the network of this process."""
    subprocess.run(("ip", *arguments), check=True)  # noqa: S607 - wherever the system has it


def apart(number: int, first: str = "true") -> tuple[str, ...]:
    """The command under which a process has a network and mounts of its own; it waits to be plugged in."""
    return (
        "unshare",
        "--net",
        "--mount",
        "sh",
        "-c",
        IN_A_NET.format(address=NET.format(number), first=first),
        "sh",
    )


def plug(process: subprocess.Popen[bytes], number: int) -> None:
    """Join the network of a process to the bridge."""
    mine, until = Path("/proc/self/ns/net").readlink(), time.monotonic() + 10
    while Path(f"/proc/{process.pid}/ns/net").readlink() == mine:
        assert time.monotonic() < until, "the process has no network of its own"
        time.sleep(0.01)
    ip("link", "add", f"v{number}", "type", "veth", "peer", "name", "eth0", "netns", str(process.pid))
    ip("link", "set", f"v{number}", "master", "bridge", "up")


class Apart:
    """The cluster, and runs on it."""

    def __init__(self, folder: Path) -> None:
        """Start a scheduler and two workers, each on a machine of its own."""
        ip("link", "set", "lo", "up")
        ip("link", "add", "bridge", "type", "bridge")
        ip("address", "add", f"{NET.format(1)}/24", "dev", "bridge")
        ip("link", "set", "bridge", "up")
        self.folder, self.plugged = folder, 2
        # How soon a scheduler gives up a worker that does not answer; never before five seconds.
        self.cluster = DaskCluster(
            folder, NET.format(2), apart(2), DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="1s"
        )
        plug(self.cluster.scheduler, 2)
        for _ in range(2):
            self.worker()
        self.cluster.ready(2)

    def worker(self, first: str = "true") -> int:
        """Start one more worker on a machine of its own; its number."""
        self.plugged += 1
        plug(self.cluster.worker(under=apart(self.plugged, first)), self.plugged)
        return self.plugged

    def run(self, name: str, address: str = "") -> dict[str, Any]:
        """What becomes of a run: its digests or its error, and what is left behind."""
        folder, told = self.folder / name, dict[str, Any]()
        begun = time.monotonic()
        try:
            found = run(select_to_parquet, tasks(folder), cluster=address or self.cluster.address)
            told["digests"] = [one.digest for one in found]
        except MonaziteError as error:
            told["error"] = [type(error).__name__, str(error)]
        return {**told, "left": left_behind(folder), "seconds": time.monotonic() - begun}


def main() -> None:
    """Run on the cluster: with all well, a machine cut off, storage that is not shared, no way there."""
    folder, full = Path(sys.argv[1]), os.environ.get("MONAZITE_STRESS") == "full"
    machines = Apart(folder)
    told = {"well": machines.run("well")}
    if full:
        told["nowhere"] = machines.run("nowhere", address=NOWHERE)
        told["cut"] = cut_off(machines, folder / "cut")
    (folder / "hidden").mkdir()
    machines.worker(f"mount -t tmpfs none {folder / 'hidden'}")
    machines.cluster.ready(3)
    told["hidden"] = machines.run("hidden")
    sys.stdout.write(json.dumps(told))


def cut_off(machines: Apart, folder: Path) -> dict[str, Any]:
    """What becomes of a run when the network of a third worker is gone while all three write."""
    number = machines.worker()
    machines.cluster.ready(3)
    with when_writing(folder, 3, lambda: ip("link", "delete", f"v{number}")):
        told = machines.run(folder.name)
    machines.cluster.ready(2)
    return told


if __name__ == "__main__":
    main()
