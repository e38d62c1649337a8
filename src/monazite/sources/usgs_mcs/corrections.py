"""Corrections the publisher made after the data file: reviewed, guarded, and told.

A correction carries the value it expects to replace; on the day the file holds another value the
reader refuses, so that a correction never outlives its reason.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.findings import finding
from monazite.sources.usgs_mcs import rules
from monazite.sources.usgs_mcs.marks import read_mark
from monazite.sources.usgs_mcs.units import UNITS

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs.reading import Reading, Row


def corrected(reading: Reading) -> None:
    """Apply the reviewed corrections of the reading's edition, each with a finding.

    Raises
    ------
    SourceError
        If the file no longer holds the value a correction expects.
    """
    for rule in rules.rows("corrections"):
        if rule["as_of"] == reading.edition.id:
            _correct(reading, _target(reading, rule), rule)


def _target(reading: Reading, rule: dict[str, str]) -> Row:
    """The row a correction is about."""
    names = ("chapter", "series", "country")
    found = [
        row
        for row in reading.statistics
        if all(row[name] == rule[name] for name in names) and row["year"] == int(rule["year"])
    ]
    if [row["published"] for row in found] != [rule["expect"]]:
        held = ", ".join(row["published"] for row in found) or "no such row"
        raise SourceError(
            "rules/corrections.csv",
            column=rule["series"],
            found=held,
            expected=rule["expect"],
            hint="The publisher may have corrected the file; remove the rule",
        )
    return found[0]


def _correct(reading: Reading, row: Row, rule: dict[str, str]) -> None:
    """Replace one figure and say so."""
    factor = UNITS[row["unit_published"]].factor
    mark = read_mark(rule["correct"], Decimal(factor))
    row |= {"value": mark.value, "low": mark.low, "high": mark.high}
    row |= {"low_open": mark.low_open, "high_open": mark.high_open}
    row |= {"obs_status": mark.obs_status, "published": rule["correct"]}
    reading.tell(
        finding(
            "source-corrected",
            rule["chapter"],
            where=f"{row['file']}, line {row['line']} ({row['country']}, {row['year']})",
            found=rule["expect"],
            expected=f"{rule['correct']} ({rule['evidence']})",
        )
    )
