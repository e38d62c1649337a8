"""How much a new code would tell: entropy of what an old one mixes, with what hangs on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods.interval import as_interval, multiply
from monazite.schema.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from monazite.methods.interval import Quantity

SLACK = 1e-9
"""What sums of shares may miss 1 by, in double precision."""


def split_entropy(shares: Sequence[Quantity]) -> Interval:
    r"""Bounds of the entropy of a split whose shares are known within bounds.

    .. math:: E = -\sum_i s_i \log_2 s_i, \qquad \sum_i s_i = 1, \; l_i \le s_i \le h_i

    The most even split has the most: water fills the intervals to one level, each share is the level
    or the end of its interval nearest to it. The least lies where all shares but one stand at an end
    of their interval; as the entropy of a share lies above the chord over its interval, filling the
    flattest chords first gives a bound below it.

    Parameters
    ----------
    shares
        Of each material in the code, shares of 1, at least one; numbers or intervals. They sum to 1:
        what is none of the materials is a share of its own.

    Returns
    -------
    Interval
        In bits, between 0 and log2 n. The upper end is reached; the lower is too where every share
        but one is at an end of its interval, and lies at most one chord's gap below where not.

    Raises
    ------
    MethodError
        If there is no share, one lies outside [0, 1], or no choice within the intervals sums to 1.

    References
    ----------
    .. [1] Shannon, C. E. (1948). A mathematical theory of communication. *Bell System Technical
       Journal*, 27(3), 379–423. doi:10.1002/j.1538-7305.1948.tb01338.x
    .. [2] Marshall, A. W., Olkin, I. and Arnold, B. C. (2011). *Inequalities: Theory of Majorization
       and Its Applications*. Springer. Entropy is Schur-concave.

    Examples
    --------
    Shares of 0.5, 0.3 and 0.2: 1.0297 nats, or 1.4855 bits. Where nothing is known of three
    materials, anything from one of them alone to a third each:

    >>> round(float(split_entropy([0.5, 0.3, 0.2])), 4)
    1.4855
    >>> unknown = split_entropy([Interval(0, 1)] * 3)
    >>> unknown.low, round(unknown.high, 4)
    (0.0, 1.585)
    """
    lows, highs = _boxes(shares)
    high = _entropy(_most_even(lows, highs))
    low = min(_chord_entropy(lows, highs), high)
    return Interval(max(low, 0.0), high) if high - low > SLACK else Interval.exact(high)


def expected_information(entropy: Quantity, value_usd: Quantity, concentration: Quantity) -> Interval:
    r"""What splitting a code is expected to tell, to rank codes by.

    .. math:: I = E \cdot v \cdot H

    Entropy of what the code mixes, times the trade that is mixed, times how concentrated its supply
    is: a code of one material tells nothing by being split, nor does one that nobody trades; and of
    two alike the one that hangs on fewer suppliers comes first.

    Parameters
    ----------
    entropy
        Of the split of the code's value among materials, bits, at least 0; number or interval, as
        :func:`split_entropy` gives it.
    value_usd
        Trade under the code, dollars (a year), at least 0.
    concentration
        HHI of its suppliers, a share between 0 and 1.

    Returns
    -------
    Interval
        In bits × dollars × HHI, at least 0. It ranks codes of one period and one currency; it is no
        sum of money.

    Raises
    ------
    MethodError
        If one is missing, below 0, or the concentration above 1.

    References
    ----------
    .. [1] Lindley, D. V. (1956). On a measure of the information provided by an experiment. *The
       Annals of Mathematical Statistics*, 27(4), 986–1005. doi:10.1214/aoms/1177728069. The entropy
       is what learning the material of a dollar tells on average; the other factors are judgement.

    Examples
    --------
    A code of two materials half and half, ten million dollars, HHI 0.5:

    >>> float(expected_information(1.0, 10_000_000, 0.5))
    5000000.0
    """
    factors = {"entropy": entropy, "value_usd": value_usd, "concentration": concentration}
    given = {name: as_interval(factor, name) for name, factor in factors.items()}
    for name, factor in given.items():
        if factor.low < 0:
            raise MethodError(f"{name} is {factor}; it must be at least 0")
    if given["concentration"].high > 1:
        raise MethodError(
            f"concentration is {given['concentration']}; an HHI is at most 1, not 10,000 points"
        )
    return multiply(multiply(given["entropy"], given["value_usd"]), given["concentration"])


def _boxes(shares: Sequence[Quantity]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the shares, each narrowed to what the others leave."""
    given = [as_interval(share, f"share {place}") for place, share in enumerate(shares)]
    outside = [(place, share) for place, share in enumerate(given) if share.high < 0 or share.low > 1]
    if outside:
        raise MethodError(f"share {outside[0][0]} is {outside[0][1]}; a share lies between 0 and 1")
    lows = np.array([max(share.low, 0.0) for share in given])
    highs = np.array([min(share.high, 1.0) for share in given])
    least, most = math.fsum(lows), math.fsum(highs)
    if not given or not least - SLACK <= 1 <= most + SLACK:
        raise MethodError(f"{len(given)} shares sum to anything from {least:g} to {most:g}, not to 1")
    return np.maximum(lows, 1 - (most - highs)).clip(max=highs), np.minimum(highs, 1 - (least - lows)).clip(
        lows
    )


def _most_even(lows: NDArray[np.float64], highs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares that sum to 1 and lie as close together as their ends allow."""
    levels = np.unique(np.concatenate([[0.0, 1.0], lows, highs]))
    filled = np.clip(levels[:, np.newaxis], lows, highs).sum(axis=1)
    even: NDArray[np.float64] = np.clip(np.interp(1.0, filled, levels), lows, highs)
    return even


def _chord_entropy(lows: NDArray[np.float64], highs: NDArray[np.float64]) -> float:
    """The least entropy where each share's own lies on the chord over its interval."""
    low_end, high_end = _terms(lows), _terms(highs)
    widths = highs - lows
    slopes = np.divide(high_end - low_end, widths, out=np.zeros_like(widths), where=widths > 0)
    flattest = np.argsort(slopes, kind="stable")
    left = 1 - math.fsum(lows)
    before = np.concatenate([[0.0], np.cumsum(widths[flattest])[:-1]])
    taken = np.clip(left - before, 0.0, widths[flattest])
    return math.fsum(low_end) + math.fsum(slopes[flattest] * taken)


def _entropy(shares: NDArray[np.float64]) -> float:
    """Entropy in bits of shares that sum to one."""
    return math.fsum(_terms(shares))


def _terms(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each share adds to the entropy, in bits; 0 for 0."""
    there = np.where(shares > 0, shares, 1.0)
    terms: NDArray[np.float64] = -there * np.log2(there)
    return terms
