"""Lists of advanced technology products: two digits of the technology, the good, its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.nomenclature import NOMENCLATURE_CODE, NOMENCLATURE_LINK
from monazite.sources import separated
from monazite.sources.census_codes.belonging import Belonging, links, occurring
from monazite.sources.census_codes.years import year
from monazite.sources.source import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given

LIMIT = 8 * 2**20
TECHNOLOGY = "HiTech"
DIRECTIONS = {"imp": "HTS", "exp": "ScheduleB"}
"""Whose goods a list holds, by the beginning of its name: the lines do not tell."""

_LINE = re.compile(r"(0[1-9]|10) (\d{10}) (.{20,200})", re.ASCII)


def is_list(first: str) -> bool:
    """Whether a first line is one of such a list."""
    return _LINE.fullmatch(first) is not None


def rows(given: Given, account: Account) -> Iterator[Rows]:
    """Technologies, then the link from each good to its own.

    Raises
    ------
    SourceError
        If the list is cut short, or its name does not tell imports from exports.
    """
    separated.check_whole(given.name, given.path, LIMIT)
    direction = DIRECTIONS.get(given.name[:3].casefold())
    if direction is None:
        hint = "Keep the publisher's name: impatp22.txt, expatp22.txt"
        raise SourceError(given.name, found="another name", expected="imp... or exp...", hint=hint)
    nomenclature = f"{direction}{year(given)}"
    held = list(_held(given, account))
    known = occurring(held, [TECHNOLOGY])
    account.records += len(held) + len(known)
    yield Rows(NOMENCLATURE_CODE, known)
    yield Rows(NOMENCLATURE_LINK, links(nomenclature, held))


def _held(given: Given, account: Account) -> Iterator[Belonging]:
    """Goods and their technologies; a line of another form is refused."""
    with given.path.open("rb") as stream:
        for number, line in enumerate(separated.lines(given.name, stream), 1):
            content = line.rstrip("\r\n")
            if found := _LINE.fullmatch(content):
                yield Belonging(found[2], TECHNOLOGY, found[1], number)
                continue
            account.records += 1
            account.refuse(
                NOMENCLATURE_LINK, "reader", found=repr(content[:80]),
                expected="a technology 01 to 10, a good of ten digits, its text", content=content[:400],
                line=number,
            )  # fmt: skip
