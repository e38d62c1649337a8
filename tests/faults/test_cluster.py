"""A Dask cluster of processes: the same bytes as here, whoever dies; a plain error where none can work."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.faults.dask_cluster import DaskCluster, free_port

from monazite.errors import ClusterError, StoreError, UsageError
from monazite.store.tasks import Select, cluster, run, select_to_parquet

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from monazite.store.tasks import Done

ROOT = Path(__file__).resolve().parents[2]
SLOW = """
SELECT i % 1000 AS k, count(*) AS n, sum(hash(i + {}) % 1000)::DECIMAL(38,0) AS s
FROM range({}) t(i) GROUP BY ALL ORDER BY ALL
"""
ROWS = 6_000_000


def tasks(folder: Path, count: int = 6, rows: int = ROWS) -> list[Select]:
    """Tasks that keep a processor busy for some tenths of a second each, over a file of one row."""
    source = folder.parent / "source.parquet"
    if not source.exists():
        select_to_parquet(Select("source", "SELECT 1 AS one", (), str(source)))
    views = (("source", (str(source),)),)
    return [Select(str(n), SLOW.format(n, rows), views, str(folder / f"{n}.parquet")) for n in range(count)]


def digests(done: list[Done]) -> list[str]:
    """What was written, in the order of the tasks."""
    return [one.digest for one in done]


def left_behind(folder: Path) -> list[str]:
    """What is in a folder beside files, their notes, and the lock."""
    whole = {name for one in folder.glob("*.parquet") for name in (one.name, f"{one.name}.json")}
    return sorted({one.name for one in folder.iterdir()} - whole - {"writer.lock"})


def parts(folder: Path, count: int) -> None:
    """Wait until so many files are being written."""
    until = time.monotonic() + 20
    while len(list(folder.glob(".*.part"))) < count:
        assert time.monotonic() < until, "nobody writes"
        time.sleep(0.005)


@contextmanager
def when_writing(folder: Path, count: int, harm: Callable[[], None]) -> Iterator[None]:
    """Do harm as soon as so many files are being written."""

    def watch() -> None:
        parts(folder, count)
        harm()

    with ThreadPoolExecutor(1) as thread:
        harmed = thread.submit(watch)
        yield
        harmed.result()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What threads of this process write."""
    return digests(run(select_to_parquet, tasks(tmp_path_factory.mktemp("here") / "out")))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler and two workers, which nobody kills."""
    both = DaskCluster(tmp_path_factory.mktemp("two"))
    try:
        both.worker()
        both.worker()
        yield both.ready(2)
    finally:
        both.close()


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers, for a test that kills."""
    (tmp_path / "doomed").mkdir()
    one = DaskCluster(tmp_path / "doomed")
    try:
        yield one
    finally:
        one.close()


def test_a_cluster_writes_the_same_bytes(two: DaskCluster, here: list[str], tmp_path: Path) -> None:
    heard: list[Done] = []
    done = run(select_to_parquet, tasks(tmp_path / "out"), cluster=two.address, done=heard.append)
    assert digests(done) == here
    assert sorted(heard, key=lambda one: one.key) == done
    assert left_behind(tmp_path / "out") == []
    again = run(select_to_parquet, tasks(tmp_path / "out"), cluster=two.address)
    assert all(one.already for one in again)
    assert all(one.already for one in run(select_to_parquet, tasks(tmp_path / "out")))


def test_a_worker_killed_in_mid_run_changes_nothing(
    two: DaskCluster, here: list[str], tmp_path: Path,
    many: Callable[[int, int], int], counts: Counter[str],
) -> None:  # fmt: skip
    for time_ in range(many(1, 20)):
        victim, folder = two.worker(), tmp_path / f"out-{time_}"
        two.ready(3)

        with when_writing(folder, 3, partial(two.end, victim)):
            done = run(select_to_parquet, tasks(folder), cluster=two.address)
        assert victim.poll() == -signal.SIGKILL
        assert digests(done) == here
        assert left_behind(folder) == []
        counts["workers killed"] += 1


def test_no_worker_at_all_ends_the_run(
    doomed: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_S", 0.5)
    doomed.ready(0)
    with pytest.raises(ClusterError, match=rf"{doomed.address} has had no worker for 0\.5 s"):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=doomed.address)
    assert left_behind(tmp_path / "out") == []


