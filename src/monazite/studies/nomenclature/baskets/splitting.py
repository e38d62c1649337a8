"""Splitting a basket: the share of each material in a code, year by year, with its interval."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.material_codes import materials_of
from monazite.codes.products import products
from monazite.errors import UsageError
from monazite.methods.mixture import split
from monazite.results.frame import Frame
from monazite.results.words import percent, percent_range
from monazite.schema.baskets import BASKET_SHARE, OTHER
from monazite.schema.findings import finding
from monazite.studies.nomenclature.baskets.declared import YEAR, declared_shares
from monazite.studies.nomenclature.baskets.prices import prices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monazite.methods.mixture import Split
    from monazite.schema.findings import Finding
    from monazite.studies.nomenclature.baskets.declared import DeclaredShare
    from monazite.studies.nomenclature.baskets.lines import Line
    from monazite.studies.nomenclature.baskets.prices import Price

Row = dict[str, Any]

EDITION = "HS2022"
"""The edition whose codes the shipped imports declare."""

LEAST_OCCURRENCE = 0.02
"""Judgement: what the United States imported none of may occur elsewhere, as one line in fifty."""


class Basket(NamedTuple):
    """A basket split: rows of table ``basket_share``, and what was found."""

    table: Frame
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    """What one year's lines are split with: the materials' prices, what is declared, whether it binds."""

    code: str
    nomenclature: str
    year: int
    lines: Sequence[Line]
    priced: Mapping[str, Price]
    declared: Mapping[str, DeclaredShare]

    @property
    def bound(self) -> bool:
        """Whether the declared shares are those of these lines: what the US imported in that year."""
        return self.year == YEAR and all(line.importer == "USA" for line in self.lines)

    @property
    def measured(self) -> int:
        """How many lines have a unit value."""
        return sum(bool(line.mass_t) for line in self.lines)


def basket(  # noqa: PLR0913 - what is known besides the lines, by name
    code: str,
    nomenclature: str,
    lines: Iterable[Line],
    *,
    materials: Mapping[str, str] | None = None,
    priced: Mapping[str, Price] | None = None,
    declared: Sequence[DeclaredShare] | None = None,
) -> Basket:
    """Split a code's trade among its materials.

    Each year is split by itself, since prices move. What the United States declared under ten digits in
    2024 binds the split of those very imports; for all other lines it is a first guess of what occurs. A
    line of statistics is the sum of what crossed a border, so it may hold several of the materials.

    Parameters
    ----------
    code, nomenclature
        The code with its leading zeros, and its edition: ``811292``, ``HS2022``.
    lines
        Lines of trade under it; those without a value are left out.
    materials
        What it holds: material and the stage whose price counts. By default what the materials map says;
        what is none of them is added as ``other`` where the map leaves room for it.
    priced
        Prices to put in, by material, instead of the published ones.
    declared
        Declared shares to use, by default those of :func:`declared_shares`; an empty list uses none.

    Raises
    ------
    UsageError
        If no material is known for the code, or no line has a value.
    """
    if declared is None:
        declared = declared_shares(code) if nomenclature == EDITION else ()
    told = {one.material: one for one in declared}
    stages = dict(materials or materials_under(code, nomenclature))
    if not stages:
        raise UsageError(f"no material is known for {nomenclature} {code}; name the materials it holds")
    if OTHER in told and told[OTHER].share_low > 0:
        stages.setdefault(OTHER, "")
    years = [
        _Year(code, nomenclature, year, of_year, _priced(of_year, stages, priced or {}), told)
        for year, of_year in _by_year(lines)
    ]
    if not years:
        raise UsageError(f"no line under {nomenclature} {code} has a value; there is nothing to split")
    found = [(one, _split(one)) for one in years]
    rows = [row for one, parts in found for row in _rows(one, parts)]
    told_of = [each for one, parts in found for each in _contradictions(one, parts)]
    return Basket(Frame(BASKET_SHARE, tuple(rows)), (*_is_basket(found), *told_of))


def materials_under(code: str, nomenclature: str) -> dict[str, str]:
    """Materials a code holds, and the stage whose price counts for each; products only if nothing else.

    Examples
    --------
    >>> materials_under("811292", "HS2022")["niobium"]
    'refined'
    """
    named = {one.id for one in products()}
    held = [row for row in materials_of(nomenclature, code) if row.share_high != 0]
    minerals = [row for row in held if row.material not in named] or held
    return {
        row.material: row.stage
        for row in sorted(minerals, key=lambda row: row.stage == "scrap", reverse=True)
    }


def _by_year(lines: Iterable[Line]) -> Iterator[tuple[int, list[Line]]]:
    """Lines that have a value, year by year."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.value_usd > 0:
            found[line.year].append(line)
    yield from sorted(found.items())


