"""Balances: which series make up the net import reliance of each material and stage.

``rules/items.csv`` holds one row an item, ``rules/terms_<edition>.csv`` one row a series of an
item. Production rows are chosen from each chapter's published definition, never by fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError
from monazite.sources.usgs_mcs import rules

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs.editions import Edition
    from monazite.sources.usgs_mcs.reading import Reading

Row = dict[str, Any]


def items() -> list[Row]:
    """Rows of ``balance_item``."""
    return [
        {
            **row,
            "headline": row["headline"] == "yes",
            "identity": row["identity"] or None,
            "caveat": row["caveat"] or None,
            "figure_2": row["figure_2"] or None,
        }
        for row in rules.rows("items")
    ]


def terms(edition: Edition, reading: Reading) -> list[Row]:
    """Rows of ``balance_term`` for one edition, each checked against what the edition holds.

    Raises
    ------
    SourceError
        If a rule names a series that the file does not hold: the file is cut short or its
        labels have changed. The message names the rule's line.
    """
    held = {(row["chapter"], row["series"]) for row in (*reading.statistics, *reading.import_sources)}
    found = []
    for line, row in enumerate(rules.rows(f"terms_{edition.id}"), start=2):
        if (row["chapter"], row["series"]) not in held:
            raise SourceError(
                reading.snapshots[0]["file"],
                found=f"no series {row['series']!r} in chapter {row['chapter']!r}",
                expected=f"one, by rules/terms_{edition.id}.csv line {line}",
                hint="The file is cut short or its labels have changed",
            )
        found.append(_term(edition, row))
    return found


def _term(edition: Edition, row: dict[str, str]) -> Row:
    """One rule as a row of ``balance_term``."""
    coarse = rules.rounded(edition.id).get((row["chapter"], row["series"]))
    return {"as_of": edition.id, **row, "sign": int(row["sign"]), "rounded_to": coarse}
