"""Two records of every flow, the importer's and the exporter's, made one before anything is traced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import MethodError
from monazite.methods._vector import vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.tracing._checked import Array

FACTOR = 2.0
"""Mirror records that differ by more than a factor of two disagree: every second monthly flow does."""


@dataclass(frozen=True)
class Reconciled:
    """One figure for each flow, and how far its two records lie apart; n countries.

    Attributes
    ----------
    flow
        Shape (n, n), at ``[i, j]`` what i receives from j; NaN where neither reported.
    low, high
        Shape (n, n): the lower and the higher record; equal where there is one, NaN where none.
    disagree
        Shape (n, n): True where the two differ by more than the factor asked.
    """

    flow: Array
    low: Array
    high: Array
    disagree: NDArray[np.bool_]


def reconcile_mirrors(
    import_reports: ArrayLike,
    export_reports: ArrayLike,
    *,
    reliability: ArrayLike | None = None,
    margin: float = 0.0,
    factor: float = FACTOR,
) -> Reconciled:
    r"""Make one flow of what the importer and the exporter each report.

    .. math:: z_{ij} = \frac{w_i\, m_{ij} / (1 + \mu) + w_j\, e_{ij}}{w_i + w_j}

    the mean of the import record :math:`m`, freed of freight and insurance, and the export record
    :math:`e`, weighted by the reliability :math:`w` of who reported; the one record where there is
    only one. It is the rule of BACI [1]_ with weights and margin given instead of estimated.

    Parameters
    ----------
    import_reports
        At ``[i, j]`` what i says it received from j; shape (n, n), any one unit, at least 0, NaN
        where not reported. A reported 0 is a record.
    export_reports
        At ``[i, j]`` what j says it sent to i; the same shape, unit and rules.
    reliability
        Weight of each reporter, shape (n,), at least 0; all alike if left out.
    margin
        By how much import records exceed export records because they include freight and
        insurance (cif over fob), as a share of the latter, at least 0; 0 for masses.
    factor
        By how much two records may differ without being told, a ratio of at least 1.

    Returns
    -------
    Reconciled
        In the unit of the export records. Not reported by either stays NaN: missing is not 0.

    Raises
    ------
    MethodError
        If a record is negative or infinite, shapes differ, a country reports trade with itself, the
        margin or factor is out of its range, or two records of a flow both have the weight 0.

    References
    ----------
    .. [1] Gaulier, G., Zignago, S. (2010). BACI: International Trade Database at the Product-Level.
       The 1994–2007 Version. CEPII Working Paper 2010-23.

    Examples
    --------
    One importer says 110 with freight, the exporter 80; another flow has one record only:

    >>> nan = float("nan")
    >>> made = reconcile_mirrors([[0, 110], [nan, 0]], [[0, 80], [30, 0]], margin=0.10)
    >>> made.flow.round(6).tolist()
    [[0.0, 90.0], [30.0, 0.0]]
    >>> made.disagree.any()
    np.False_
    """
    if not (margin >= 0 and factor >= 1 and np.isfinite([margin, factor]).all()):
        raise MethodError(f"margin is {margin} and factor {factor}; they are at least 0 and at least 1")
    imports, exports = _records(import_reports, "import"), _records(export_reports, "export")
    if imports.shape != exports.shape:
        told = f"records of shapes {imports.shape} and {exports.shape}"
        raise MethodError(f"{told}; both are of one set of countries")
    imports = imports / (1 + margin)
    low, high = np.fmin(imports, exports), np.fmax(imports, exports)
    flow = _weighted(imports, exports, _weights(reliability, len(imports)))
    return Reconciled(flow, low, high, high > factor * low)


def _records(reports: ArrayLike, side: str) -> Array:
    """Reports (n, n), each at least 0 or NaN, none of a country with itself."""
    found = np.array(reports, dtype=np.float64)
    if found.ndim != 2 or found.shape[0] != found.shape[1]:  # noqa: PLR2004 - rows and columns
        raise MethodError(f"{side} reports have the shape (n, n), found {found.shape}")
    if (wrong := (found < 0) | np.isinf(found)).any():
        place = tuple(np.argwhere(wrong)[0].tolist())
        raise MethodError(f"{side} report {place} is {found[place]:g}; each is at least 0, or NaN if absent")
    if (found.diagonal() > 0).any():
        first = int(np.argmax(found.diagonal() > 0))
        raise MethodError(f"country {first} reports {found[first, first]:g} of {side}s with itself")
    np.fill_diagonal(found, 0.0)
    return found


def _weights(reliability: ArrayLike | None, n: int) -> Array:
    """Weights of the reporters, (n,)."""
    if reliability is None:
        return np.ones(n)
    weights = vector(reliability, "reliability")
    if weights.size != n:
        raise MethodError(f"{weights.size} reliabilities for {n} countries; each reporter has one")
    return weights


def _weighted(imports: Array, exports: Array, weights: Array) -> Array:
    """Weighted mean of two records, or the only one."""
    of_importer, of_exporter = weights[:, np.newaxis], weights[np.newaxis, :]
    both = ~np.isnan(imports) & ~np.isnan(exports)
    total = np.broadcast_to(of_importer + of_exporter, imports.shape)
    if (mute := both & (total == 0) & (imports != exports)).any():
        place = tuple(np.argwhere(mute)[0].tolist())
        raise MethodError(f"both records of flow {place} have reliability 0; one must count")
    mean = (of_importer * imports + of_exporter * exports) / np.where(total > 0, total, 1.0)
    return np.where(both & (total > 0), mean, np.fmax(imports, exports))
