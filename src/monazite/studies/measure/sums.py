r"""Exact sums over the flows of a year: a group of flows for each importer and code, in one pass.

Amounts are whole dollars. A sum of squares needs some 84 bits. It is kept twice: modulo
:math:`2^{64}`, as integers of 64 bits that wrap around, and roughly, as floats. The floats are off by
far less than :math:`2^{63}`, so the two together name one integer, whatever the order of the sums and
however the flows were cut into batches. So a ratio has the same bits on every machine.

Twin in SQL, over which a test holds it: ``sum(value::HUGEINT * value)`` by importer and code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from monazite.errors import StoreError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALE = 1_000_000
"""Instability is counted in millionths: a whole number."""

LARGEST = 2.0**53
"""Dollars up to which a sum of whole dollars is exact as a float."""

_KEPT = 2**19
"""Floats of an array that is made and let go first. The C library of Linux gives the memory of arrays back
to the system when they end, until it has seen one so large end; to ask for it anew costs time."""

_BITS = 10
"""Bits below the amount that name its exporter, so that one maximum finds both."""


class UnsortedError(Exception):
    """The flows do not come in the order of importer, code and exporter, or one comes twice."""


UNSCORED, UNNAMED = -1, -2
"""What stands in the place of the instability of a country without a score, and of partners not named."""


class Groups(NamedTuple):
    """Sums of flows by importer and code, one at each place.

    ``leader`` holds the largest named amount and its exporter, ``suppliers`` counts the named.
    ``squares`` are those of named exporters, ``weighted`` the same times instability, ``unscored`` those
    without a score; each modulo 2⁶⁴, and beside it roughly.
    """

    key: NDArray[np.int32]
    leader: NDArray[np.int64]
    total: NDArray[np.int64]
    unnamed: NDArray[np.int64]
    suppliers: NDArray[np.int64]
    squares: NDArray[np.int64]
    squares_rough: NDArray[np.float64]
    weighted: NDArray[np.int64]
    weighted_rough: NDArray[np.float64]
    unscored: NDArray[np.int64]
    unscored_rough: NDArray[np.float64]


def exact(wrapped: NDArray[np.int64], rough: NDArray[np.float64]) -> NDArray[np.float64]:
    """Floats next to the integers that sums modulo 2⁶⁴ and rough ones name together.

    >>> square = (2**40 + 1) ** 2
    >>> int(exact(np.array([square % 2**64]), np.array([square * (1 + 1e-12)]))[0]) == square - 1
    True
    """
    low = wrapped.view(np.uint64).astype(np.float64)
    return np.rint((rough - low) * 2.0**-64) * 2.0**64 + low


def leaders(leader: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The largest amounts and their exporters; 0 from exporter 2¹⁰ where none is named."""
    amount = (leader + (2**_BITS - 1)) >> _BITS
    return amount.astype(np.float64), np.where(amount == 0, 2**_BITS, -leader & (2**_BITS - 1))


