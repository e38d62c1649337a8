"""One material through the months of a scenario: what arrives, at which price, until stocks are gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.methods.market import (
    elasticity_at,
    equilibrium,
    floor_quantity,
    inside_price,
    tariff_equilibrium,
    two_blocs,
)
from monazite.methods.stocks import draw_down, ramp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.studies.stress.scenario import Cut

    Array = NDArray[np.float64]

MOST = 0.999
"""No more of a market is ever taken as cut: a price for the very last tonne is no price."""


@dataclass(frozen=True, slots=True)
class Aimed:
    """A cut of a subject, where its inputs begin with ``name``; whether it is aimed at the importer."""

    name: str
    cut: Cut
    hit: bool
    everybody: bool


class Path(NamedTuple):
    """A subject month by month, draws by months; ``cut`` and ``stock_out`` one for each draw.

    ``supply``, ``used`` and ``shortage`` are shares of normal use, ``stock`` months of it, prices
    multiples of before; ``stock_out`` is NaN where stocks last.
    """

    cut: Array
    supply: Array
    price: Array
    inside: Array
    used: Array
    stock: Array
    shortage: Array
    stock_out: Array


def path(key: str, aimed: Sequence[Aimed], values: Mapping[str, Array], months: int) -> Path:
    """What happens to a subject, for every draw of the inputs whose names begin with its key."""
    of = {name.removeprefix(f"{key}:"): one for name, one in values.items() if name.startswith(f"{key}:")}
    n, month = len(next(iter(values.values()))), np.arange(months, dtype=np.float64)
    market = _Market(of, n, month)
    price, quantity, inside = market.cut(aimed)
    for one in aimed:
        if not one.hit:
            continue
        if one.cut.kind == "tariff":
            price, quantity = market.tariff(one, price, quantity)
        if one.cut.kind == "floor":
            price, quantity = market.floor(one, price, quantity)
    price = np.minimum(price, of["choke"][:, None])
    opening = of["stock"] + of["release"]
    drawn = draw_down(opening, np.ones((n, months)), np.minimum(quantity, 1.0))
    return Path(
        market.deepest(aimed),
        quantity,
        price,
        inside,
        drawn.used,
        drawn.stock,
        drawn.shortage,
        drawn.first_month,
    )


class _Market:
    """The market of a subject: its inputs as columns, months as rows beside them."""

    def __init__(self, of: Mapping[str, Array], n: int, month: Array) -> None:
        """From inputs of shape (n,) and months of shape (T,)."""
        self.of = {name: value[:, None] for name, value in of.items()}
        self.shape = (n, len(month))
        self.month = month

    def active(self, one: Aimed) -> Array:
        """Share of each month in which a cut is in force."""
        since = self.month - one.cut.start_month
        last = self.of[f"{one.name}:months"]
        return np.asarray(np.clip(last - since, 0.0, 1.0) * (since >= 0))

    def withheld(self, one: Aimed, *, leaking: bool = True) -> Array:
        """Share of what who cuts sold that is withheld, month by month; leaks taken off."""
        leak = self.of[f"{one.name}:leak"] if leaking else 0.0
        return np.asarray(self.active(one) * self.of[f"{one.name}:depth"] * (1.0 - leak))

    def cut(self, aimed: Sequence[Aimed]) -> tuple[Array, Array, Array]:
        """Price, quantity for the importer, and price inside who cuts, of every month."""
        price, quantity, inside = (np.ones(self.shape) for _ in range(3))
        real = [one for one in aimed if one.cut.kind not in ("tariff", "floor")]
        everybody = [one for one in real if one.everybody]
        some = [one for one in real if not one.everybody]
        if everybody:
            lost = 1.0 - np.prod([1.0 - self.withheld(one) * self._share(one) for one in everybody], axis=0)
            price, quantity = self._single(np.minimum(lost, MOST), everybody)
        for one in some:
            dearer, left = self._blocs(one)
            price, quantity = price * dearer, quantity * left
        for one in real:
            inside = np.minimum(inside, self._inside(one))
        return price, quantity, inside

    def deepest(self, aimed: Sequence[Aimed]) -> Array:
        """Largest share that is cut in any month: of the supply outside, or of the importers aimed at."""
        shares = [
            self.withheld(one, leaking=False) * (self._share(one) if one.everybody else self._first(one))
            for one in aimed
            if one.hit and not one.cut.of_price
        ]
        if not shares:
            return np.zeros(self.shape[0])
        return np.asarray((1.0 - np.prod([1.0 - one for one in shares], axis=0)).max(1))

    def tariff(self, one: Aimed, price: Array, quantity: Array) -> tuple[Array, Array]:
        """Price and quantity under a duty, on top of what is cut."""
        demand, supply = self._elasticities([one])
        duty = self.of[f"{one.name}:rate"] * self.active(one)
        share = self._share(one) if one.everybody else self._first(one)
        found = tariff_equilibrium(share, duty, demand, supply)
        return price * found.price, quantity * found.quantity

    def floor(self, one: Aimed, price: Array, quantity: Array) -> tuple[Array, Array]:
        """Price and quantity where the price may not fall below a floor."""
        demand, _ = self._elasticities([one])
        lowest = np.maximum(self.of[f"{one.name}:floor"] / price, 1.0)
        lowest = 1.0 + (lowest - 1.0) * self.active(one)
        return price * lowest, quantity * floor_quantity(lowest, demand)

    def _share(self, one: Aimed) -> Array:
        """Share of the supply outside who cuts that it sells."""
        if f"{one.name}:production" not in self.of:
            return np.minimum(self.of[f"{one.name}:direct"], MOST)
        made, own = self.of[f"{one.name}:production"], self.of[f"{one.name}:own_use"]
        return np.asarray(np.minimum(made * (1.0 - own) / (1.0 - made * own), MOST))

    def _first(self, one: Aimed) -> Array:
        """Share of what the importers aimed at buy that who cuts sells."""
        everywhere = self._share(one)
        most = np.minimum(everywhere / self.of[f"{one.name}:market"], MOST)
        return np.asarray(np.minimum(self.of[f"{one.name}:direct"] if one.hit else everywhere, most))

    def _elasticities(self, cuts: Sequence[Aimed]) -> tuple[Array, Array]:
        """Of demand and supply, month by month after the first of the cuts."""
        since = np.maximum(self.month - min(one.cut.start_month for one in cuts), 0.0)
        of = self.of
        demand = elasticity_at(
            since, of["demand_short"], np.maximum(of["demand_short"], of["demand_long"]), of["adjustment"]
        )
        supply = elasticity_at(
            since, of["supply_short"], np.maximum(of["supply_short"], of["supply_long"]), of["adjustment"]
        )
        return demand, supply

    def _comes(self, cuts: Sequence[Aimed], delay: str, build: str) -> Array:
        """Share that has come on in each month: none before the delay, all once built."""
        start = min(one.cut.start_month for one in cuts)
        wait = self.of[delay][:, 0] if delay else np.zeros(self.shape[0])
        return ramp(np.ones(self.shape[0]), self.shape[1], wait + start, self.of[build][:, 0])

    def _beyond(self, cuts: Sequence[Aimed]) -> Array:
        """How far other producers can go beyond what they make, idle capacity coming on by and by."""
        return np.asarray(1.0 + self.of["idle"] * self._comes(cuts, "", "idle_ramp"))

    def _extra(self, cuts: Sequence[Aimed]) -> Array:
        """Allied supply and recycling that come on, as a share of normal use."""
        found = np.zeros(self.shape)
        if (self.of["allied"] > 0).any():
            found = found + self.of["allied"] * self._comes(cuts, "allied_delay", "allied_build")
        if (self.of["recycling"] > 0).any():
            found = found + self.of["recycling"] * self._comes(cuts, "", "recycling_ramp")
        return found

    def _single(self, lost: Array, cuts: Sequence[Aimed]) -> tuple[Array, Array]:
        """The whole market outside has one price; what comes on besides stops where nothing is missing."""
        demand, supply = self._elasticities(cuts)
        capacity = (1.0 - lost) * self._beyond(cuts)
        extra = np.minimum(self._extra(cuts), lost)
        found = equilibrium(lost, demand, supply, capacity=capacity, extra=extra)
        return found.price, found.quantity

    def _blocs(self, one: Aimed) -> tuple[Array, Array]:
        """Some importers are aimed at: what the one we ask about pays and gets."""
        demand, supply = self._elasticities([one])
        share = self.of[f"{one.name}:market"]
        force = self.active(one) * self.of[f"{one.name}:depth"]
        everywhere = self._share(one)
        first = self._first(one) * force
        found = two_blocs(
            np.maximum(everywhere * force, share * first),
            share,
            demand,
            supply,
            capacity=(1.0 - everywhere * force) * self._beyond([one]),
            cut_hit=first,
            leaked=self.of[f"{one.name}:leak"],
            redirected=self.of[f"{one.name}:redirected"],
            divertible=self.of[f"{one.name}:divertible"],
        )
        mine = found.hit if one.hit else found.spared
        extra = self._extra([one]) if one.hit else 0.0
        return mine.price, np.minimum(mine.quantity + extra, 1.0)

    def _inside(self, one: Aimed) -> Array:
        """Price inside who cuts."""
        demand, supply = self._elasticities([one])
        own = np.maximum(self.of.get(f"{one.name}:own_use", np.ones((self.shape[0], 1))), 1.0 - MOST)
        hit = 1.0 if one.everybody else self.of[f"{one.name}:market"]
        return inside_price(own, demand, supply, delivered=1.0 - self.withheld(one) * hit)
