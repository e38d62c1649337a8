"""United States imports under codes: value and partners of the year that is shipped, nobody counted twice.

The partners at hand are not all partners, and one of them, the European Union, stands for 27 countries. A
member that is listed by itself is taken out of it; how the rest is divided among the other members is not
known, so that the concentration of a code is an interval.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.schema.findings import finding
from monazite.store import shipped
from monazite.store.engine import text
from monazite.studies.nomenclature.union import UNION, divided, name, union

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.findings import Finding
    from monazite.schema.interval import Interval

YEAR = 2024


class Sent(NamedTuple):
    """What one partner sent."""

    partner: str
    value_usd: int

    @property
    def name(self) -> str:
        """The partner's name; of the union, whom it leaves out."""
        return name(self.partner, sorted(_members()))


@dataclass(frozen=True)
class Imports:
    """Imports under one code in 2024, customs value in US dollars, the largest partner first."""

    code: str
    sent: tuple[Sent, ...]

    @property
    def value_usd(self) -> int:
        """Value of all listed partners, each dollar once."""
        return sum(one.value_usd for one in self.sent)

    @property
    def leading(self) -> Sent | None:
        """The partner that sends most; nothing if there is no trade."""
        return self.sent[0] if self.sent else None

    @property
    def leading_share(self) -> float | None:
        """Its share of the listed partners' value."""
        return self.leading.value_usd / self.value_usd if self.leading else None

    @property
    def hhi(self) -> Interval | None:
        """Concentration on the listed partners; an interval where the union hides how its members share."""
        if not self.value_usd:
            return None
        shares = {one.partner: one.value_usd / self.value_usd for one in self.sent}
        rest = shares.pop(UNION, 0.0)
        return divided(list(shares.values()), rest, len(union(YEAR)) - len(_members()))


def imports(codes: Iterable[str]) -> dict[str, Imports]:
    """Imports under codes of the tariff, longer codes included; a code without trade has none.

    Digits of another nomenclature, or of an edition in which they meant other goods, are not to be asked:
    :func:`~monazite.studies.nomenclature.standing.as_today` tells them apart.
    """
    asked = sorted({code for code in codes if code})
    found: dict[str, Imports] = {}
    for length in sorted({len(code) for code in asked}):
        wanted = ", ".join(text(code) for code in asked if len(code) == length)
        rows = shipped.query(
            f"SELECT code[:{length}] AS code, partner, sum(value_usd)::BIGINT AS value_usd FROM us_import"
            f" WHERE year = {YEAR} AND code[:{length}] IN ({wanted}) AND value_usd > 0 GROUP BY ALL"
            " ORDER BY code, partner"
        )
        by_code: dict[str, dict[str, int]] = defaultdict(dict)
        for row in rows:
            by_code[row["code"]][row["partner"]] = row["value_usd"]
        found |= {code: Imports(code, _sent(values)) for code, values in by_code.items()}
    return found


def _sent(values: dict[str, int]) -> tuple[Sent, ...]:
    """Partners, the largest first; the union without the members that are listed."""
    if UNION in values:
        rest = values[UNION] - sum(values.get(one, 0) for one in _members())
        values = {**values, UNION: max(0, rest)}
    sent = (Sent(*one) for one in values.items() if one[1])
    return tuple(sorted(sent, key=lambda one: (-one.value_usd, one.partner)))


@cache
def _members() -> frozenset[str]:
    """Members of the union that are listed by themselves."""
    rows = shipped.query(f"SELECT DISTINCT partner FROM us_import WHERE year = {YEAR}")
    return union(YEAR) & {row["partner"] for row in rows}


def coverage() -> Finding:
    """That the partners at hand are not all partners."""
    rows = shipped.query(f"SELECT count(DISTINCT partner) AS partners FROM us_import WHERE year = {YEAR}")
    return finding(
        "coverage-partial",
        f"United States imports {YEAR}",
        where="us_import",
        found=f"{rows[0]['partners']} partners are listed, the European Union as one and its member Slovakia"
        " apart; DR Congo, Kazakhstan, Bolivia, Mozambique and Madagascar are not",
        expected="every partner",
    )
