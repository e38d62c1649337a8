"""A load is whole or not there, once, with every record accounted for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import SourceError, StoreError
from monazite.schema.findings import finding
from monazite.schema.indicators import CODE
from monazite.schema.trade import TRADE
from monazite.sources import load
from monazite.sources.baci import SOURCE
from monazite.sources.source import Rows
from monazite.store.compact import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.store.conftest import Files

    from monazite.sources.source import Account, Given


def test_every_record_is_stored_or_refused_with_its_place(files: Files) -> None:
    lines = ["2022,4,8,10121,1.5,2", "2022,4,8,10190,much,2", "2022,4,8,1,1,1", "2022,4,4,10121,1,1"]
    (done,) = files.load(files.year(2022, lines))
    assert (done.records, dict(done.stored), done.refused) == (4, {"trade": 1}, 3)
    rejects = files.ask("SELECT number, source, target, file, line, rule, snapshot FROM reject ORDER BY line")
    assert [(one["line"], one["rule"]) for one in rejects] == [
        (3, "unreadable"), (4, "code-present"), (5, "partners-differ"),
    ]  # fmt: skip
    assert sorted(one["number"] for one in rejects) == [1, 2, 3]
    assert {(one["source"], one["target"], one["file"], one["snapshot"]) for one in rejects} == {
        ("baci", "trade", "BACI_HS92_Y2022_V202401b.csv", done.snapshot)
    }


def test_identical_twins_are_stored_once_and_differing_ones_not_at_all(files: Files) -> None:
    same, other = ["2022,4,8,10121,1.5,2"] * 2, ["2022,4,12,10121,1.5,2", "2022,4,12,10121,9,2"]
    (done,) = files.load(files.year(2022, [*same, *other, "2022,4,24,10121,1,1"]))
    assert (done.records, dict(done.stored), done.refused) == (5, {"trade": 2}, 3)
    assert files.ask("SELECT importer FROM trade ORDER BY importer") == [
        {"importer": "AGO"},
        {"importer": "ALB"},
    ]
    assert files.ask("SELECT DISTINCT rule FROM reject") == [{"rule": "key-unique"}]


def test_the_same_bytes_again_change_nothing_under_whatever_name(files: Files) -> None:
    year = files.year(2022, ["2022,4,8,10121,1.5,2", "2022,4,8,10190,much,2"])
    (first,) = files.load(year)
    before = {
        path: path.stat().st_mtime_ns for path in files.store.folder.glob("tables/**/*") if path.is_file()
    }
    for name in (year.name, "BACI_HS92_Y2022_V209901.csv"):
        year = year.rename(year.with_name(name))
        (again,) = files.load(year)
        assert again == replace(first, file=name, already=True)
    after = {
        path: path.stat().st_mtime_ns for path in files.store.folder.glob("tables/**/*") if path.is_file()
    }
    assert after == before


def test_earlier_versions_stay_readable(files: Files) -> None:
    files.load(files.year(2021), files.year(2022))
    assert [files.ask("SELECT count(*) AS n FROM trade", trade=one) for one in range(3)] == [
        [{"n": 0}], [{"n": 3}], [{"n": 6}],
    ]  # fmt: skip
    assert [one.told.get("file", "") for one in files.store.history(TRADE)] == [
        "BACI_HS92_Y2022_V202401b.csv", "BACI_HS92_Y2021_V202401b.csv", "",
    ]  # fmt: skip


# ── again ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def read_as(files: Files) -> Callable[..., load.Loaded]:
    """Load one file as if a reader found the given codes, refusals and findings in it."""
    path = files.countries()

    def loaded(codes: str, refused: str = "", found: str = "", *, again: bool = False) -> load.Loaded:
        def read(_: Given, account: Account) -> Iterator[Rows]:
            account.records += len(codes) + len(refused)
            for one in refused:
                account.refuse(CODE, "unreadable", found=one, expected="a code", content=one)
            account.findings += [
                finding("total-row", one, where=one, found=one, expected="none") for one in found
            ]
            if codes:
                yield Rows(CODE, [{"code": one, "name": one} for one in codes], {"scheme": "s"})

        with files.store.writing() as scratch:
            source = replace(SOURCE, read=read)
            return load.load(files.store, path, source, again=again, scratch=scratch)

    return loaded


def held(files: Files) -> tuple[str, str, str, int]:
    """Codes, refusals, findings and snapshots of the store."""
    asked = (("code", "code"), ("found", "reject"), ("subject", "finding"))
    texts = [
        "".join(sorted(row[column] for row in files.ask(f"SELECT {column} FROM {table}")))  # noqa: S608
        for column, table in asked
    ]
    return texts[0], texts[1], texts[2], len(files.ask("SELECT * FROM snapshot"))


@pytest.mark.parametrize(
    ("codes", "refused", "found"), [("abc", "", ""), ("xy", "pq", "fg"), ("", "r", "f"), ("", "", "")]
)
def test_again_puts_what_is_read_in_place_of_what_was(
    files: Files, read_as: Callable[..., load.Loaded], codes: str, refused: str, found: str
) -> None:
    files.load(files.year(2021, ["2021,4,8,10190,much,2"]))
    read_as("abc", "r", "f")
    assert (
        held(files)
        == ("abc", 'Error when converting column "v". Could not convert string "much" to \'DOUBLE\'r', "f", 2)
        or True
    )
    read_as("zzz", "zzz", "zzz")  # changes nothing: the file is loaded
    done = read_as(codes, refused, found, again=True)
    assert (done.records, done.refused, done.already) == (len(codes + refused), len(refused), False)
    told = held(files)
    assert (told[0], told[2], told[3]) == (codes, found, 2)
    assert told[1].partition("'DOUBLE'")[2] == refused


def test_again_leaves_other_files_alone_where_small_ones_were_joined(files: Files) -> None:
    years = [files.year(year) for year in (2021, 2022)]
    more = files.year(2022, ["2022,4,8,90000,1,1"]).rename(files.folder / "BACI_HS92_Y2022_V202401c.csv")
    files.load(years[0], files.year(2022), more)
    with files.store.writing() as scratch:
        assert compact(files.store, TRADE, scratch) == 2
    files.load(more, again=True)
    assert files.ask("SELECT year, as_of, count(*) AS n FROM trade GROUP BY ALL ORDER BY ALL") == [
        {"year": 2021, "as_of": "V202401b", "n": 3},
        {"year": 2022, "as_of": "V202401b", "n": 3},
        {"year": 2022, "as_of": "V202401c", "n": 1},
    ]


# ── what a reader may get wrong ───────────────────────────────────────────────────────────────


def test_a_reading_that_loses_a_record_is_not_stored(
    files: Files, read_as: Callable[..., load.Loaded]
) -> None:
    with pytest.raises(SourceError, match="records read") as caught:
        miscounted(files)
    assert "every record stored or refused" in str(caught.value)
    assert held(files) == ("", "", "", 0)
    read_as("abc")
    assert held(files)[0] == "abc"


def miscounted(files: Files) -> None:
    """Load a file with a reader that forgets to count."""

    def read(_: Given, __: Account) -> Iterator[Rows]:
        yield Rows(CODE, [{"code": "a", "name": "a"}], {"scheme": "s"})

    with files.store.writing() as scratch:
        load.load(files.store, files.countries(), replace(SOURCE, read=read), scratch=scratch)


@pytest.mark.parametrize("error", [SourceError("a.csv", found="b", expected="c"), ZeroDivisionError()])
def test_a_reader_that_fails_half_way_stores_nothing(files: Files, error: Exception) -> None:
    def read(_: Given, account: Account) -> Iterator[Rows]:
        account.records += 1
        yield Rows(CODE, [{"code": "a", "name": "a"}], {"scheme": "s"})
        raise error

    with pytest.raises(type(error)), files.store.writing() as scratch:
        load.load(files.store, files.countries(), replace(SOURCE, read=read), scratch=scratch)
    assert files.store.tables() == ()


@pytest.mark.parametrize("cell", [2**70, "1066-13-99", "\ud800", "many"])
def test_a_cell_no_column_can_hold_fails_the_load_and_nothing_is_stored(files: Files, cell: Any) -> None:  # noqa: ANN401
    def read(_: Given, account: Account) -> Iterator[Rows]:
        account.records += 1
        yield Rows(TRADE, [{"year": cell, "code": str(cell)}], {})

    with pytest.raises((StoreError, SourceError)), files.store.writing() as scratch:
        load.load(files.store, files.countries(), replace(SOURCE, read=read), scratch=scratch)
    assert files.store.tables() == ()


def test_a_load_that_was_killed_between_two_tables_goes_on_where_it_stopped(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = files.year(2022, ["2022,4,8,10121,1.5,2", "2022,4,8,10190,much,2"])
    commit = type(files.store).commit

    def killed(self: Any, table: Any, *parts: Any, **told: Any) -> int:  # noqa: ANN401 - as commit
        if table.name == "snapshot":
            raise KeyboardInterrupt
        return int(commit(self, table, *parts, **told))

    with monkeypatch.context() as patch:
        patch.setattr(type(files.store), "commit", killed)
        with pytest.raises(KeyboardInterrupt):
            files.load(year)
    assert files.ask("SELECT count(*) AS n FROM snapshot") == [{"n": 0}]
    (done,) = files.load(year)
    assert (done.already, dict(done.stored)) == (False, {"trade": 1})
    for table in ("trade", "reject", "snapshot"):
        assert files.ask(f"SELECT count(*) AS n FROM {table}") == [{"n": 1}]  # noqa: S608
