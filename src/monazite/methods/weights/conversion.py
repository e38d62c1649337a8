"""The weights of every link between two editions, component by component."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.families import families
from monazite.methods.weights.component import Component
from monazite.methods.weights.spread import resampled

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class ConversionWeights:
    """Weights of links, each in the order the links were given; every array has shape (n_links,).

    ``weight`` is the share of the source code's trade that goes to the target, the shares of a
    source sum to one; NaN where no country says anything of it. ``low`` and ``high`` are its
    interval. ``identified`` is False where the trade leaves it open: the weight is then the one
    nearest to an equal split among those that fit alike, and its interval all of [0, 1].
    ``countries`` counts those whose trade was used. ``residual`` is the share of their trade that
    the weights of the component put under a wrong target, the mean of the countries. ``family``
    tells the components apart.
    """

    weight: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    identified: NDArray[np.bool_]
    countries: NDArray[np.intp]
    residual: NDArray[np.float64]
    family: NDArray[np.intp]


def conversion_weights(  # noqa: PLR0913 - links, trade under either edition, and how the bootstrap is drawn
    source: ArrayLike,
    target: ArrayLike,
    source_trade: ArrayLike,
    target_trade: ArrayLike,
    *,
    draws: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> ConversionWeights:
    r"""Weights that carry trade from the codes of one edition to those of another, with intervals.

    For each component of the links, with X and Y the trade of countries under its source and target
    codes, each country's trade in the component divided by its sum,

    .. math:: \min_B \| Y - X B \|_F^2 \quad \text{s.t.} \quad \sum_j b_{ij} = 1, \; b_{ij} \ge 0,
        \; b_{ij} = 0 \text{ off the links}

    A source with one target has weight 1 and is taken out first. The interval is Student's, with
    the spread of a bootstrap over countries.

    Parameters
    ----------
    source, target
        The column of ``source_trade`` and of ``target_trade`` that each link joins; shape (n_links,),
        each link once.
    source_trade
        Trade of countries under the source edition, in the last year it was reported; shape
        (n_countries, n_sources), any one unit, each at least 0.
    target_trade
        Trade of the same countries under the target edition, in the first year of it; shape
        (n_countries, n_targets), any one unit. Give only countries that report both editions.
    draws
        How often countries are drawn anew, a count of at least 2.
    level
        The level of confidence of the intervals, a share between 0 and 1.
    seed
        Of the draws. The same seed and the same order of countries give the same intervals; the
        order of the links changes nothing.

    Returns
    -------
    ConversionWeights
        Shares in [0, 1]. A component that none of the countries trades, or that holds more than 1,500
        links to be weighed, gets no weights but the interval [0, 1]: no split is invented.

    Raises
    ------
    MethodError
        If shapes do not fit, a number is negative, NaN or infinite, a link stands twice, or draws or
        level lie outside their domain.

    References
    ----------
    .. [1] Lukaszuk, P. and Torun, D. (2022). Harmonizing the Harmonized System. SEPS Discussion Paper
       2022-12, University of St. Gallen.
    .. [2] Harvard Growth Lab (2025). Comtrade Conversion Weights. The program in MATLAB; it divides
       both matrices by their sums instead.

    Examples
    --------
    Three countries report 100 under one code, and a year later 65, 60 and 55 under the first of the
    two it was split into:

    >>> found = conversion_weights([0, 0], [0, 1], [[100], [100], [100]], [[65, 35], [60, 40], [55, 45]])
    >>> found.weight.round(3).tolist()
    [0.6, 0.4]
    >>> found.low.round(1).tolist(), found.high.round(1).tolist()
    ([0.5, 0.3], [0.7, 0.5])
    """
    before, after = _trade(source_trade, "source_trade"), _trade(target_trade, "target_trade")
    one, other = _ends(source, before, "source"), _ends(target, after, "target")
    _check(one, other, before, after, draws)
    family = families(one, other + before.shape[1], before.shape[1] + after.shape[1])[one]
    found = _nothing_known(family)
    drawn = (
        resampled(before.shape[0], draws, seed) if before.shape[0] else np.zeros((draws, 0), dtype=np.int64)
    )

    def weighed(places: NDArray[np.intp]) -> None:
        """Weigh one component and put it in its places."""
        part = _component(one[places], other[places], before, after)
        weights = part.weighed(drawn, level)
        for name in ("weight", "low", "high", "identified"):
            getattr(found, name)[places] = getattr(weights, name)
        found.countries[places] = part.used.sum()
        found.residual[places] = part.residual(weights.weight)

    with ThreadPoolExecutor() as threads:  # HiGHS works without Python's lock; the largest go first
        list(threads.map(weighed, _components(one, other, family)))
    return found


def _components(
    source: NDArray[np.intp], target: NDArray[np.intp], family: NDArray[np.intp]
) -> list[NDArray[np.intp]]:
    """The places of each component's links, in an order that is not that of the links."""
    order = np.lexsort((target, source, family))
    ends = np.flatnonzero(np.diff(family[order])) + 1
    return sorted(np.split(order, ends), key=len, reverse=True) if order.size else []


