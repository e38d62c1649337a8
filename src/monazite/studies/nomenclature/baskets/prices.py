"""Prices put into the splitting of a basket: what the shipped statistics print, and how far it may be off.

A published price is of one form at one place; what crosses a border under a code is of several. So a price
is a middle and a deviation of its logarithm, wider where the form is another one, where the year is another
one, and widest where nobody publishes a price.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any

from monazite.codes.materials import materials
from monazite.store import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

USUAL, OTHER_FORM, DRIFT, UNKNOWN = 0.3, 0.7, 0.3, 2.0
"""Judgement, in log units: unit values against a published price; another form of the material; one year
more between price and trade (prices walk at random); a material of which no price is published."""

NORMAL_95 = 1.96
"""Deviations either way that hold 95 percent of a normal distribution."""

STAGE_WORDS = {
    "ore": r"ores?|concentrates?|chromite|tantalite|zircon|ilmenite|rutile|celestite",
    "intermediate": r"\w*oxides?|hydroxides?|carbonates?|perrhenate|acetate|ferro\w+|slag|alloy|mischmetal",
    "refined": r"metal|sponge|ingot|unwrought|cathode",
}
"""Words by which a label says at which stage its price is; a label without any may be of every stage."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price put in, US dollars per tonne: middle, deviation of its logarithm, and where it is from."""

    usd_per_t: float
    deviation: float
    source: str

    @property
    def low(self) -> float:
        """Lower end of its 95 percent."""
        return self.usd_per_t * math.exp(-NORMAL_95 * self.deviation)

    @property
    def high(self) -> float:
        """Upper end of its 95 percent."""
        return self.usd_per_t * math.exp(NORMAL_95 * self.deviation)


def price(material: str, stage: str, year: int) -> Price | None:
    """The published price of a material nearest to a year; nothing if none is published per tonne.

    Series of the stage are used, else those that name none, else all others, with a wider deviation.

    Examples
    --------
    >>> gallium = price("gallium", "refined", 2024)
    >>> gallium.usd_per_t, round(gallium.deviation, 2)
    (439000.0, 0.3)
    >>> price("niobium", "refined", 2024).deviation > 0.7  # ferroniobium is priced, niobium metal is not
    True
    """
    series = _of(material)
    chosen = [one for one in series if _stage(one["series"]) == stage]
    chosen = chosen or [one for one in series if not _stage(one["series"])]
    wide = not chosen
    chosen = chosen or list(series)
    if not chosen:
        return None
    nearest = min((one["year"] for one in chosen), key=lambda each: (abs(each - year), each))
    used = [one for one in chosen if one["year"] == nearest]
    low, high = min(one["low"] for one in used), max(one["high"] for one in used)
    deviation = math.hypot(
        max(USUAL, math.log(high / low) / 2), OTHER_FORM * wide, DRIFT * math.sqrt(abs(nearest - year))
    )
    labels = "; ".join(one["series"] for one in used)
    return Price(math.sqrt(low * high), deviation, f"{used[0]['as_of']}, {nearest}: {labels}")


def prices(wanted: Iterable[tuple[str, str]], year: int, usual: float) -> dict[str, Price]:
    """Prices of materials at their stages; those nobody publishes are anywhere around the others.

    ``usual`` is the unit value around which they are if no price at all is known.
    """
    found = {material: price(material, stage, year) for material, stage in wanted}
    known = [math.log(one.usd_per_t) for one in found.values() if one]
    middle = math.exp(fmean(known)) if known else usual
    spread = math.hypot(UNKNOWN, (max(known) - min(known)) / 2) if known else UNKNOWN
    return {material: one or Price(middle, spread, "") for material, one in found.items()}


def _stage(label: str) -> str:
    """The stage a label names in its last part; empty if none.

    >>> _stage("Germanium | Price, annual average, dollars per kilogram: Germanium dioxide")
    'intermediate'
    >>> _stage("Indium | Price, annual average, dollars per kilogram: Rotterdam, duties unpaid")
    ''
    """
    told = label.rpartition("|")[2].casefold()
    return next((stage for stage, words in STAGE_WORDS.items() if re.search(rf"\b({words})\b", told)), "")


def _of(material: str) -> Sequence[dict[str, Any]]:
    """Price series of a material: all of its chapter, or in a chapter of several those that name it."""
    entry = next((one for one in materials() if one.id == material), None)
    if entry is None:
        return ()
    shared = sum(bool(set(one.mcs_chapters) & set(entry.mcs_chapters)) for one in materials()) > 1
    return [
        row
        for chapter in entry.mcs_chapters
        for row in _series().get(chapter, ())
        if not shared or re.search(rf"\b{re.escape(entry.name.casefold())}\b", row["series"].casefold())
    ]


@cache
def _series() -> dict[str, list[dict[str, Any]]]:
    """Prices per tonne of the latest edition, by chapter; laboratory prices by the gram are left out."""
    rows = shipped.query(
        "SELECT as_of, chapter, series, year, low, high FROM mineral_statistic WHERE measure = 'price'"
        " AND unit = 'USD/t' AND low > 0 AND high IS NOT NULL AND contains(series, '| Price')"
        " AND as_of = (SELECT max(as_of) FROM mineral_statistic WHERE measure = 'price')"
        " ORDER BY chapter, series, year"
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["chapter"], []).append(row)
    return found
