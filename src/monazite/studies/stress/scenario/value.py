"""A scenario as a value: who cuts what, when and how deep, and what may be done against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from monazite.schema.judgement import Judgement

Stage = Literal["ore", "intermediate", "refined", "product"]
Kind = Literal["ban", "quota", "licence", "floor", "tariff"]
Rationing = Literal["proportional", "priority", "willingness"]

STAGES: tuple[Stage, ...] = get_args(Stage)
KINDS: tuple[Kind, ...] = get_args(Kind)
RATIONING: tuple[Rationing, ...] = get_args(Rationing)
VERSION = 1
"""Version of the format of scenario files that is read and written here."""
ALL = "all"
"""Every material, or every country but the importer, instead of a list of them."""
LONGEST = 120
"""Months a scenario may last."""
WRITTEN = ("the scenario file", "U")
"""Source and tag of a number for which the scenario names none."""


def certain(value: float, unit: str) -> Judgement:
    """A number the scenario states without doubt.

    >>> certain(0.5, "1").low
    0.5
    """
    return Judgement(value, value, value, unit, *WRITTEN)


@dataclass(frozen=True, slots=True)
class Cut:
    """One measure against trade: who cuts what, towards whom, how deep and how long.

    ``materials`` are ids of materials and products, ``countries`` and ``against`` ISO 3166 alpha-3 codes;
    each of the first two may be ``("all",)``. No ``stages`` means the stage the importer buys, nobody
    in ``against`` means everybody. ``depth`` is the share removed of what the countries would have sold
    (0 for a tariff or a price floor, which remove nothing by themselves); ``months`` is how long, ``None``
    to the end of the horizon; ``leakage`` is the share of what is removed that arrives through third
    countries all the same, ``None`` for the study's own judgement; ``rate`` is a tariff as a share of
    the price, ``floor`` a lowest price in USD per kg.
    """

    materials: tuple[str, ...]
    countries: tuple[str, ...]
    depth: Judgement
    stages: tuple[Stage, ...] = ()
    against: tuple[str, ...] = ()
    kind: Kind = "ban"
    start_month: int = 0
    months: Judgement | None = None
    leakage: Judgement | None = None
    rate: Judgement | None = None
    floor: Judgement | None = None

    @property
    def of_price(self) -> bool:
        """Whether it changes the price and not the quantity."""
        return self.kind in ("tariff", "floor")

    @property
    def last_month(self) -> float:
        """First month after it has surely ended; infinity if it lasts."""
        return float("inf") if self.months is None else self.start_month + self.months.high


@dataclass(frozen=True, slots=True)
class AlliedSupply:
    """New supply from friends: what it adds when built, as a share of the importer's normal use.

    Nothing arrives for ``delay_months``, then ever more over ``build_months``. ``countries`` are where it
    stands; none named means any that does not cut. ``None`` means the study's own judgement.
    """

    share: Judgement | None = None
    delay_months: Judgement | None = None
    build_months: Judgement | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recycling:
    """More recycling: what it adds, as a share of the importer's normal use, and months until it does."""

    share: Judgement | None = None
    ramp_months: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Responses:
    """What may be done against a cut.

    ``True`` allows it with the study's own judgements, ``False`` forbids it, and a value takes the place
    of those judgements: ``idle_capacity`` is the share of other producers' output that stands idle,
    ``stock_release`` months of normal use that public and private stocks give.
    """

    idle_capacity: bool | Judgement = True
    allied_supply: bool | AlliedSupply = True
    stock_release: bool | Judgement = True
    substitution: bool = True
    recycling: bool | Recycling = True
    thrift: bool = True
    rerouting: bool = True
    rationing: Rationing = "proportional"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a scenario file says.

    ``importer`` is the code of a country or group, ``starts`` the ISO date of month 0 (empty: no date),
    ``probability`` how likely it is in a year (``None``: not said), ``sources`` what was read for it.

    Examples
    --------
    >>> cut = Cut(("gallium",), ("CHN",), certain(1.0, "1"))
    >>> Scenario("halt", "China halts gallium", (cut,)).cutters
    ('CHN',)
    """

    id: str
    title: str
    cuts: tuple[Cut, ...]
    about: str = ""
    version: int = VERSION
    importer: str = "USA"
    starts: str = ""
    horizon_months: int = 24
    responses: Responses = field(default_factory=Responses)
    probability: Judgement | None = None
    sources: tuple[str, ...] = ()

    @property
    def materials(self) -> tuple[str, ...]:
        """Materials and products of all cuts, each once."""
        return tuple(dict.fromkeys(one for cut in self.cuts for one in cut.materials))

    @property
    def cutters(self) -> tuple[str, ...]:
        """Countries of all cuts, each once."""
        return tuple(dict.fromkeys(one for cut in self.cuts for one in cut.countries))
