"""Every mark of the publication keeps its meaning, and no text makes the reader stumble."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.schema import status
from monazite.sources.usgs_mcs.marks import UNREADABLE, Mark, read_mark
from monazite.sources.usgs_mcs.units import UNITS, unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.sources.usgs_mcs import Reading

PERCENT, KILO = Decimal("0.01"), Decimal(1000)
MEANINGS = {
    "W": Mark(None, None, "withheld"),
    "NA": Mark(None, None, "not-available"),
    "na": Mark(None, None, "not-available"),
    "XX": Mark(None, None, "not-applicable"),
    "E": Mark(None, 0, "net-exporter"),
    "—": Mark(0, 0, "normal"),
    "0": Mark(0, 0, "normal"),
    "s": Mark(0, 500, "below-half-unit", high_open=True),
    "Less than 1/2 unit.": Mark(0, 500, "below-half-unit", high_open=True),
    "Less than ½ unit": Mark(0, 500, "below-half-unit", high_open=True),
    ">2,000": Mark(2_000_000, None, "censored", low_open=True),
    "<1,000": Mark(0, 1_000_000, "censored", high_open=True),
    "Less than 50,000\xa0tons": Mark(0, 50_000, "censored", high_open=True),
    "50–300": Mark(50_000, 300_000, "range"),
    "330 - 390": Mark(330_000, 390_000, "range"),
    "500–16,000": Mark(500_000, 16_000_000, "range"),
    "?1": Mark(-1000, 1000, "unreadable"),
    "−10": Mark(-10_000, -10_000, "normal"),
    "68\xa0": Mark(68_000, 68_000, "normal"),
    "1,234.5": Mark(1_234_500, 1_234_500, "normal"),
    ".5": Mark(500, 500, "normal"),
    "Large": Mark(None, None, "described"),
    "Moderate to large": Mark(None, None, "described"),
    "Variable, depending on type of product": Mark(None, None, "described"),
}
NONSENSE = (
    "",
    "1,23",
    "0,5",
    "1 234",
    "--4",
    "1e9",
    "٣",
    "16,000–500",
    "5%",
    "1.2.3",
    "nan",
    "9" * 400,
    "<0",
)


@pytest.mark.parametrize(("published", "meaning"), MEANINGS.items())
def test_a_mark_keeps_its_meaning(published: str, meaning: Mark) -> None:
    assert read_mark(published, KILO) == meaning


@pytest.mark.parametrize("published", NONSENSE)
def test_nonsense_is_not_a_number(published: str) -> None:
    assert read_mark(published, KILO) == UNREADABLE


def test_a_bound_of_a_share_ends_at_all_of_it() -> None:
    assert read_mark(">50", PERCENT, ceiling=1) == Mark(0.5, 1, "censored", low_open=True)
    assert read_mark("<25", PERCENT, ceiling=1) == Mark(0, 0.25, "censored", high_open=True)


@pytest.mark.parametrize("published", ["101", ">100", "<150", "90–110"])
def test_a_share_above_all_of_it_is_not_a_share(published: str) -> None:
    assert read_mark(published, PERCENT, ceiling=1) == UNREADABLE


def test_an_exact_mark_has_a_value_and_no_other() -> None:
    assert [mark.value for mark in map(MEANINGS.__getitem__, ("0", "68\xa0", "—", ">2,000", "?1", "W"))] == [
        0,
        68_000,
        0,
        None,
        None,
        None,
    ]


@given(st.text(), st.sampled_from([unit.factor for unit in UNITS.values()]), st.sampled_from([None, 1.0]))
def test_no_text_makes_the_reader_stumble(text: str, factor: Decimal, ceiling: float | None) -> None:
    sound(read_mark(text, factor, ceiling=ceiling), ceiling)


@given(st.from_regex(r"[<>?−-]?[\d,.]{1,30}([–-]\d{1,20})?\.?", fullmatch=True), st.sampled_from([None, 1.0]))
def test_no_number_makes_the_reader_stumble(text: str, ceiling: float | None) -> None:
    sound(read_mark(text, PERCENT, ceiling=ceiling), ceiling)


def sound(mark: Mark, ceiling: float | None) -> None:
    """A mark is one of the statuses; its ends are finite, in order, and hold a number."""
    assert mark.obs_status in status.CODES
    assert all(abs(end) < float("inf") for end in (mark.low, mark.high) if end is not None)
    if mark.low is not None and mark.high is not None:
        assert mark.low < mark.high or (mark.low == mark.high and not (mark.low_open or mark.high_open))
    assert ceiling is None or mark.high is None or mark.high <= ceiling


@pytest.mark.parametrize("published", UNITS)
def test_a_unit_is_read_through_blanks(published: str) -> None:
    assert unit(f" {published} ") == UNITS[published]


def test_an_unknown_unit_is_not_guessed() -> None:
    assert unit("thousand short tons") is None


def published(rows: Iterable[dict[str, object]], held: str) -> set[object]:
    """What the rows of a status say in the publication."""
    return {row["published"] for row in rows if row["obs_status"] == held}


def test_the_marks_of_the_specimens(specimens: dict[str, Reading]) -> None:
    rows = [row for reading in specimens.values() for row in reading.statistics]
    assert published(rows, "withheld") == {"W", "w"} & published(rows, "withheld")
    assert published(rows, "not-available") <= {"NA", "na"}
    assert published(rows, "not-applicable") <= {"XX", "xx"}
    assert published(rows, "net-exporter") == {"E"}
    assert {"s", "Less than 1/2 unit"} <= published(rows, "below-half-unit")
    assert {">50", ">95", "<1,000", "Less than 50,000\xa0tons"} <= published(rows, "censored")
    assert {"50–300", "500–16,000"} <= published(rows, "range")
    assert {"Large", "Variable, depending on type of product"} <= published(rows, "described")
    assert published(rows, "unreadable") == {"?1", "-4", "0"}


def test_marks_counted_in_the_long_file(readings: dict[str, Reading]) -> None:
    rows = [*readings["mcs2026"].statistics, *readings["mcs2026"].import_sources]
    held = [row["obs_status"] for row in rows]
    counted = {name: held.count(name) for name in ("withheld", "not-available", "net-exporter", "described")}
    assert counted == {"withheld": 224, "not-available": 353, "net-exporter": 92, "described": 56}
    assert held.count("not-applicable") == 8
    assert held.count("below-half-unit") == 48
    zeros = [row for row in rows if row["published"] == "—"]
    assert len(zeros) == 313
    assert {(row["value"], row["obs_status"]) for row in zeros} == {(0.0, "normal")}
