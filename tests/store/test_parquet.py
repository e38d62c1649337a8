"""Parquet files are written whole or not at all, and read without reaching outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import DataMissingError, StoreError
from monazite.schema.columns import Column
from monazite.schema.provenance import SNAPSHOT
from monazite.schema.tables import Rule, Table
from monazite.store import shipped
from monazite.store.engine import connect
from monazite.store.parquet import select, write_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Row = dict[str, Any]
MINED = Table(
    "mined",
    "What was mined.",
    (
        Column("country", "text", "Country.", key=True),
        Column("mass_t", "number", "Mass.", unit="t", low=0, required=True),
    ),
    (Rule("not-all", "mass_t < 1000", "one country does not mine all"),),
)
NAMES = (
    "plain",
    "with blanks",
    "it's",
    'a "quoted" one',
    "Lanthán 鑭",
    "data [v1] *",
    "semi;colon--",
    "%s $1 {x}",
)


def rows(count: int) -> Iterator[Row]:
    """So many sound rows."""
    return ({"country": f"C{number}", "mass_t": number % 1000} for number in range(count))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "held"
    path.mkdir()
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_path_may_hold_any_sign(name: str, folder: Path) -> None:
    path = folder / name / f"{name}.parquet"
    path.parent.mkdir()
    write_parquet(MINED, rows(3), path)
    assert select({"mined": path}, "SELECT sum(mass_t) AS mass_t FROM mined") == [{"mass_t": 3}]
    assert list(path.parent.iterdir()) == [path]


def test_rows_keep_their_order_and_give_the_same_bytes(folder: Path) -> None:
    for name in ("first", "second"):
        write_parquet(MINED, rows(5000), folder / name)
    assert (folder / "first").read_bytes() == (folder / "second").read_bytes()
    back = select({"mined": folder / "first"}, "FROM mined")
    assert back == [{"country": row["country"], "mass_t": float(row["mass_t"])} for row in rows(5000)]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"country": "C9", "mass_t": -1}, "1 rows break mass_t-low"),
        ({"country": "C9", "mass_t": None}, "1 rows break mass_t-present"),
        ({"country": None, "mass_t": 1}, "1 rows break country-present"),
        ({"country": "C9", "mass_t": float("nan")}, "1 rows break mass_t-finite"),
        ({"country": "C9", "mass_t": 5000}, "1 rows break not-all"),
        ({"country": "C1", "mass_t": 9}, "1 rows break key-unique"),
        ({"country": "C9", "mass_t": "much"}, "mined: "),
    ],
)
def test_a_bad_row_is_refused_and_shown(bad: Row, told: str, folder: Path) -> None:
    path = folder / "mined.parquet"
    write_parquet(MINED, rows(2), path)
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        write_parquet(MINED, [*rows(3), bad], path)
    assert told in str(caught.value)
    assert str(bad["country"]) in str(caught.value) or bad["mass_t"] == "much"
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_no_more_than_three_rows_are_shown(folder: Path) -> None:
    bad = [{"country": f"C{number}", "mass_t": -1} for number in range(9)]
    with pytest.raises(StoreError, match="9 rows break mass_t-low") as caught:
        write_parquet(MINED, bad, folder / "mined.parquet")
    assert str(caught.value).count("'country'") == 3


def test_an_error_on_the_way_leaves_nothing(folder: Path) -> None:
    def failing() -> Iterator[Row]:
        yield from rows(10)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_parquet(MINED, failing(), folder / "mined.parquet")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_parquet(MINED, rows(1), folder / "nowhere" / "mined.parquet")


WRITER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from mined import MINED
from monazite.store.parquet import write_parquet

def rows():
    for number in range(10**9):
        if number == 50_000:
            print("half way", flush=True)
        yield {"country": f"C{number}", "mass_t": 1}

write_parquet(MINED, rows(), Path(sys.argv[1]))
"""
TABLE = """
from monazite.schema.columns import Column
from monazite.schema.tables import Table

country = Column("country", "text", "Country.", key=True)
MINED = Table("mined", "What was mined.", (country, Column("mass_t", "number", "Mass.", unit="t")))
"""


