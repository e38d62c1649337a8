"""The query of a report: what was asked for, on which day, and what that means for the figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.workbook import Cell

SHEET = "Query Parameters"
DOWNLOADED = "Download Date"

CLASSIFICATIONS = {"hts": "HTS", "naic": "NAICS", "naics": "NAICS", "end": "EndUse", "enduse": "EndUse"}
NATIONAL = 8
"""Digits from which U.S. codes differ by direction: exports are recorded by Schedule B."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the rows of a report have in common."""

    flow: str
    regime: str
    nomenclature: str
    downloaded: date

    def scheme(self, code: str) -> str:
        """Nomenclature of a code: HTS down to six digits is that of both directions."""
        national = self.flow != "import" and len(code) >= NATIONAL and self.nomenclature == "HTS"
        return "ScheduleB" if national else self.nomenclature


def flow(text: str, file: str) -> tuple[str, str]:
    """Flow and regime of a trade flow in DataWeb's words.

    >>> flow("Domestic Exports", ""), flow("Imports: General", "")
    (('domestic-export', ''), ('import', 'general'))

    Raises
    ------
    SourceError
        If it is neither imports nor exports: a trade balance is no flow.
    """
    told = text.casefold()
    if "export" in told and "import" not in told and "balance" not in told:
        kind = "domestic-export" if "domestic" in told else "re-export" if "foreign" in told else "export"
        return kind, ""
    if "import" in told and "export" not in told and "balance" not in told:
        return "import", "general" if "general" in told else "consumption"
    expected = "imports for consumption, general imports, or domestic, foreign or total exports"
    raise SourceError(file, found=f"trade flow {text!r}", expected=expected)


def query(rows: Sequence[Sequence[Cell]], file: str, retrieved: date) -> Query:
    """Read the sheet ``Query Parameters``.

    Raises
    ------
    SourceError
        If it does not say what was asked for, or if partners, goods or districts were chosen and then
        added up: such a sum has no code.
    """
    asked = _asked(rows)
    name = f"{file}/{SHEET}"
    _check_scale(asked, name)
    for step in ("Countries", "Commodities", "Programs", "Rate Provision Codes", "Districts"):
        _check_sum(asked, step, name)
    trade = "Trade Flow and Classification System"
    kind, regime = flow(asked.get((trade, "Trade Flow"), ""), name)
    system = asked.get((trade, "Classification System"), "")
    return Query(kind, regime, nomenclature(system, name), downloaded(rows) or retrieved)


def nomenclature(system: str, file: str) -> str:
    """Our name of a classification.

    Raises
    ------
    SourceError
        If its edition is not stated (SITC) or it is not one of ours.
    """
    first = re.split(r"[ -]", system.casefold().strip())[0]
    if first in CLASSIFICATIONS:
        return CLASSIFICATIONS[first]
    raise SourceError(
        file, found=f"classification {system!r}", expected="HTS Items, NAIC Codes or End-Use Codes"
    )


def downloaded(rows: Sequence[Sequence[Cell]]) -> date | None:
    """Day a workbook was downloaded, from its query sheet."""
    said = next((row[1] for row in rows if len(row) > 1 and row[0] == DOWNLOADED), "")
    if isinstance(said, datetime | date):
        return said.date() if isinstance(said, datetime) else said
    try:
        return date.fromisoformat(text_of(said)[:10])
    except ValueError:
        return None


def _asked(rows: Sequence[Sequence[Cell]]) -> dict[tuple[str, str], str]:
    """What was asked for, by step and name."""
    asked, step = {}, ""
    for row in rows:
        label, value = (text_of(cell) for cell in [*row, "", ""][:2])
        if label.startswith("Step "):
            step = label.partition(":")[2].strip()
        elif label:
            asked[step, label] = value
    return asked


def _check_scale(asked: dict[tuple[str, str], str], file: str) -> None:
    """Refuse figures in thousands or millions: it is not said whether quantities are, too."""
    scale = asked.get(("Data and Years", "Data Format"), "1")
    if scale.replace(",", "") != "1":
        hint = "Download it again with Data Format 1: whole dollars and units"
        raise SourceError(file, found=f"Data Format {scale}", expected="1", hint=hint)


def _check_sum(asked: dict[tuple[str, str], str], step: str, file: str) -> None:
    """Refuse what was chosen and added up."""
    chosen = asked.get((step, "Select Type"), "Use All")
    how = [value for (at, label), value in asked.items() if at == step and label.endswith("Aggregation")]
    if " all" in f" {chosen.casefold()}" or not any(value.startswith("Aggregate") for value in how):
        return
    hint = f"Download it again with 'Break Out {step}'"
    raise SourceError(file, found=f"{step}: {chosen}, added up", expected="each by itself, or all", hint=hint)
