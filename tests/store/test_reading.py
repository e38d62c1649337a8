"""Reading: every core table is a view; a user's SELECT reads them and nothing else, and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import StoreError, UsageError
from monazite.schema import catalogue
from monazite.schema.tables import SQL_TYPES
from monazite.store import reading
from monazite.store.answers import Asked, Question
from monazite.store.engine import connect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Files

    from monazite.schema.tables import Table
    from monazite.store.home import Store


def asked(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a SELECT a user typed."""
    return [row for _, rows in Asked(store, Question(sql)).chunks() for row in rows]


def everything(folder: Path) -> dict[str, int]:
    """Every file below a folder with its size."""
    return {str(path): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}


# ── views ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", catalogue.TABLES, ids=lambda table: table.name)
def test_a_table_of_which_nothing_is_there_has_its_columns_and_no_row(store: Store, table: Any) -> None:  # noqa: ANN401
    told = reading.query(store, f'DESCRIBE "{table.name}"')
    assert [(row["column_name"], row["column_type"]) for row in told] == [
        (one.name, SQL_TYPES[one.type]) for one in table.columns
    ]
    assert reading.query(store, f'SELECT * FROM "{table.name}"') == []  # noqa: S608
    assert not store.folder.exists()


def test_a_table_with_rows_has_the_same_columns_in_the_same_order(loaded: Files) -> None:
    for table in loaded.store.tables():
        told = loaded.ask(f'DESCRIBE "{table.name}"')
        assert [(row["column_name"], row["column_type"]) for row in told] == [
            (one.name, SQL_TYPES[one.type]) for one in table.columns
        ]


def test_years_are_numbers_and_only_the_files_of_those_asked_for_are_read(files: Files) -> None:
    files.load(*(files.year(year) for year in (2020, 2021, 2022)))
    plan = str(files.ask("EXPLAIN ANALYZE SELECT count(*) FROM trade WHERE year = 2021")[0])
    assert "1/3" in plan or "Scanning Files: 1" in plan
    assert files.ask("SELECT max(year) + 1 AS next FROM trade") == [{"next": 2023}]


def test_versions_are_named_by_table_and_checked(files: Files) -> None:
    files.load(files.year(2021), files.year(2022))
    assert files.ask("SELECT count(*) AS n FROM trade", trade=1) == [{"n": 3}]
    with pytest.raises(UsageError, match="trade has no version 9; it has 0 to 2"):
        files.ask("SELECT 1", trade=9)
    with pytest.raises(UsageError, match="no core table trades"):
        files.ask("SELECT 1", trades=1)


def test_a_query_of_ours_that_fails_carries_its_sql(store: Store) -> None:
    with pytest.raises(StoreError, match="in: SELECT nothing FROM trade"):
        reading.query(store, "SELECT nothing FROM trade")


@pytest.mark.parametrize("at", ["trade", "reject", "snapshot"])
def test_a_load_that_ends_while_the_tables_are_opened_is_seen_whole_or_not_at_all(
    files: Files, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    files.load(files.year(2021, ["2021,4,8,10121,1,1", "2021,4,8,10190,much,2"]))
    waiting = [files.year(2022, ["2022,4,8,10121,1,1", "2022,4,8,10190,much,2"])]
    listed = type(files.store).files

    def listing(store: Store, table: Table, version: int | None = None) -> list[Path]:
        found = listed(store, table, version)
        if table.name == at and waiting:
            files.load(waiting.pop())
        return found

    monkeypatch.setattr(type(files.store), "files", listing)
    each = (
        "(SELECT count(*) FROM trade)",
        "(SELECT count(*) FROM reject)",
        "(SELECT count(*) FROM snapshot)",
    )
    (row,) = files.ask(f"SELECT {each[0]} AS trade, {each[1]} AS reject, {each[2]} AS snapshot")
    assert len(set(row.values())) == 1
    assert waiting == []


# ── what a user types ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT 1", [(1,)]),
        ("select 1;", [(1,)]),
        ("FROM trade SELECT count(*)", [(3,)]),
        ("WITH a AS (SELECT * FROM trade) SELECT count(*) FROM a -- rows;", [(3,)]),
        ("SELECT code, code AS other FROM trade ORDER BY value_usd DESC LIMIT 1", [("010002", "010002")]),
        ("VALUES (1), (2)", [(1,), (2,)]),
        ("(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1", [(1,), (2,)]),
        ("SELECT ';' /* ; */", [(";",)]),
    ],
)
def test_one_select_of_any_form_is_answered(loaded: Files, sql: str, rows: list[tuple[Any, ...]]) -> None:
    assert asked(loaded.store, sql) == rows


