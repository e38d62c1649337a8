"""What the materials and products of the map are called."""

from __future__ import annotations

from functools import cache

from monazite.codes import reviewed
from monazite.codes.materials import aliases, material, materials, members
from monazite.codes.products import groups, of_group
from monazite.errors import UnknownCodeError

GROUPS = {"medicines": "pharmaceuticals", "drugs": "pharmaceuticals", "permanent magnets": "magnets"}
"""Other names of groups of products."""


@cache
def name_of(identifier: str) -> str:
    """The name of a material or product of the map.

    >>> name_of("rare_earths"), name_of("lithium_ion_batteries")
    ('rare earths', 'lithium-ion batteries')
    """
    return _products().get(identifier) or material(identifier).name


@cache
def called(identifier: str) -> tuple[str, ...]:
    """Every name of a material or product of the map.

    >>> called("tungsten")
    ('tungsten', 'wolfram')
    """
    name = name_of(identifier)
    return (name,) if identifier in _products() else (name, *aliases(identifier))


def identified(name: str) -> str:
    """The id of the material or product of that name, symbol or alias.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    >>> identified("Ga"), identified("Lithium-ion batteries"), identified("heparin")
    ('gallium', 'lithium_ion_batteries', 'heparin')
    """
    plain = name.strip().casefold()
    for identifier, told in _products().items():
        if plain in (identifier, told.casefold()):
            return identifier
    try:
        return material(name).id
    except UnknownCodeError as error:
        known = (*(one.name for one in materials()), *_products().values(), *groups(), *GROUPS)
        raise UnknownCodeError("material or product", name, known) from error


def every(name: str) -> tuple[str, ...]:
    """The ids of what a name stands for: a group of products or materials stands for its members too.

    A name that products are told under, such as antibiotics, stands for these products.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    >>> every("magnets")[:2], every("medicines") == every("Pharmaceuticals"), every("Ga")
    (('neodymium_magnets', 'samarium_cobalt_magnets'), True, ('gallium',))
    >>> every("antibiotics")[0], len(every("rare earths"))
    ('penicillins', 18)
    """
    plain = name.strip().casefold()
    for group in (one for one in (plain, GROUPS.get(plain)) if one in groups()):
        return tuple(one.id for one in of_group(group))
    if kind := tuple(one for one, told in _products().items() if _kind(told) == plain):
        return kind
    identifier = identified(name)
    if identifier in _products():
        return (identifier,)
    return (identifier, *(one.id for one in members(identifier)))


def _kind(told: str) -> str:
    """What the name of a product says before its colon, in doses or not; empty if it has none.

    >>> _kind("antibiotics in doses: azithromycin"), _kind("vitamins: C"), _kind("heparin")
    ('antibiotics', 'vitamins', '')
    """
    before, colon, _ = told.partition(":")
    return before.removesuffix(" in doses").casefold() if colon else ""


@cache
def _products() -> dict[str, str]:
    """Names of the products by id."""
    return {row["id"]: row["name"] for row in reviewed.rows("products.csv")}
