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
        "Figures of one stage of the chain stand for, or beside, those of another.",
        "Do not net concentrates against compounds or metal, and do not score one by the other.",
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
    FindingRule(
        "code-shortened",
        "warning",
        "Codes have lost their leading zeros.",
        "Read codes as text; a mapping's digits: 6 restores what is missing.",
    ),
    FindingRule(
        "date-mangled",
        "warning",
        "A spreadsheet turned a code or a number into a date.",
        "Format the column as text or number before typing; the rows are kept aside.",
    ),
    FindingRule(
        "separator-ambiguous",
        "warning",
        "Numbers such as 1.234 can be read as 1234 or as 1.234.",
        "Say decimal: and thousands: in the mapping.",
    ),
    FindingRule(
        "encoding-mixed",
        "warning",
        "A text file is written in two encodings.",
        "The odd lines are read as Windows-1252; look at the names in them.",
    ),
    FindingRule(
        "unit-doubtful",
        "warning",
        "A mass may be in kilograms where the mapping says tonnes, or the other way round.",
        "Check the unit at the file's author and correct unit: in the mapping.",
    ),
    FindingRule(
        "total-row",
        "note",
        "A row of the file is the total of other rows.",
        "Kept aside, so that nothing is counted twice.",
    ),
    FindingRule(
        "remark-row",
        "note",
        "A line of text stands among the rows: a footnote, a source, a second header.",
        "Kept aside; read it once, it may say what the numbers are.",
    ),
    FindingRule(
        "country-doubtful",
        "warning",
        "The country's name, its code and the year do not fit together.",
        "The row is kept under the country the name stands for; look the figure up in print.",
    ),
    FindingRule(
        "weight-repeated",
        "warning",
        "One weight stands in several rows, once for each container.",
        "Count it once for each bill and code, not once for each row.",
    ),
    FindingRule(
        "personal-data-redacted",
        "note",
        "Personal data in free text was replaced by [redacted] before anything was stored.",
        "Nothing to do; what was replaced cannot be recovered.",
    ),
    FindingRule(
        "double-count",
        "warning",
        "An aggregate stands beside its members in one partner list.",
        "Leave the aggregate out of sums.",
    ),
    FindingRule(
        "quantity-missing-as-zero",
        "note",
        "A quantity of 0 beside a value is how the publisher writes a missing one.",
        "Fetch the file with the quantity's flag; until then the quantity is not available, not zero.",
    ),
    FindingRule(
        "period-empty",
        "warning",
        "Every figure of a period is zero or missing.",
        "The period is not published yet, or not collected; do not read it as no trade.",
    ),
    FindingRule(
        "units-several",
        "note",
        "The figures of one code stand under several units of quantity.",
        "Sum the values over the units; never sum the quantities.",
    ),
    FindingRule(
        "answer-capped",
        "error",
        "The answer is as long as the publisher's limit: rows may be missing.",
        "Ask for less at a time.",
    ),
    FindingRule(
        "computed",
        "note",
        "The publisher made the row: the country did not report it as it stands.",
        "Read it as the publisher's sum or conversion; compare it with the partner's report before quoting.",
    ),
    FindingRule(
        "levels-mixed",
        "note",
        "A code stands in one file beside the codes it holds: a chapter beside its subheadings.",
        "Add codes of one length only.",
    ),
    FindingRule(
        "quantity-missing",
        "note",
        "Records hold a value and no quantity.",
        "Use values, or count how much of the trade has a quantity before using one.",
    ),
    FindingRule(
        "quantity-estimated",
        "note",
        "The publisher estimated quantities instead of collecting them.",
        "Do not compute unit values from them: they were made from unit values.",
    ),
    FindingRule(
        "quantity-implausible",
        "warning",
        "A quantity is far from what its value stands for.",
        "Do not use the quantity; the value may stand. The expected quantity is given with its interval.",
    ),
    FindingRule(
        "trade-fell",
        "note",
        "Mass and value of a flow fell sharply together: a change of trade, not of recording.",
        "Believe it; look for the reason in policy, price or the reporter's coverage.",
    ),
    FindingRule(
        "figures-frozen",
        "note",
        "A figure is the same as in the period before, to the last digit.",
        "Treat it as carried on, not as measured.",
    ),
    FindingRule(
        "figure-implausible",
        "warning",
        "A figure is tenfold off the other years of its series.",
        "Look it up in another publication before using it; a slip of the decimal point is named.",
    ),
    FindingRule(
        "code-dead",
        "warning",
        "A code has lost its trade for good: its goods are counted under another.",
        "Find the successor in the concordance; a zero from a dead code is no zero.",
    ),
    FindingRule(
        "code-basket",
        "warning",
        "A code holds several materials: nothing it shows is about one of them alone.",
        "Use a longer code that holds one material, or carry the interval of its share.",
    ),
    FindingRule(
        "code-changed",
        "warning",
        "A code changed what it holds: it was split, merged or re-cut in a revision of its nomenclature.",
        "Carry the series across with the concordance, and say by which way; do not draw it through.",
    ),
    FindingRule(
        "code-unknown",
        "error",
        "No edition at hand knows the code.",
        "Check the edition and the country whose tariff it is; another country's eight or ten digits mean"
        " something else.",
    ),
    FindingRule(
        "code-misread",
        "warning",
        "A code is not written as its nomenclature writes it: zeros lost, a decimal, text, too many digits.",
        "Read codes as text; --repair mends what has one meaning and lists each repair.",
    ),
    FindingRule(
        "code-unmapped",
        "error",
        "No link leads from the code to the other edition, or several do and none was chosen.",
        "Choose a way (families, weights), or add a reviewed rule.",
    ),
    FindingRule(
        "code-missing",
        "warning",
        "No code of the nomenclature is about the material: trade statistics cannot show it.",
        "Use the publisher's other figures (shipping records, production), or propose a breakout.",
    ),
    FindingRule(
        "coverage-partial",
        "note",
        "The partners at hand are not all partners: shares are shares of what is listed.",
        "Load all partners before quoting a share of all imports.",
    ),
    FindingRule(
        "period-missing",
        "note",
        "Periods are missing between others of the same series.",
        "Missing is not zero: leave the period out of sums and trends, or load it.",
    ),
    FindingRule(
        "reporter-late",
        "note",
        "A reporter's latest period is behind that of the others.",
        "Leave the latest periods out of comparisons, or mirror them from the partners.",
    ),
    FindingRule(
        "reporter-missing",
        "note",
        "A reporter left out periods between others it reported.",
        "Missing is not zero: mirror the reporter from its partners' records.",
    ),
    FindingRule(
        "levels-mismatch",
        "warning",
        "Longer codes do not sum to the shorter code they are part of.",
        "Use one level only; what is missing below is suppressed or was not loaded.",
    ),
    FindingRule(
        "unit-regime",
        "warning",
        "A code's quantity stands in another unit than the year before.",
        "Do not draw the quantity across the break; use values, or mass if it is given in both.",
    ),
    FindingRule(
        "mirror-gap",
        "note",
        "Two records of one flow differ more than twofold, cost and freight allowed for.",
        "Say whose record is used; look for re-exports, confidential trade and origin against consignment.",
    ),
    FindingRule(
        "record-repeated",
        "error",
        "One record stands in several files of one edition: every sum counts it again.",
        "Load one of the files only, or load it again with --again after removing the other.",
    ),
    FindingRule(
        "row-refused",
        "warning",
        "Rows of the publisher's files break a hard rule and were set aside.",
        "Read them in table reject; correct the file and load it again.",
    ),
    FindingRule(
        "data-missing",
        "error",
        "What a measure needs is neither shipped nor loaded: the measure is not given.",
        "Load it, or give it as a file of your own; a missing measure is no low risk.",
    ),
    FindingRule(
        "basis-mixed",
        "warning",
        "Gross weight stands beside content, or one compound beside another.",
        "Use the interval: it holds for every content the goods may have.",
    ),
    FindingRule(
        "governance-missing",
        "warning",
        "A supplier has no governance score.",
        "Use the interval: from as stable as any to not at all.",
    ),
    FindingRule(
        "transshipment",
        "warning",
        "A direct flow fell while one through a country that does not produce rose.",
        "Ask where those goods come from; the origin shares and their bounds say what is possible.",
    ),
    FindingRule(
        "loop-closed",
        "error",
        "Goods circle among countries of which none produces: their origin cannot be named.",
        "Look for a producer that is not recorded, or for a quantity that is wrong.",
    ),
    FindingRule(
        "supply-unrecorded",
        "warning",
        "A country exports more than it is recorded to produce and to import.",
        "Its surplus is kept as an origin of its own, not recorded; load production of another source.",
    ),
    FindingRule(
        "hub",
        "note",
        "A country passes on goods it does not produce.",
        "Its name as a source says where goods were shipped from, not where they were made.",
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
