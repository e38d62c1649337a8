"""Mineral statistics against their own series, their totals and their earlier editions."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from monazite.codes.countries import WORLD
from monazite.studies.audit import words
from monazite.studies.audit.figures import FIGURES, PHYSICAL, latest, named, numbers, series_of
from monazite.studies.audit.outcome import outcome
from monazite.studies.audit.records import listed
from monazite.studies.audit.slips import implausible
from monazite.studies.audit.sums import verdict
from monazite.studies.audit.thresholds import FROZEN_YEARS, REVISED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.studies.audit.figures import History, Row, Series
    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

RULES = ("figure-implausible", "figures-frozen", "period-missing", "total-mismatch", "vintage-revised")
TABLE = "mineral_statistic"


def minerals(scope: Scope) -> Iterator[Outcome]:
    """Every check of every source of mineral statistics."""
    if not scope.wants(*RULES):
        return
    for source in scope.sources(TABLE):
        figures = scope.space.rows(FIGURES.format(source=listed([source]), measures=listed(PHYSICAL)))
        held = latest(figures, scope.editions(TABLE, source))
        for rule, check in CHECKS.items():
            if scope.wants(rule):
                yield check(scope, source, held)
        if scope.wants("vintage-revised") and len(scope.editions(TABLE, source)) > 1:
            yield _revised(scope, source, figures)


def _frozen(scope: Scope, source: str, held: dict[Series, History]) -> Outcome:
    """Figures equal in five successive years or more: estimates carried on."""
    rows: list[Row] = []
    for key, history in held.items():
        for years in _runs(numbers(history)):
            row = history[years[-1]]
            rows.append(
                named(
                    key,
                    row,
                    found=f"{words.amount(row['value'])} {row['unit']} in each of {len(years)} years from"
                    f" {years[0]}",
                    expected="a figure of each year's own",
                    factor=float(len(years)),
                )
            )
    rows.sort(key=lambda row: (-row["factor"], row["subject"]))
    return outcome(
        scope,
        "figures-frozen",
        source,
        [{**row, "factor": None} for row in rows],
        unit="series",
        told="{n} run{s} of five equal years or more. {worst}",
        table="mineral_statistic",
        expected="a figure of each year's own",
        examined=len(held),
    )


def _runs(values: dict[int, float]) -> Iterator[list[int]]:
    """Successive years with one figure, five at least."""
    run: list[int] = []
    for year, value in values.items():
        if run and year == run[-1] + 1 and value == values[run[-1]]:
            run.append(year)
        else:
            if len(run) >= FROZEN_YEARS:
                yield run
            run = [year]
    if len(run) >= FROZEN_YEARS:
        yield run


def _missing(scope: Scope, source: str, held: dict[Series, History]) -> Outcome:
    """Years without a figure between years with one."""
    rows: list[Row] = []
    for key, history in held.items():
        years = [year for year, row in history.items() if row["value"] is not None]
        holes = [year for year in range(min(years, default=0), max(years, default=0)) if year not in years]
        if holes:
            rows.append(
                {
                    "subject": str(key),
                    "year": holes[-1],
                    "found": f"no figure in {words.some(holes)}",
                    "expected": "a figure, or why there is none",
                    "holes": len(holes),
                }
            )
    rows.sort(key=lambda row: (-row["holes"], row["subject"]))
    return outcome(
        scope,
        "period-missing",
        source,
        rows,
        told="{n} series with gaps. {worst}",
        unit="series",
        table="mineral_statistic",
        expected="every year of a series",
        examined=len(held),
    )


def _totals(scope: Scope, source: str, held: dict[Series, History]) -> Outcome:
    """Countries that do not sum to the world."""
    parts: dict[tuple[str, str, str, int], list[float]] = defaultdict(list)
    for key, history in held.items():
        for year, row in history.items():
            if key.country != WORLD and row["value"] is not None:
                parts[key.chapter, key.series, key.unit, year].append(row["value"])
    rows: list[Row] = []
    examined = 0
    for key, history in held.items():
        for year, row in history.items() if key.country == WORLD else ():
            found = parts.get((key.chapter, key.series, key.unit, year), [])
            if row["value"] and found:
                examined += 1
                rows += _apart(key, row, found)
    rows.sort(key=lambda row: (-row["factor"], row["subject"]))
    return outcome(
        scope,
        "total-mismatch",
        source,
        rows,
        told="{n} world total{s} missed by more than 1%. {worst}",
        table="mineral_statistic",
        unit="totals",
        expected="countries that sum to the world",
        examined=examined,
    )


def _apart(key: Series, row: Row, parts: list[float]) -> list[Row]:
    """A total that its parts miss, if they do."""
    whole, together = row["value"], math.fsum(parts)
    if verdict(whole, together) not in ("short", "over"):
        return []
    side = "more" if together > whole else "less"
    by = words.share(abs(together - whole), whole)
    return [
        named(
            key,
            row,
            kind=side,
            factor=max(whole / together, together / whole),
            found=f"{len(parts)} countries sum to {words.amount(together)} {row['unit']}, {by} {side}",
            expected=f"{words.amount(whole)} {row['unit']}",
            expected_amount=whole,
        )
    ]


def _revised(scope: Scope, source: str, figures: Sequence[Row]) -> Outcome:
    """Figures another edition gives otherwise."""
    editions = scope.editions("mineral_statistic", source)
    told: dict[tuple[Series, int], list[Row]] = defaultdict(list)
    for row in sorted(figures, key=lambda row: editions.index(row["as_of"])):
        if row["value"] is not None:
            told[series_of(row), row["year"]].append(row)
    pairs = [(key, held[-2], held[-1]) for (key, _), held in told.items() if len(held) > 1]
    rows = [
        named(
            key,
            now,
            found=f"{words.amount(now['value'])} {now['unit']} in {now['as_of']}",
            expected=f"{words.amount(was['value'])} {was['unit']} as in {was['as_of']}",
            expected_amount=was["value"],
            change=abs(now["value"] - was["value"]) / max(was["value"], now["value"]),
        )
        for key, was, now in pairs
        if abs(now["value"] - was["value"]) > REVISED * min(now["value"], was["value"])
    ]
    rows.sort(key=lambda row: (-row["change"], row["subject"]))
    return outcome(
        scope,
        "vintage-revised",
        source,
        rows,
        told="{n} figure{s} revised by more than 5%. {worst}",
        table="mineral_statistic",
        unit="figures in two editions",
        expected="the same figure in both editions",
        examined=len(pairs),
    )


CHECKS = {
    "figure-implausible": implausible,
    "figures-frozen": _frozen,
    "period-missing": _missing,
    "total-mismatch": _totals,
}
