"""Many readers and writers at once: each answer is one of the committed states, nothing is lost or twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pytest

from monazite.schema.trade import TRADE
from monazite.store import compact, reading

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Writer

    from monazite.store.home import Store

Files = list[tuple[str, str]]
ASKED = "SELECT count(*) AS n, coalesce(sum(value_usd), 0)::BIGINT AS usd FROM trade"


@pytest.fixture
def years(tmp_path: Path) -> Callable[[int], Files]:
    """Makes small files of trade, all of one year."""

    def made(count: int) -> Files:
        files = []
        for number in range(count):
            path = tmp_path / f"BACI_HS92_Y2022_V2024{number:02}.csv"
            rows = [f"2022,4,8,{10000 + n},{number + n + 1},1" for n in range(100 + number)]
            path.write_text("\n".join(["t,i,j,k,v,q", *rows, ""]))
            files.append(("baci", str(path)))
        return files

    return made


def committed(files: Files) -> list[tuple[int, int]]:
    """Rows and dollars of trade after each of the loads."""
    each = []
    for number in range(len(files)):
        count = 100 + number
        each.append((count, 1000 * sum(number + n + 1 for n in range(count))))
    return [(0, 0), *accumulate(each, lambda a, b: (a[0] + b[0], a[1] + b[1]))]


class Reader(threading.Thread):
    """Asks again and again until it is told to stop."""

    def __init__(self, store: Store) -> None:
        """Ask a store."""
        super().__init__()
        self.store, self.stop, self.answers = store, threading.Event(), list[tuple[int, int]]()
        self.error: Exception | None = None

    def run(self) -> None:
        """Ask until it is told to stop, and once more."""
        try:
            while not self.stop.is_set():
                self._ask()
            self._ask()
        except Exception as error:  # noqa: BLE001 - told to the test
            self.error = error

    def _ask(self) -> None:
        """Ask once."""
        (row,) = reading.query(self.store, ASKED)
        self.answers.append((row["n"], row["usd"]))


def read_while(store: Store, readers: int, work: Callable[[], Any]) -> list[Reader]:
    """Readers that asked while some work was done; none met an error."""
    threads = [Reader(store) for _ in range(readers)]
    for one in threads:
        one.start()
    try:
        work()
    finally:
        for one in threads:
            one.stop.set()
        for one in threads:
            one.join()
    assert [one.error for one in threads if one.error] == []
    return threads


def test_readers_see_committed_states_in_their_order_while_a_writer_loads(
    store: Store, writer: Writer, years: Callable[[int], Files], many: Callable[[int, int], int],
    counts: Counter[str],
) -> None:  # fmt: skip
    files = years(many(5, 40))
    states = committed(files)
    readers = read_while(store, many(2, 6), lambda: writer(store, files=files, joined=True))
    for one in readers:
        assert set(one.answers) <= set(states)
        assert one.answers == sorted(one.answers)
        assert one.answers[-1] == states[-1]
    counts["answers to readers beside a writer"] += sum(len(one.answers) for one in readers)


def test_readers_see_the_same_rows_while_small_files_are_joined_and_old_ones_go(
    store: Store, writer: Writer, years: Callable[[int], Files], many: Callable[[int, int], int]
) -> None:
    files = years(3)
    writer(store, files=files)

    def tidy() -> None:
        for _ in range(many(1, 20)):
            for again in (True, False):
                writer(store, files=files, again=again)
            with store.writing() as scratch:
                compact.compact(store, TRADE, scratch)
                compact.vacuum(store, TRADE, keep=timedelta(minutes=5))

    for one in read_while(store, 2, tidy):
        assert set(one.answers) == {committed(files)[-1]}


def test_two_writers_take_turns_and_each_file_is_stored_once(
    store: Store, writers: list[Writer], years: Callable[[int], Files], many: Callable[[int, int], int],
    counts: Counter[str],
) -> None:  # fmt: skip
    files = years(many(4, 24))
    for writer, given in zip(writers, (files, files[::-1]), strict=True):
        writer.send(store, files=given)
    answers = [writer.answer() for writer in writers]
    assert all("ended" in one for one in answers), answers
    first = [name for one in answers for name, already in one["loaded"] if not already]
    assert sorted(first) == sorted(path.rpartition("/")[2] for _, path in files)
    (row,) = reading.query(store, ASKED)
    assert (row["n"], row["usd"]) == committed(files)[-1]
    for table, count in (("snapshot", len(files)), ("reject", 0)):
        assert reading.query(store, f"SELECT count(*) AS n FROM {table}") == [{"n": count}]  # noqa: S608
    counts["loads by two writers at once"] += 2 * len(files)
