"""How far a figure lies from its like, measured so that a few wrong figures do not spoil the measure.

Medians stand for means and median absolute deviations for standard deviations: nearly half of the
figures may be wrong before they move. Unit values and productions are compared as logarithms, where
ten times too much and ten times too little are equally far.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Verdict = Literal["trade", "quantity", "unclear", "calm"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

NORMAL = 0.6745
"""The 0.75 quantile of the normal distribution: MAD / 0.6745 estimates its standard deviation."""

LEAST_SPREAD = 0.1
"""Log spreads below ten percent count as ten percent: figures are rounded, and prices are averages."""

SHARP = 3.0
"""A mass that changes threefold from one period to the next is looked at: trade often doubles."""

JUMP_Z = 3.5
"""The modified z-score from which Iglewicz and Hoaglin call a figure a possible outlier."""

ALONG = 0.5
"""A value that moves at least half as far as the mass, on the log scale, has moved along with it."""

INTERVAL_Z = 2.5
"""Half width of an interval in standard deviations: it holds 98.8 percent of a normal distribution."""

SLIP_TOLERANCE = 0.15
"""A slip of the decimal point leaves a power of ten within a factor of 1.41, as production varies."""


class Expected(NamedTuple):
    """The mass a value stands for at usual unit values, and the interval it should lie in; tonnes."""

    mass_t: float
    low_t: float
    high_t: float


def median_absolute_deviation(values: ArrayLike) -> float:
    r"""Median absolute deviation from the median, not scaled.

    .. math:: \mathrm{MAD} = \mathrm{median}_i \, |x_i - \mathrm{median}_j \, x_j|

    Parameters
    ----------
    values
        Shape (n,), n at least 1, any one unit, each finite; for unit values their logarithms.

    Returns
    -------
    float
        In the unit of the values, at least 0. Half of the values lie within it of the median.

    Raises
    ------
    MethodError
        If there is no value, or one is NaN or infinite.

    References
    ----------
    .. [1] Hampel, F. R. (1974). The influence curve and its role in robust estimation. *Journal of
       the American Statistical Association*, 69(346), 383–393. doi:10.1080/01621459.1974.10482962

    Examples
    --------
    >>> median_absolute_deviation([1, 1, 2, 2, 4, 6, 9])
    1.0
    """
    given = _finite(values, "value")
    return float(np.median(np.abs(given - np.median(given))))


def modified_z(values: ArrayLike, *, least_spread: float = 0.0) -> NDArray[np.float64]:
    r"""Modified z-scores of Iglewicz and Hoaglin.

    .. math:: z_i = \frac{0.6745\,(x_i - \tilde x)}{\max(\mathrm{MAD}, m)}

    Parameters
    ----------
    values
        As for :func:`median_absolute_deviation`.
    least_spread
        The smallest spread m that is believed, at least 0, in the unit of the values; needed where
        more than half of them may be equal.

    Returns
    -------
    numpy.ndarray
        One number without unit for each value, shape (n,). Beyond 3.5 either way a value is a
        possible outlier [1]_.

    Raises
    ------
    MethodError
        As for :func:`median_absolute_deviation`, and if the spread is 0.

    References
    ----------
    .. [1] Iglewicz, B. and Hoaglin, D. C. (1993). *How to Detect and Handle Outliers*. ASQC Quality
       Press. Quoted in NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17.

    Examples
    --------
    Phosphate rock of Australia in World Mining Data, 2018–24, tonnes, as logarithms: 2021 and 2022
    are outliers.

    >>> tonnes = [195720, 165750, 215700, 170, 150, 520390, 498420]
    >>> [round(float(z), 1) for z in modified_z(np.log(tonnes))]
    [0.0, -0.1, 0.1, -5.1, -5.2, 0.7, 0.7]
    """
    given = _finite(values, "value")
    spread = max(median_absolute_deviation(given), least_spread)
    if not spread > 0:
        raise MethodError("more than half of the values are equal; give a least_spread above 0")
    scores: NDArray[np.float64] = NORMAL * (given - np.median(given)) / spread
    return scores


def expected_mass(value_usd: float, unit_values: ArrayLike) -> Expected:
    r"""The mass a value stands for at usual unit values.

    .. math::

        \hat q = \frac{v}{e^{\tilde u}}, \qquad
        \hat q\, e^{\mp 2.5\,\sigma}, \qquad
        \sigma = \max(\mathrm{MAD}(u), 0.1) / 0.6745, \quad u_i = \ln p_i

    Parameters
    ----------
    value_usd
        The value, dollars, above 0.
    unit_values
        Usual unit values of the same flow or code, dollars per tonne, shape (n,), n at least 1,
        each above 0.

    Returns
    -------
    Expected
        Tonnes, and an interval that holds 98.8 percent of what a flow with log-normal unit values of
        this spread would weigh.

    Raises
    ------
    MethodError
        If there is no unit value, or a value or unit value is not above 0.

    References
    ----------
    .. [1] United Nations Statistics Division (2013). *International Merchandise Trade Statistics:
       Compilers Manual, Revision 1*. Quantities are validated by unit values.

    Examples
    --------
    >>> expected = expected_mass(2_000_000, [900, 1000, 1000, 1100, 45])
    >>> round(expected.mass_t), round(expected.low_t), round(expected.high_t)
    (2000, 1381, 2897)
    """
    prices = np.log(vector(unit_values, "unit value", positive=True))
    (value,) = vector([value_usd], "value", positive=True)
    spread = max(median_absolute_deviation(prices), LEAST_SPREAD)
    mass = float(value) / math.exp(float(np.median(prices)))
    width = math.exp(INTERVAL_Z * spread / NORMAL)
    return Expected(mass, mass / width, mass * width)


def decimal_slip(ratio: float) -> int:
    r"""How many places a decimal point would have to slip to make up a ratio; 0 if it is no such slip.

    .. math:: n = \mathrm{round}(\log_{10} r) \quad \text{if } |\log_{10} r - n| \le 0.15

    Parameters
    ----------
    ratio
        A usual figure as a multiple of the one in question, above 0, no unit.

    Returns
    -------
    int
        A number of places: 3 where the figure is a thousand times too small, as thousand tonnes
        taken for tonnes are; -3 where it is a thousand times too large.

    Raises
    ------
    MethodError
        If the ratio is not above 0.

    References
    ----------
    .. [1] de Waal, T., Pannekoek, J. and Scholtus, S. (2011). *Handbook of Statistical Data Editing
       and Imputation*. Wiley. Deductive correction of thousand-errors.

    Examples
    --------
    >>> decimal_slip(195720 / 170), decimal_slip(1 / 980), decimal_slip(5)
    (3, -3, 0)
    """
    (given,) = vector([ratio], "ratio", positive=True)
    places = math.log10(float(given))
    return round(places) if abs(places - round(places)) <= SLIP_TOLERANCE else 0


def told_apart(  # noqa: PLR0913 - the six numbers a change is judged by, by name
    value_change: ArrayLike,
    mass_change: ArrayLike,
    *,
    market_change: ArrayLike,
    market_spread: ArrayLike,
    deviation_before: ArrayLike,
    deviation_after: ArrayLike,
) -> list[Verdict]:
    r"""Whether a sharp change of mass is a change of trade or a wrong quantity.

    With :math:`\Delta v` and :math:`\Delta q` the log changes of value and mass, the unit value has
    changed by :math:`\Delta v - \Delta q`, and by :math:`x = \Delta v - \Delta q - \Delta m` more than
    that of other flows of the code. A change is

    * *calm* if the mass changes less than threefold: :math:`|\Delta q| < \ln 3`;
    * *trade* if the value moved along: :math:`\Delta v / \Delta q \ge 1/2`;
    * *quantity* if it did not, the unit value jumped threefold against the other flows of the code
      (:math:`|x| \ge \ln 3`), farther than theirs scatter
      (:math:`0.6745\,|x| / \max(s, 0.1) \ge 3.5`), and in one of the two periods it is threefold off
      the flow's own usual level (:math:`\max(|d_0|, |d_1|) \ge \ln 3`);
    * *unclear* otherwise.

    Parameters
    ----------
    value_change, mass_change
        Natural logarithms of this period's value and mass as a ratio to the one before; shape (n,).
    market_change, market_spread
        Median and MAD of the log changes of unit value of all flows of the code; shape (n,).
    deviation_before, deviation_after
        Natural logarithm of the unit value less its usual level for the flow, in both periods;
        shape (n,).

    Returns
    -------
    list of str
        ``calm``, ``trade``, ``quantity`` or ``unclear`` for each change; no unit.

    Raises
    ------
    MethodError
        If one number is NaN or infinite, or the shapes differ.

    References
    ----------
    .. [1] Iglewicz, B. and Hoaglin, D. C. (1993). *How to Detect and Handle Outliers*. ASQC Quality
       Press. The threshold of 3.5; the decomposition is elementary: value = unit value × mass.

    Examples
    --------
    United States exports of natural graphite, BACI, 2022 to 2023. To Canada 45,346 t become 2,450 t
    while the value rises by 18 percent; to South Korea 774 t become 41 t and the value falls tenfold:

    >>> value = np.log([2_425_647 / 2_056_659, 528_949 / 5_210_378])
    >>> mass = np.log([2449.761 / 45346.184, 40.749 / 773.798])
    >>> told_apart(
    ...     value,
    ...     mass,
    ...     market_change=[0.04, 0.04],
    ...     market_spread=[0.16, 0.16],
    ...     deviation_before=[-2.62, 0.17],
    ...     deviation_after=[0.29, 0.66],
    ... )
    ['quantity', 'trade']
    """
    names = ("value_change", "mass_change", "market_change", "market_spread", "deviation", "deviation")
    given = (value_change, mass_change, market_change, market_spread, deviation_before, deviation_after)
    dv, dq, dm, spread, before, after = (_finite(one, name) for one, name in zip(given, names, strict=True))
    if len({one.shape for one in (dv, dq, dm, spread, before, after)}) > 1:
        raise MethodError("the six lists of a change must be equally long")
    sharp = np.abs(dq) >= math.log(SHARP)
    along = dv * np.sign(dq) >= ALONG * np.abs(dq)
    beyond = np.abs(dv - dq - dm)
    jumped = (beyond >= math.log(SHARP)) & (NORMAL * beyond / np.maximum(spread, LEAST_SPREAD) >= JUMP_Z)
    off = np.maximum(np.abs(before), np.abs(after)) >= math.log(SHARP)
    order = np.select([~sharp, along, jumped & off], [3, 0, 1], 2)
    return [VERDICTS[place] for place in order]


def _finite(values: ArrayLike, noun: str) -> NDArray[np.float64]:
    """Finite numbers of either sign, shape (n,), n at least 1."""
    try:
        found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"each {noun} must be a number: {error}") from error
    if found.ndim != 1 or found.size == 0:
        raise MethodError(f"{noun}: expected a list of shape (n,) with n at least 1, found {found.shape}")
    if not np.isfinite(found).all():
        first = int(np.argmin(np.isfinite(found)))
        raise MethodError(
            f"{noun} {first} is {found[first]:g}; each must be finite, and absent ones left out"
        )
    return found
