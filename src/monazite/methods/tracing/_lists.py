"""Flows of many products as lists: checked once, cut into blocks, never spread out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.tracing._checked import Array


class OneList(NamedTuple):
    """The flows of one product: who received, from whom, how much."""

    importer: NDArray[np.integer]
    exporter: NDArray[np.integer]
    amount: Array

    def traded(self) -> OneList:
        """The list without entries of nothing."""
        if self.amount.all():
            return self
        kept = self.amount > 0
        return OneList(self.importer[kept], self.exporter[kept], self.amount[kept])


class FlowLists(NamedTuple):
    """Flows of k products, one list after another.

    Attributes
    ----------
    offsets
        Shape (k + 1,): product i has the entries ``offsets[i]`` to ``offsets[i + 1]`` of the others.
    importer, exporter
        Who received, and from whom: numbers of countries.
    amount
        How much, in any one unit for each product. Entries of one pair of countries add up.
    """

    offsets: NDArray[np.integer]
    importer: NDArray[np.integer]
    exporter: NDArray[np.integer]
    amount: Array

    def block(self, start: int, stop: int) -> FlowLists:
        """Lists of the products from start to stop, numbered from 0."""
        begin, end = int(self.offsets[start]), int(self.offsets[stop])
        offsets = self.offsets[start : stop + 1] - begin
        return FlowLists(offsets, self.importer[begin:end], self.exporter[begin:end], self.amount[begin:end])

    def each(self) -> Iterator[OneList]:
        """The list of each product in turn."""
        for begin, end in pairwise(self.offsets.tolist()):
            yield OneList(self.importer[begin:end], self.exporter[begin:end], self.amount[begin:end])


def checked_lists(lists: FlowLists, n: int) -> FlowLists:
    """The lists as arrays, or an error that names the first product with an entry that cannot be."""
    offsets, importer, exporter = (_numbers(one) for one in lists[:3])
    amount = np.asarray(lists.amount, dtype=np.float64)
    _refuse_shapes(offsets, importer, exporter, amount)
    for numbers, noun in ((importer, "importer"), (exporter, "exporter")):
        if numbers.size and not (numbers.min() >= 0 and numbers.max() < n):
            _refuse(offsets, (numbers < 0) | (numbers >= n), f"has an {noun} not numbered 0 to {n - 1}")
    if amount.size and not (amount.min() >= 0 and amount.max() < np.inf):  # NaN is neither
        wrong = ~(np.isfinite(amount) & (amount >= 0))
        _refuse(offsets, wrong, "has an amount that is not finite and at least 0")
    if (importer == exporter).any():
        _refuse(offsets, importer == exporter, "has a country that supplies itself")
    return FlowLists(offsets, importer, exporter, amount)


def _numbers(values: ArrayLike) -> NDArray[np.integer]:
    """Whole numbers; an empty list has no type of its own."""
    found = np.asarray(values)
    if found.size and found.dtype.kind not in "iu":
        raise MethodError(f"offsets, importers and exporters are whole numbers, found {found.dtype}")
    return found if found.size else found.astype(np.intp)


def _refuse_shapes(offsets: NDArray[np.integer], *columns: NDArray[np.generic]) -> None:
    """Raise if the columns are not lists of one length that the offsets divide."""
    if any(column.ndim != 1 or column.size != columns[0].size for column in columns):
        shapes = [column.shape for column in columns]
        raise MethodError(f"importer, exporter and amount have shapes {shapes}; they are lists of one length")
    whole = offsets.ndim == 1 and offsets.size > 0 and offsets[0] == 0 and offsets[-1] == columns[0].size
    if not whole or (np.diff(offsets) < 0).any():
        raise MethodError(f"offsets rise from 0 to the number of flows, {columns[0].size}; found {offsets}")


def _refuse(offsets: NDArray[np.integer], wrong: NDArray[np.bool_], told: str) -> None:
    """Raise, naming the product of the first wrong entry and the entry's place."""
    first = int(wrong.argmax())
    product = int(np.searchsorted(offsets, first, side="right")) - 1
    raise MethodError(f"product {product} {told}, at entry {first}")


def checked_production(production: ArrayLike, shape: tuple[int, int]) -> Array:
    """Production of each product in each country, or an error that names the first that cannot be."""
    made = np.asarray(production, dtype=np.float64)
    if made.shape != shape:
        raise MethodError(f"production of (products, countries) has the shape {shape}, found {made.shape}")
    if (wrong := ~(np.isfinite(made) & (made >= 0))).any():
        product, country = np.argwhere(wrong)[0].tolist()
        told = f"production of product {product} in country {country} is {made[product, country]:g}"
        raise MethodError(f"{told}; each must be finite and at least 0")
    return made