def _component(
    source: NDArray[np.intp],
    target: NDArray[np.intp],
    before: NDArray[np.float64],
    after: NDArray[np.float64],
) -> Component:
    """Number the codes of a component from 0 and take out their trade."""
    sources, one = np.unique(source, return_inverse=True)
    targets, other = np.unique(target, return_inverse=True)
    return Component(one, other, before[:, sources], after[:, targets])


def _nothing_known(family: NDArray[np.intp]) -> ConversionWeights:
    """Weights to be filled in."""
    numbers = np.repeat([[np.nan], [0.0], [1.0], [np.nan]], family.size, axis=1)
    weight, low, high, residual = numbers
    no, none = np.zeros(family.size, dtype=bool), np.zeros(family.size, dtype=np.intp)
    return ConversionWeights(weight, low, high, no, none, residual, family)


def _trade(trade: ArrayLike, name: str) -> NDArray[np.float64]:
    """Check the trade of countries under the codes of one edition."""
    found = np.asarray(trade, dtype=np.float64)
    if found.ndim != 2:  # noqa: PLR2004 - countries and codes
        raise MethodError(f"{name} is of shape (n_countries, n_codes), found {found.shape}")
    if not (np.isfinite(found) & (found >= 0)).all():
        country, code = np.argwhere(~(np.isfinite(found) & (found >= 0)))[0]
        told = f"{name} of country {country} under code {code} is {found[country, code]:g}"
        raise MethodError(f"{told}; it must be finite and at least 0, and a country that is silent left out")
    return found


def _ends(ends: ArrayLike, trade: NDArray[np.float64], name: str) -> NDArray[np.intp]:
    """Check one end of each link."""
    found = np.asarray(ends, dtype=np.intp)
    if found.ndim != 1 or (found.size and not 0 <= found.min() <= found.max() < trade.shape[1]):
        told = f"shape {found.shape}" if found.ndim != 1 else f"{found.min()} to {found.max()}"
        raise MethodError(f"each {name} is a column of its trade, 0 to {trade.shape[1] - 1}; found {told}")
    return found


def _check(
    source: NDArray[np.intp],
    target: NDArray[np.intp],
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    draws: int,
) -> None:
    """Refuse links, countries and draws that do not fit together."""
    if draws < 2:  # noqa: PLR2004 - one draw has no spread
        raise MethodError(f"a bootstrap needs at least 2 draws, found {draws}")
    if before.shape[0] != after.shape[0]:
        told = f"{before.shape[0]} countries before and {after.shape[0]} after"
        raise MethodError(f"found {told}; give the trade of those that report both editions")
    if source.size != target.size:
        raise MethodError(f"a link has two ends; found {source.size} sources and {target.size} targets")
    if len(set(zip(source.tolist(), target.tolist(), strict=True))) < source.size:
        raise MethodError("a link from one source to one target stands more than once")