@pytest.mark.parametrize(
    "sql",
    [
        "",
        ";",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "INSERT INTO trade SELECT * FROM trade",
        "DELETE FROM trade",
        "UPDATE trade SET year = 1",
        "DROP VIEW trade",
        "CREATE TABLE a AS SELECT 1",
        "COPY (SELECT 1) TO '{tables}/a.csv'",
        "SELECT 1; COPY (SELECT 1) TO '{tables}/a.csv'",
        "WITH a AS (COPY (SELECT 1) TO '{tables}/a.csv') SELECT 1",
        "WITH a AS MATERIALIZED (COPY (SELECT 1) TO '{tables}/a.csv') FROM a",
        "WITH b AS (SELECT 1), a AS (COPY (SELECT 1) TO '{tables}/a.csv') FROM b -- ;",
        "SELECT * FROM (WITH a AS (COPY (SELECT 1) TO '{tables}/a.csv') SELECT 1)",
        "WITH a AS (DELETE FROM trade RETURNING *) FROM a",
        "SELECT * FROM query('COPY (SELECT 1) TO ''{tables}/a.csv''')",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{tables}/a.csv'",
        "EXPORT DATABASE '{tables}'",
        "ATTACH '{tables}/a.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA enable_profiling",
        "CALL enable_logging()",
        "SELECT * FROM enable_logging(storage = 'file', storage_path = '{tables}')",
        "PREPARE a AS COPY (SELECT 1) TO '{tables}/a.csv'",
    ],
)
def test_anything_else_is_refused_and_writes_nothing(loaded: Files, sql: str) -> None:
    before = everything(loaded.folder)
    with pytest.raises(UsageError):
        asked(loaded.store, sql.format(tables=loaded.store.folder / "tables"))
    assert everything(loaded.folder) == before


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM '{secret}'",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_blob('{tables}/../../secret.csv')",
        "SELECT * FROM read_text('{tables}/trade/../../../secret.csv')",
        "SELECT * FROM read_csv('{tables}x/secret.csv')",
        "SELECT * FROM glob('{secret}')",
        "SELECT * FROM glob('{tables}/../*')",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM read_json('{secret}')",
        "SELECT * FROM read_parquet('{secret}')",
        "SELECT * FROM parquet_metadata('{secret}')",
        "SELECT * FROM read_csv('https://example.com/a.csv')",
        "SELECT * FROM read_parquet('s3://bucket/a.parquet')",
        "SELECT * FROM duckdb_secrets()",
        "SELECT getenv('HOME')",
    ],
)
def test_no_file_but_the_tables_is_in_reach(loaded: Files, tmp_path: Path, sql: str) -> None:
    tables = loaded.store.folder / "tables"
    for secret in (tmp_path / "secret.csv", tmp_path / "storetablesx" / "secret.csv"):
        secret.parent.mkdir(exist_ok=True)
        secret.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError):
        asked(loaded.store, sql.format(secret=tmp_path / "secret.csv", tables=tables))


def test_a_variable_of_the_program_is_no_table(store: Store) -> None:
    rows = [1, 2]
    with pytest.raises(UsageError, match="rows does not exist"):
        asked(store, "SELECT * FROM rows")
    assert rows


def test_a_mistake_is_told_with_the_line_as_it_was_typed(store: Store) -> None:
    with pytest.raises(UsageError, match=r"SELECT \* FROM trades") as caught:
        asked(store, "SELECT * FROM trades")
    assert "EXPLAIN" not in str(caught.value)


@pytest.mark.parametrize("sql", ["SELECT '\ud800'", "\0", "SELECT 'a", "(" * 5000, "SELECT " + "-" * 100_000])
def test_a_hostile_text_is_refused(store: Store, sql: str) -> None:
    with pytest.raises(UsageError):
        asked(store, sql)


def test_the_engine_draws_no_progress_where_the_answer_goes() -> None:
    with connect() as connection:
        assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)
