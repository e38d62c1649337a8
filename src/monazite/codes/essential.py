"""Essential demand: the share of US use of a material that defence and health take, and weapon platforms.

``data/essential.csv`` and ``data/platforms.csv``. Nobody publishes bills of materials of weapons, and few
publish shares: nearly all rows are judgements (U) with wide ends, and the reason in words. A material
without a row of its own has that of ``default``, never none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from monazite.codes import reviewed
from monazite.codes.materials import material
from monazite.codes.product_supply import ANTIBIOTICS, antibiotics
from monazite.codes.products import products
from monazite.schema.judgement import Judgement

Sector = Literal["defence", "health"]
SECTORS: tuple[Sector, ...] = ("defence", "health")
DEFAULT = "default"
"""What the row of every material without one of its own is called."""


@dataclass(frozen=True, slots=True)
class Essential:
    """What a sector needs of a material: share of US use, 0 to 1, and for what; ``stage`` empty: at all."""

    material: str
    sector: Sector
    share: Judgement
    what: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """A weapon platform: kg of a material in one, and how many are delivered in a year."""

    name: str
    material: str
    amount: Judgement
    deliveries: Judgement


def essential(name: str, stage: str = "") -> tuple[Essential, ...]:
    """Essential demand of a material or product, one row a sector, defence first.

    A row for the stage goes before one for all stages, and that before the default.

    Raises
    ------
    UnknownCodeError
        If nothing is called that; it suggests the nearest.

    Examples
    --------
    >>> [(one.sector, one.share.central) for one in essential("gadolinium")]
    [('defence', 0.02), ('health', 0.4)]
    >>> [one.share.central for one in essential("titanium", "refined")]
    [0.25, 0.05]
    """
    asked = subject(name)
    wanted = [(asked, stage), (asked, ""), (DEFAULT, "")]
    found = []
    for sector in SECTORS:
        row = next(held for at in wanted if (held := _rows().get((*at, sector))))
        found.append(Essential(asked, sector, Judgement.of(row), row["what"], row["stage"]))
    return tuple(found)


def platforms(name: str) -> tuple[Platform, ...]:
    """Weapon platforms whose content of a material is said somewhere; none gives an empty tuple.

    Raises
    ------
    UnknownCodeError
        If nothing is called that; it suggests the nearest.

    Examples
    --------
    >>> [(one.name, round(one.amount.low), round(one.amount.high)) for one in platforms("rare_earths")][1]
    ('DDG-51 destroyer', 2359, 2586)
    """
    asked = subject(name)
    return tuple(
        Platform(row["platform"], asked, Judgement.of(row), _deliveries(row))
        for row in reviewed.rows("platforms.csv")
        if row["material"] == asked
    )


def yearly(name: str) -> tuple[float, float, float]:
    """Tonnes of a material that a year's deliveries of the platforms hold: lowest, likeliest, highest.

    >>> [round(tonnes) for tonnes in yearly("rare_earths")]
    [51, 75, 104]
    """
    ends = ("low", "central", "high")
    low, central, high = (
        sum(getattr(one.amount, end) * getattr(one.deliveries, end) for one in platforms(name)) / 1_000
        for end in ends
    )
    return low, central, high


def subject(name: str) -> str:
    """Id under which judgements stand: that of a product, of the antibiotics together or of a material.

    >>> subject("Ga"), subject("penicillins")
    ('gallium', 'antibiotics')
    """
    if name == ANTIBIOTICS or name in antibiotics():
        return ANTIBIOTICS
    return name if name in {one.id for one in products()} else material(name).id


def _deliveries(row: dict[str, str]) -> Judgement:
    low, central, high = (float(row[f"deliveries_{end}"]) for end in ("low", "central", "high"))
    return Judgement(low, central, high, "1/year", row["deliveries_source"], row["deliveries_tag"])


@cache
def _rows() -> dict[tuple[str, str, Sector], dict[str, str]]:
    return {
        (row["material"], row["stage"], cast("Sector", row["sector"])): row
        for row in reviewed.rows("essential.csv")
    }
