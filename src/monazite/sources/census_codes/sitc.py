"""Codes of SITC, Revision 4, as the Census Bureau prints them: a frame of asterisks, code, text, a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.schema.nomenclature import NOMENCLATURE_CODE
from monazite.sources import separated
from monazite.sources.source import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.sources.source import Account, Given, Row

TITLE = "* SITC codes - 1,2,3,4 and 5 digit"
NOMENCLATURE = "SITC4"
LIMIT = 8 * 2**20
FRAME = "*"
_LINE = re.compile(r"(\d[\dX]{0,4}) +(\S.*?) *", re.ASCII)
_PUBLISHED = re.compile(r"Published: *\d\d[A-Z]{3,9}(20\d\d) *", re.ASCII)


def published(given: Given) -> str:
    """The year the list was published in, as ``sitc4-2012``; ``sitc4`` if it does not say.

    Raises
    ------
    SourceError
        If the file is no text.
    """
    with given.path.open("rb") as stream:
        texts = (line.rstrip("\r\n") for line in separated.lines(given.name, stream, limit=LIMIT))
        found = next((match for text in texts if (match := _PUBLISHED.fullmatch(text))), None)
    return f"sitc4-{found[1]}" if found else "sitc4"


def rows(given: Given, account: Account) -> Rows:
    """A row for each code; a line that is neither a code nor part of the frame is refused.

    Raises
    ------
    SourceError
        If the file is no text.
    """
    with given.path.open("rb") as stream:
        texts = [line.rstrip("\r\n") for line in separated.lines(given.name, stream, limit=LIMIT)]
    return Rows(NOMENCLATURE_CODE, list(_rows(texts, account)))


def _rows(texts: Sequence[str], account: Account) -> Iterator[Row]:
    """Rows of the lines."""
    read = [(number, text, _LINE.fullmatch(text)) for number, text in enumerate(texts, 1)]
    codes = {found[1] for _, _, found in read if found}
    parents = {code: _parent(code, codes) for code in codes}
    held = set(parents.values())
    for number, text, found in read:
        if found is None and (not text.strip() or text.startswith(FRAME) or _PUBLISHED.fullmatch(text)):
            continue
        account.records += 1
        if found is None:
            account.refuse(
                NOMENCLATURE_CODE, "reader", found=repr(text[:80]), expected="a code and its text",
                content=text[:400], line=number,
            )  # fmt: skip
            continue
        code = found[1]
        yield {
            "nomenclature": NOMENCLATURE,
            "code": code,
            "parent": parents[code],
            "level": len(code),
            "leaf": code not in held,
            "description": found[2],
            "_line": number,
        }


def _parent(code: str, codes: set[str]) -> str | None:
    """The nearest code of the list that one begins with; 792XX, an addition of the Bureau's, is in 792."""
    above = (code[:digits] for digits in range(len(code) - 1, 0, -1))
    return next((one for one in above if one in codes), None)
