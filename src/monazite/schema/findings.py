"""Findings: what is wrong, doubtful or merely worth knowing about a number.

Raise for the programmer's mistake; return a :class:`Finding` for the data's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: which rule, about what, where, what was found and what was expected.

    ``subject`` is the item, material, file or table it concerns; ``where`` names the source
    place (edition, file, line, column); ``rows`` counts the rows concerned.
    """

    rule: str
    severity: Severity
    subject: str
    where: str
    found: str
    expected: str
    rows: int = 1
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A rule of stable id; its page is ``docs/findings/<id>.md``."""

    id: str
    severity: Severity
    meaning: str
    hint: str


RULES = (
    FindingRule(
        "identity-open",
        "warning",
        "Production, trade and stock changes do not sum to the published consumption.",
        "Use the published reliance with care; ask which component is missing.",
    ),
    FindingRule(
        "reliance-differs",
        "warning",
        "1 − production / consumption differs from the published reliance by more than rounding allows.",
        "Read the chapter's definition: scrap, stocks or forms may be counted differently.",
    ),
    FindingRule(
        "vintage-revised",
        "warning",
        "The same year has another value in another edition.",
        "Never draw a trend across editions; choose one.",
    ),
    FindingRule(
        "figure-differs",
        "warning",
        "The publication's Figure 2 prints another value than its chapter.",
        "The chapter's value is shown; quote the figure's only as the figure's.",
    ),
    FindingRule(
        "censored",
        "note",
        "The figure is published as a bound; it is shown as an interval.",
        "Rank by the lower end if you must rank; do not read the bound as the value.",
    ),
    FindingRule(
        "withheld",
        "note",
        "A component is withheld to protect a company.",
        "It cannot be recovered from this table; the reliance may still be published.",
    ),
    FindingRule(
        "not-comparable",
        "note",
        "This row rests on another definition than its neighbours in the ranking.",
        "Compare only rows with the same consumption basis and stage.",
    ),
    FindingRule(
        "group-value",
        "note",
        "The figure is published for a group; each member shows the group's figure.",
        "The member may depend more, or less, than its group.",
    ),
    FindingRule(
        "partner-unspecified",
        "note",
        "'Other countries' is too large for an exact concentration; bounds are given.",
        "Load customs data by partner for an exact index.",
    ),
    FindingRule(
        "partner-group",
        "note",
        "One cell names several countries together.",
        "The share belongs to the group; it is not divided.",
    ),
    FindingRule(
        "no-data",
        "warning",
        "A mineral has no published net import reliance.",
        "The row says what is published instead, and where else to look.",
    ),
    FindingRule(
        "stage-mismatch",
        "warning",
        "Net exporter at one stage, dependent at the next.",
        "Do not net concentrates against compounds or metal.",
    ),
    FindingRule(
        "definition-changed",
        "note",
        "The definition changed inside the series.",
        "Government stock changes are left out from 2023 on.",
    ),
    FindingRule(
        "source-corrected",
        "warning",
        "The publisher has corrected this figure since the data file was released.",
        "See the publisher's version history; the corrected figure is given.",
    ),
    FindingRule(
        "key-duplicated",
        "warning",
        "Two rows carry the same key; the notes tell them apart.",
        "The reader separates them by the trade codes in the notes.",
    ),
    FindingRule(
        "value-unreadable",
        "warning",
        "A value the reader cannot understand.",
        "Kept as published, without a number.",
    ),
    FindingRule(
        "sign-lost",
        "warning",
        "A sign the publisher's encoding turned into a question mark.",
        "The figure is bounded by both signs.",
    ),
    FindingRule(
        "footnote-as-number",
        "warning",
        "A footnote mark in brackets became a negative number.",
        "No number is taken from it.",
    ),
    FindingRule(
        "column-shifted",
        "warning",
        "A value stands in the wrong column of the file.",
        "The cell is read by position only where the row says what it is.",
    ),
    FindingRule(
        "header-mislabelled",
        "warning",
        "A column's heading does not say what its figures are.",
        "The reader follows the figures; another edition confirms them.",
    ),
    FindingRule(
        "unit-mislabelled",
        "warning",
        "A unit in the file is not the unit of its figures.",
        "The reader uses the unit that the chapter states.",
    ),
    FindingRule(
        "total-mismatch",
        "warning",
        "The countries do not sum to the published world total.",
        "Withheld or rounded countries explain small gaps; larger ones are errors in the file.",
    ),
    FindingRule(
        "shares-mismatch",
        "warning",
        "Import shares do not sum to 100 percent within rounding.",
        "Concentration is computed from the shares as published.",
    ),
    FindingRule(
        "name-corrected",
        "note",
        "A name in the file is misspelt or carries a footnote; it is read as the name meant.",
        "Nothing to do.",
    ),
    FindingRule(
        "country-unknown",
        "warning",
        "A country name that no list holds.",
        "Its rows are kept under the name as published.",
    ),
    FindingRule(
        "row-empty",
        "note",
        "A row of the file holds no figure.",
        "Counted, so that rows in equal rows out and rows explained.",
    ),
)


def rule(identifier: str) -> FindingRule:
    """The rule of that id.

    >>> rule("censored").severity
    'note'
    """
    return next(rule for rule in RULES if rule.id == identifier)


def finding(  # noqa: PLR0913 - the fields of a finding, by name
    identifier: str, subject: str, *, where: str, found: str, expected: str, rows: int = 1, hint: str = ""
) -> Finding:
    """Compose a finding under a declared rule, with the rule's severity and hint."""
    declared = rule(identifier)
    return Finding(
        identifier, declared.severity, subject, where, found, expected, rows, hint or declared.hint
    )
