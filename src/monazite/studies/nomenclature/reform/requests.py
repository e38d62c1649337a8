"""The draft of a request: one document for each heading and body, to be completed by whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.results import words
from monazite.results.shown import dollars
from monazite.schema.interval import Interval
from monazite.studies.nomenclature.reform.asking import PROPOSED
from monazite.studies.nomenclature.reform.committee import (
    COMMITTEE,
    CRITERIA,
    CRITERIA_WORLD,
    LEAST_TRADERS,
    MET,
    NOT_MET,
    OPEN,
    told,
    worth_whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.results.frame import Frame, Row
    from monazite.studies.nomenclature.answer import Answer

PARTNERS = 10
FILL = "[to be filled in by the applicant]"
TO_WHOM = {
    COMMITTEE: "Committee for Statistical Annotation of Tariff Schedules (section 484(f) of the Tariff Act of"
    " 1930), 484f@usitc.gov",
}
TO_WORLD = "World Customs Organization, Harmonized System Review Sub-Committee, through the United States"
"""Six digits are proposed by governments."""


SURE = (
    "Tags: V1 read in a primary file; S reported by others; C computed; U judgement.",
    "The words of the lines are drafts and judgement: they decide neither classification nor duty.",
)


SINGLE = {
    MET: "Met for each line.",
    OPEN: "Open for each line: its own value is known only within the bounds above.",
    NOT_MET: "Not met for at least one line, even at the upper end of its share.",
}
"""What the test says of single lines."""


class Part(NamedTuple):
    """A section: its heading, paragraphs, a table with its headings, and points."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    points: tuple[str, ...] = ()


class Request(NamedTuple):
    """A draft request: the name of its file without ending, its title, its sections."""

    name: str
    title: str
    parts: tuple[Part, ...]


def requests(result: Answer) -> list[Request]:
    """A draft for each heading and body with a code proposed."""
    proposed = result.table.where(status=PROPOSED)
    keys = dict.fromkeys((row["body"], row["heading"]) for row in proposed)
    return [
        _request(result, body, list(proposed.where(body=body, heading=heading))) for body, heading in keys
    ]


def _request(result: Answer, body: str, rows: list[Row]) -> Request:
    """The draft for one heading."""
    heading, committee = rows[0]["heading"], body == COMMITTEE
    kind = "statistical lines" if committee else "subheadings"
    parts = [
        Part(
            "To whom, from whom",
            (
                f"To: {TO_WHOM.get(body, TO_WORLD)}.",
                f"Applicant: {FILL}",
                f"Date: {FILL}",
                f"Contact: {FILL}",
            ),
        )
    ]
    for row in rows:
        parts += [*_about(result, row, kind)]
    criteria = CRITERIA if committee else CRITERIA_WORLD
    sources = dict.fromkeys(f"{row['written']}: {row['source']} [{row['tag']}]" for row in rows)
    parts += [
        Part("Criteria, as they were read", points=criteria),
        Part("For the applicant to add", points=tuple(_to_add(committee=committee))),
        Part("Sources", (result.cite(),), points=tuple(sources)),
        Part("How sure", SURE),
    ]
    name = f"{'484f' if committee else 'wco'}-{heading}"
    return Request(name, f"Draft request for new {kind} under heading {heading}", tuple(parts))


def _about(result: Answer, row: Row, kind: str) -> Iterator[Part]:
    """What is asked for one code, why, with what trade, and what it costs."""
    lines = result.details["lines"].where(code=row["code"])
    yield Part(
        f"{row['written']}: what is asked",
        (
            f"In place of one code, “{row['description']}”, these {kind}; the body gives their numbers.",
            "What each may have had of the trade of 2024 is known only within bounds.",
        ),
        ("Proposed text", "Units of quantity", "Trade in 2024"),
        tuple((line["text"], line["unit"], _worth(line)) for line in lines),
    )
    yield Part(f"{row['written']}: why", tuple(_why(row)))
    yield _trade(result.details["partners"], row)
    yield _tests(row)


def _why(row: Row) -> Iterator[str]:
    """The reason, and what the split would tell."""
    if row["reason"]:
        yield row["reason"]
    bits = told(Interval(row["entropy_low"], row["entropy_high"]))
    yield (
        f"Today the code holds {row['holds']} together. Telling them apart gives {bits} on each dollar of the"
        f" trade; weighted with its value in million USD and the concentration of its partners, up to"
        f" {words.plain(row['information_high'], 3)} bit·$M: place {row['rank']} among the codes compared."
    )
    if row["note"]:
        yield row["note"]


def _trade(partners: Frame, row: Row) -> Part:
    """Imports of 2024 by partner."""
    sent = partners.where(code=row["code"]).rows
    told_rows = tuple(
        (one["name"], dollars(one["value_usd"]), words.percent(one["share"]))
        for one in sent[:PARTNERS]
    )  # fmt: skip
    hhi = words.index_range(row["hhi_low"], row["hhi_high"])
    return Part(
        f"{row['written']}: United States imports for consumption, 2024",
        (
            f"{dollars(row['value_usd'])} customs value from {row['partners']} listed partners.",
            f"Herfindahl–Hirschman index {hhi}.",
            "Not every partner is listed, and the European Union counts as one.",
        ),
        ("Partner", "Customs value", "Share"),
        told_rows,
    )


def _tests(row: Row) -> Part:
    """How the code stands in the tests, and what the split costs."""
    points = [_value_test(row)]
    if row["traders_test"]:
        proxy = f"{row['partners']} partner countries stand in for importers"
        points.append(f"At least {LEAST_TRADERS} traders: {row['traders_test']}; {proxy}.")
    points.append(f"Continuity: {row['continuity']}")
    points.append(f"The six digits have held the same goods since {row['unchanged_since']}.")
    return Part(f"{row['written']}: tests and cost", points=tuple(points))


def _value_test(row: Row) -> str:
    """The test of trade: the code as a whole first, then each line."""
    had = f"the code as a whole had {dollars(row['value_usd'])} in 2024"
    if row["body"] != COMMITTEE:
        return f"Trade, 50 million USD of world trade [U]: {row['value_test']}; {had}, United States alone."
    whole = f"Trade, 1 million USD: {worth_whole(row['value_usd'])} for the code as a whole; {had}."
    return f"{whole} {SINGLE[row['value_test']]}"


def _to_add(*, committee: bool) -> Iterator[str]:
    """What only the applicant can know."""
    yield "A ruling or reference that the goods are classified under the code."
    if committee:
        yield "Names of importers and of makers abroad, where known; nothing confidential."
        yield "Whether exports (Schedule B) need the same lines."
    else:
        yield "World trade of the goods, by value, and the countries that already tell them apart."
    yield "How customs officers can tell the goods apart: appearance, papers, a laboratory method."


def _worth(line: Row) -> str:
    """The trade a line may have had."""
    low, high = line["value_low_usd"], line["value_high_usd"]
    if dollars(low) == dollars(high):
        return dollars(high)
    return f"up to {dollars(high)}" if low == 0 else f"{dollars(low)} to {dollars(high)}"
