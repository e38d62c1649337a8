"""How much of each material is in products whose price follows it, and how much of a rise is passed on.

``data/intensities.csv`` holds what is known directly, ``data/product_parts.csv`` what a product is made of
that is itself in the table (a car has a battery pack of so many kilowatt-hours), and
``data/priced_products.csv`` the products with their unit and the share passed on. Nobody publishes most of
these numbers as such: each is a judgement with lowest, likeliest and highest value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monazite.codes import reviewed
from monazite.codes.materials import material, members
from monazite.codes.stoichiometry import mass_fraction
from monazite.errors import UnknownCodeError
from monazite.schema.judgement import Judgement
from monazite.schema.material_map import TAGS


@dataclass(frozen=True, slots=True)
class PricedProduct:
    """A product: id, name, what its amounts are per (``kWh``, ``car``), its group, the share passed on."""

    id: str
    name: str
    per: str
    group: str
    theta: Judgement


@dataclass(frozen=True, slots=True)
class Intensity:
    """How much of a material one unit of a product holds, in kg of the element, and its form when priced.

    ``formula`` is the compound whose price is quoted; empty where the price is that of the metal, the
    mineral or its content.
    """

    product: str
    material: str
    form: str
    formula: str
    amount: Judgement
    note: str = ""

    @property
    def fraction(self) -> float:
        """Kg of the element in one kg of what is priced, from 0 to 1.

        >>> [round(one.fraction, 4) for one in intensities("battery_lfp") if one.material == "lithium"]
        [0.1879]
        """
        return mass_fraction(self.formula, material(self.material).symbol) if self.formula else 1.0


@cache
def priced_products() -> tuple[PricedProduct, ...]:
    """Every product, in the order in which reports show them.

    >>> priced_products()[0].per
    'kWh'
    """
    return tuple(
        PricedProduct(row["id"], row["name"], row["per"], row["group"], Judgement.of(row))
        for row in reviewed.rows("priced_products.csv")
    )


def priced_product(identifier: str) -> PricedProduct:
    """The product of that id.

    Raises
    ------
    UnknownCodeError
        If there is none; it suggests the nearest.
    """
    by_id = {one.id: one for one in priced_products()}
    if identifier not in by_id:
        raise UnknownCodeError("product", identifier, by_id)
    return by_id[identifier]


@cache
def intensities(product: str) -> tuple[Intensity, ...]:
    """What one unit of a product holds, its parts included; a material that several parts hold is summed.

    Amounts of parts are multiplied end by end: the lowest pack of the lowest content is the lowest.

    Raises
    ------
    UnknownCodeError
        If there is no such product; it suggests the nearest.

    Examples
    --------
    >>> [one.amount.central for one in intensities("battery_nmc622") if one.material == "lithium"]
    [0.1102]
    >>> [round(one.amount.central, 3) for one in intensities("ev_motor") if one.material == "neodymium"]
    [0.338]
    """
    unit = f"kg/{priced_product(product).per}"
    found = {one.material: one for one in _own().get(product, ())}
    for part in reviewed.rows("product_parts.csv"):
        if part["product"] == product:
            for held in intensities(part["part"]):
                more = _times(Judgement.of(part), held.amount, unit)
                amount = _plus(found[held.material].amount, more) if held.material in found else more
                found[held.material] = Intensity(product, held.material, held.form, held.formula, amount)
    return tuple(found.values())


def products_with(material_id: str) -> tuple[str, ...]:
    """Products that hold a material or, of a group, one of its members.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> products_with("germanium")
    ('wafer_germanium', 'fibre_optic', 'infrared_lens')
    >>> "ev_motor" in products_with("rare_earths")
    True
    """
    asked = material(material_id)
    meant = {asked.id, *(one.id for one in members(asked))}
    return tuple(
        one.id for one in priced_products() if meant & {held.material for held in intensities(one.id)}
    )


@cache
def _own() -> dict[str, tuple[Intensity, ...]]:
    grouped: dict[str, tuple[Intensity, ...]] = {}
    for row in reviewed.rows("intensities.csv"):
        names = (row["product"], row["material"], row["form"], row["formula"])
        grouped[names[0]] = (*grouped.get(names[0], ()), Intensity(*names, Judgement.of(row), row["note"]))
    return grouped


def _times(part: Judgement, held: Judgement, unit: str) -> Judgement:
    """So many units of a part, each holding so much."""
    ends = (part.low * held.low, part.central * held.central, part.high * held.high)
    return Judgement(*ends, unit, f"{part.source}. Each: {held.source}", _weakest(part, held))


def _plus(one: Judgement, other: Judgement) -> Judgement:
    """What two parts hold together."""
    ends = (one.low + other.low, one.central + other.central, one.high + other.high)
    return Judgement(*ends, one.unit, f"{one.source}. And: {other.source}", _weakest(one, other))


def _weakest(*judged: Judgement) -> str:
    """The least sure tag; what is multiplied or added is computed (C) at best."""
    return max((*(one.tag for one in judged), "C"), key=TAGS.index)
