"""What a cut is of: a material at a stage, with the published figures about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from monazite.codes.materials import material
from monazite.codes.product_supply import supplies, supply_shares
from monazite.codes.products import product, products
from monazite.errors import DataMissingError, UnknownCodeError
from monazite.studies.dependence import dependence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from monazite.results.result import Result, Source

POUND_KG, OUNCE_KG = 0.45359237, 0.0311034768
PER_TONNE = {
    "dollars per metric ton": 1.0,
    "dollars per kilogram": 1000.0,
    "dollars per pound": 1000.0 / POUND_KG,
    "cents per pound": 10.0 / POUND_KG,
    "dollars per troy ounce": 1000.0 / OUNCE_KG,
    "dollars per gram": 1e6,
}
"""USD per tonne of one unit of a price as published; another unit gives no price."""

MINED = "Mine production"
"""How labels of shares of what is mined begin."""

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Subject:
    """A material at a stage, as the importer buys it.

    ``consumption_t`` and ``price`` (USD/t) are None where not published as a mass or a price per mass;
    ``reliance`` is net import reliance between two ends; ``sources`` are shares of imports by partner and
    ``producers`` shares of world production by country, each between two ends.
    """

    material: str
    name: str
    stage: str
    item: str
    year: int | None
    as_of: str
    consumption_t: float | None
    basis: str
    price: float | None
    price_label: str
    reliance: Ends | None
    sources: Mapping[str, Ends]
    producers: Mapping[str, Ends]
    producers_label: str = ""
    publications: tuple[Source, ...] = field(default=())

    def mined(self, stages: Collection[str]) -> bool:
        """Whether its producers are those of ore, and none of these stages is."""
        return bool(stages) and "ore" not in stages and self.producers_label.startswith(MINED)

    @property
    def key(self) -> str:
        """How inputs of this subject begin: ``gallium``, ``gallium@ore``."""
        return self.material


def subject(material_id: str, stages: tuple[str, ...] = ()) -> Subject:
    """The subject of a cut: at the first of the stages that has figures, else as the country uses it.

    Raises
    ------
    DataMissingError
        If nothing at all is published about it.
    """
    if material_id in {one.id for one in products()}:
        return _product(material_id)
    asked = material(material_id)
    result = dependence(asked.id)
    rows = [row for row in result.table.rows if row["material"] == asked.id]
    if not rows:
        raise DataMissingError(
            f"no figures of {asked.name} in the Mineral Commodity Summaries that are shipped."
        )
    return _of(result, _chosen(rows, stages), asked.name)


def abroad(one: Subject) -> Subject:
    """The subject as others than the United States buy it: of their use and imports nothing is known."""
    return replace(one, consumption_t=None, reliance=None, sources={})


def _product(identifier: str) -> Subject:
    """A product, whose suppliers are read from reviewed shares: no tonnes, no price."""
    found = product(identifier)
    scopes = {scope: _known_shares(identifier, scope) for scope in ("world", "supply", "imports")}
    judged = [one.share for one in supplies(identifier)]
    return Subject(
        material=identifier,
        name=found.name,
        stage=found.kind,
        item=identifier,
        year=None,
        as_of="",
        consumption_t=None,
        basis="",
        price=None,
        price_label="",
        reliance=(1.0, 1.0),
        sources=scopes["supply"] or scopes["imports"],
        producers=scopes["world"],
        producers_label=judged[0].source,
    )


def _known_shares(identifier: str, scope: str) -> dict[str, Ends]:
    """Shares of suppliers in a scope, if any are known."""
    try:
        found = supply_shares(identifier, scope)
    except UnknownCodeError:
        return {}
    return {who: (share.low, share.high) for who, share in found.items()}


def _chosen(rows: list[dict[str, Any]], stages: tuple[str, ...]) -> dict[str, Any]:
    """The row of a stage asked for, else the one of which most is known."""
    fitting = [row for row in rows if row["stage"] in stages] or rows
    return min(
        fitting, key=lambda row: (row["reliance_low"] in (None, float("-inf")), row["consumption"] is None)
    )


def _of(result: Result, row: Mapping[str, Any], name: str) -> Subject:
    """A subject from a row of the dependence study and its suppliers."""
    item, unit = row["item"], row["quantity_unit"]
    factor = PER_TONNE.get(row["price_unit"] or "")
    return Subject(
        material=row["material"],
        name=name,
        stage=row["stage"] or "all",
        item=item,
        year=row["year"],
        as_of=row["as_of"],
        consumption_t=row["consumption"] if unit == "t" else None,
        basis=row["consumption_basis"] or "",
        price=None if factor is None or row["price"] is None else row["price"] * factor,
        price_label=row["price_series"] or "",
        reliance=_reliance(row),
        sources=_shares(result, "sources", item, "partner"),
        producers=_shares(result, "producers", item, "country")
        or _group_producers(row)
        or _known_shares(row["material"], "world"),
        producers_label=row["world_measure"] or "reviewed shares of world production",
        publications=tuple(result.sources),
    )


def _reliance(row: Mapping[str, Any]) -> Ends | None:
    """Net import reliance in [0, 1], or None where it is not known."""
    if row["reliance_low"] is None and row["reliance_high"] is None:
        return None
    low = max(row["reliance_low"] if row["reliance_low"] is not None else 0.0, 0.0)
    high = row["reliance_high"] if row["reliance_high"] is not None else 1.0
    return low, max(low, min(high, 1.0))


def _shares(result: Result, detail: str, item: str, column: str) -> dict[str, Ends]:
    """Shares by country of one item, those without a figure left out."""
    rows = (row for row in result.details[detail].rows if row["item"] == item)
    return {
        row[column]: (row["low"], row["high"])
        for row in rows
        if row["low"] is not None and row["high"] is not None
    }


def _group_producers(row: Mapping[str, Any]) -> dict[str, Ends]:
    """Producers of the group a material is part of, where none are published for it alone."""
    group = material(row["material"]).group
    for one in (row["group_value"], group, "rare_earths" if "rare_earths" in str(group) else None):
        if one:
            try:
                found = dependence(one)
            except UnknownCodeError:
                continue
            for item in dict.fromkeys(each["item"] for each in found.details["producers"].rows):
                if shares := _shares(found, "producers", item, "country"):
                    return shares
    return {}
