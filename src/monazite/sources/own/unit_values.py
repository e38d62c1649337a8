"""Dollars per tonne: what kilograms called tonnes give away."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from typing import TYPE_CHECKING

from monazite.sources.own.notes import Seen

if TYPE_CHECKING:
    from monazite.sources.own.notes import Notes
    from monazite.sources.own.rows import Row

BELOW = 300
"""A row of a code that costs less than a 300th of the code's median per tonne is doubtful."""

CHEAPEST_USD_T = 2.0
"""What half of the rows of a file cost at least per tonne: gravel, the cheapest good traded, costs ten."""

_FEWEST = 5
_KEPT = 200_000


class UnitValues:
    """Unit values of the rows of a file, by code, as far as a sane memory holds them."""

    def __init__(self) -> None:
        """Start with none."""
        self.by_code: dict[str, list[tuple[float, int]]] = defaultdict(list)
        self.kept = 0

    def hear(self, row: Row) -> None:
        """Take a row into account, if it has a value and a mass."""
        value, mass = row.get("value_usd"), row.get("mass_t")
        if value and mass and value > 0 and mass > 0 and self.kept < _KEPT:
            self.by_code[row["code"]].append((math.log(value / mass), row["_line"]))
            self.kept += 1

    def tell(self, notes: Notes) -> None:
        """Note the doubtful rows of each code, or the whole file."""
        every = [logarithm for rows in self.by_code.values() for logarithm, _ in rows]
        if len(every) >= _FEWEST and statistics.median(every) < math.log(CHEAPEST_USD_T):
            found = f"half of the rows below {math.exp(statistics.median(every)):.2g} USD per tonne"
            first = min(line for rows in self.by_code.values() for _, line in rows)
            notes.note(
                "unit-doubtful", "mass_t", Seen(first, "", found, "kilograms or dollars called otherwise?")
            )
        for code, rows in self.by_code.items():
            self._tell_code(code, rows, notes)

    def _tell_code(self, code: str, rows: list[tuple[float, int]], notes: Notes) -> None:
        """Note the rows of one code that cost far less than its others."""
        if len(rows) < _FEWEST:
            return
        median = statistics.median_high([logarithm for logarithm, _ in rows])
        for logarithm, line in rows:
            if logarithm < median - math.log(BELOW):
                found = f"{math.exp(logarithm):.3g} USD per tonne"
                expected = f"about {math.exp(median):.3g}, as elsewhere in the file; kilograms called tonnes?"
                notes.note("unit-doubtful", code, Seen(line, "", found, expected))
