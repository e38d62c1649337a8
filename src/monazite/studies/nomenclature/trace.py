"""One code through every edition, forward and back, link by link, and across to other nomenclatures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from monazite.codes.written import read_code, system
from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.schema.code_health import CODE_LINK
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.store import shipped
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.health.facts import guessed
from monazite.studies.nomenclature.health.known import INTERNATIONAL, codes, editions, every, life
from monazite.studies.nomenclature.health.tariff import tariff_changes
from monazite.studies.nomenclature.links import base, between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.links import Link

Row = dict[str, Any]
QUESTION = "What was this code before, and what became of it?"
METHOD = "docs/code-health.md"
SAME = "1:1"
_TEXTS = {"HS2022": "HTS2025"}
"""Whose texts stand for an edition's, where those of the edition itself may not be passed on."""


def trace(code: str, start: str | None = None) -> Answer:
    """Follow a code through the editions of its nomenclature.

    Parameters
    ----------
    code
        Six digits of the Harmonized System, or ten of a tariff; dots are read over.
    start
        Edition to start from, such as ``HS1992`` or ``HTS2025``; by default the first that knows the
        code, of a tariff the latest.

    Returns
    -------
    Answer
        One row of ``code_link`` a link. Links that a reviewed rule cuts are shown and not followed.

    Raises
    ------
    UnknownCodeError
        If the edition, or any at hand, does not know the code.
    UsageError
        If it is a chapter or a heading: editions are linked by subheadings.

    Examples
    --------
    >>> [(row["other"], row["other_code"]) for row in trace("811230", "HS1992").table][1:4]
    [('HS2002', '811230'), ('HS2007', '811292'), ('HS2007', '811299')]
    """
    edition, read = _start(code, start)
    if edition in HS_EDITIONS:
        rows = [*_through(edition, read, 1), *_through(edition, read, -1), *_across(edition, read)]
    else:
        rows = list(_tariff(edition, read))
    return answer(
        f"{edition} {read} through the editions",
        Frame(CODE_LINK, tuple(_described(rows))),
        method=METHOD,
        parameters={"code": read, "from": edition},
        sources=shipped_sources("unsd", "hts", "census_concordance"),
        question=QUESTION,
    )


def _start(code: str, start: str | None) -> tuple[str, str]:
    """The edition to start from and the code as it is read."""
    name = start or guessed(code)
    if not editions(name):
        raise UnknownCodeError("nomenclature", name, ["HTS2025", "ScheduleB2022", *HS_EDITIONS])
    known = every(name)
    written = read_code(code, name, known)
    read = written.code or written.repaired
    lived = life(name, read) if read in known else None
    if lived is None:
        elsewhere = life(system(name), "".join(sign for sign in code if sign.isdigit()))
        hint = f"It is in {', '.join(elsewhere.editions)}" if elsewhere else f"It is {written.told}"
        raise UnknownCodeError(f"code of {name}", code, [one for one in known if one[:4] == read[:4]], hint)
    if system(name) == "HS" and len(read) != INTERNATIONAL:
        raise UsageError(f"{read} is no subheading: editions are linked by six digits; monazite codes show.")
    if name in lived.editions:
        return name, read
    return (lived.editions[0] if system(name) == "HS" else _newest(lived.editions)), read


def _newest(among: Sequence[str]) -> str:
    """The latest edition that has a list of codes, not only imports under them."""
    return next(one for one in reversed(among) if one != "HTS2024" or len(among) == 1)


def _through(edition: str, code: str, step: int) -> Iterator[Row]:
    """Links from an edition on, or from it back."""
    here, order = {code}, HS_EDITIONS[HS_EDITIONS.index(edition) :: step]
    for name, other in pairwise(order):
        links = [link for link in between(name, other) if link.code in here]
        yield from (_row("forward" if step > 0 else "back", name, other, link) for link in links)
        here = {link.other_code for link in links if not link.cut}


def _row(direction: str, name: str, other: str, link: Link) -> Row:
    """A link as a row."""
    return {
        "direction": direction,
        "nomenclature": name,
        "code": link.code,
        "other": other,
        "other_code": link.other_code,
        "relation": link.relation,
        "followed": not link.cut,
        "comment": link.cut or link.added or None,
    }


def _tariff(edition: str, code: str) -> Iterator[Row]:
    """Links of a tariff's code: its own changes, its six digits through the editions, and across."""
    blank = {"nomenclature": edition, "code": code, "followed": True}
    for change in tariff_changes(system(edition), code):
        relation = "1:n" if len(change.codes) > 1 else SAME
        for new in change.codes:
            yield {**blank, "direction": "forward", "other": change.after, "other_code": new,
                   "relation": relation, "comment": change.note or None}  # fmt: skip
    yield from _across(edition, code)
    below, six = base(edition), code[:INTERNATIONAL]
    if below and six in codes(below):
        yield {**blank, "direction": "across", "other": below, "other_code": six, "relation": "n:1",
               "comment": "its first six digits"}  # fmt: skip
        yield from _through(below, six, -1)


def _across(edition: str, code: str) -> Iterator[Row]:
    """Links to nomenclatures that are no edition of the Harmonized System."""
    names = [edition] if edition in HS_EDITIONS else editions(system(edition))
    listed = ", ".join(f"'{name}'" for name in names)
    found = shipped.query(
        "SELECT nomenclature, code, other, other_code, relation, nullif(comment, '') AS comment"
        f" FROM nomenclature_link WHERE nomenclature IN ({listed}) AND code = ? AND other NOT LIKE 'HS%'"
        " ORDER BY other, other_code",
        [code],
    )
    yield from ({**row, "direction": "across", "followed": True} for row in found)


def _described(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows with the text of the other code, where it may be passed on."""
    wanted = {(_TEXTS.get(row["other"], row["other"]), row["other_code"]) for row in rows}
    listed = ", ".join(f"('{name}', '{code}')" for name, code in wanted) or "('', '')"
    found = shipped.query(
        "SELECT nomenclature, code, description FROM nomenclature_code"
        f" WHERE (nomenclature, code) IN ({listed}) AND description IS NOT NULL"
    )
    texts = {(row["nomenclature"], row["code"]): row["description"] for row in found}
    for row in rows:
        key = (_TEXTS.get(row["other"], row["other"]), row["other_code"])
        yield {**row, "description": texts.get(key)}
