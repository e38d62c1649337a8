"""What is odd about a file of UN Comtrade as a whole, said in findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monazite.codes.countries import WORLD
from monazite.sources.comtrade.vocabulary import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.sources.source import Account

    Uses = Mapping[tuple[str, int], int]

_SHOWN = 5


@dataclass(slots=True)
class Seen:
    """What was counted while a file was read: codes by year, unknown names, levels of detail, marks."""

    reporters: Counter[tuple[str, int]] = field(default_factory=Counter)
    partners: Counter[tuple[str, int]] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    levels: Counter[tuple[str, int]] = field(default_factory=Counter)
    computed: int = 0
    zeros: int = 0


def tell(account: Account, file: str, seen: Seen) -> None:
    """Say what is odd about a file."""
    _tell_codes(account, file, seen.reporters + seen.partners)
    for name, rows in seen.names.items():
        account.tell("country-unknown", name, where=file, found=repr(name), expected="a country", rows=rows)
    for uses in (seen.reporters, seen.partners):
        _tell_groups(account, file, uses)
    if seen.computed:
        found = f"{seen.computed:,} rows that the country did not report as they stand"
        account.tell(
            "computed", "trade", where=file, found=found, expected="reported rows", rows=seen.computed
        )
    if seen.zeros:
        hint = "The quantity is not available, not zero; the value stands."
        found, expected, rows = "a quantity of 0 beside a positive value", "a quantity", seen.zeros
        account.tell(
            "quantity-missing-as-zero",
            "trade",
            where=file,
            found=found,
            expected=expected,
            rows=rows,
            hint=hint,
        )
    for nomenclature, found, rows in _mixed(seen.levels):
        expected = "codes of one length"
        account.tell("levels-mixed", nomenclature, where=file, found=found, expected=expected, rows=rows)


def _tell_codes(account: Account, file: str, uses: Uses) -> None:
    """One finding for each country code that nobody knows, or that was not in use at the time."""
    doubtful: dict[str, list[tuple[int, int]]] = {}
    for (code, year), rows in sorted(uses.items()):
        if place(code, year).doubt:
            doubtful.setdefault(code, []).append((year, rows))
    for code, told in doubtful.items():
        who, rows = place(code, told[0][0]), sum(rows for _, rows in told)
        years = ", ".join(str(year) for year, _ in told[:_SHOWN]) + (", ..." if len(told) > _SHOWN else "")
        expected = "a country's code in UN Comtrade in that year"
        if who.doubt == "unknown":
            found = f"code {code} in {years}"
            account.tell("country-unknown", code, where=file, found=found, expected=expected, rows=rows)
        else:
            found = f"code {code} ({who.id}) in {years}"
            hint = "The row is kept under the country the code last stood for."
            account.tell(
                "country-doubtful", code, where=file, found=found, expected=expected, rows=rows, hint=hint
            )


def _tell_groups(account: Account, file: str, uses: Uses) -> None:
    """One finding for each group of countries that stands in one list with single countries."""
    who = {one: place(*one) for one in uses}
    if all(one.aggregate for one in who.values()):
        return
    groups = Counter[str]()
    for one, rows in uses.items():
        groups[who[one].id] += rows if who[one].aggregate and who[one].id != WORLD else 0
    for group, rows in (+groups).items():
        found, expected = f"{group} beside single countries", "single countries"
        account.tell("double-count", group, where=file, found=found, expected=expected, rows=rows)


def _mixed(levels: Mapping[tuple[str, int], int]) -> Iterator[tuple[str, str, int]]:
    """Nomenclatures of which codes and codes that hold them stand together; the rows that hold others."""
    for nomenclature in sorted({name for name, _ in levels}):
        lengths = sorted(length for name, length in levels if name == nomenclature)
        if len(lengths) > 1:
            words = [str(length) if length else "no" for length in lengths]
            told = f"codes of {', '.join(words[:-1])} and {words[-1]} digits"
            yield nomenclature, told, sum(levels[nomenclature, length] for length in lengths[:-1])
