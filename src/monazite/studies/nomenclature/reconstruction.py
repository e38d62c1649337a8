"""Trade of a material after its code died: an interval of the trade of the codes that took over.

What share of them the material is, nobody counts. Two things bear witness: the last years before the
revision, where the code and those it was merged with are loaded; and the imports of the United States in
2024 under ten digits, which are shipped. The interval spans what they say. It is no bound: the share
may have been another in other years and countries.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.baskets.declared import YEAR, declared_shares, imports_under
from monazite.studies.nomenclature.health.changes import changes, indexes, successors
from monazite.studies.nomenclature.health.holds import LATEST, holding
from monazite.studies.nomenclature.health.thresholds import DEAD_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from monazite.studies.nomenclature.health.facts import Facts
    from monazite.studies.nomenclature.health.traded import Series, Trade, Traded

Row = dict[str, Any]
Span = tuple[float, float]
Codes = tuple[str, ...]


class Evidence(NamedTuple):
    """A share of some codes, from where."""

    evidence: str
    codes: Codes
    share_of: str
    span: Span
    source: str


class Reconstruction(NamedTuple):
    """Rows of tables ``reconstructed`` and ``taken_over``, and the codes of each edition that took over."""

    rows: tuple[Row, ...]
    evidence: tuple[Row, ...]
    pools: dict[str, Codes]


def reconstruction(one: Facts, traded: Traded) -> Reconstruction | None:
    """What a dead subheading's material is traded for since, through the codes that took over.

    Nothing if it is not known what took over. Without trade of those codes, or where the share was seen
    once only and to the point, there are no rows, only the evidence.
    """
    pools = dict(_pools(one))
    if not pools or one.ended is None:
        return None
    material = next(iter(one.holding.stages)) if len(one.holding.stages) == 1 else ""
    rows: list[Row] = []
    told: dict[Evidence, None] = {}
    for series, loaded in _loaded(one.code, traded, pools, one.ended.year).items():
        evidence = tuple(_evidence(one, material, series, loaded, traded, pools[series.nomenclature]))
        told |= dict.fromkeys(evidence)
        rows += _rows(one, material, series, loaded, traded, pools[series.nomenclature], evidence)
    if not told:
        told = dict.fromkeys(_declared(material, pools[LATEST]))
    shares = tuple(_share(one.code, material, each) for each in told)
    return Reconstruction(tuple(rows), shares, pools)


def _pools(one: Facts) -> Iterator[tuple[str, Codes]]:
    """The codes that hold the goods, in every edition: what took over, and before it the codes that merged.

    In an edition that still has the code, later records are carried back to it and to those it was merged
    with, so that the goods are among them.
    """
    if one.ended is None or one.ended.after not in HS_EDITIONS or one.life is None:
        return
    here = one.ended.codes
    later = {change.after: change.codes for change in changes(one.ended.before, one.code)}
    for edition in HS_EDITIONS[HS_EDITIONS.index(one.ended.after) :]:
        here = later.get(edition, here)
        yield edition, here
    here = tuple(sorted({one.code, *one.ended.shared}))
    for edition in reversed(one.life.editions):
        yield edition, here
        at = HS_EDITIONS.index(edition)
        if at:
            _, back = indexes(HS_EDITIONS[at - 1], edition)
            here = tuple(sorted({old for code in here for old in back.get(code, ())}))


def codes_wanted(one: Facts) -> set[str]:
    """Codes whose trade would tell: those that took over, in every edition."""
    return {code for _, pool in _pools(one) for code in pool}


def _loaded(own: str, traded: Traded, pools: Mapping[str, Codes], year: int) -> dict[Series, Codes]:
    """Series that have trade of codes that took over, from the revision on, with all they have."""
    found: dict[Series, list[str]] = defaultdict(list)
    for code in sorted({code for pool in pools.values() for code in pool}):
        for series, trade in traded.get(code, {}).items():
            if code in pools.get(series.nomenclature, ()) and _since(trade, year):
                found[series].append(code)
    return {series: tuple(codes) for series, codes in found.items() if set(codes) - {own}}


def _since(trade: Trade, year: int) -> bool:
    """Whether there is trade from a year on."""
    return any(value for when, value in trade.value.items() if when >= year)


def _evidence(  # noqa: PLR0913, PLR0917 - the code, its material, and where trade is at hand
    one: Facts, material: str, series: Series, loaded: Codes, traded: Traded, pool: Codes
) -> Iterator[Evidence]:
    """What bears witness of the share of the material in the codes that are loaded."""
    if one.ended and series.nomenclature in (one.life.editions if one.life else ()):
        whole = {code: traded[code][series] for code in pool if series in traded.get(code, {})}
        if set(whole) == set(pool):
            yield from _before(one.code, whole, one.ended.year, series)
    others = tuple(code for code in loaded if code != one.code)
    if others:
        later = {new for code in others for new in successors(series.nomenclature, code)}
        yield from _declared(material, tuple(sorted(later)))


def _before(code: str, whole: Mapping[str, Trade], year: int, series: Series) -> Iterator[Evidence]:
    """Share of the code among those it was merged with, in the last years before the revision."""
    for share_of in ("value", "mass"):
        shares = []
        for when in range(year - DEAD_YEARS, year):
            parts = {each: getattr(trade, share_of).get(when, 0.0) for each, trade in whole.items()}
            if total := sum(parts.values()):
                shares.append(parts[code] / total)
        if shares:
            told = f"{series.source} {series.nomenclature}, {series.flow}, {year - DEAD_YEARS}-{year - 1}"
            span = (min(shares), max(shares))
            yield Evidence("the last years before the revision", tuple(sorted(whole)), share_of, span, told)


@cache
def _declared(material: str, codes: Codes) -> tuple[Evidence, ...]:
    """Share of a material in codes of the latest edition, as United States imports declare it."""
    low = high = whole = 0.0
    for code in codes if material else ():
        of = float(sum(value for value, _ in imports_under(code).values()))
        if material in holding(LATEST, code).stages:
            named = next((row for row in declared_shares(code) if row.material == material), None)
            low += named.value_low_usd if named else 0.0
            high += named.value_high_usd if named else of
        whole += of
    if not whole:
        return ()
    source = f"US Census Bureau, imports of {YEAR} under ten digits, partners at hand"
    span = (low / whole, high / whole)
    return (Evidence(f"United States imports {YEAR}", codes, "value", span, source),)


def _rows(  # noqa: PLR0913, PLR0917 - as above
    one: Facts,
    material: str,
    series: Series,
    loaded: Codes,
    traded: Traded,
    pool: Codes,
    evidence: tuple[Evidence, ...],
) -> Iterator[Row]:
    """The interval of each year from the revision on."""
    span, by_mass = _hull(evidence, "value"), _hull(evidence, "mass")
    if span is None:
        return
    trades = {code: traded[code][series] for code in loaded}
    first = one.ended.year if one.ended else 0
    for year in sorted({year for trade in trades.values() for year in trade.value if year >= first}):
        value = sum(trade.value.get(year, 0.0) for trade in trades.values())
        own = trades[one.code].value.get(year, 0.0) if one.code in trades else 0.0
        masses = [trade.mass.get(year) for trade in trades.values() if trade.value.get(year)]
        mass = sum(filter(None, masses)) if masses and None not in masses else None
        low, high = max(own, span[0] * value), max(own, span[1] * value)
        yield {
            "code": one.code,
            "material": material,
            "year": year,
            **series._asdict(),
            "codes": "; ".join(loaded),
            "lacking": "; ".join(sorted(set(pool) - set(loaded))) or None,
            "value_usd": value,
            "value_low_usd": low,
            "value_high_usd": high,
            "mass_t": mass,
            "mass_low_t": by_mass[0] * mass if by_mass and mass is not None else None,
            "mass_high_t": by_mass[1] * mass if by_mass and mass is not None else None,
            "share_low": span[0],
            "share_high": span[1],
        }


def _hull(evidence: Iterable[Evidence], share_of: str) -> Span | None:
    """The interval that spans every evidence of one sort; a share seen once and to the point spans none.

    >>> _hull([Evidence("", (), "value", (0.1, 0.2), ""), Evidence("", (), "value", (0.3, 0.3), "")], "value")
    (0.1, 0.3)
    """
    spans = [each.span for each in evidence if each.share_of == share_of]
    span = (min((low for low, _ in spans), default=0.0), max((high for _, high in spans), default=0.0))
    return span if span[0] < span[1] else None


def _share(code: str, material: str, each: Evidence) -> Row:
    """An evidence as a row of ``taken_over``."""
    return {
        "code": code,
        "material": material,
        "evidence": each.evidence,
        "of_codes": "; ".join(each.codes),
        "share_of": each.share_of,
        "share_low": each.span[0],
        "share_high": each.span[1],
        "source": each.source,
    }


def told_pools(pools: Mapping[str, Codes], since: str) -> str:
    """Which codes to load, edition by edition, from the one that ended the code on.

    >>> told_pools({"HS2007": ("1", "2"), "HS2012": ("1", "2"), "HS2017": ("3",)}, "HS2007")
    '1, 2 (HS2007 to HS2012); 3 (HS2017)'
    """
    editions = [one for one in HS_EDITIONS if one in pools and one >= since]
    starts = [editions[0], *(b for a, b in pairwise(editions) if pools[a] != pools[b])] if editions else []
    told = []
    for at, start in enumerate(starts):
        end = editions[editions.index(starts[at + 1]) - 1] if at + 1 < len(starts) else editions[-1]
        when = start if start == end else f"{start} to {end}"
        told.append(f"{', '.join(pools[start])} ({when})")
    return "; ".join(told)
