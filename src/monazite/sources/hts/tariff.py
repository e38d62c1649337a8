"""Codes of an edition: those with a line, and those above them that the schedule passes over.

A text is that of a line under all texts above it, from the heading down, parted by ``>``:
``Live horses, asses, mules and hinnies > Horses > Purebred breeding animals > Males``. The schedule gives
a heading or subheading no line where it need not: 8507.60.00 stands for 8507.60, too. Such a code holds
the codes that begin with it, and its text is what theirs have in common.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.nomenclature import NOMENCLATURE_CODE
from monazite.sources.hts.lines import COLUMNS
from monazite.sources.hts.units import readable, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monazite.sources.hts.lines import Line
    from monazite.sources.source import Account, Row

HEADING, STEP = 4, 2
PART_OF = " > "
_NUMBER = re.compile(r"\d{4}(\.\d\d){0,3}", re.ASCII)


class Code(NamedTuple):
    """A code's texts from the heading down, its units, its line."""

    texts: tuple[str, ...]
    units: tuple[str, ...]
    line: int


def rows(lines: Iterable[Line], account: Account) -> Iterator[Row]:
    """A row for each code, in their order; records are the numbered lines, and the codes without one."""
    listed = dict(_listed(lines, account))
    codes = {**_between(listed), **listed}
    account.records += len(codes) - len(listed)
    parents = {code: _parent(code, codes) for code in codes}
    held = set(parents.values())
    for code in sorted(codes):
        texts, counted, line = codes[code]
        first, second, *_ = (*counted, None, None)
        yield {
            "code": code,
            "parent": parents[code],
            "level": len(code),
            "leaf": code not in held,
            "description": PART_OF.join(texts) or None,
            "unit": first,
            "unit_2": second,
            "_line": line,
        }


def _listed(lines: Iterable[Line], account: Account) -> Iterator[tuple[str, Code]]:
    """Codes of the numbered lines; one that cannot be read, or stands twice, is refused."""
    seen: set[str] = set()
    for one in lines:
        if not one.number:
            continue
        account.records += 1
        code = one.number.replace(".", "")
        if wrong := _wrong(one, code, seen):
            column, found, expected = wrong
            account.refuse(
                NOMENCLATURE_CODE, "reader", found=repr(found[:80]), expected=expected,
                content=",".join(one.cells), line=one.line, column=column,
            )  # fmt: skip
            continue
        seen.add(code)
        yield code, Code(one.texts, units(one.units), one.line)


def _wrong(one: Line, code: str, seen: set[str]) -> tuple[str, str, str] | None:
    """What keeps a line from being a code: column, found, expected."""
    if not _NUMBER.fullmatch(one.number):
        return COLUMNS[0], one.number, "four digits, then up to three pairs, parted by dots"
    if code in seen:
        return COLUMNS[0], one.number, "a number that no line before has"
    if not readable(one.units):
        return COLUMNS[3], one.units, 'one or two units, as ["No.","kg"]'
    return None


def _between(listed: Mapping[str, Code]) -> dict[str, Code]:
    """Codes without a line: texts and units are what the codes in them share; where that is none, no code."""
    inside: dict[str, list[Code]] = defaultdict(list)
    for code, one in listed.items():
        for digits in range(HEADING, len(code), STEP):
            if code[:digits] not in listed:
                inside[code[:digits]].append(one)
    found = {
        code: Code(shared([one.texts for one in held]), shared([one.units for one in held]), held[0].line)
        for code, held in inside.items()
    }
    return {code: one for code, one in found.items() if one.texts}


def shared(several: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What lists have in common from their beginning on.

    >>> shared([("Horses", "Other", "Males"), ("Horses", "Other", "Females")])
    ('Horses', 'Other')
    """
    return tuple(one[0] for one in takewhile(lambda one: len(set(one)) == 1, zip(*several, strict=False)))


def _parent(code: str, codes: Mapping[str, Code]) -> str | None:
    """The nearest code that one is part of; a heading is the highest."""
    above = (code[:digits] for digits in range(len(code) - STEP, HEADING - 1, -STEP))
    return next((one for one in above if one in codes), None)