class Sums:
    """Sums over flows that are added batch by batch, in the order of importer, code and exporter.

    ``groups`` are pieces in that order; a group that two batches share stands in the first alone.
    ``exports`` has a row for each place and a column for each code: what that place exported.
    """

    def __init__(self, instability: NDArray[np.int64], codes: int) -> None:
        """Begin with no flow.

        Parameters
        ----------
        instability
            Of each place in millionths, or ``UNSCORED`` or ``UNNAMED``; shape (places,).
        codes
            How many codes there are.

        Raises
        ------
        StoreError
            If there are more places than can be numbered.
        """
        places = instability.size
        if places >= 2**_BITS or places * codes >= 2**31:
            raise StoreError(f"{places:,} importers and exporters of {codes:,} codes are too many to measure")
        self._places, self._codes, self._instability = places, codes, instability
        np.empty(_KEPT)
        self._last = (-1, -1)
        self._exports = np.zeros(places * codes)
        self._rooms = np.empty((4, 0), np.int64)
        self.groups: list[Groups] = []

    @property
    def exports(self) -> NDArray[np.float64]:
        """What each place exported of each code: whole dollars; shape (places, codes)."""
        return self._exports.reshape(-1, self._codes)

    def add(
        self,
        importer: NDArray[np.integer],
        exporter: NDArray[np.integer],
        code: NDArray[np.integer],
        value: NDArray[np.float64],
    ) -> None:
        """Add a batch; a flow of nothing is passed over.

        Raises
        ------
        UnsortedError
            If a flow does not come after the one before.
        StoreError
            If a value is negative or no number.
        """
        dollars = np.rint(value)
        if dollars.size and not (least := dollars.min()) > 0:
            if not least >= 0:
                raise StoreError(f"a flow of {least:,.0f} dollars; a value is a number and not negative")
            some = dollars > 0
            importer, exporter, code, dollars = importer[some], exporter[some], code[some], dollars[some]
        if not dollars.size:
            return
        key = importer.astype(np.int32)
        key *= self._codes
        key += code
        new = _changes(key)
        self._check(key, exporter, new)
        at = exporter.astype(np.int32)
        at *= self._codes
        at += code
        np.add.at(self._exports, at, dollars)
        self._join(self._grouped(key, exporter, dollars, new))

    def _check(self, key: NDArray[np.int32], exporter: NDArray[np.integer], new: NDArray[np.bool_]) -> None:
        """Refuse flows that do not come in order, each once."""
        before, self._last = self._last, (int(key[-1]), int(exporter[-1]))
        onwards = (key[1:] >= key[:-1]).all() and (new[1:] | (exporter[1:] > exporter[:-1])).all()
        if (int(key[0]), int(exporter[0])) <= before or not onwards:
            raise UnsortedError

    def _grouped(
        self,
        key: NDArray[np.int32],
        exporter: NDArray[np.integer],
        dollars: NDArray[np.float64],
        new: NDArray[np.bool_],
    ) -> Groups:
        """Sums by group of one piece; amounts of partners not named are taken out on the way.

        What is no longer needed is overwritten: fresh memory costs as much as the arithmetic.
        """
        starts, (amount, square, weight, work) = np.flatnonzero(new), self._room(key.size)
        last = np.append(starts[1:], key.size) - 1
        np.copyto(amount, dollars, casting="unsafe")
        self._instability.take(exporter, out=weight, mode="clip")  # no place is outside; others are copied
        new.cumsum(out=work)
        odd = np.flatnonzero(weight < 0)
        group, hidden = work[odd] - 1, weight[odd] == UNNAMED

        def whole(values: NDArray[np.int64]) -> NDArray[np.int64]:
            ends: NDArray[np.int64] = values.cumsum(out=work)[last]  # wraps around, as the sums may
            ends[1:] -= ends[:-1].copy()
            return ends

        def some(values: NDArray[Any], those: NDArray[np.bool_]) -> NDArray[Any]:
            return _spread(values[odd[those]], group[those], starts.size)

        total, unnamed = whole(amount), some(amount, hidden)
        amount[odd[hidden]] = dollars[odd[hidden]] = weight[odd] = 0
        np.multiply(amount, amount, out=square)
        squares = whole(square)
        rough = _rough(squares, total, dollars, starts, last)
        dollars *= dollars
        unscored, unscored_rough = some(square, ~hidden), some(dollars, ~hidden)
        square *= weight
        dollars *= weight
        amount <<= _BITS
        amount -= exporter
        return Groups(
            key=key[starts],
            leader=np.maximum.reduceat(amount, starts),
            total=total,
            unnamed=unnamed,
            suppliers=last + 1 - starts - np.bincount(group[hidden], minlength=starts.size),
            squares=squares,
            squares_rough=rough,
            weighted=whole(square),
            weighted_rough=np.asarray(np.add.reduceat(dollars, starts)),
            unscored=unscored,
            unscored_rough=unscored_rough,
        )

    def _room(self, size: int) -> NDArray[np.int64]:
        """Four arrays to work in, the same for every piece; shape (4, size)."""
        if self._rooms.shape[1] < size:
            self._rooms = np.empty((4, size), np.int64)
        return self._rooms[:, :size]

    def _join(self, new: Groups) -> None:
        """Append a piece; a group that the last piece ended with is added to it."""
        if not self.groups or self.groups[-1].key[-1] != new.key[0]:
            self.groups.append(new)
            return
        last = self.groups[-1]
        for name in Groups._fields[1:]:
            add = np.maximum if name == "leader" else np.add
            mine, more = getattr(last, name), getattr(new, name)
            mine[-1:] = add(mine[-1:], more[:1])
        if new.key.size > 1:
            self.groups.append(Groups._make(each[1:] for each in new))


def _changes(sorted_: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether another value begins at each place.

    >>> _changes(np.array([3, 3, 5, 7, 7])).tolist()
    [True, False, True, True, False]
    """
    new = np.ones(sorted_.size, dtype=bool)
    np.not_equal(sorted_[1:], sorted_[:-1], out=new[1:])
    return new


def _rough(
    squares: NDArray[np.int64],
    total: NDArray[np.int64],
    dollars: NDArray[np.float64],
    starts: NDArray[np.intp],
    last: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Sums of squares, roughly: of totals below 2³² they did not wrap around; the few others are added."""
    rough = squares.view(np.uint64).astype(np.float64)
    for at in np.flatnonzero(total >= 2**32):
        part = dollars[starts[at] : last[at] + 1]
        rough[at] = part @ part
    return rough


def _spread(values: NDArray[Any], group: NDArray[np.intp], groups: int) -> NDArray[Any]:
    """Sums of values by group, the groups in order, zero where there is no value."""
    sums = np.zeros(groups, values.dtype)
    if group.size:
        starts = np.flatnonzero(_changes(group))
        sums[group[starts]] = np.add.reduceat(values, starts)
    return sums
