"""What is gathered about each material: for the United States as published, for others from world trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from monazite.codes.countries import OTHER, WORLD
from monazite.codes.materials import listed
from monazite.errors import DataMissingError
from monazite.studies.dependence import dependence
from monazite.studies.measure.partners import is_named
from monazite.studies.risk.facts import HOME, Facts, Traded
from monazite.studies.trace.goods import goods_of, refusal
from monazite.studies.world.flows import world_flows, world_totals
from monazite.studies.world.production import SUMMARIES, productions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.codes.groups import Importer
    from monazite.results.result import Result
    from monazite.store.home import Store
    from monazite.studies.risk.factors import Factors
    from monazite.studies.trace.goods import Totals
    from monazite.studies.world.flows import Flows

Row = dict[str, Any]
Ends = tuple[float, float]


class Gathered(NamedTuple):
    """Facts of every material that is compared, ids of those asked for, and the answer they rest on."""

    facts: list[Facts]
    asked: tuple[str, ...]
    behind: Result


def gathered(  # noqa: PLR0913 - what is gathered, by name
    asked: Sequence[str],
    importer: Importer,
    *,
    year: int | None,
    trade_year: int,
    as_of: str,
    store: Store,
    eu: Mapping[str, Factors],
    trade: bool,
) -> Gathered:
    """Facts of the listed minerals and of each material asked for: a place is one among all of them.

    Without ``trade``, trade under the materials' own codes is not looked up, which takes longest.
    """
    home = importer.id == HOME
    wanted = dependence(tuple(asked), year=year, as_of=as_of)
    answers = [wanted, dependence(year=year, as_of=as_of)] if asked else [wanted]
    rows: dict[str, tuple[Result, Row]] = {}
    for known in answers:
        for one, row in _headlines(known).items():
            rows.setdefault(one, (known, row))
    traded = trade_of(rows, importer, trade_year, store) if trade else {}
    none = Traded((), {}, {}, 0.0, 0.0, "looked up only where asked for: --method geodep", skipped=True)
    found = [
        Facts(
            one,
            row["name"],
            row if home else _world_only(row),
            importer.members,
            _sources(known, row["item"]) if home else traded.get(one, none).partners,
            _producers(known, row["item"]),
            _growth(one, known.parameters["year"]),
            eu.get(one),
            traded.get(one, none),
            trade_year,
        )
        for one, (known, row) in rows.items()
    ]
    return Gathered(found, tuple(_headlines(wanted)), wanted)


def _headlines(known: Result) -> dict[str, Row]:
    """The row that stands for each material: the one of the widest known reliance, as the study orders."""
    order = {one.id: at for at, one in enumerate(listed(2025))}
    found: dict[str, Row] = {}
    for row in sorted(known.table, key=lambda each: order.get(each["material"], len(order))):
        best = found.get(row["material"])
        if best is None or _worth(row) > _worth(best):
            found[row["material"]] = dict(row)
    return found


def _worth(row: Row) -> tuple[int, int, float]:
    """Rows with a reliance, sources and world production first; then the larger reliance."""
    has = sum(row[name] is not None for name in ("reliance_low", "source_hhi_high", "world_hhi_high"))
    return (has, row["world_hhi_high"] is not None, row["reliance_low"] or 0.0)


def _world_only(row: Row) -> Row:
    """What is known of the world, without what is of the United States."""
    kept = ("name", "as_of", "year", "world_leader", "world_leader_name", "world_measure", "world_year",
            "price_volatility", "group_value")  # fmt: skip
    ends = [f"{stem}_{end}" for stem in ("world_hhi", "world_leader") for end in ("low", "high")]
    told = {name: row[name] for name in (*kept, *ends)}
    return told | {"item": None, "reason": "reliance is published for the United States only"}


def _sources(known: Result, item: str) -> dict[str, Ends]:
    """Shares of import sources between two ends."""
    rows = known.details["sources"].where(item=item)
    return {
        row["partner"]: (max(0.0, row["low"] - 0.005), min(1.0, row["high"] + 0.005))
        for row in rows
        if row["low"] is not None and row["high"] is not None and row["partner"] != OTHER
    }


def _producers(known: Result, item: str) -> dict[str, Ends]:
    """Shares of world production between two ends."""
    rows = known.details["producers"].where(item=item)
    return {
        row["country"]: (row["low"], row["high"])
        for row in rows
        if row["low"] is not None and row["high"] is not None and row["country"] not in (OTHER, WORLD)
    }


def _growth(one: str, year: int) -> float | None:
    """Growth of world production to a year from the one before, in one edition, where both are known."""
    totals = [productions(one, when, source=SUMMARIES) for when in (year - 1, year)]
    before, after = ({each.label.casefold(): each for each in found} for found in totals)
    for label, last in after.items():
        first = before.get(label)
        if first and first.source == last.source and first.world and last.world:
            return last.world / first.world - 1
    return None


def trade_of(materials: Iterable[str], importer: Importer, year: int, store: Store) -> dict[str, Traded]:
    """Trade of an importer under each material's own codes, by value, or why they say nothing of it."""
    held, totals = world_flows(["none"], [year], store).held, world_totals((), store)
    codes = {one: _own(one, year, held, store, totals) for one in materials}
    every = {code for each in codes.values() if not isinstance(each, str) for code in each}
    flows = world_flows(sorted(every) or ["none"], [year], store)
    return {
        one: Traded((), {}, {}, 0.0, 0.0, each)
        if isinstance(each, str)
        else _traded(each, flows, importer.members)
        for one, each in codes.items()
    }


def _own(one: str, year: int, held: frozenset[str], store: Store, totals: Totals) -> tuple[str, ...] | str:
    """Codes of a material that are its own and of the stage it is traded at, or why there is none."""
    try:
        goods = goods_of(one, year, held, store, totals)
    except DataMissingError as error:
        return str(error).rstrip(".")
    if refused := refusal(one, goods):
        return refused[1].partition(". ")[0]
    return tuple(each.code for each in goods if not each.used)


def _traded(codes: tuple[str, ...], flows: Flows, members: tuple[str, ...]) -> Traded:
    """Trade under some codes."""
    own = np.isin(flows.code, codes)
    into, out, value = flows.importer[own], flows.exporter[own], flows.value_usd[own]
    buys, sells = np.isin(into, members), np.isin(out, members)
    bought, sold = buys & ~sells, sells & ~buys
    return Traded(
        codes,
        _shares(out[bought], value[bought]),
        _shares(out, value),
        float(value[bought].sum()),
        float(value[sold].sum()),
    )


def _shares(names: NDArray[np.object_], values: NDArray[np.float64]) -> dict[str, Ends]:
    """Shares of the countries that are named, of all there is."""
    total: dict[str, float] = {}
    for name, value in zip(names.tolist(), values.tolist(), strict=True):
        total[name] = total.get(name, 0.0) + value
    whole = sum(total.values())
    return {one: (each / whole, each / whole) for one, each in total.items() if whole and is_named(one)}