def _priced(lines: Sequence[Line], stages: Mapping[str, str], given: Mapping[str, Price]) -> dict[str, Price]:
    """Prices of the year for every material; around the usual unit value if nobody publishes any."""
    units = [line.value_usd / line.mass_t for line in lines if line.mass_t]
    published = prices(stages.items(), lines[0].year, median(units) if units else 1.0)
    return published | {material: each for material, each in given.items() if material in stages}


def _split(one: _Year) -> Split:
    """The split of one year's lines."""
    told = [one.declared.get(material) for material in one.priced]
    return split(
        [line.value_usd for line in one.lines],
        [line.mass_t or 0.0 for line in one.lines],
        prices=[each.usd_per_t for each in one.priced.values()],
        deviations=[each.deviation for each in one.priced.values()],
        occurrence=[max(each.share, LEAST_OCCURRENCE) if each else LEAST_OCCURRENCE for each in told]
        if one.declared
        else None,
        declared_low=[each.share_low if each else 0.0 for each in told] if one.bound else None,
        declared_high=[each.share_high if each else 1.0 for each in told] if one.bound else None,
        sums=True,
    )


def _rows(one: _Year, parts: Split) -> Iterator[Row]:
    """Rows of the table, by value and by mass."""
    how = _how(one, contradicted=bool(parts.contradicted.any()))
    for share_of, shares in (("value", parts.value), ("mass", parts.mass)):
        for place, (material, put) in enumerate(one.priced.items()):
            told = one.declared.get(material)
            yield {
                "code": one.code,
                "nomenclature": one.nomenclature,
                "year": one.year,
                "material": material,
                "share_of": share_of,
                "share_low": float(shares.low[place]),
                "share": float(shares.share[place]),
                "share_high": float(shares.high[place]),
                "how": how,
                "lines": len(one.lines),
                "lines_with_quantity": one.measured,
                "declared_low": told.share_low if told else None,
                "declared_high": told.share_high if told else None,
                "price_low_usd_per_t": put.low,
                "price_high_usd_per_t": put.high,
                "price_from": put.source,
                "price_found_usd_per_t": float(parts.price.price[place]) if one.measured else None,
            }


def _how(one: _Year, *, contradicted: bool) -> str:
    """What the shares rest on."""
    if len(one.priced) == 1:
        return "one material"
    if contradicted:
        return "contradiction"
    if not one.measured:
        return "declared" if one.declared else "not known"
    return "unit values and declared" if one.declared else "unit values"


def _is_basket(found: Sequence[tuple[_Year, Split]]) -> Iterator[Finding]:
    """That the code is a basket, with the shares of its latest year."""
    one, parts = found[-1]
    if len(one.priced) > 1:
        shares = zip(one.priced, parts.value.low, parts.value.high, strict=True)
        told = ", ".join(f"{material} {percent_range(low, high)}" for material, low, high in shares)
        yield finding(
            "code-basket",
            f"{one.nomenclature} {one.code}",
            where=f"trade of {one.year}, {len(one.lines)} lines, {one.measured} with a quantity",
            found=f"{len(one.priced)} materials; by value {told}",
            expected="one material",
            rows=sum(len(each.lines) for each, _ in found),
        )


def _contradictions(one: _Year, parts: Split) -> Iterator[Finding]:
    """Materials whose declared share the unit values contradict."""
    for material, contradicted, share in zip(one.priced, parts.contradicted, parts.value.share, strict=True):
        if contradicted:
            told = one.declared[material]
            yield finding(
                "code-basket",
                f"{one.nomenclature} {one.code}, {material}",
                where=f"trade of {one.year}",
                found=f"unit values say {percent(share)} of the value",
                expected=f"the declared {percent_range(told.share_low, told.share_high)}",
                rows=len(one.lines),
                hint="Look at the quantities and at the price put in; the interval holds both answers.",
            )
