"""Partners: Schedule C codes and groups, and the groups that stand beside their own members."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.countries import WORLD, countries, country
from monazite.errors import SourceError, UnknownCodeError
from monazite.store.engine import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monazite.sources.source import Account

MOST = 400
LONGEST = 80
"""Schedule C has 240 countries and 21 groups: a file with more than this holds something else there."""

EU = frozenset(
    {
        "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN",
        "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
    }
)  # fmt: skip
"""The 27 members since February 2020: the publisher revises the group's past with its membership."""


class Partner(NamedTuple):
    """A partner of a file: its code or name as published, our id, its rows."""

    published: str
    id: str
    aggregate: bool
    rows: int


def partners(file: str, account: Account, counted: Mapping[str, int]) -> tuple[Partner, ...]:
    """Every partner of a file by code or name, with a finding for one that no list holds.

    Raises
    ------
    SourceError
        If there are more than any list has.
    """
    if len(counted) > MOST:
        found = f"{len(counted):,} different partners"
        raise SourceError(
            file, column="CTY_CODE", found=found, expected=f"codes of Schedule C, at most {MOST}"
        )
    known = {entry.census: entry.id for entry in countries() if entry.census}
    return tuple(_partner(file, account, known, code, rows) for code, rows in sorted(counted.items()))


def _partner(file: str, account: Account, known: Mapping[str, str], code: str, rows: int) -> Partner:
    """One partner; unknown ones keep the published code."""
    padded = code.rjust(4, "0") if code.isdecimal() else code
    try:
        entry = country(padded, "census") if padded in known else country(code[:LONGEST], "name")
    except UnknownCodeError:
        account.tell(
            "country-unknown", code[:LONGEST], where=f"{file}, partner", found=repr(code[:LONGEST]),
            expected="a code of Schedule C", rows=rows,
        )  # fmt: skip
        return Partner(code, padded, _is_group(padded), rows)
    return Partner(code, WORLD if entry.id == "world" else entry.id, entry.kind == "aggregate", rows)


def _is_group(code: str) -> bool:
    """Whether a code is formed like one of a group: 0001 to 0999, 1XXX to 9XXX.

    >>> [_is_group(code) for code in ("0003", "4XXX", "5700")]
    [True, True, False]
    """
    return code.startswith("0") or code.endswith("XXX")


def values(listed: Iterable[Partner]) -> str:
    """Published code, our id and whether it is a group, as a VALUES list in SQL."""
    rows = [f"({text(one.published)}, {text(one.id)}, {one.aggregate})" for one in listed]
    return ", ".join(rows) or "('', '', false)"


def tell_groups(file: str, account: Account, listed: Sequence[Partner]) -> None:
    """Record each group that stands beside members of its own."""
    single = [one for one in listed if not one.aggregate]
    for group in (one for one in listed if one.aggregate):
        inside = sorted(one.id for one in single if _holds(group, one))
        if inside:
            shown = ", ".join(inside[:5]) + (f" and {len(inside) - 5} more" if len(inside) > 5 else "")  # noqa: PLR2004
            account.tell(
                "double-count", group.id, where=f"{file}, CTY_CODE {group.published}",
                found=f"{group.id} beside {shown}", expected="the group or its members", rows=group.rows,
            )  # fmt: skip


def _holds(group: Partner, one: Partner) -> bool:
    """Whether a partner is in a group; in one whose members are not listed here, any may be."""
    if group.id == "european-union":
        return one.id in EU
    if group.published.endswith("XXX"):
        return one.published[:1] == group.published[:1]
    return True
