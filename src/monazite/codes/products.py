"""The products: batteries and their parts, medicines and their active ingredients, magnets.

``data/products.csv`` holds one row per product; its codes are rows of ``data/product_codes.csv``, which
:mod:`monazite.codes.material_codes` reads. Materials proper are in :mod:`monazite.codes.materials`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from monazite.codes import reviewed
from monazite.codes.material_codes import codes_of
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from monazite.codes.material_codes import MaterialCode

LONGEST = 10
"""Digits of a national code, under which the customs record the trade."""


@dataclass(frozen=True, slots=True)
class Product:
    """One product, as a row of ``products.csv``; no units.

    ``kind`` says what sort of goods it is within its group: cell, part, cathode, electrolyte, magnet,
    active ingredient, biological, dosage form.

    Examples
    --------
    >>> product("lithium_ion_batteries").kind
    'cell'
    """

    id: str
    name: str
    group: str
    kind: str
    note: str


@cache
def products() -> tuple[Product, ...]:
    """Every product, group by group, in the order in which reports show them.

    Examples
    --------
    >>> [one.id for one in products()[:2]]
    ['lithium_ion_batteries', 'battery_parts']
    """
    return tuple(Product(**row) for row in reviewed.rows("products.csv"))


def product(identifier: str) -> Product:
    """The product of that id.

    Raises
    ------
    UnknownCodeError
        If there is none; it suggests the nearest.
    """
    by_id = {one.id: one for one in products()}
    if identifier not in by_id:
        raise UnknownCodeError("product", identifier, by_id)
    return by_id[identifier]


def groups() -> tuple[str, ...]:
    """The groups of products.

    >>> groups()
    ('batteries', 'magnets', 'pharmaceuticals')
    """
    return tuple(dict.fromkeys(one.group for one in products()))


def of_group(group: str) -> tuple[Product, ...]:
    """Products of a group.

    Raises
    ------
    UnknownCodeError
        If there is no such group; it suggests the nearest.

    Examples
    --------
    >>> [one.id for one in of_group("magnets")[:2]]
    ['neodymium_magnets', 'samarium_cobalt_magnets']
    """
    if group not in groups():
        hint = f"There are {', '.join(groups())}"
        raise UnknownCodeError("group of products", group, groups(), hint=hint)
    return tuple(one for one in products() if one.group == group)


def national_codes(identifier: str) -> tuple[MaterialCode, ...]:
    """Ten-digit codes of a product, those of the tariff at hand and those only earlier ones had.

    Examples
    --------
    >>> [row.code for row in national_codes("lithium_hexafluorophosphate")]
    ['2826909000', '2826909010']
    """
    return tuple(row for row in codes_of(identifier) if len(row.code) == LONGEST)
