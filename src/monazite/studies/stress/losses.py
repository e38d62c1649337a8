"""What users of the cut materials lose, and their suppliers with them: draws by industries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.methods.allocation import CASES, allocation_cases
from monazite.methods.inputoutput import output_lost
from monazite.methods.stocks.drawing import first_month
from monazite.studies.stress.inputs import at_level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from monazite.studies.stress.accounts import Accounts
    from monazite.studies.stress.scenario import Rationing
    from monazite.studies.stress.supply import Path
    from monazite.studies.stress.uses import Product, Users

    Array = NDArray[np.float64]

YEAR = 12.0
ESSENTIAL = frozenset(
    (
        "ammunition",
        "aerospace and defense",
        "high-temperature magnets",
        "infrared optics",
        "medicines",
        "medical imaging",
        "antibiotics",
    )
)
"""Kinds of use that are for defence or health."""
NOTHING = 1e-6
"""A smaller share of output lost in a month counts as none."""


class Losses(NamedTuple):
    """Losses over the horizon, draws by industries, in USD; ``first`` is NaN where output never falls.

    ``share`` is the share of normal output lost each month, of the industries at ``places`` only, draws
    by months by places.
    """

    value_added: Array
    output: Array
    first: Array
    places: NDArray[np.intp]
    share: Array
    by_subject: Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Economy:
    """Accounts, and value added per dollar of output."""

    accounts: Accounts
    per_output: Array

    @classmethod
    def of(cls, accounts: Accounts) -> Economy:
        """Of accounts."""
        return cls(accounts, accounts.value_added / accounts.output)


def losses(  # noqa: PLR0913 - what a loss follows from, by name
    economy: Economy,
    users: Mapping[str, Users],
    paths: Mapping[str, Path],
    values: Mapping[str, Array],
    rationing: Rationing = "proportional",
    *,
    each: bool = True,
) -> Losses:
    """Losses of all industries for every draw; without ``each`` not those by each material alone.

    Materials short in one kind of use stop the same products (dysprosium and terbium, magnets): the worst
    counts. Different kinds of use in an industry, and one kind in different detailed industries, are
    different products, stopped independently.
    """
    accounts = economy.accounts
    places = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *(one.places for one in users.values())]))
    n, months = next(iter(paths.values())).shortage.shape
    worst: dict[Product, Array] = {}
    alone: dict[str, Array] = {}
    for key, one in users.items():
        lost = stopped(key, one, paths[key], values, rationing)
        for row, at in enumerate(one.products):
            worst[at] = np.maximum(worst.get(at, 0.0), lost[:, :, row])
        if each:
            alone[key] = _total(economy, one.places, lost.sum(1), months).sum(1)
    kept = np.ones((n, months, len(places)))
    for (_, _, place), lost in worst.items():
        kept[:, :, np.searchsorted(places, place)] *= 1.0 - lost
    share = 1.0 - kept
    output = np.zeros((n, len(accounts.industries)))
    output[:, places] = share.sum(1) / YEAR * accounts.output[places]
    first = np.full(output.shape, np.nan)
    first[:, places] = first_month(share > NOTHING)
    return Losses(_total(economy, places, share.sum(1), months), output, first, places, share, alone)


def stopped(
    key: str, users: Users, path: Path, values: Mapping[str, Array], rationing: Rationing = "proportional"
) -> Array:
    """Share of output of each using industry that stops for want of a material, draws by months by rows.

    ``proportional``: all are cut alike. ``priority``: uses for defence and health are met first and fall
    short only of what there is, others share what is left. ``willingness``: who makes most of a tonne
    outbids the others.
    """
    dependent = at_level(values[f"{key}:dependence"], users.dependent)
    thrift = np.minimum(at_level(values[f"{key}:thrift"], users.thrift), 1.0 - NOTHING)
    if rationing == "willingness":
        need, value = users.need(key, values)[:, None, :], (dependent * users.output)[:, None, :]
        return allocation_cases(path.used, need, value, thrift[:, None, :]).low / users.output
    used = path.used[:, :, None]
    if rationing == "priority":
        first = values[f"{key}:defence"] + values[f"{key}:health"]
        first = np.clip(first, NOTHING, 1.0 - NOTHING)[:, None, None]
        essential = np.array([kind in ESSENTIAL for kind in users.kinds])
        used = np.where(essential, used / first, np.maximum(used - first, 0.0) / (1.0 - first))
    left = used / (1.0 - thrift)[:, None, :]
    return np.asarray(dependent[:, None, :] * (1.0 - np.minimum(left, 1.0)))


def _total(economy: Economy, places: NDArray[np.intp], months_lost: Array, months: int) -> Array:
    """Value added lost, direct and at suppliers, of all industries: once, and never more than all of it."""
    accounts = economy.accounts
    direct = np.zeros((len(months_lost), len(accounts.industries)))
    for at, place in enumerate(places.tolist()):
        direct[:, place] += months_lost[:, at] / YEAR * accounts.output[place]
    lost = output_lost(accounts.coefficients, direct) * economy.per_output
    return np.asarray(np.minimum(lost, accounts.value_added * months / YEAR))


def cases(
    economy: Economy, users: Mapping[str, Users], paths: Mapping[str, Path], values: Mapping[str, Array]
) -> Mapping[str, Array]:
    """Loss of each industry in the four cases of allocation, for one draw, suppliers included."""
    accounts, months = economy.accounts, next(iter(paths.values())).shortage.shape[1]
    worst: dict[Product, Array] = {}
    for key, one in users.items():
        need, dependent, thrift = (
            one.need(key, values)[0],
            at_level(values[f"{key}:dependence"][:1], one.dependent)[0],
            at_level(values[f"{key}:thrift"][:1], one.thrift)[0],
        )
        value = dependent * accounts.output[one.places] / YEAR
        monthly = allocation_cases(paths[key].used[0], need, value, thrift)
        lost = np.stack([case.sum(0) for case in monthly])
        for row, at in enumerate(one.products):
            worst[at] = np.maximum(worst.get(at, 0.0), lost[:, row])
    output = np.zeros((len(CASES), len(accounts.industries)))
    for (_, _, place), lost in worst.items():
        output[:, place] += lost
    most = accounts.value_added * months / YEAR
    lost = output_lost(accounts.coefficients, output) * economy.per_output
    return dict(zip(CASES, np.minimum(lost, most), strict=True))
