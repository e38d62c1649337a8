"""Lists of codes: BEA's own concordance, and the crosswalks others made of it.

A list is a tree where each code has one parent: sector, summary, underlying summary, detail. A
crosswalk (``naics-to-bea-summary``) links codes many to many: each link is a row whose code is
``from>to``, whose parent is ``to`` and whose name is that of ``from``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.errors import SourceError
from monazite.schema.indicators import CODE
from monazite.sources.bea.matrix import DETAIL
from monazite.sources.source import Rows
from monazite.sources.workbook import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.sources.source import Account
    from monazite.sources.workbook import Cell

Row = dict[str, Any]
ABSENT = "n.a."
"""What BEA prints where there is no related NAICS code."""

LEVELS = ("bea-sector", "bea-summary", "bea-underlying", "bea-detail", "bea-gross-output")
NAICS = "naics2017-to-{}"
_DETAIL, _NAICS, _TOP = 3, 11, 12
_PAD = ("",) * 13


class Crosswalk(NamedTuple):
    """A table of code, name and parent: the columns it has, and the list it gives."""

    scheme: str
    code: str
    name: str
    parent: str
    link: bool


CROSSWALKS = (
    Crosswalk("naics-to-bea-summary", "naics_code", "naics_description", "bea_code", link=True),
    Crosswalk("gtap-to-bea-detail", "gtap_code", "gtap_code", "bea_code", link=True),
    Crosswalk("bea-detail", "detail_code", "detail_description", "summary_code", link=False),
    Crosswalk("bea-{}", "Commodity Code", "Description", "", link=False),
)


@dataclass(slots=True)
class Lists:
    """Codes by list, in order; a tree prints a code again for each of its children, and counts it once."""

    account: Account
    codes: dict[str, dict[str, Row]] = field(default_factory=dict)

    def add(self, scheme: str, row: Row, *, once: bool = False) -> None:
        """Add a code; one that comes again is refused if it says otherwise, or if it may come only once."""
        held = self.codes.setdefault(scheme, {})
        code, known = row["code"], held.get(row["code"], {})
        if known and {**known, "_line": row["_line"]} == row and not once:
            return
        self.account.records += 1
        if code and not known:
            held[code] = row
            return
        self.account.refuse(
            CODE, "key-unique" if code else "code-present", found=f"{code or 'no code'} ({row['name']})"[:80],
            expected="each code once, with one name and parent", content=row, line=row["_line"],
        )  # fmt: skip

    def batches(self) -> Iterator[Rows]:
        """The rows of each list."""
        for scheme, held in self.codes.items():
            yield Rows(CODE, list(held.values()), {"scheme": scheme})


def concordance(rows: Sequence[Sequence[Cell]], file: str, account: Account) -> Iterator[Rows]:
    """The table of all levels and the NAICS industries in each, one line for each of those.

    Raises
    ------
    SourceError
        If its headings are not those of BEA.
    """
    start = _headings(rows, ("Sector", "Description", "Summary"), file)
    lists = Lists(account)
    for line, row in enumerate(rows[start:], start + 1):
        cells = [text_of(cell) for cell in (*row, *_PAD)]
        if not any(cells[1:]):
            continue
        parent = ""
        for level, scheme in enumerate(LEVELS):
            code, name = cells[2 * level : 2 * level + 2]
            lists.add(scheme, _row(code, name, parent, line))
            parent = code
        if (code := cells[_NAICS]) != ABSENT:
            lists.add(NAICS.format(LEVELS[-1]), _row(f"{code}>{parent}", cells[_NAICS + 1], parent, line))
    yield from lists.batches()


def tree(rows: Sequence[Sequence[Cell]], file: str, account: Account) -> Iterator[Rows]:
    """The first sheet of a detail workbook: each code in the column of its level, below its parent.

    NAICS codes are kept as printed, ``11113-6`` for 11113 to 11116.

    Raises
    ------
    SourceError
        If its headings are not those of BEA.
    """
    start = _headings(rows, ("Sector", "Summary", "U.Summary", "Detail"), file)
    lists, above = Lists(account), ["", "", "", "", ""]
    for line, row in enumerate(rows[start:], start + 1):
        cells = [text_of(cell) for cell in row]
        level = next((at for at, cell in enumerate(cells[:4]) if cell), None)
        if level is None or not cells[level + 1]:
            continue
        code = above[level + 1] = cells[level]
        lists.add(LEVELS[level], _row(code, cells[level + 1], above[level], line))
        related = cells[-1].split(", ") if level == _DETAIL and cells[-1] not in {"", ABSENT} else []
        for naics in related:
            lists.add(NAICS.format(LEVELS[level]), _row(f"{naics}>{code}", cells[level + 1], code, line))
    yield from lists.batches()


def _row(code: str, name: str, parent: str, line: int) -> Row:
    """One row of a list."""
    return {"code": code, "name": name or code, "parent": parent or None, "_line": line}


def _headings(rows: Sequence[Sequence[Cell]], names: tuple[str, ...], file: str) -> int:
    """Where the lines below the headings begin."""
    for at, row in enumerate(rows[:_TOP]):
        if tuple(text_of(cell) for cell in row[: len(names)]) == names:
            return at + 1
    raise SourceError(file, found="no such line", expected=f"headings {', '.join(names)}")


def crosswalk(
    header: Sequence[str], records: Sequence[tuple[int, list[str]]], file: str, account: Account
) -> Iterator[Rows]:
    """A table of codes, names and parents, one record a line."""
    one = next(one for one in CROSSWALKS if {one.code, one.name} <= set(header))
    scheme = one.scheme.format("detail" if len(records) > DETAIL else "summary")
    at = {name: header.index(name) for name in (one.code, one.name, one.parent) if name}
    lists = Lists(account)
    for line, cells in records:
        if len(cells) != len(header):
            raise SourceError(file, line=line, found=f"{len(cells)} cells", expected=f"{len(header)}")
        code, name = text_of(cells[at[one.code]]), text_of(cells[at[one.name]])
        parent = text_of(cells[at[one.parent]]) if one.parent else ""
        linked = f"{code}>{parent}" if one.link and code else code
        lists.add(scheme, _row(linked, name, parent, line), once=True)
    yield from lists.batches()