@pytest.mark.parametrize("who", ["the last worker", "the scheduler"])
def test_nobody_left_ends_the_run_and_the_next_one_goes_on(
    who: str, doomed: DaskCluster, tmp_path: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    doomed.worker()
    doomed.ready(1)

    def kill(_: Done) -> None:
        parts(tmp_path / "out", 1)
        doomed.end(doomed.workers[0] if who == "the last worker" else doomed.scheduler)
        monkeypatch.setattr(cluster, "PATIENCE_S", 0.5)

    told = {"the last worker": "has had no worker for 0.5 s", "the scheduler": "is lost. What is done stays"}
    with pytest.raises(ClusterError, match=rf"the scheduler at {doomed.address} {told[who]}"):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=doomed.address, done=kill)
    assert [name for name in left_behind(tmp_path / "out") if who == "the last worker"] == []
    done = run(select_to_parquet, tasks(tmp_path / "out"))
    assert done[0].already
    assert digests(done) == here
    doomed.close()
    assert left_behind(tmp_path / "out") == []


def test_a_task_that_ends_every_worker_ends_the_run(doomed: DaskCluster, tmp_path: Path) -> None:
    tasks(tmp_path / "out")
    for _ in range(4):
        doomed.worker()
    doomed.ready(4)
    with pytest.raises(ClusterError, match=r"4 workers died of the same task, the last at tcp://.*memory"):
        run(os._exit, [1], cluster=doomed.address)


def test_an_error_of_a_task_comes_back_as_it_is(two: DaskCluster, tmp_path: Path) -> None:
    (task,) = tasks(tmp_path / "out", 1)
    with pytest.raises(StoreError, match=r"(?s)^0: .*nothing.*in: SELECT nothing"):
        run(select_to_parquet, [replace(task, sql="SELECT nothing")], cluster=two.address)


# ── a worker that cannot do the work ──────────────────────────────────────────────────────────


def package(folder: Path, name: str, version: str) -> str:
    """A folder in which a package seems to have another version."""
    told = folder / f"{name}-{version}.dist-info" / "METADATA"
    told.parent.mkdir(parents=True)
    told.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return str(folder)


@pytest.fixture
def stranger(two: DaskCluster) -> Iterator[Callable[[str], None]]:
    """Starts a third worker, which imports from a folder first."""
    started = []

    def start(path: str) -> None:
        paths = (path, *filter(None, [os.environ.get("PYTHONPATH")]))
        started.append(two.worker(PYTHONPATH=os.pathsep.join(paths)))
        two.ready(3)

    yield start
    for one in started:
        two.end(one)
    two.ready(2)


@pytest.mark.parametrize("name", ["duckdb", "monazite"])
def test_a_worker_with_another_version_is_named(
    name: str, two: DaskCluster, stranger: Callable[[str], None], tmp_path: Path
) -> None:
    stranger(package(tmp_path / "strange", name, "0.0.7"))
    with pytest.raises(
        ClusterError, match=rf"worker tcp://\S+ has {name} 0\.0\.7.*, the run \d.*the same on both"
    ):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=two.address)
    assert left_behind(tmp_path / "out") == []


def test_a_worker_with_another_copy_of_the_same_version_is_named(
    two: DaskCluster, stranger: Callable[[str], None], tmp_path: Path
) -> None:
    copy = shutil.copytree(ROOT / "src" / "monazite", tmp_path / "strange" / "monazite")
    with (copy / "store" / "engine.py").open("a") as file:
        file.write("# changed\n")
    stranger(str(copy.parent))
    same = rf"{re.escape(metadata.version('monazite'))} \([0-9a-f]{{8}}\)"
    with pytest.raises(
        ClusterError, match=rf"worker tcp://\S+ has monazite {same}, the run {same}\. Install"
    ):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=two.address)


def test_a_worker_without_monazite_is_named(
    two: DaskCluster, stranger: Callable[[str], None], tmp_path: Path
) -> None:
    (tmp_path / "strange" / "monazite").mkdir(parents=True)
    (tmp_path / "strange" / "monazite" / "__init__.py").touch()
    stranger(str(tmp_path / "strange"))
    with pytest.raises(
        ClusterError, match=r"worker tcp://\S+ has another monazite or none: .*No module named 'monazite"
    ):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=two.address)


def test_a_worker_that_comes_late_is_looked_at_before_it_works(
    two: DaskCluster, stranger: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger(package(tmp_path / "strange", "duckdb", "0.0.7"))
    monkeypatch.setattr(cluster, "_check", lambda *_: None)
    with pytest.raises(ClusterError, match=r"worker tcp://\S+ has duckdb 0\.0\.7"):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=two.address)


# ── machines that are apart ───────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def apart(unshare: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What became of runs on a cluster whose processes have a network each; see apart.py."""
    folder = str(tmp_path_factory.mktemp("apart"))
    alone = (str(unshare), "--map-root-user", "--net", "--mount-proc", "--fork", "--kill-child", "--pid")
    command = (*alone, sys.executable, "-W", "error", "-m", "tests.faults.apart", folder)
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))


