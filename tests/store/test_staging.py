"""Rows are sorted, checked and split: each is kept or set aside with its reason, none is lost."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monazite.errors import StoreError
from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table
from monazite.store.engine import connect, fetched, text
from monazite.store.staging import PARQUET, Stage, Staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from monazite.store.staging import Part

Row = dict[str, Any]
MINED = Table(
    "mined",
    "What was mined.",
    (
        Column("year", "integer", "Year.", key=True, low=1900, high=2100),
        Column("country", "text", "Country.", key=True),
        Column("mass_t", "number", "Mass.", unit="t", low=0),
        Column("kind", "text", "Kind.", codes=("ore", "metal")),
        Column("day", "date", "Day it was told."),
    ),
    (Rule("not-all", "mass_t IS NULL OR mass_t < 1000", "one country does not mine all"),),
    partition=("year",),
    order=("country",),
)
COUNTED = Table(
    "counted", "Numbers.", (Column("n", "integer", "Number.", key=True), Column("v", "number", "Value."))
)
GROUP = int(PARQUET.rpartition(" ")[2])
NUMBERED = "SELECT *, 1 + row_number() OVER () AS _line FROM "
GOOD = {"year": 2020, "country": "AUS", "mass_t": 1.0, "kind": "ore"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("staged")) as stage:
        yield stage


def rows_of(part: Part) -> list[Row]:
    """Rows of a part as they stand in its file, with what its partition tells."""
    connection = connect()
    try:
        read = f"read_parquet({text(part.path)}, hive_partitioning = false)"
        return [{**row, **part.partition} for row in fetched(connection, f"FROM {read}")]
    finally:
        connection.close()


def kept(staged: Staged) -> list[Row]:
    """Every row of a staged batch that will be stored."""
    return [row for part in staged.parts for row in rows_of(part)]


# ── each row is kept, or set aside with its reason ────────────────────────────────────────────


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"mass_t": -1.0}, ("mass_t-low", "mass_t", "-1.0", "mass_t >= 0")),
        ({"mass_t": float("nan")}, ("mass_t-finite", "mass_t", "nan", "mass_t is a number or empty")),
        ({"mass_t": float("inf")}, ("mass_t-finite", "mass_t", "inf", "mass_t is a number or empty")),
        ({"mass_t": 10**400}, ("mass_t-finite", "mass_t", "inf", "mass_t is a number or empty")),
        ({"mass_t": 5000.0}, ("not-all", "mass_t", "5000.0", "one country does not mine all")),
        ({"year": 1066}, ("year-low", "year", "1066", "year >= 1900")),
        ({"year": 3000}, ("year-high", "year", "3000", "year <= 2100")),
        ({"year": None}, ("year-present", "year", "None", "year is never empty")),
        ({"country": None}, ("country-present", "country", "None", "country is never empty")),
        ({"kind": "slag"}, ("kind-code", "kind", "slag", "kind is one of its codes")),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside_with_its_place_and_reason(
    stage: Stage, bad: Row, told: tuple[str, str, str, str]
) -> None:
    staged = stage.rows(MINED, [GOOD, {**GOOD, "country": "BRA", **bad, "_line": 7}], {})
    (refused,) = staged.refused
    assert tuple(refused[key] for key in ("rule", "column", "found", "expected")) == told
    assert (refused["target"], refused["line"]) == ("mined", 7)
    assert str(next(iter(bad))) in refused["content"]
    assert [row["country"] for row in kept(staged)] == ["AUS"]


CELLS = {
    "year": st.sampled_from([2020, 2021, 1066, None]),
    "country": st.sampled_from(["AUS", "BRA", "", None]),
    "mass_t": st.sampled_from([0.0, 1.0, 999.0, 1000.0, -1.0, float("nan"), None]),
    "kind": st.sampled_from(["ore", "metal", "slag", None]),
}


def sound(row: Row) -> bool:
    """Whether a row keeps every rule but that of the key."""
    mass = row["mass_t"]
    return (
        row["year"] in {2020, 2021}
        and row["country"] is not None
        and (mass is None or 0 <= mass < 1000)
        and row["kind"] != "slag"
    )


@given(st.lists(st.fixed_dictionaries(CELLS), max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_in_are_rows_kept_and_rows_refused_and_the_key_names_one(stage: Stage, given: list[Row]) -> None:
    staged = stage.rows(MINED, given, {})
    assert staged.rows + len(staged.refused) == len(given)
    assert kept(staged) == expected(given)


def expected(given: list[Row]) -> list[Row]:
    """Sound rows whose key is theirs alone, or whose twins are wholly alike; sorted."""
    by_key = defaultdict(list)
    for row in filter(sound, given):
        by_key[row["year"], row["country"]].append({**row, "day": None})
    alone = [rows[0] for rows in by_key.values() if all(row == rows[0] for row in rows)]
    return sorted(alone, key=lambda row: (row["year"], row["country"]))


@pytest.mark.parametrize("at", [GROUP - 1, GROUP])
@pytest.mark.parametrize(("value", "refused"), [(1.0, 1), (2.0, 2)])
def test_twins_are_found_where_one_row_group_ends_and_the_next_begins(
    stage: Stage, at: int, value: float, refused: int
) -> None:
    rows = f"SELECT range AS n, 1.0 AS v FROM range({GROUP + 1}) UNION ALL SELECT {at}, {value}"  # noqa: S608
    staged = stage.select(COUNTED, rows, {})
    assert staged.rows == GROUP + 2 - refused
    assert {one["rule"] for one in staged.refused} == {"key-unique"}
    assert {one["content"] for one in staged.refused} == {f'{{"n":{at},"v":{v}}}' for v in {1.0, value}}


def test_a_refused_twin_does_not_take_the_sound_one_along(stage: Stage) -> None:
    staged = stage.rows(MINED, [GOOD, {**GOOD, "mass_t": -1.0}], {})
    assert [one["rule"] for one in staged.refused] == ["mass_t-low"]
    assert [row["mass_t"] for row in kept(staged)] == [1.0]


def test_nothing_in_gives_nothing_out(stage: Stage) -> None:
    assert stage.rows(MINED, [], {}) == Staged((), ())


# ── how the kept rows lie ─────────────────────────────────────────────────────────────────────


def test_each_partition_has_a_file_of_its_own_and_rows_in_order(stage: Stage) -> None:
    given = [{**GOOD, "year": 2020 + n % 3, "country": f"C{(n * 37) % 100:02}"} for n in range(100)]
    staged = stage.rows(MINED, given, {})
    assert [part.partition["year"] for part in staged.parts] == [2020, 2021, 2022]
    for part in staged.parts:
        rows = rows_of(part)
        assert [row["country"] for row in rows] == sorted(row["country"] for row in rows)
        assert part.rows == len(rows) == sum(row["year"] == part.partition["year"] for row in given)


def test_a_stamped_partition_needs_no_second_writing(stage: Stage) -> None:
    given = [{"country": country, "mass_t": 1.0} for country in ("BRA", "AUS")]
    staged = stage.rows(MINED, given, {"year": 2020, "kind": "ore"})
    (part,) = staged.parts
    assert dict(part.partition) == {"year": 2020}
    assert [(row["country"], row["kind"]) for row in rows_of(part)] == [("AUS", "ore"), ("BRA", "ore")]


def test_the_same_rows_in_any_order_give_the_same_bytes(stage: Stage) -> None:
    given = [{**GOOD, "country": f"C{n:03}", "mass_t": n / 7} for n in range(500)]
    digests = [
        hashlib.sha256(stage.rows(MINED, rows, {}).parts[0].path.read_bytes()).hexdigest()
        for rows in (given, given[::-1], given)
    ]
    assert len(set(digests)) == 1


@pytest.mark.parametrize(
    "told", ["a\0b", "", " ", "it's", 'a "b"', "Lanthán 鑭 🙂", "a\nb\r\n", "\\N", "NULL", "x" * 100_000]
)
def test_a_text_is_kept_as_it_is(stage: Stage, told: str) -> None:
    assert [row["country"] for row in kept(stage.rows(MINED, [{**GOOD, "country": told}], {}))] == [told]


# ── SELECTs ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def csv(tmp_path: Path) -> Callable[[str], str]:
    """A scan of the lines of a CSV file, which sets aside those it cannot read."""

    def scan(lines: str) -> str:
        path = tmp_path / "mined.csv"
        path.write_text(f"year,country,mass_t\n{lines}")
        columns = "{'year': 'BIGINT', 'country': 'VARCHAR', 'mass_t': 'DOUBLE'}"
        options = f"columns = {columns}, header = true, auto_detect = false, store_rejects = true"
        return f"read_csv({text(path)}, {options})"

    return scan


def test_a_line_that_cannot_be_read_is_set_aside_as_it_stands(
    stage: Stage, csv: Callable[[str], str]
) -> None:
    lines = "2020,AUS,1\n2020,BRA,much\n2020,CHL\n2020,DEU,1,2\n2020,EGY,5\n"
    staged = stage.select(MINED, f"FROM {csv(lines)}", {})
    assert [row["country"] for row in kept(staged)] == ["AUS", "EGY"]
    told = [(one["line"], one["rule"], one["content"]) for one in staged.refused]
    assert told == [
        (3, "unreadable", "2020,BRA,much"), (4, "unreadable", "2020,CHL"), (5, "unreadable", "2020,DEU,1,2"),
    ]  # fmt: skip
    assert all(one["found"] and one["expected"] and one["target"] == "mined" for one in staged.refused)


def test_line_numbers_are_asked_for_only_when_a_row_breaks_a_rule(
    stage: Stage, csv: Callable[[str], str]
) -> None:
    for mass, lines in ((1, []), (-1, [3])):
        scan = csv(f"2020,AUS,1\n2020,BRA,{mass}\n")
        staged = stage.select(MINED, f"FROM {scan}", {}, numbered=NUMBERED + scan)
        assert [one["line"] for one in staged.refused] == lines
        assert staged.rows == 2 - len(lines)


def test_an_unreadable_line_is_counted_once_though_the_file_is_read_twice(
    stage: Stage, csv: Callable[[str], str]
) -> None:
    scan = csv("2020,AUS,1\n2020,BRA,much\n2020,CHL,-1\n")
    numbered = NUMBERED + scan
    staged = stage.select(MINED, f"FROM {scan}", {}, numbered=numbered)
    assert sorted(one["rule"] for one in staged.refused) == ["mass_t-low", "unreadable"]
    assert staged.rows == 1


def test_a_reader_may_refuse_a_row_in_its_select(stage: Stage) -> None:
    rows = "SELECT 2020 AS year, * FROM (VALUES ('AUS', 1), ('BRA', 2)) AS t(country, mass_t)"
    refusal = "3 AS _line, 'mass' AS _column, 'one' AS _found, if(mass_t = 1, 'a numeral', NULL) AS _expected"
    staged = stage.select(MINED, f"SELECT *, {refusal} FROM ({rows})", {})  # noqa: S608 - two constants
    (one,) = staged.refused
    assert (one["line"], one["column"], one["found"], one["expected"]) == (3, "mass", "one", "a numeral")
    assert [row["country"] for row in kept(staged)] == ["BRA"]


def test_a_column_made_late_is_checked_and_sorted_by_the_one_that_stands_for_it(stage: Stage) -> None:
    staged = stage.select(
        MINED,
        "SELECT range AS number FROM range(5)",
        {"year": 2020},
        late={"country": "chr(69 - number::INTEGER)", "mass_t": "if(number = 2, -1, number)"},
        sort={"country": "number"},
    )
    assert [row["country"] for row in kept(staged)] == ["E", "D", "B", "A"]
    assert [one["rule"] for one in staged.refused] == ["mass_t-low"]


def test_a_select_that_fails_carries_its_sql(stage: Stage) -> None:
    with pytest.raises(StoreError, match=r"(?s)mined: .*nowhere.*in: SELECT \* FROM nowhere"):
        stage.select(MINED, "SELECT * FROM nowhere", {})


@pytest.mark.parametrize("folder", ["it's", "a [b] *", "Lanthán 鑭"])
def test_the_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    with Stage(tmp_path / folder) as stage:
        assert stage.rows(MINED, [GOOD, GOOD], {}).rows == 1


# ── rows taken out again ──────────────────────────────────────────────────────────────────────


def stored(folder: Path, given: Iterable[Row], stage: Stage) -> Path:
    """A part of one partition, lying as in a table."""
    (part,) = stage.rows(MINED, given, {}).parts
    home = folder / f"year={part.partition['year']}"
    home.mkdir(exist_ok=True)
    return part.path.replace(home / part.path.name)


def test_only_files_that_hold_such_rows_are_written_again_without_them(stage: Stage, tmp_path: Path) -> None:
    mixed = stored(tmp_path, [GOOD, {**GOOD, "country": "BRA", "kind": "metal"}], stage)
    all_of_it = stored(tmp_path, [{**GOOD, "kind": "metal"}], stage)
    none_of_it = stored(tmp_path, [GOOD], stage)
    held, parts = stage.without(MINED, [mixed, all_of_it, none_of_it], "kind = 'metal'")
    assert held == [mixed, all_of_it]
    (part,) = parts
    assert (part.rows, dict(part.partition)) == (1, {"year": "2020"})
    assert [row["country"] for row in rows_of(part)] == ["AUS"]


def test_files_joined_hold_every_row_in_order(stage: Stage, tmp_path: Path) -> None:
    many = [stored(tmp_path, [{**GOOD, "country": country}], stage) for country in "CAB"]
    part = stage.joined(MINED, many)
    assert (part.rows, [row["country"] for row in rows_of(part)]) == (3, ["A", "B", "C"])
