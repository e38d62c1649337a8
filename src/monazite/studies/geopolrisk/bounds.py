"""What is not known behind a score, between two ends: contents, scores of partners, production at home."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from monazite.codes.countries import OTHER
from monazite.methods.geopolrisk import risk_of_sums
from monazite.results.words import listed
from monazite.schema.interval import Interval
from monazite.studies.geopolrisk.rows import partner_name, tell, written
from monazite.studies.geopolrisk.supply import contents, series_formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.studies.geopolrisk.rows import Scored, World
    from monazite.studies.geopolrisk.supply import Supply

    Array = NDArray[np.float64]
    Ends = tuple[float, float]

EXACT = (1.0, 1.0)
GAS = "m3"
"""Unit of natural gas."""
GAS_T = (0.00065, 0.001)
"""Mass in t of a cubic metre of natural gas at 0 to 15 °C and one atmosphere, from below that of pure methane
(0.68 kg) to rich gas: judgement (U)."""
OPEN = ("basis-mixed", "stage-mismatch", "withheld", "partner-unspecified", "governance-missing")
"""Rules that say why a score is an interval."""


def risks(
    factors: Sequence[Ends], sent: Array, weighted: tuple[Array, Array], made: Interval
) -> tuple[float, float]:
    """Least and greatest import risk: it is so at corners of what is not known.

    ``factors`` are contents of the goods of each code, ``sent`` its imports, ``weighted`` the same weighted
    by the least and greatest instability, ``made`` production at home, whose upper end may be open.
    """
    outputs = [end for end in (made.low, made.high) if not math.isinf(end)]
    found = [0.0] if math.isinf(made.high) else []
    for each in product(*factors):
        imports = _dot(each, sent)
        found += [
            risk_of_sums(min(_dot(each, end), imports), imports, p)
            for end in weighted
            for p in outputs
            if imports + p > 0
        ]
    return min(found, default=0.0), max(found, default=0.0)


def _dot(factors: tuple[float, ...], amounts: Array) -> float:
    """Sum of amounts, each times its factor."""
    return float(sum(factor * amount for factor, amount in zip(factors, amounts, strict=True)))


def factors(
    material: GeoPolRiskCode, found: Scored, supply: Supply, codes: list[str], sent: Array
) -> list[Ends]:
    """What goods of each code hold of what production counts; told where it is open and matters.

    Of one code alone, beside no production, it does not matter: it stands above and below the line.
    """
    counted = series_formula(material, supply.production)
    every = dict(zip(material.codes, contents(material, counted), strict=True))
    as_weighed = supply.production.basis in ("gross", "dry") and supply.stage == material.trade_stage
    ends = [EXACT if as_weighed else every[code] for code in codes]
    bought = [end for end, mass in zip(ends, sent, strict=True) if mass]
    beside = supply.domestic.high > 0 and any(one != EXACT for one in bought)
    apart = len(bought) > 1 and (len(set(bought)) > 1 or bought[0][0] < bought[0][1])
    if not (beside or apart):
        return [EXACT] * len(ends)
    told = f"imports by gross weight ({', '.join(map(written, codes))})"
    told += ", each code of another content" if apart else ""
    basis = counted or supply.production.basis or "a basis not stated"
    told += f" beside production in {basis}" if beside else ""
    tell(found, "basis-mixed", material, told, "one basis for imports and production")
    return ends


def output(material: GeoPolRiskCode, found: Scored, supply: Supply, made: Interval) -> Interval:
    """Domestic production that counts, in t: none or all of it where it is of another stage."""
    if not made.high:
        return made
    if supply.production.unit == GAS:
        low, high = GAS_T
        told = f"production in {GAS} beside imports in t, taken as {1e3 * low:g} to {1e3 * high:g} kg each"
        tell(found, "basis-mixed", material, told, "one unit for imports and production")
        return Interval(made.low * low, made.high * high)
    if supply.stage != material.trade_stage:
        amount = "" if math.isinf(made.high) else f" of {made.high:,.6g} t"
        told = f"production{amount} is of stage {supply.stage}, trade of {material.trade_stage}"
        tell(found, "stage-mismatch", material, told, "production and trade at one stage")
        return Interval(0.0, made.high)
    return made


def tell_production(material: GeoPolRiskCode, world: World, found: Scored, supply: Supply) -> None:
    """Tell what is not known of production: who is silent, and what is not split by country."""
    production = supply.production
    if silent := [one for one in production.silent if one != OTHER]:
        home = world.own is None and set(silent) & set(world.importer.members)
        told = f"production of {listed(map(partner_name, silent))} is not given"
        told += ": anything from none up" if home else "; concentration is that of the others"
        tell(found, "withheld", material, told, "a figure for every producer", rows=len(silent))
    if production.rest:
        told = f"{production.rest:,.6g} {production.unit} of the world's production are not split by country"
        tell(found, "partner-unspecified", material, told, "production by country")


def tell_trade(material: GeoPolRiskCode, world: World, found: Scored, at: list[int], column: int) -> None:
    """Tell partners without a score and flows without a mass."""
    total, unscored = (float(t[at, column].sum()) for t in (world.sums.imports, world.sums.unscored))
    if unscored:
        told = f"{unscored / total:.2g} of imports are from partners without a score"
        tell(found, "governance-missing", material, told, "a score for every partner")
    if missing := float(world.sums.without_mass_usd[at, column].sum()):
        told = f"flows worth {missing:,.0f} USD have no mass and are not counted"
        tell(found, "quantity-missing", material, told, "a mass for every flow")
