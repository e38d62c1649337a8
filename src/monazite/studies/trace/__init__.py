"""Where imports really come from: traced through every country that passes them on, with bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.codes.groups import importer as importer_of
from monazite.codes.materials import material as material_of
from monazite.errors import DataMissingError, UnknownCodeError
from monazite.results.frame import Frame
from monazite.schema.trace import TRACE, TRACE_ALARM, TRACE_BALANCE, TRACE_CODE, TRACE_FLOW
from monazite.studies.nomenclature.answer import answer
from monazite.studies.trace.alarms import alarms
from monazite.studies.trace.balances import balance_rows
from monazite.studies.trace.contents import over_contents, uncertain
from monazite.studies.trace.found import findings
from monazite.studies.trace.goods import ORE, POOLS, PRODUCT, REFINED, goods_of, refusal
from monazite.studies.trace.networks import network_of
from monazite.studies.trace.origins import traced
from monazite.studies.trace.rows import alarm_rows, band_rows, code_rows, rows
from monazite.studies.trace.supply import made
from monazite.studies.trace.words import headlines, notes
from monazite.studies.world import held
from monazite.studies.world.flows import world_flows, years_held

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.codes.groups import Importer
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.trace.goods import Goods
    from monazite.studies.trace.networks import Network
    from monazite.studies.trace.origins import Share
    from monazite.studies.world.flows import Flows

__all__ = ["BASES", "QUESTION", "trace"]

QUESTION = "Where do the imports of a material really come from, behind the countries that pass them on?"
BASES = ("mass", "value")
YEARS = 10
"""Years that alarms look back over, of those there are."""
METHOD = (
    "Each country's supply is what it produces and what it receives; what it sends on carries the mix of all"
    " of it (share tracing, Kastner et al. 2011: absorbing Markov chain over contained mass). The importer's"
    " imports are traced to where they were produced. The importer's own exports are a supply of their own,"
    " so that goods coming home count as its own.\n\n"
    "That every country mixes in proportion cannot be proven. Beside each share stand the lowest and the"
    " highest that keep every balance: two linear programmes an origin. They are wide where a hub could keep"
    " one supplier's goods and send on another's.\n\n"
    "What a country exports beyond recorded production and imports is an origin of its own, not recorded: it"
    " may be unrecorded production, stocks, other goods of the same code, or of any origin. By value no"
    " production is used: who exports net counts as producer."
)


def trace(  # noqa: PLR0913 - what may be asked, by name
    material: str,
    *,
    importer: str = "USA",
    year: int | None = None,
    by: str = "mass",
    stage: str | None = None,
    store: Store | Path | str | None = None,
) -> Answer:
    """Trace an importer's imports of a material to their origin.

    Parameters
    ----------
    material
        A name, symbol or group.
    importer
        A country, a group such as ``EU27``, or a file of members.
    year
        Year of trade; the latest there is if not given. 2020 to 2024 are shipped.
    by
        ``mass`` of the material contained, or ``value``.
    stage
        ``ore``, or ``refined`` (compounds and metal); by default the one the importer imports more of. Or
        ``product`` (alloys, articles).
    store
        The store, or its folder; the user's own by default.

    Returns
    -------
    Answer
        One row an origin with direct, origin, lowest and highest share, in 0-1. ``details``: ``flows`` (the
        bands of the picture), ``codes``, ``balances``, ``alarms``.

    Raises
    ------
    DataMissingError
        If the codes at hand cannot carry the answer: dead, shared, of another stage, or not in the data; or
        if nothing is imported.
    UnknownCodeError
        If the material, importer, basis or stage is not known.

    Examples
    --------
    Most of what Japan sends the United States was not produced there:

    >>> found = trace("graphite", year=2023, store="nowhere").table
    >>> row = found.one(country="CHN", kind="recorded")
    >>> 0 <= row["possible_low"] <= row["origin"] <= row["possible_high"] <= 1
    True
    """
    for what, asked, known in (("basis", by, BASES), ("stage", stage or "ore", set(POOLS.values()))):
        if asked not in known:
            raise UnknownCodeError(what, asked, sorted(known))
    place, buyer, about = held(store), importer_of(importer), material_of(material)
    when = year or _latest(place)
    every = goods_of(about.id, when, world_flows(["none"], [when], place).held, place, every_stage=True)
    stopped = None if stage == PRODUCT else refusal(about.id, every)
    if stopped:
        raise DataMissingError(f"{stopped[0]}: {about.name} in {when} cannot be traced: {stopped[1]}.")
    used, flows = _pool(every, buyer, when, stage, place)
    source = None if by == "value" else made(about.id, used[0].pool, when, place)
    amounts = source.amounts if source else None
    network = network_of(flows, used, amounts, buyer, by_value=source is None)
    if not network.flows[network.home].any():
        raise DataMissingError(f"{buyer.name} imports no {about.name} in {when} under the codes at hand.")
    answered = traced(network)
    content = (
        over_contents(max(answered.shares, key=_share), flows, used, source.amounts, buyer)
        if source and uncertain(used)
        else None
    )
    alarmed = _alarms(used, buyer, when, network, place)
    told = findings(
        about.name,
        network,
        answered,
        goods=(used, tuple(one for one in every if one in used or one.pool in (ORE, REFINED))),
        source=source,
        content=content,
        alarmed=alarmed,
        asked=by,
    )
    table = Frame(TRACE, tuple(rows(network, answered, told)))
    return answer(
        f"Origin of {about.name} imported by {buyer.name}, {when}",
        table,
        method=METHOD,
        parameters={"material": about.name, "importer": buyer.name, "year": when, "by": _basis(network.unit)},
        details={
            "flows": Frame(TRACE_FLOW, tuple(band_rows(network, answered))),
            "codes": Frame(TRACE_CODE, tuple(code_rows(every, used, flows, buyer))),
            "balances": Frame(TRACE_BALANCE, tuple(balance_rows(network))),
            "alarms": Frame(TRACE_ALARM, tuple(alarm_rows(alarmed))),
        },
        findings=told,
        sources=tuple(dict.fromkeys([flows.source, *([source.production.source] if source else [])])),
        headlines=headlines(table, about.name, buyer.name),
        notes=notes(used, every, source, network, content),
        question=QUESTION,
        study="trace",
    )


def _share(one: Share) -> float:
    """The part of an origin."""
    return one.share


def _basis(unit: str) -> str:
    """What is traced."""
    return "value" if unit == "USD" else "mass"


def _latest(store: Store) -> int:
    """The latest year there is trade of.

    Raises
    ------
    DataMissingError
        If there is none.
    """
    years = years_held(store)
    if not years:
        raise DataMissingError("no trade between countries; load it: monazite fetch baci.")
    return years[-1]


def _pool(
    every: tuple[Goods, ...], buyer: Importer, year: int, stage: str | None, store: Store
) -> tuple[tuple[Goods, ...], Flows]:
    """The codes of one stage and their flows: the stage asked for, else that of the larger imports.

    Raises
    ------
    DataMissingError
        If no code of the stage asked for is usable.
    """
    usable = tuple(one for one in every if not one.used)
    flows = world_flows([one.code for one in usable] or ["none"], [year], store)
    mine = np.isin(flows.importer, buyer.members) & ~np.isin(flows.exporter, buyer.members)
    worth: dict[str, float] = {}
    for one in usable:
        value = float(flows.value_usd[mine & (flows.code == one.code)].sum())
        worth[one.pool] = worth.get(one.pool, 0.0) + value
    chosen = stage or max({*worth} - {PRODUCT}, key=lambda pool: (worth[pool], pool))
    used = tuple(one for one in usable if one.pool == chosen)
    if not used:
        there = ", ".join(sorted(worth)) or "none"
        raise DataMissingError(f"no usable code at stage {chosen}; there is {there}.")
    return used, world_flows([one.code for one in used], [year], store)


def _alarms(
    used: tuple[Goods, ...], buyer: Importer, year: int, network: Network, store: Store
) -> list[dict[str, Any]]:
    """Alarms of the years up to the one asked about."""
    years = [one for one in years_held(store) if year - YEARS < one <= year]
    supplies = network.supply.tolist()
    producers = {one for one, supply in zip(network.countries, supplies, strict=True) if supply}
    if len(years) <= 1:
        return []
    flows = world_flows([one.code for one in used], years, store)
    return alarms(flows, years, buyer, producers)
