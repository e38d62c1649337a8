"""Shares that are declared: United States imports under the ten-digit codes of a six-digit one.

A customs declaration names the ten digits, and where these name one material the share of the six
digits is counted, not estimated. What stands under ten digits that hold several materials may be each of
them; under ten digits that the tariff of the materials map no longer has, any. So every share is an interval.
The partners at hand are not all partners, so a share is one of what is listed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes import reviewed
from monazite.codes.products import products as products_of_the_map
from monazite.schema.baskets import OTHER
from monazite.store import shipped
from monazite.store.engine import text
from monazite.studies.nomenclature.baskets.held import TARIFF, held_under

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from monazite.studies.nomenclature.baskets.held import Held

YEAR = 2024
"""The year of the imports that are shipped by ten-digit code."""

TINY = 1e-9
"""What sums of shares may miss 1 by, in double precision."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeclaredShare:
    """One row of table ``declared_share``: the share of a six-digit code that is declared as a material."""

    code: str
    year: int
    material: str
    share_low: float
    share: float
    share_high: float
    value_low_usd: float
    value_high_usd: float
    of_usd: float
    codes: str
    together: bool

    def row(self) -> Row:
        """The row as the table has it."""
        return asdict(self)


def declared_shares(code: str, held: Iterable[Held] | None = None) -> tuple[DeclaredShare, ...]:
    """Share of a six-digit code's US imports that is declared as each material, the largest first.

    Parameters
    ----------
    code
        Six digits, as in the edition of the Harmonized System in force in 2024.
    held
        What the ten-digit codes hold; by default what the materials map says. A material for which ten
        digits are named is in those and in no other.

    Returns
    -------
    tuple of DeclaredShare
        The materials that a ten-digit code is named for, then ``other``, the rest. Empty where no
        ten-digit code is named for any, or nothing was imported. The points are middles, brought to
        sum to 1; nothing prefers them to the rest of their intervals. Where goods hold materials
        ``together`` (magnets: neodymium and boron) each share is that of the goods that hold it, and
        they sum to more.

    Examples
    --------
    Scrap may be of any of the five metals of 8112.92, so gallium is 1.8 percent at least and 10.1 at most:

    >>> gallium = next(each for each in declared_shares("811292") if each.material == "gallium")
    >>> round(gallium.share_low, 3), round(gallium.share_high, 3)
    (0.018, 0.101)
    """
    named = held_under(code) if held is None else tuple(held)
    imports = imports_under(code)
    gone = {each for each, (_, told) in imports.items() if not told}
    values = {each: value for each, (value, _) in imports.items()}
    return shares_of(code, values, [one for one in named if one.code in values], gone)


def imports_under(code: str) -> dict[str, tuple[int, bool]]:
    """US imports by the ten-digit codes under a code: value in US dollars, and if the map tells of it."""
    return {each: told for each, told in _imports().get(code[:6], {}).items() if each.startswith(code)}


@cache
def _imports() -> dict[str, dict[str, tuple[int, bool]]]:
    """US imports of the year by the first six digits and all ten; no partner is counted twice."""
    inside = ", ".join(
        f"({text(row['id'])}, {text(row['member'])})"
        for row in reviewed.rows("members.csv")
        if int(row["first"] or YEAR) <= YEAR <= int(row["last"] or YEAR)
    )
    rows = shipped.query(
        f"WITH inside(whole, member) AS (VALUES {inside})"
        " SELECT code, sum(value_usd)::BIGINT AS value, code IN (SELECT code FROM nomenclature_code"
        f" WHERE nomenclature = {text(TARIFF)}) AS told FROM us_import AS part WHERE year = {YEAR}"
        " AND NOT EXISTS (FROM us_import AS listed JOIN inside ON partner = whole WHERE aggregate"
        " AND member = part.partner AND listed.code = part.code AND listed.year = part.year)"
        " GROUP BY ALL HAVING value > 0 ORDER BY code"
    )
    found: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for row in rows:
        found[row["code"][:6]][row["code"]] = (row["value"], row["told"])
    return found