def test_machines_that_are_apart_write_the_same_bytes(
    apart: dict[str, dict[str, Any]], here: list[str]
) -> None:
    assert apart["well"]["digests"] == here
    assert apart["well"]["left"] == []


def test_a_worker_that_does_not_see_the_storage_is_named(apart: dict[str, dict[str, Any]]) -> None:
    kind, told = apart["hidden"]["error"]
    assert kind == "ClusterError"
    assert re.match(r"worker tcp://10\.\S+ does not see the folder \S+/hidden of the run\.", told)
    assert "on storage that all of them share" in told
    assert apart["hidden"]["left"] == []


def test_a_machine_cut_off_in_mid_run_changes_nothing(
    apart: dict[str, dict[str, Any]], here: list[str], many: Callable[[int, int], int]
) -> None:
    if many(0, 1):
        assert apart["cut"]["digests"] == here
        assert apart["cut"]["left"] == []
        assert re.match(r"no scheduler at tcp://10\S+: \w", apart["nowhere"]["error"][1])


# ── no cluster ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["tcp://me:word@127.0.0.1:{}", "127.0.0.1:{}", "tls://127.0.0.1:{}"])
def test_a_scheduler_that_is_not_there_is_told_at_once(address: str, tmp_path: Path) -> None:
    begun, port = time.monotonic(), free_port()
    with pytest.raises(
        ClusterError, match=rf"no scheduler at t\S+127\.0\.0\.1:{port}: Connection refused"
    ) as caught:
        run(select_to_parquet, tasks(tmp_path / "out"), cluster=address.format(port))
    assert time.monotonic() - begun < 3
    assert "word" not in str(caught.value)


def test_what_is_no_scheduler_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=answer, args=(server,), daemon=True)
        answering.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ClusterError, match=r"does not answer as a Dask scheduler does\. Give the"):
            run(select_to_parquet, tasks(tmp_path / "out"), cluster=address)
        answering.join()


def answer(server: socket.socket) -> None:
    """Answer two callers as a web server may."""
    for _ in range(2):
        caller, _ = server.accept()
        with caller:
            caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_without_dask_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'monazite\[cluster\]'"):
        run(select_to_parquet, tasks(tmp_path / "out"), cluster="tcp://127.0.0.1:1")
    assert len(run(select_to_parquet, tasks(tmp_path / "out", 1))) == 1


# ── interrupted and killed ────────────────────────────────────────────────────────────────────

RUN = """
import sys
from pathlib import Path
from monazite.store.tasks import run, select_to_parquet
from tests.faults.test_cluster import ROWS, tasks
given = tasks(Path(sys.argv[1]), 4) + tasks(Path(sys.argv[1]), 8, 1000 * ROWS)[4:]
run(select_to_parquet, given, cluster=sys.argv[2] or None, done=lambda _: print("one", flush=True))
"""


def begun(folder: Path, address: str = "") -> subprocess.Popen[str]:
    """A run in a process of its own, when it has done the short tasks and has the long ones under way."""
    command = [sys.executable, "-W", "error", "-c", RUN, str(folder), address]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout
    assert [process.stdout.readline() for _ in range(4)] == ["one\n"] * 4
    parts(folder, 2)
    return process


def test_ctrl_c_stops_at_once_and_leaves_nothing_half(tmp_path: Path, here: list[str]) -> None:
    process = begun(tmp_path / "out")
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert time.monotonic() - asked < 5
    assert told.rstrip().endswith("KeyboardInterrupt")
    assert left_behind(tmp_path / "out") == []
    assert sorted(one.name for one in (tmp_path / "out").glob("*.parquet")) == [
        f"{n}.parquet" for n in range(4)
    ]
    again = run(select_to_parquet, tasks(tmp_path / "out"))
    assert [one.already for one in again] == [True] * 4 + [False] * 2
    assert digests(again) == here


def test_ctrl_c_leaves_the_cluster_and_frees_the_folder(
    doomed: DaskCluster, tmp_path: Path, here: list[str]
) -> None:
    doomed.worker()
    doomed.worker()
    process = begun(tmp_path / "out", doomed.ready(2).address)
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert time.monotonic() - asked < 10
    assert told.rstrip().endswith("KeyboardInterrupt")
    assert left_behind(tmp_path / "out") == []
    assert digests(run(select_to_parquet, tasks(tmp_path / "out"))) == here


def test_a_killed_run_is_gone_on_with(tmp_path: Path, here: list[str]) -> None:
    process = begun(tmp_path / "out")
    process.kill()
    process.communicate()
    assert len(left_behind(tmp_path / "out")) == 2
    again = run(select_to_parquet, tasks(tmp_path / "out"))
    assert [one.already for one in again] == [True] * 4 + [False] * 2
    assert digests(again) == here
    assert left_behind(tmp_path / "out") == []
