"""The answer of the reform: codes ranked by what a split would tell, lines, partners, tests, continuity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.material_codes import material_codes
from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.schema.findings import finding
from monazite.schema.reform import REFORM, REFORM_LINE, REFORM_PARTNER
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.names import name_of
from monazite.studies.nomenclature.reform.candidates import HEADING, candidates
from monazite.studies.nomenclature.reform.committee import (
    COMMITTEE,
    COST,
    COST_WORLD,
    CRITERIA,
    CRITERIA_WORLD,
    WORLD,
    traders,
    worth,
    worth_of,
)
from monazite.studies.nomenclature.reform.lines import REST, TARIFF
from monazite.studies.nomenclature.standing import unchanged_since
from monazite.studies.nomenclature.us_imports import coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monazite.codes.material_codes import MaterialCode
    from monazite.results.frame import Row
    from monazite.schema.findings import Finding
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.reform.candidates import Candidate
    from monazite.studies.nomenclature.reform.lines import Line

TOP = 20
FEW = 4
"""Materials of one line that are named each; more are told in the line's words."""
PROPOSED, SPLIT, NONE = "proposed", "split since", "no trade"
MILLION = 1_000_000
METHOD = (
    "Expected information of a split = entropy of the lines proposed (bits per dollar of trade) × imports of"
    " 2024 in million USD × Herfindahl–Hirschman index of the partners. Shares of the lines are known only"
    " within bounds, a group of partners hides its members, so each factor is an interval; proposals are"
    " ranked by the upper end, which is what is expected where nothing but the bounds is known.\n\n"
    "Ten-digit lines go to the 484(f) committee, six-digit subheadings to the World Customs Organization:"
    " what the United States already tells apart in its own lines is proposed for the six digits above."
    " Lines written by hand stand in breakouts.csv; the others are composed from the materials map and tagged"
    " U. Who imports is not published: the number of partner countries stands in for traders.\n\n"
    "The European Union is counted without its member Slovakia, which is listed apart. The product is a"
    " ranking of what is unknown, not of what is risky: a code ranks high because it is large, mixed and from"
    " few partners."
)


def reform(heading: str = "", *, top: int | None = TOP) -> Answer:
    """Rank the codes whose splitting would tell most, with the lines proposed and the tests they face.

    Parameters
    ----------
    heading
        Only codes that begin with these digits, with or without dots and spaces.
    top
        At most so many for each body; all if ``None``.

    Raises
    ------
    UsageError
        If the heading is anything but digits, dots and spaces.
    UnknownCodeError
        If no code that begins so could be split.
    """
    begun = _digits(heading)
    found = candidates()
    if not any(one.code.startswith(begun) for one in found):
        known = sorted({one.code[:HEADING] for one in found})
        raise UnknownCodeError("heading with a code to split", heading, known)
    ranked = list(_ranked(found, begun, top))
    lines = Frame(REFORM_LINE, tuple(row for one, _ in ranked for row in _lines(one)))
    partners = Frame(REFORM_PARTNER, tuple(row for one, _ in ranked for row in _partners(one)))
    table = Frame(REFORM, tuple(_row(one, place) for one, place in ranked))
    return answer(
        "Codes whose splitting would tell most",
        table,
        method=METHOD,
        parameters={"heading": heading.strip(), "top": top},
        details={"lines": lines, "partners": partners},
        findings=(*_baskets(table), coverage()),
        sources=shipped_sources("hts", "unsd", "census"),
        headlines=_headlines(table, lines),
        notes=(*CRITERIA, *CRITERIA_WORLD),
    )


def _digits(heading: str) -> str:
    """The digits a code is to begin with; none for every code.

    >>> _digits("8112.92"), _digits("")
    ('811292', '')
    """
    digits = heading.replace(".", "").replace(" ", "")
    if heading and not (digits.isascii() and digits.isdigit()):
        msg = (
            f"heading {heading!r} is no beginning of a code: expected digits, with or without dots, such as"
            " 2846, 8112.92 or 3001.90.01.90; a material is asked for with the command map"
        )
        raise UsageError(msg)
    return digits


def _ranked(
    found: Sequence[Candidate], begun: str, top: int | None
) -> Iterator[tuple[Candidate, int | None]]:
    """Candidates that begin so with their place among all of their body; what is not proposed has none."""
    for body in (COMMITTEE, WORLD):
        mine = [one for one in found if one.body == body]
        placed = enumerate(sorted((one for one in mine if status(one) == PROPOSED), key=_telling), start=1)
        yield from [(one, place) for place, one in placed if one.code.startswith(begun)][:top]
        yield from ((one, None) for one in mine if one.code.startswith(begun) and status(one) != PROPOSED)


def _telling(one: Candidate) -> tuple[float, str]:
    """What the order follows."""
    told = one.information
    return (-told.high if told else 0.0), one.code


def status(one: Candidate) -> str:
    """Whether a candidate is proposed, was split since, or has no trade to show."""
    if one.split_since:
        return SPLIT
    return PROPOSED if one.information else NONE


