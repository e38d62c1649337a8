"""Which partners are countries, which nobody named, and which hold others."""

from __future__ import annotations

from functools import cache

from monazite.codes.countries import OTHER, countries

_NES = "-nes"
_PURPOSES = ("bunkers", "free-zones", "special-categories")
UNKNOWN = "M49-"
"""What a code begins with that no list of countries knows."""


@cache
def places() -> tuple[str, ...]:
    """Ids of all that may trade, in the order the engine sorts texts: no aggregates."""
    return tuple(sorted(one.id for one in countries() if one.kind != "aggregate"))


@cache
def aggregates() -> frozenset[str]:
    """Ids of those that hold others: never to be added to them."""
    return frozenset(one.id for one in countries() if one.kind == "aggregate")


def is_named(place: str) -> bool:
    """Whether it is one country or territory, and not several or nobody knows which.

    >>> [is_named(one) for one in ("TWN", "areas-nes", "M49-999", "bunkers")]
    [True, False, False, False]
    """
    return not (place.endswith(_NES) or place.startswith(UNKNOWN) or place in (*_PURPOSES, OTHER))