@pytest.fixture
def started(tmp_path: Path, folder: Path) -> Iterator[Callable[[str, str], subprocess.Popen[str]]]:
    """Start a Python of our own over a file in the folder; ended with the test."""
    (tmp_path / "mined.py").write_text(TABLE, encoding="utf-8")
    running: list[subprocess.Popen[str]] = []

    def start(script: str, name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", script, str(folder / name), str(tmp_path)]
        running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_killed_in_the_middle(folder: Path, started: Callable[[str, str], subprocess.Popen[str]]) -> None:
    path = folder / "mined.parquet"
    write_parquet(MINED, rows(2), path)
    before = path.read_bytes()
    writer = started(WRITER, path.name)
    assert writer.stdout
    assert writer.stdout.readline() == "half way\n"
    os.kill(writer.pid, signal.SIGKILL)
    assert writer.wait() == -signal.SIGKILL
    assert path.read_bytes() == before
    assert [each for each in folder.iterdir() if each.is_file()] == [path]
    write_parquet(MINED, rows(3), path)
    assert select({"mined": path}, "SELECT count(*) AS n FROM mined") == [{"n": 3}]


READER = """
import sys
from pathlib import Path
from monazite.store.parquet import select

for _ in range(20):
    print(select({"mined": Path(sys.argv[1])}, "SELECT count(*) AS n FROM mined"), flush=True)
    sys.stdin.readline()
"""


def test_two_processes_read_at_once(
    folder: Path, started: Callable[[str, str], subprocess.Popen[str]]
) -> None:
    write_parquet(MINED, rows(1000), folder / "mined.parquet")
    readers = [started(READER, "mined.parquet") for _ in range(2)]
    for _ in range(20):
        for reader in readers:
            assert reader.stdout
            assert reader.stdin
            assert reader.stdout.readline() == "[{'n': 1000}]\n"
            reader.stdin.write("again\n")
            reader.stdin.flush()
    assert [reader.wait() for reader in readers] == [0, 0]


@pytest.mark.parametrize(
    "setting",
    ["autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"],
)
def test_the_engine_fetches_no_extension(setting: str) -> None:
    assert connect().execute("SELECT current_setting(?)", [setting]).fetchall() == [(False,)]
    assert connect().execute("SELECT current_setting('threads')").fetchall() == [(1,)]


def test_the_engine_reaches_no_network() -> None:
    for sql in ("FROM 'https://example.invalid/x.parquet'", "FROM read_csv('s3://nowhere/x.csv')"):
        with pytest.raises(StoreError, match=r"httpfs|extension"):
            select({}, sql)


@pytest.mark.parametrize("damaged", [b"", b"PAR1", b"no table at all", b"PAR1" + bytes(64) + b"PAR1"])
def test_a_damaged_file(damaged: bytes, folder: Path) -> None:
    path = folder / "mined.parquet"
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"in: FROM mined"):
        select({"mined": path}, "FROM mined")


def test_a_cut_file(folder: Path) -> None:
    path = folder / "mined.parquet"
    write_parquet(MINED, rows(5000), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(StoreError):
        select({"mined": path}, "FROM mined")


def test_a_query_that_fails_shows_itself(folder: Path) -> None:
    write_parquet(MINED, rows(1), folder / "mined.parquet")
    with pytest.raises(StoreError, match="in: SELECT nothing FROM mined"):
        select({"mined": folder / "mined.parquet"}, "SELECT nothing FROM mined")


def test_a_parameter_is_no_sql(folder: Path) -> None:
    write_parquet(MINED, rows(3), folder / "mined.parquet")
    paths = {"mined": folder / "mined.parquet"}
    assert select(paths, "FROM mined WHERE country = ?", ["C1' OR 'a' = 'a"]) == []
    assert select(paths, "SELECT mass_t FROM mined WHERE country = ?", ["C1"]) == [{"mass_t": 1}]


def test_columns_hold_what_rows_do() -> None:
    sql = "FROM nomenclature_code WHERE code = ? ORDER BY nomenclature"
    rows_, columns = shipped.query(sql, ["850760"]), shipped.columns(sql, ["850760"])
    assert [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] == rows_
    assert None in columns["valid_to"]
    with pytest.raises(StoreError, match="in: SELECT nothing FROM snapshot"):
        shipped.columns("SELECT nothing FROM snapshot")


@pytest.mark.parametrize("table", shipped.SHIPPED, ids=lambda table: table.name)
def test_every_table_is_shipped(table: Table) -> None:
    assert shipped.path(table).is_file()
    (row,) = shipped.query(f"SELECT count(*) AS n FROM {table.name}")  # noqa: S608 - declared name
    assert row["n"] > 0


def test_installed_without_data(folder: Path) -> None:
    with pytest.raises(DataMissingError, match=r"table snapshot is not shipped .* run `make reference`"):
        shipped.query("FROM snapshot", folder=folder)
    with pytest.raises(DataMissingError):
        shipped.path(SNAPSHOT, folder)


def test_a_damaged_shipped_table(folder: Path) -> None:
    (folder / "snapshot.parquet").write_bytes(shipped.path(SNAPSHOT).read_bytes()[:200])
    with pytest.raises(StoreError, match="snapshot"):
        shipped.query("FROM snapshot", folder=folder)
