"""Records, amounts and factors in the words of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.results.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

THOUSAND, MILLION, BILLION = 1e3, 1e6, 1e9
_SAID = 3


def flow(row: Mapping[str, Any]) -> str:
    """A record: who to whom, which code, when, and whose record it is if it is one country's.

    >>> told = {"exporter": "USA", "importer": "CAN", "code": "250410", "period": "2022"}
    >>> flow({**told, "nomenclature": "HS1992", "flow": "reconciled", "reporter": ""})
    'USA → CAN, HS1992 250410, 2022'
    >>> flow({**told, "nomenclature": "HTS", "flow": "export", "reporter": "USA"})
    'USA → CAN, HTS 250410, 2022 (export, told by USA)'
    """
    whose = f" ({row['flow']}, told by {row['reporter']})" if row.get("reporter") else ""
    return (
        f"{row['exporter']} → {row['importer']}, {row['nomenclature']} {row['code']}, {row['period']}{whose}"
    )


def dollars(value: float | None) -> str:
    """A value in dollars.

    >>> dollars(18_270_000), dollars(2056659), dollars(515.0), dollars(None)
    ('$18.27 M', '$2.057 M', '$515', 'no value')
    """
    if value is None:
        return "no value"
    for size, sign in ((BILLION, " bn"), (MILLION, " M")):
        if value >= size:
            return f"${plain(value / size)}{sign}"
    return f"${amount(value)}"


def amount(value: float | None) -> str:
    """An amount with thousands separated, whole from a thousand on.

    >>> amount(45346.184), amount(40.749), amount(0.001), amount(None)
    ('45,346', '40.75', '0.001', 'none')
    """
    if value is None:
        return "none"
    return f"{value:,.0f}" if abs(value) >= THOUSAND else plain(value)


def times(factor: float) -> str:
    """How many times, as far as it matters.

    >>> times(20.8), times(1151.3), times(3.2)
    ('21', '1,151', '3.2')
    """
    return plain(factor, 2) if factor < 10 else f"{factor:,.0f}"  # noqa: PLR2004 - one decimal below ten


def some(names: Iterable[object], most: int = _SAID) -> str:
    """The first few names, and how many more there are.

    >>> some(["AUT", "BEL", "DEU", "FRA", "ITA"])
    'AUT, BEL, DEU and 2 more'
    """
    every = list(map(str, names))
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def share(part: float, whole: float) -> str:
    """A part of a whole in percent, a trace not rounded to nothing.

    >>> share(61682, 1264888), share(1, 100000), share(0, 5)
    ('4.9%', '0.001%', '0%')
    """
    return f"{plain(100 * part / whole, 2)}%" if whole else "0%"
