"""Reviewed rules: balances, units, headings and duplicate keys, each with the evidence it rests on."""

from __future__ import annotations

from functools import cache

from monazite.codes import reviewed


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one rule file, in order."""
    return reviewed.rows(f"{name}.csv", __name__)


@cache
def units(edition: str) -> dict[tuple[str, str], str]:
    """Units that replace the file's own, by chapter and series."""
    return {(row["chapter"], row["series"]): row["unit"] for row in rows("units") if row["as_of"] == edition}


@cache
def duplicates(edition: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Names of series that share a key, in file order, by chapter and series."""
    return {
        (row["chapter"], row["series"]): tuple(row["names"].split("|"))
        for row in rows("duplicates")
        if row["as_of"] == edition
    }


@cache
def rounded(edition: str) -> dict[tuple[str, str], float]:
    """What the publisher says a series is rounded to, in our unit, by chapter and series."""
    return {
        (row["chapter"], row["series"]): float(row["rounded_to"])
        for row in rows("rounding")
        if row["as_of"] == edition
    }


@cache
def headers(edition: str) -> dict[tuple[str, str], str]:
    """What the figures under a mislabelled heading are, by chapter and series, with the evidence."""
    return {
        (row["chapter"], row["series"]): f"{row['means']} ({row['evidence']})"
        for row in rows("headers")
        if row["as_of"] == edition
    }
