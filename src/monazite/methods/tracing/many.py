"""Origins of thousands of products at once, each reduced on the spot to what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.errors import MethodError
from monazite.methods.tracing._checked import NEGLIGIBLE
from monazite.methods.tracing._elimination import supply_shares
from monazite.methods.tracing._lists import checked_lists, checked_production
from monazite.methods.tracing.origins import trace_origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from monazite.methods.tracing._checked import Array
    from monazite.methods.tracing._lists import FlowLists, OneList

BLOCK = 64  # products in a task: long against what handing it out costs, short against the whole
ACCURACY = 1e-9
"""Shares of a supply that sum to 1 no better than this come from a nearly closed loop."""


@dataclass(frozen=True)
class ManyOrigins:
    """Origins of many products, reduced; k products, n countries, amounts in each product's unit.

    Attributes
    ----------
    consumption
        Shape (k, n); NaN for a product that was refused.
    leading_origin
        Shape (k, n): the country whose production is the largest part of what each consumes; −1
        where nothing is consumed or the product was refused. Of equals the first.
    leading_share
        Shape (k, n): its share, in [0, 1]; NaN where there is no leading origin.
    hhi
        Shape (k, n): Herfindahl–Hirschman index over origins, own production among them; NaN there.
    origin
        Shape (k, len(importers), n): amounts by origin, for the importers asked for.
    refused
        Product → why it cannot be traced, in words.
    """

    consumption: Array
    leading_origin: NDArray[np.int16]
    leading_share: Array
    hhi: Array
    origin: Array
    refused: dict[int, str]


def origins_of_many(
    flows: FlowLists,
    n: int,
    *,
    production: ArrayLike | None = None,
    importers: Sequence[int] = (),
    executor: Executor | None = None,
) -> ManyOrigins:
    r"""Trace every product's consumption to its origins, and keep what is asked of each.

    The same answers as :func:`~monazite.methods.tracing.trace_origins` product by product, with the
    countries that only pass goods on eliminated first, in blocks, and the full matrices forgotten.

    Parameters
    ----------
    flows
        Flow lists of k products; each product in any one unit, amounts finite and at least 0.
    n
        Number of countries, above 0; importers and exporters are numbered 0 to n − 1.
    production
        What each country produces of each product; shape (k, n), in the product's unit, each at
        least 0. Left out, :func:`~monazite.methods.tracing.apparent_production` of its flows.
    importers
        Countries whose consumption by origin is kept whole.
    executor
        Runs blocks of products; left out, one after another. Each product is computed by itself, so
        the answer is the same for any executor and any number of its workers. Processes share the
        work; threads do not, as every step is too short to be worth a turn.

    Returns
    -------
    ManyOrigins
        A product that cannot be traced (a closed loop, exports beyond supply) is told in ``refused``
        and has no numbers.

    Raises
    ------
    MethodError
        If an amount is negative or not finite, a country supplies itself or has no number below n,
        or the shapes do not match: the input is wrong, not one product.

    Notes
    -----
    Shares of a supply sum to 1. Where the elimination misses that by more than 1e-9 a loop is nearly
    closed, and the product is traced again by the way that subtracts nothing.

    References
    ----------
    .. [1] Kastner, T., Kastner, M., Nonhebel, S. (2011). Tracing distant environmental impacts of
       agricultural products from a consumer perspective. *Ecological Economics*, 70.
    .. [2] Meyer, C. D. (1989). Stochastic complementation, uncoupling Markov chains, and the theory
       of nearly reducible systems. *SIAM Review*, 31.

    Examples
    --------
    One product, sent 0 → 1 → 2, and one that two countries only hand to and fro:

    >>> from monazite.methods.tracing import FlowLists
    >>> lists = FlowLists(
    ...     np.array([0, 2, 4]), np.array([1, 2, 0, 1]), np.array([0, 1, 1, 0]), np.array([60.0, 40, 9, 9])
    ... )
    >>> traced = origins_of_many(lists, 3)
    >>> traced.leading_origin[0].tolist(), traced.consumption[0].tolist()
    ([-1, 0, 0], [0.0, 20.0, 40.0])
    >>> list(traced.refused)
    [1]
    """
    lists, kept = checked_lists(flows, n), tuple(importers)
    if not all(0 <= one < n for one in kept):
        raise MethodError(f"importers {list(kept)} are to be numbered 0 to {n - 1}")
    count = lists.offsets.size - 1
    made = None if production is None else checked_production(production, (count, n))
    blocks = [(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]
    parts = [lists.block(*block) for block in blocks]
    made_in = [None if made is None else made[slice(*block)] for block in blocks]
    trace = partial(_traced_block, n=n, importers=kept)
    answers = map(trace, parts, made_in) if executor is None else executor.map(trace, parts, made_in)
    return _joined(answers, _nothing(count, n, len(kept)))


def _joined(answers: Iterable[ManyOrigins], whole: ManyOrigins) -> ManyOrigins:
    """Answers of all blocks as they come in, each in its place; none is kept beside the whole."""
    start = 0
    for part in answers:
        place = slice(start, start + len(part.consumption))
        for name in ("consumption", "leading_origin", "leading_share", "hhi", "origin"):
            getattr(whole, name)[place] = getattr(part, name)
        whole.refused.update({start + k: told for k, told in part.refused.items()})
        start = place.stop
    return whole


def _traced_block(
    lists: FlowLists, production: Array | None, n: int, importers: tuple[int, ...]
) -> ManyOrigins:
    """Origins of a block of products, numbered from 0."""
    kept = _nothing(lists.offsets.size - 1, n, len(importers))
    for k, flows in enumerate(lists.each()):
        try:
            traced = _trace(flows.traded(), n, None if production is None else production[k])
        except MethodError as error:
            kept.refused[k] = str(error)
        else:
            traced.keep(kept, k, importers)
    return kept


class _Traced(NamedTuple):
    """Consumption (n,), who consumes, who produces, and the shares of these in the supply of those."""

    consumption: Array
    consumers: NDArray[np.intp]
    producers: NDArray[np.intp]
    shares: Array

    def keep(self, kept: ManyOrigins, k: int, importers: tuple[int, ...]) -> None:
        """Write what is asked of product k into its place."""
        kept.consumption[k] = self.consumption
        if importers:
            kept.origin[k] = 0.0
        if not self.consumers.size:
            return
        place = (k, self.consumers)
        kept.leading_origin[place] = self.producers[self.shares.argmax(axis=1)]
        kept.leading_share[place] = self.shares.max(axis=1)
        kept.hhi[place] = np.einsum("ij,ij->i", self.shares, self.shares)
        for row, one in enumerate(importers):
            for mix in self.shares[self.consumers == one]:
                kept.origin[k, row, self.producers] = self.consumption[one] * mix


def _trace(flows: OneList, n: int, production: Array | None) -> _Traced:
    """Origins of one product: by blocks, and by the careful way where that is not accurate."""
    imports = np.bincount(flows.importer, flows.amount, n)
    exports = np.bincount(flows.exporter, flows.amount, n)
    made = np.maximum(0.0, exports - imports) if production is None else production
    supply = made + imports
    left = supply - exports
    if (left >= -NEGLIGIBLE * supply).all():
        used = np.where(left > NEGLIGIBLE * supply, left, 0.0)
        fed = np.flatnonzero((used > 0) | ((made == 0) & (supply > 0)))  # a loop shows in its members
        shares = _quickly(flows, made, supply, exports > 0, fed)
        if shares is not None:
            consumes = used[fed] > 0
            kept = shares if consumes.all() else shares[consumes]
            return _Traced(used, fed[consumes], np.flatnonzero(made), kept)
    return _carefully(flows, n, made)


def _quickly(
    flows: OneList, made: Array, supply: Array, exports: NDArray[np.bool_], fed: NDArray[np.intp]
) -> Array | None:
    """Shares of producers in the supply of those who are fed; none where they do not sum to 1."""
    try:
        shares = supply_shares(flows, made, supply, exports, fed)
    except np.linalg.LinAlgError:  # a loop so nearly closed that a pivot vanished
        return None
    missed = np.abs(shares.sum(axis=1) - 1).max(initial=0.0)
    return shares if missed <= ACCURACY else None  # nor where it is NaN


def _carefully(flows: OneList, n: int, made: Array) -> _Traced:
    """Origins of one product by :func:`trace_origins`, which tells what is wrong where something is."""
    where = flows.importer.astype(np.intp) * n + flows.exporter
    traced = trace_origins(made, np.bincount(where, flows.amount, n * n).reshape(n, n))
    consumers, producers = np.flatnonzero(traced.consumption), np.flatnonzero(made)
    shares = traced.origin[np.ix_(consumers, producers)] / traced.consumption[consumers, np.newaxis]
    return _Traced(traced.consumption, consumers, producers, shares)


def _nothing(count: int, n: int, importers: int) -> ManyOrigins:
    """Answers for so many products before any is traced."""
    consumption, share, hhi = np.full((3, count, n), np.nan)
    nobody = np.full((count, n), -1, dtype=np.int16)
    return ManyOrigins(consumption, nobody, share, hhi, np.full((count, importers, n), np.nan), {})
