"""Running tasks in threads: results in order, the first error ends it, one run a folder."""

from __future__ import annotations

import pickle
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monazite.errors import OutputError, StoreError, UsageError
from monazite.store.tasks import run, select_to_parquet
from monazite.store.tasks.scheduler import plain
from monazite.store.tasks.storage import beside, held

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.store.tasks import Done, Select

    Tasks = Callable[..., list[Select]]

SLOW = """
SELECT i % 7 AS k, sum(hash(i) % 9)::DECIMAL(38,0) AS s FROM range(4_000_000_000) t(i)
GROUP BY 1 ORDER BY 1
"""


def digests(done: list[Done]) -> list[str]:
    return [one.digest for one in done]


def test_results_come_in_the_order_of_the_tasks() -> None:
    seen: list[float] = []
    naps = [0.09, 0.0, 0.05, 0.01]
    assert run(slept, naps, workers=4, done=seen.append) == naps
    assert sorted(seen) == sorted(naps)
    assert seen[-1] == 0.09


def slept(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_nothing_to_do_is_done() -> None:
    assert run(slept, []) == []


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_number_of_workers_changes_no_byte(workers: int, tasks: Tasks) -> None:
    one_by_one = [select_to_parquet(task) for task in tasks(4)]
    together = run(select_to_parquet, tasks(4, "together"), workers=workers)
    assert digests(together) == digests(one_by_one)
    assert len(set(digests(together))) == 4


def test_so_many_at_a_time() -> None:
    under_way, most = [0], [0]
    lock = threading.Lock()

    def counted(seconds: float) -> None:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(seconds)
        with lock:
            under_way[0] -= 1

    run(counted, [0.02] * 12, workers=3)
    assert most == [3]


def test_the_first_error_ends_what_is_under_way_and_begins_nothing_more(tasks: Tasks) -> None:
    wrong, slow, *others = tasks(6)
    given = [replace(slow, sql=SLOW), replace(wrong, sql="SELECT 1 / nothing FROM flow"), *others]
    begun = time.monotonic()
    with pytest.raises(StoreError, match="nothing"):
        run(select_to_parquet, given, workers=2)
    assert time.monotonic() - begun < 5
    left = {one.name for one in Path(slow.target).parent.iterdir()}
    assert not [name for name in left if name.endswith(".part")]
    assert "1.parquet" not in left
    assert "5.parquet" not in left


def test_an_error_of_the_callback_ends_the_run(tasks: Tasks) -> None:
    def stop(_: Done) -> None:
        raise KeyboardInterrupt

    first, second = tasks(2)
    with pytest.raises(KeyboardInterrupt):
        run(select_to_parquet, [first, replace(second, sql=SLOW)], workers=2, done=stop)
    again = run(select_to_parquet, [first, second])
    assert [one.already for one in again] == [True, False]


def test_what_a_killed_worker_left_is_removed_and_nothing_else(tasks: Tasks) -> None:
    given = tasks(2)
    folder = Path(given[0].target).parent
    folder.mkdir()
    left = beside(Path(given[0].target), "0123456789abcdef")
    others = [folder / ".other.parquet.0123.part", folder / ".0.parquet", folder / "0.parquet.part"]
    for one in (left, *others):
        one.write_bytes(b"half")
    run(select_to_parquet, given)
    assert not left.exists()
    assert all(one.exists() for one in others)


def test_two_runs_do_not_share_a_folder(tasks: Tasks) -> None:
    with held(tasks(2)):
        with pytest.raises(StoreError, match=r"another run writes to .*out; wait for it"):
            run(select_to_parquet, tasks(2))
        run(select_to_parquet, tasks(1, "elsewhere"))
    run(select_to_parquet, tasks(1))


def test_a_folder_that_cannot_be_made_is_named(tasks: Tasks, tmp_path: Path) -> None:
    (task,) = tasks(1)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot write .*file"):
        run(select_to_parquet, [replace(task, target=str(tmp_path / "file" / "0.parquet"))])


def test_a_task_and_its_result_can_be_sent(tasks: Tasks) -> None:
    (task,) = tasks(1)
    assert pickle.loads(pickle.dumps(task)) == task  # noqa: S301 - made in this line
    done = select_to_parquet(task)
    assert pickle.loads(pickle.dumps(done)) == done  # noqa: S301 - made in this line


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("host:8786", "tcp://host:8786"),
        ("tcp://10.0.0.1:8786/", "tcp://10.0.0.1:8786"),
        ("TLS://Host:1", "tls://host:1"),
        ("wss://host:443", "wss://host:443"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"),
        ("tls://me:word@host:8786?token=word#word", "tls://host:8786"),
    ],
)
def test_an_address_is_used_without_what_is_secret(given: str, used: str) -> None:
    assert plain(given) == used


@pytest.mark.parametrize(
    "given",
    ["", "host", "tcp://host", "tcp://", "http://host:1", "tcp://host:x", "tcp://host:1:2", "tcp://host:99999",
     "tcp://me:word@host", "me:word@host", "tls://host?token=word", "http://me:word@host:1/p?word#word", "tcp://me:word/x@h"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_what_is_secret(given: str) -> None:
    with pytest.raises(UsageError, match="tcp://host:8786") as caught:
        plain(given)
    assert "word" not in str(caught.value)