def shares_of(
    code: str, imports: Mapping[str, int], held: Iterable[Held], gone: Collection[str] = ()
) -> tuple[DeclaredShare, ...]:
    """Shares of a code by what its longer codes hold; ``gone`` are codes of which nobody says what."""
    by_code = _by_code(held)
    total = sum(imports.values())
    if not by_code or not total:
        return ()
    materials = {material for spans in by_code.values() for material in spans}
    found: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for each, value in imports.items():
        told = by_code.get(each, {})
        spans = dict.fromkeys(materials, UNTOLD) if each in gone and not told else _fitted(told)
        rest = REST_UNTOLD if each in gone and not told else _rest(told, spans)
        for material, span in (*spans.items(), (OTHER, rest)):
            found[material].append((each, Span(*(value * part for part in span))))
    together = any(sum(span.low for span in spans.values()) > 1 + TINY for spans in by_code.values())
    rows = [_declared(code, material, spans, total, together=together) for material, spans in found.items()]
    return tuple(sorted(rows, key=lambda row: (row.material == OTHER, -row.share, row.material)))


class Span(NamedTuple):
    """Least, middle and most: of a share, or of a value in US dollars."""

    low: float
    middle: float
    high: float


NONE, UNTOLD, REST_UNTOLD = Span(0.0, 0.0, 0.0), Span(0.0, 0.0, 1.0), Span(0.0, 1.0, 1.0)


def _by_code(held: Iterable[Held]) -> dict[str, dict[str, Span]]:
    """Share of each material, by longer code; the forms of a material are added."""
    found: dict[str, dict[str, Span]] = defaultdict(dict)
    for one in held:
        before = found[one.code].get(one.material, NONE)
        low, high = min(1.0, before.low + one.share_low), min(1.0, before.high + one.share_high)
        found[one.code][one.material] = Span(low, (low + high) / 2, high)
    return found


def _fitted(told: Mapping[str, Span]) -> dict[str, Span]:
    """Shares of one longer code that can hold side by side, minerals and products each for themselves."""
    return {material: span for kind in _kinds(told) for material, span in _side_by_side(kind).items()}


def _kinds(told: Mapping[str, Span]) -> tuple[dict[str, Span], dict[str, Span]]:
    """Minerals, and products: a magnet is a product and holds minerals, so these are no alternatives."""
    products = {one.id for one in products_of_the_map()}
    minerals = {material: span for material, span in told.items() if material not in products}
    return minerals, {material: span for material, span in told.items() if material in products}


def _side_by_side(spans: dict[str, Span]) -> dict[str, Span]:
    """Shares of which what one has at least, no other can have.

    Where they sum to more than 1 at least, the goods hold the materials together, as magnets do neodymium
    and boron, and the shares stay as they are.
    """
    spare = 1 - sum(span.low for span in spans.values())
    if spare < -TINY:
        return spans
    between = sum(span.middle - span.low for span in spans.values())
    shrunk = min(1.0, spare / between) if between else 0.0
    return {
        material: Span(low, low + shrunk * (middle - low), max(low, min(high, low + spare)))
        for material, (low, middle, high) in spans.items()
    }


def _rest(told: Mapping[str, Span], fitted: Mapping[str, Span]) -> Span:
    """What is left of a longer code when its materials have theirs."""
    middles = (sum(span.middle for span in kind.values()) for kind in _kinds(fitted))
    lows = (sum(span.low for span in kind.values()) for kind in _kinds(told))
    return Span(
        max(0.0, 1 - sum(span.high for span in told.values())),
        max(0.0, 1 - max(middles)),
        max(0.0, 1 - max(lows)),
    )


def _declared(
    code: str, material: str, spans: Sequence[tuple[str, Span]], total: int, *, together: bool
) -> DeclaredShare:
    """The row of a material, from its values under the longer codes."""
    low, middle, high = (min(total, sum(each)) for each in zip(*(span for _, span in spans), strict=True))
    return DeclaredShare(
        code,
        YEAR,
        material,
        low / total,
        middle / total,
        high / total,
        low,
        high,
        total,
        ",".join(sorted(each for each, span in spans if span.high > 0)),
        together,
    )
