"""Mean prices of the shipped Mineral Commodity Summaries, in USD per kg."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from monazite.studies.dependence.figures import balances

PER_TONNE = "USD/t"
KILOGRAMS = 1000


class Price(NamedTuple):
    """A mean price, and what it is of: series, years, edition."""

    usd_per_kg: float
    of: str


@cache
def price(item: str) -> Price | None:
    """Mean of the annual prices of the latest edition; nothing where they are not exact or not per mass.

    >>> found = price("cobalt.refined")
    >>> found is not None and 20 < found.usd_per_kg < 60
    True
    """
    for as_of in sorted({key[0] for key in balances()}, reverse=True):
        balance = balances().get((as_of, item))
        yearly = balance.terms["price"] if balance else {}
        told = [figures[0] for _, figures in sorted(yearly.items()) if len(figures) == 1]
        exact = [one.value for one in told if one.unit == PER_TONNE and one.value is not None]
        if exact and len(exact) == len(yearly):
            years = f"{min(yearly)}-{max(yearly)} ({as_of})"
            return Price(sum(exact) / len(exact) / KILOGRAMS, f"{years}: {told[-1].label}")
    return None
