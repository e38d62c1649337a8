"""Country indicators: years that are missing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.studies.audit import words
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.periods import gaps
from monazite.studies.audit.records import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

RULES = ("period-missing",)


def indicators(scope: Scope) -> Iterator[Outcome]:
    """Years missing inside the indicators of every source."""
    if not scope.wants(*RULES):
        return
    for source in scope.sources("indicator"):
        held: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row in scope.space.rows(
            "SELECT DISTINCT indicator, country, year FROM indicator"
            f" WHERE source = {listed([source])} AND value IS NOT NULL"
        ):
            held[row["indicator"], row["country"]].add(row["year"])
        rows = [*_whole(held), *_countries(held)]
        yield outcome(
            scope,
            "period-missing",
            source,
            rows,
            told="{n} series with gaps. {worst}",
            unit="series",
            table="indicator",
            expected="every year of a series",
            examined=len(held),
        )


def _every(held: dict[tuple[str, str], set[int]]) -> dict[str, set[int]]:
    """Years of an indicator, of whichever country."""
    years: dict[str, set[int]] = defaultdict(set)
    for (indicator, _), found in held.items():
        years[indicator] |= found
    return years


def _whole(held: dict[tuple[str, str], set[int]]) -> Iterator[Row]:
    """Years without a figure of any country."""
    for indicator, years in sorted(_every(held).items()):
        missing = gaps([str(year) for year in sorted(years)])
        if missing:
            yield _row(f"{indicator}, all countries", missing)


def _countries(held: dict[tuple[str, str], set[int]]) -> list[Row]:
    """Years others have and a country lacks, between years it has."""
    among = _every(held)
    rows = []
    for (indicator, country), years in sorted(held.items()):
        missing = sorted(str(one) for one in among[indicator] - years if min(years) < one < max(years))
        if missing:
            rows.append(_row(f"{indicator}, {country}", missing))
    return sorted(rows, key=lambda row: (-row["n"], row["subject"]))


def _row(subject: str, missing: list[str]) -> Row:
    """Missing years in words."""
    return {
        "subject": subject,
        "found": f"no figure in {words.some(missing, 5)}",
        "expected": "a figure in every year",
        "year": int(missing[-1]),
        "period": missing[-1],
        "n": len(missing),
    }
