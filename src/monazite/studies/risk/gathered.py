"""What is gathered about each material: for the United States as published, for others from world trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.countries import OTHER, WORLD
from monazite.codes.materials import listed
from monazite.errors import DataMissingError
from monazite.studies.dependence import dependence
from monazite.studies.risk.measures import HOME, Facts
from monazite.studies.trace.goods import goods_of, refusal
from monazite.studies.world.flows import world_flows, world_totals
from monazite.studies.world.production import SUMMARIES, productions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monazite.codes.groups import Importer
    from monazite.results.result import Result
    from monazite.store.home import Store

Row = dict[str, Any]
Ends = tuple[float, float]


def gathered(  # noqa: PLR0913 - what is gathered, by name
    asked: Sequence[str],
    importer: Importer,
    *,
    year: int | None,
    trade_year: int,
    as_of: str,
    store: Store,
    eu: Mapping[str, tuple[float, float]],
) -> tuple[list[Facts], Result]:
    """Facts of each material asked for, none meaning the list of 2025, and the answer they rest on."""
    known = dependence(tuple(asked), year=year, as_of=as_of)
    home = importer.id == HOME
    rows = _headlines(known)
    partners = {} if home else partners_of(rows, importer, trade_year, store)
    found = []
    for one, row in rows.items():
        sources = _sources(known, row["item"]) if home else partners.get(one, {})
        producers = _producers(known, row["item"])
        found.append(
            Facts(
                one,
                row["name"],
                row if home else _world_only(row),
                importer.members,
                sources,
                producers,
                _growth(one, known.parameters["year"]),
                eu.get(one),
            )
        )
    return found, known


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
    kept = ("name", "as_of", "year", "world_leader_name", "world_measure", "world_year")
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


def partners_of(
    materials: Iterable[str], importer: Importer, year: int, store: Store
) -> dict[str, dict[str, Ends]]:
    """Shares of partners by value under each material's own codes; none where no code is its own."""
    held, totals = world_flows(["none"], [year], store).held, world_totals((), store)
    codes: dict[str, list[str]] = {}
    for one in materials:
        try:
            goods = goods_of(one, year, held, store, totals)
        except DataMissingError:
            continue
        if refusal(one, goods) is None:
            codes[one] = [each.code for each in goods if not each.used]
    flows = world_flows(sorted({code for each in codes.values() for code in each}) or ["none"], [year], store)
    sent: dict[str, dict[str, float]] = {}
    columns = (flows.importer, flows.exporter, flows.code, flows.value_usd)
    for into, out, code, value in zip(*(column.tolist() for column in columns), strict=True):
        if into in importer.members and out not in importer.members:
            under = sent.setdefault(code, {})
            under[out] = under.get(out, 0.0) + value
    return {one: _shares(sent.get(code, {}) for code in each) for one, each in codes.items()}


def _shares(sent: Iterable[Mapping[str, float]]) -> dict[str, Ends]:
    """Shares of partners over several codes."""
    total: dict[str, float] = {}
    for each in sent:
        for partner, value in each.items():
            total[partner] = total.get(partner, 0.0) + value
    whole = sum(total.values())
    return {partner: (value / whole, value / whole) for partner, value in total.items()} if whole else {}
