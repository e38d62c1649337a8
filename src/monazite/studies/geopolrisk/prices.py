"""Mean prices of the shipped Mineral Commodity Summaries, in USD per kg."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from monazite.studies.dependence.figures import balances, items

PER_TONNE = "USD/t"
KILOGRAMS = 1000


class Price(NamedTuple):
    """A mean price and the years it is of."""

    usd_per_kg: float
    years: str


@cache
def price(material: str) -> Price | None:
    """Mean of the annual prices of the latest edition; nothing where they are not exact or not per mass.

    >>> found = price("cobalt")
    >>> found is not None and 20 < found.usd_per_kg < 60
    True
    """
    own = sorted(
        (one for one in items().values() if one["material"] == material),
        key=lambda one: not one["headline"],
    )
    for item in own:
        for as_of in sorted({key[0] for key in balances()}, reverse=True):
            balance = balances().get((as_of, item["item"]))
            yearly = balance.terms["price"] if balance else {}
            exact = {
                year: figures[0].value
                for year, figures in yearly.items()
                if len(figures) == 1 and figures[0].unit == PER_TONNE and figures[0].value is not None
            }
            if exact and len(exact) == len(yearly):
                mean = sum(exact.values()) / len(exact) / KILOGRAMS
                return Price(mean, f"{min(exact)}-{max(exact)} ({as_of})")
    return None
