"""A writer that dies or is refused at a chosen step: its steps are wrapped here, not in monazite.

Run as a script it reads one order a line from its input, forks, and has the child carry it out; what
it imports is imported once, so that a child costs milliseconds. An order is a JSON object::

    {"store": folder, "files": [[source, path], ...], "joined": true,      what to do
     "at": step, "time": 2, "after": false, "do": "kill"}                  and where it goes wrong

``do`` is ``kill``; ``size:N`` (no file may grow beyond N bytes from then on); ``fill:N`` (all but N
bytes of the disk are taken); ``errno:N`` (the step itself fails). Without ``at`` and with ``kill_s``
the child is killed after so many seconds. With ``tmpfs`` the store's folder is a disk of so many
bytes in memory, with ``read_only`` one that cannot be written. The answer is a JSON object too: what
was acknowledged, the error, the steps that were taken, whether it was killed.
"""

from __future__ import annotations

import ctypes
import functools
import inspect
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import deltalake
import duckdb  # noqa: F401 - imported once, before the forks

from monazite.errors import MonaziteError
from monazite.sources import load, source_named
from monazite.sources.baci.rows import places
from monazite.store import compact, delta, snapshots, staging
from monazite.store.home import Store

if TYPE_CHECKING:
    from collections.abc import Callable

Order = dict[str, Any]
MODULES = (delta, snapshots, compact, load)
CLASSES = (Store, staging.Stage)
SYSTEM: tuple[tuple[Any, str], ...] = (
    (deltalake.DeltaTable, "create"),
    (deltalake.DeltaTable, "create_write_transaction"),
    (os, "fsync"),
    (os, "mkdir"),
    (os, "rmdir"),
    (os, "unlink"),
    (os, "replace"),
    (Path, "mkdir"),
    (Path, "replace"),
    (Path, "unlink"),
    (shutil, "rmtree"),
    (tempfile, "mkdtemp"),
)


def steps() -> list[tuple[Any, str]]:
    """Every step in which something may be written, moved or removed: the store's own, and the system's."""
    own = [
        (owner, name)
        for owner in (*MODULES, *CLASSES)
        for name, held in vars(owner).items()
        if inspect.isfunction(held) and not name.startswith("__") and held.__module__.startswith("monazite")
    ]
    return [*own, *SYSTEM]


_NEW_MOUNTS, _PRIVATE, _READ_ONLY = 0x00020000, 0x4000 | 0x40000, 0x1 | 0x20


class Steps:
    """Counts the steps that are taken, and does harm at the chosen one."""

    def __init__(self, order: Order) -> None:
        """Wrap every step."""
        self.order, self.taken = order, Counter[str]()
        for owner, name in steps():
            setattr(owner, name, self._wrapped(f"{owner.__name__}.{name}", getattr(owner, name)))

    def _wrapped(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A step that is counted before it is taken."""

        @functools.wraps(function)
        def wrapped(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any function
            self.taken[step] += 1
            here = (self.order.get("at"), self.order.get("time", 1)) == (step, self.taken[step])
            if here and not self.order.get("after"):
                self._harm()
            try:
                return function(*given, **named)
            finally:
                if here and self.order.get("after"):
                    self._harm()

        return wrapped

    def _harm(self) -> None:
        """What the order says."""
        what, _, number = self.order["do"].partition(":")
        if what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()
        if what == "errno":
            raise OSError(int(number), os.strerror(int(number)))
        if what == "size":
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(number), int(number)))
        if what == "fill":
            filled(Path(self.order["store"]).parent, int(number))


def filled(folder: Path, left: int) -> None:
    """Take all but so many bytes of a disk."""
    free = os.statvfs(folder)
    with (folder / "filling").open("wb") as file:
        file.write(b"x" * max(free.f_bavail * free.f_frsize - left, 0))


def mounted(folder: Path, size: int, *, read_only: bool) -> None:
    """A disk in memory, for this process alone, with what is in the folder."""
    system = ctypes.CDLL(None, use_errno=True)
    kept = Path(tempfile.mkdtemp())
    shutil.copytree(folder, kept, dirs_exist_ok=True)
    steps: tuple[Callable[[], int], ...] = (
        lambda: system.unshare(_NEW_MOUNTS),
        lambda: system.mount(b"none", b"/", None, _PRIVATE, None),
        lambda: system.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, f"size={size}".encode()),
    )
    for step in steps:
        if step():
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    shutil.rmtree(kept)
    if read_only:
        system.mount(b"tmpfs", bytes(folder), b"tmpfs", _READ_ONLY, None)


def carried_out(order: Order, tell: Callable[[str, Any], None]) -> None:
    """Load the files, each acknowledged when it is loaded, and join small ones if that is asked for."""
    store = Store(Path(order["store"]))
    if size := order.get("tmpfs"):
        mounted(store.folder.parent, size, read_only=order.get("read_only", False))
    taken = Steps(order)
    try:
        for name, path, *edition in order.get("files", ()):
            with store.writing() as scratch:
                source = source_named(name)
                done = load.load(
                    store,
                    Path(path),
                    source,
                    again=order.get("again", False),
                    scratch=scratch,
                    as_of="".join(edition),
                )
            tell("loaded", [Path(path).name, done.already])
        if order.get("joined"):
            for table in store.tables():
                with store.writing() as scratch:
                    compact.compact(store, table, scratch)
            tell("joined", "small files")
    except MonaziteError as error:
        tell("error", [type(error).__name__, str(error)])
    except Exception as error:  # noqa: BLE001 - the answer says what it was
        tell("crash", f"{type(error).__name__}: {error}")
    tell("steps", taken.taken)
    if size and order.get("kept"):
        shutil.copytree(store.folder, order["kept"])


def child(order: Order, answers: int) -> None:
    """Carry out one order and end; a reader that takes no end is ended by the system."""
    resource.setrlimit(resource.RLIMIT_CPU, (order.get("cpu_s", 600),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def tell(kind: str, what: Any) -> None:  # noqa: ANN401 - anything JSON holds
        os.write(answers, (json.dumps([kind, what]) + "\n").encode())

    try:
        carried_out(order, tell)
        tell("ended", "well")
    finally:
        os._exit(0)


def answered(order: Order) -> Order:
    """Fork a child for an order; what it told, and how it ended."""
    begun = time.monotonic()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        child(order, writing)
    os.close(writing)
    killer = threading.Timer(order.get("kill_s", 3600), os.kill, (pid, signal.SIGKILL))
    killer.start()
    with os.fdopen(reading) as told:
        lines = [json.loads(line) for line in told if line.endswith("\n")]
    killer.cancel()
    killer.join()  # the child is dead and not yet waited for: its number is not another's
    _, status, used = os.wait4(pid, 0)
    answer: Order = {
        "loaded": [],
        "killed": os.WIFSIGNALED(status),
        "seconds": time.monotonic() - begun,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }
    for kind, what in lines:
        if kind == "loaded":
            answer["loaded"].append(what)
        else:
            answer[kind] = what
    return answer


def main() -> None:
    """Answer one order a line."""
    places()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answered(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