def _row(one: Candidate, place: int | None) -> Row:
    """A candidate as a row of the answer."""
    told, under, bits = one.information, one.imports, one.bits
    hhi = under.hhi if under else None
    leading = under.leading if under else None
    partners = len(under.sent) if under else None
    proposal, world = one.proposal, one.body == WORLD
    value = under.value_usd if under else None
    return {
        "rank": place,
        "body": one.body,
        "heading": one.code[:HEADING],
        "code": one.code,
        "written": dotted(one.code),
        "description": _said(one.said),
        "holds": ", ".join(_named(one)),
        "status": status(one),
        "lines": len(proposal.lines),
        "reviewed": proposal.reviewed,
        "entropy_low": round(bits.low, 6),
        "entropy_high": round(bits.high, 6),
        "value_usd": value,
        "hhi_low": hhi.low if hhi else None,
        "hhi_high": hhi.high if hhi else None,
        "information_low": told.low if told else None,
        "information_high": told.high if told else None,
        "partners": partners,
        "leading_partner_name": leading.name if leading else None,
        "leading_share": under.leading_share if under else None,
        "value_test": worth_of(one.code, proposal.lines, value),
        "traders_test": None if world else traders(partners),
        "unchanged_since": unchanged_since(one.code),
        "continuity": COST_WORLD if world else COST,
        "reason": proposal.reason or None,
        "note": _note(one) or None,
        "tag": proposal.tag,
        "source": proposal.source,
    }


def _note(one: Candidate) -> str:
    """What a later tariff did, what a new line was part of, or which lines tell six digits apart already."""
    if one.split_since or one.before:
        return one.split_since or f"Part of {one.before} in 2024."
    if one.body == COMMITTEE:
        return ""
    wanted = dict.fromkeys(_materials(one))
    own = [row for row in _lines_of(one.code) if row.material in wanted]
    told = dict.fromkeys(f"{dotted(row.code)} {name_of(row.material)}" for row in own)
    return f"The United States tells apart: {'; '.join(told)}." if told else ""


def _lines_of(code: str) -> Iterator[MaterialCode]:
    """Ten-digit lines under six digits that are wholly one material."""
    rows = (row for row in material_codes() if row.nomenclature == TARIFF and row.code.startswith(code))
    return (row for row in rows if row.share_low == 1)


def _materials(one: Candidate) -> Iterator[str]:
    """Ids of the materials of the lines proposed."""
    return (each for line in one.proposal.lines for each in line.materials)


def _said(description: str) -> str:
    """The words of a code from its heading down, so that they can be read alone.

    >>> _said("Compounds > Other > Oxides > Other")
    'Compounds: Oxides: Other'
    """
    levels = description.split(" > ")
    return ": ".join([*(level for level in levels[:-1] if level != "Other"), levels[-1]])


def _named(one: Candidate) -> Iterator[str]:
    """What the lines proposed are of: materials by name, else the words of the line."""
    held = dict.fromkeys(told for line in one.proposal.lines if line.text != REST for told in _told(line))
    yield from held


def _told(line: Line) -> list[str]:
    """A line by the names of its materials; where there are none or many, by its own words."""
    if 0 < len(line.materials) <= FEW:
        return [name_of(each) for each in line.materials]
    return [line.text[:1].lower() + line.text[1:]]


def _lines(one: Candidate) -> Iterator[Row]:
    """The lines proposed under a candidate."""
    value = one.imports.value_usd if one.imports else None
    for place, line in enumerate(one.proposal.lines, start=1):
        yield {
            "code": one.code,
            "written": dotted(one.code),
            "line": place,
            "text": line.text,
            "materials": ", ".join(line.materials) or None,
            "unit": line.unit,
            "share_low": line.share.low,
            "share_high": line.share.high,
            "value_low_usd": None if value is None else line.share.low * value,
            "value_high_usd": None if value is None else line.share.high * value,
            "value_test": worth(line, value),
        }


def _partners(one: Candidate) -> Iterator[Row]:
    """Who sends what under a candidate."""
    for sent in one.imports.sent if one.imports else ():
        yield {
            "code": one.code,
            "partner": sent.partner,
            "name": sent.name,
            "value_usd": sent.value_usd,
            "share": sent.value_usd / one.imports.value_usd if one.imports else 0.0,
        }


def _baskets(table: Frame) -> list[Finding]:
    """That a code proposed holds several goods."""
    return [
        finding(
            "code-basket",
            row["written"],
            where=f"{row['body']}, imports of 2024",
            found=f"holds {row['holds']}",
            expected="one material, or a line for each",
        )
        for row in table.where(status=PROPOSED)
    ]


def _headlines(table: Frame, lines: Frame) -> list[Headline]:
    """How much is proposed."""
    proposed = table.where(status=PROPOSED)
    value = sum(row["value_usd"] for row in proposed.where(body=COMMITTEE))
    return [
        Headline("Lines to split", str(len(proposed.where(body=COMMITTEE))), "484(f), ten digits"),
        Headline("Subheadings to split", str(len(proposed.where(body=WORLD))), "WCO, six digits"),
        Headline(
            "Trade they hide", f"${value / MILLION:,.0f} M", "US imports 2024 under the ten-digit lines"
        ),
        Headline("Lines proposed", str(len(lines)), _reviewed(table)),
    ]


def _reviewed(table: Iterable[Row]) -> str:
    """How many codes have lines written by hand."""
    listed = [row["reviewed"] for row in table]
    return f"{sum(listed)} of {len(listed)} codes written by hand"
