"""Which inputs drive the spread of an outcome: variance-based sensitivity."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.simulation.sampling import sobol_points

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


class Sensitivity(NamedTuple):
    """Indices of each input, and how far they may be off.

    Attributes
    ----------
    first, total
        Share of the variance an input explains alone, and with all it interacts with; shape (k,).
    first_error, total_error
        Standard errors of both, as if the points were independent; shape (k,).
    """

    first: Array
    total: Array
    first_error: Array
    total_error: Array


def sensitivity_points(n: int, inputs: int, seed: int, *, chosen: ArrayLike | None = None) -> Array:
    r"""Points at which a model is to be evaluated for :func:`sensitivity_indices`.

    .. math:: A, \quad B, \quad A_B^{(i)} = A \text{ with column } i \text{ of } B

    Parameters
    ----------
    n
        Base points, at least 2; the model is evaluated (c + 2) n times.
    inputs
        k, between 1 and 10,600.
    seed
        Of the Sobol sequence, at least 0.
    chosen
        Places of the inputs whose indices are wanted, between 0 and k − 1; all unless given. The others
        vary too.

    Returns
    -------
    ndarray
        Shape ((c + 2) n, k) for c chosen inputs: n rows of A, n of B, then n for each chosen input in turn;
        numbers in [0, 1).

    Raises
    ------
    MethodError
        If a number lies outside its domain.

    References
    ----------
    .. [1] Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010). Variance
       based sensitivity analysis of model output. *Computer Physics Communications*, 181(2), 259.

    Examples
    --------
    >>> sensitivity_points(8, 3, seed=0).shape
    (40, 3)
    """
    if n < 2 or inputs < 1:  # noqa: PLR2004 - a variance needs two points
        raise MethodError(f"{n} base points of {inputs} inputs: expected at least 2 and 1.")
    both = sobol_points(n, 2 * inputs, seed)
    a, b = both[:, :inputs], both[:, inputs:]
    places = np.arange(inputs) if chosen is None else np.asarray(chosen, dtype=np.intp)
    mixed = np.repeat(a[None], len(places), axis=0)
    mixed[np.arange(len(places)), :, places] = b[:, places].T
    return np.concatenate([a, b, mixed.reshape(-1, inputs)])


def sensitivity_indices(outcomes: ArrayLike, inputs: int) -> Sensitivity:
    r"""First-order and total-order indices from a model's outcomes.

    .. math::
        S_i = \frac{1}{n V} \sum_j f(B)_j \left(f(A_B^{(i)})_j - f(A)_j\right), \qquad
        T_i = \frac{1}{2 n V} \sum_j \left(f(A)_j - f(A_B^{(i)})_j\right)^2

    Parameters
    ----------
    outcomes
        Of the model at the rows of :func:`sensitivity_points`, in their order; shape ((k + 2) n,), any one
        unit, finite.
    inputs
        How many inputs were chosen, at least 1.

    Returns
    -------
    Sensitivity
        Dimensionless shares. In exact arithmetic they lie in [0, 1], first at most total; estimates may
        miss by their errors. An outcome that never changes has indices of 0.

    Raises
    ------
    MethodError
        If an outcome is not finite or their number does not fit.

    References
    ----------
    .. [1] Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010). Variance
       based sensitivity analysis of model output. *Computer Physics Communications*, 181(2), 259, table 2.
    .. [2] Jansen, M. J. W. (1999). Analysis of variance designs for model output. *Computer Physics
       Communications*, 117(1–2), 35.

    Examples
    --------
    Ishigami's function with a = 7 and b = 0.1 has first-order indices 0.3139, 0.4424 and 0:

    >>> x = 2 * np.pi * sensitivity_points(4096, 3, seed=0) - np.pi
    >>> y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    >>> found = sensitivity_indices(y, 3)
    >>> bool(np.abs(found.first - [0.3139, 0.4424, 0.0]).max() < 0.01)
    True
    """
    y = np.asarray(outcomes, dtype=np.float64)
    n = len(y) // (inputs + 2)
    if y.ndim != 1 or n < 2 or n * (inputs + 2) != len(y):  # noqa: PLR2004 - a variance needs two points
        raise MethodError(f"{len(y)} outcomes for {inputs} inputs: expected a multiple of {inputs + 2}.")
    if not np.isfinite(y).all():
        raise MethodError("an outcome is not finite; its variance has no shares.")
    y = y - y[: 2 * n].mean()
    a, b, mixed = y[:n], y[n : 2 * n], y[2 * n :].reshape(inputs, n)
    variance = y[: 2 * n].var()
    if variance <= np.finfo(np.float64).eps ** 2:
        return Sensitivity(*np.zeros((4, inputs)))
    alone, together = b * (mixed - a) / variance, 0.5 * (a - mixed) ** 2 / variance
    root = np.sqrt(n)
    return Sensitivity(alone.mean(1), together.mean(1), alone.std(1) / root, together.std(1) / root)
