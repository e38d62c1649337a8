"""Who supplies products that are counted by share and not by tonnes: cells, magnets, active ingredients.

``data/product_supply.csv`` and ``data/active_ingredients.csv``. Shares of one scope may sum to less than 1:
the rest is of suppliers not named. What a share is of stands in its ``basis``; value, mass, capacity and
counts of filings are different things, and none is turned into another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monazite.codes import reviewed
from monazite.codes.products import product, products
from monazite.errors import UnknownCodeError
from monazite.schema.judgement import Judgement

ANTIBIOTICS = "antibiotics"
"""Active ingredients of antibiotics together; their products are the ``antibiotics``."""
ACTIVE_INGREDIENTS = "active_ingredients"
"""Active ingredients of all medicines together."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One supplier's share: of what (``scope``, ``basis``), for which year, from 0 to 1."""

    product: str
    scope: str
    country: str
    share: Judgement
    year: str
    basis: str


def supply_shares(name: str, scope: str = "") -> dict[str, Judgement]:
    """Share of each supplier by country, the largest first; ``OTH`` for countries not named.

    ``scope`` is ``world`` (production or capacity), ``imports`` of the US, ``supply`` (US use, its own
    production included), ``starting_materials`` or ``filings``. Without it, the first of these that is
    known. An antibiotic without rows of its own has those of all antibiotics.

    Raises
    ------
    UnknownCodeError
        If there is no such product, none of its suppliers is known, or not in that scope.

    Examples
    --------
    >>> supply_shares("neodymium_magnets")["CHN"].central
    0.92
    >>> list(supply_shares("penicillins", "supply"))
    ['CHN', 'OTH', 'USA', 'IND']
    """
    rows = supplies(name)
    scopes = tuple(held for held in SCOPES if held in {row.scope for row in rows})
    if scope and scope not in scopes:
        raise UnknownCodeError(f"scope of the suppliers of {name}", scope, scopes)
    wanted = [row for row in rows if row.scope == (scope or scopes[0])]
    wanted.sort(key=lambda row: -row.share.central)
    return {row.country: row.share for row in wanted}


SCOPES = ("world", "supply", "imports", "starting_materials", "filings")
"""Of what a share can be, in the order of preference."""


def supplies(name: str) -> tuple[Supply, ...]:
    """Every known share of a product, in the order of the tables; its own scopes first.

    >>> sorted({row.scope for row in supplies("penicillins")})
    ['imports', 'starting_materials', 'supply']
    """
    own = _rows().get(name, ())
    if name in antibiotics():
        told = {row.scope for row in own}
        own = (*own, *(row for row in _rows()[ANTIBIOTICS] if row.scope not in told))
    if not own:
        known = product(name).id
        hint = f"There are {', '.join(_rows())}"
        raise UnknownCodeError("product with known suppliers", known, _rows(), hint=hint)
    return own


@cache
def antibiotics() -> tuple[str, ...]:
    """Products that are active ingredients of antibiotics.

    >>> antibiotics()[:2]
    ('penicillins', 'streptomycins')
    """
    return tuple(
        one.id
        for one in products()
        if one.kind == "active ingredient" and one.name.startswith(f"{ANTIBIOTICS}: ")
    )


@cache
def _rows() -> dict[str, tuple[Supply, ...]]:
    grouped: dict[str, tuple[Supply, ...]] = {}
    for name in ("product_supply.csv", "active_ingredients.csv"):
        for row in reviewed.rows(name):
            one = Supply(
                row["product"], row["scope"], row["country"], Judgement.of(row), row["year"], row["basis"]
            )
            grouped[one.product] = (*grouped.get(one.product, ()), one)
    return grouped
