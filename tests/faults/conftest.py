"""Writers that die or are refused, stores to look at afterwards, and how often it is tried.

``MONAZITE_STRESS=full`` tries everything many times, as ``make stress`` does; otherwise each test
takes a sample. ``MONAZITE_STRESS_TIMES`` multiplies the full form.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.store import delta, reading, snapshots
from monazite.store.engine import connect, fetched
from monazite.store.home import UNFINISHED, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FULL = os.environ.get("MONAZITE_STRESS", "") == "full"
TIMES = max(int(os.environ.get("MONAZITE_STRESS_TIMES", "1")), 1)
WRITER = Path(__file__).with_name("writer.py")
COUNTS: Counter[str] = Counter()
Order = dict[str, Any]
State = dict[tuple[str, str], tuple[int, int]]
HEADER = "t,i,j,k,v,q"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how often each thing was tried."""
    if FULL and COUNTS:
        terminalreporter.section("tried")
        for what, count in sorted(COUNTS.items()):
            terminalreporter.write_line(f"{count:>9,} {what}")


@pytest.fixture(scope="session")
def counts() -> Counter[str]:
    """How often each thing was tried, for the summary."""
    return COUNTS


class Writer:
    """A process that carries out orders in children of its own, one after the other."""

    def __init__(self, *under: str) -> None:
        """Start it, under another command if one is given; it imports while the tests go on."""
        command = [*under, sys.executable, "-B", str(WRITER)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, store: Store, **order: Any) -> None:  # noqa: ANN401 - see writer.py
        """Give an order without waiting."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"store": str(store.folder), **order}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Order:
        """What became of the order that was given first."""
        assert self.process.stdout
        return dict(json.loads(self.process.stdout.readline()))

    def __call__(self, store: Store, **order: Any) -> Order:  # noqa: ANN401 - see writer.py
        """Give an order and wait for its end."""
        self.send(store, **order)
        return self.answer()

    def close(self) -> None:
        """End it."""
        self.process.communicate()


@pytest.fixture(scope="session")
def writers() -> Iterator[list[Writer]]:
    """Two writers, for tests in which several write."""
    both = [Writer(), Writer()]
    yield both
    for one in both:
        one.close()


@pytest.fixture(scope="session")
def killed_in() -> Callable[..., Order]:
    """Have a writer killed as one of its threads makes a system call for so many a time."""

    def kill(call: str, time: int, store: Store, **order: Any) -> Order:  # noqa: ANN401 - see writer.py
        signalled = f"inject={call}:signal=KILL:when={time}"
        traced = Writer("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", signalled)
        try:
            return traced(store, **order)
        finally:
            traced.close()

    return kill


@pytest.fixture(scope="session")
def writer(writers: list[Writer]) -> Writer:
    """A writer."""
    return writers[0]


# ── what is loaded ────────────────────────────────────────────────────────────────────────────


def year_lines(year: int, count: int, first: int = 0) -> str:
    """A year of trade in BACI's layout."""
    rows = [f"{year},4,{8 + 4 * (n % 2)},{10000 + n},{n + 0.5},{n}" for n in range(first, first + count)]
    return "\n".join([HEADER, *rows, ""])


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Three files: an archive of two years and a list, a year with lines that are refused, a list."""
    folder = tmp_path_factory.mktemp("published")
    countries = (
        "country_code,country_name,country_iso2,country_iso3\n4,Afghanistan,AF,AFG\n8,Albania,AL,ALB\n"
    )
    archive = folder / "BACI_HS92_V202401b.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("BACI_HS92_Y2020_V202401b.csv", year_lines(2020, 300))
        packed.writestr("BACI_HS92_Y2021_V202401b.csv", year_lines(2021, 200))
        packed.writestr("country_codes_V202401b.csv", countries)
    year = folder / "BACI_HS92_Y2021_V202402.csv"
    year.write_text(year_lines(2021, 250, first=100) + "2021,4,8,10190,much,1\n2021,4,4,10190,1,1\n")
    codes = folder / "product_codes_HS92_V202402.csv"
    codes.write_text('code,description\n10121,"Horses; live"\n10190,"Asses"\n,\n')
    return [("baci", str(path)) for path in (archive, year, codes)]


def state(store: Store) -> State:
    """Rows of each table and snapshot: how many, and a sum over all they hold."""
    found: State = {}
    connection = connect()
    for table in store.tables():
        kept = "* EXCLUDE (retrieved)" if table.name == "snapshot" else "*"
        rows = f"SELECT {kept} FROM ({reading.view(table, store.files(table))})"  # noqa: S608 - declared names
        summed = "SELECT snapshot, count(*) AS n, CAST(sum(hash(t)) AS HUGEINT) AS digest"
        for row in fetched(connection, f"{summed} FROM ({rows}) AS t GROUP BY snapshot"):
            found[table.name, row["snapshot"]] = (row["n"], row["digest"])
    connection.close()
    return found


@pytest.fixture(scope="session")
def whole(
    published: list[tuple[str, str]], writer: Writer, tmp_path_factory: pytest.TempPathFactory
) -> State:
    """What a store holds once every file is loaded."""
    store = Store(tmp_path_factory.mktemp("whole") / "store")
    assert writer(store, files=published)["ended"]
    return state(store)


@pytest.fixture(scope="session")
def snapshot_of(published: list[tuple[str, str]]) -> dict[str, str]:
    """The snapshot of each file."""
    return {Path(path).name: snapshots.digest(Path(path))[: snapshots.DIGITS] for _, path in published}


@pytest.fixture
def sound(
    published: list[tuple[str, str]], whole: State, snapshot_of: dict[str, str], writer: Writer
) -> Callable[..., None]:
    """Look at a store after a fault: nothing is lost, half there or left behind, and it goes on."""

    def look(store: Store, acknowledged: list[tuple[str, bool]], already: tuple[str, ...] = ()) -> None:
        names = {name for name, _ in acknowledged} | set(already)
        there = state(store)
        assert there.items() <= whole.items()
        kept = {snapshot_of[name] for name in names}
        assert {place: held for place, held in whole.items() if place[1] in kept}.items() <= there.items()
        with store.writing():
            pass
        assert left_behind(store) == []
        answer = writer(store, files=published)
        assert "ended" in answer, answer
        told = dict(answer["loaded"])
        assert all(told[name] for name in names)
        assert state(store) == whole
        assert left_behind(store) == []
        assert store.unfinished() == frozenset()
        assert list((store.folder / UNFINISHED).glob("*")) == []

    return look


def left_behind(store: Store) -> list[str]:
    """Files and folders that belong to no snapshot and no version of a table."""
    kept = {store.folder / "writer.lock"}
    for table in store.tables():
        folder = store.table_folder(table)
        kept |= {folder / name for name in delta.named(folder)}
        kept |= {one for one in (folder / delta.LOG).iterdir() if one.suffix == ".json"}
    kept |= set(store.folder.glob("snapshots/*/*"))
    kept |= set((store.folder / UNFINISHED).glob("*=*"))
    loose = [one for one in store.folder.rglob("*") if one.is_file() and one not in kept]
    empty = [one for one in store.folder.glob("snapshots/*") if not any(one.iterdir())]
    damaged = snapshots.damaged(store.folder)
    scratch = [one for one in (store.folder / "scratch",) if one.exists()]
    return [str(one) for one in (*loose, *empty, *scratch, *damaged)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of which nothing is there yet."""
    return Store(tmp_path / "disk" / "store")


@pytest.fixture
def filled_store(store: Store, published: list[tuple[str, str]], writer: Writer) -> Store:
    """A store with the first of the files."""
    assert writer(store, files=published[:1])["ended"]
    return store


# ── how often ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def many() -> Callable[[int, int], int]:
    """How often something is tried: in the short form, and in the full one."""
    return lambda short, full: full * TIMES if FULL else short


@pytest.fixture(scope="session")
def sample(many: Callable[[int, int], int]) -> Callable[[list[Any], int, int], list[Any]]:
    """So many of a list, evenly apart, in the short form and in the full one."""
    return lambda given, short, full: given[:: max(len(given) // many(short, full), 1)]
