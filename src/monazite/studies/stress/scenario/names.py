"""Names a scenario uses, as ids: materials and products, stages, countries, the importer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monazite.codes import groups, products
from monazite.codes.countries import countries
from monazite.codes.materials import aliases, material, materials
from monazite.errors import UnknownCodeError
from monazite.sources.own.outline import Series, shown, word, wrong
from monazite.studies.stress.scenario.value import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.codes.groups import Importer
    from monazite.sources.own.outline import Node, Word

MOST = 300
"""Names one list may hold: more than there are countries, or materials and products."""


def several(node: Node, ids_of: Callable[[Word], tuple[str, ...]]) -> tuple[str, ...]:
    """The ids behind a name, or a list of names, each once.

    Raises
    ------
    UsageError
        If a name is unknown, stands twice, or beside ``all``; or if there is none.
    """
    given = node.items if isinstance(node, Series) else (node,)
    if not 0 < len(given) <= MOST:
        raise wrong(node.place, "an empty list" if not given else f"{len(given)} names", f"1 to {MOST} names")
    found: dict[str, None] = {}
    for one in map(word, given):
        ids = ids_of(one)
        if ALL in (*ids, *found) and len(given) > 1:
            raise wrong(one.place, f"{ALL} beside other names", f"{ALL} alone, or names")
        if twice := [each for each in ids if each in found]:
            raise wrong(one.place, f"{shown(one.text)}, so {twice[0]} a second time", "each once")
        found |= dict.fromkeys(ids)
    return tuple(found)


def material_ids(said: Word) -> tuple[str, ...]:
    """Id of a material or a product, ids of a group of products, or ``all``.

    Raises
    ------
    UsageError
        If nothing is called that.
    """
    asked = said.text.strip()
    if asked.casefold() == ALL:
        return (ALL,)
    try:
        return (material(asked).id,)
    except UnknownCodeError as error:
        if _folded(asked) in _products():
            return _products()[_folded(asked)]
        raise wrong(said.place, shown(said.text), _expected(asked), known=_known(), asked=asked) from error


def _expected(asked: str) -> str:
    """What a material is, with the symbol that was meant if only its case is wrong."""
    meant = next((one for one in materials() if one.symbol and one.symbol == asked.capitalize()), None)
    return "a material or product" + (f" (for {meant.name}, write {meant.symbol})" if meant else "")


def country_ids(said: Word) -> tuple[str, ...]:
    """Code of a country, codes of a group's members, or ``all``.

    Raises
    ------
    UsageError
        If nobody knows it, or it is no country of today.
    """
    if said.text.strip().casefold() == ALL:
        return (ALL,)
    found = _importer(said)
    if past := [one for one in found.members if one not in _today()]:
        raise wrong(said.place, f"{shown(said.text)}, which is {past[0]}", "a country of today")
    return found.members


def importer_id(said: Word) -> str:
    """Code of the country or group that imports.

    Raises
    ------
    UsageError
        If nobody knows it.
    """
    return _importer(said).id


def importers(identifier: str) -> tuple[str, ...]:
    """Codes of the countries that an importer's id stands for.

    >>> importers("USA"), len(importers("EU27"))
    (('USA',), 27)
    """
    return groups.importer(identifier).members


def _importer(said: Word) -> Importer:
    """A country or a listed group; never a file, which a scenario must not open."""
    asked = said.text.strip()
    expected = "a country or group, by name or code"
    if asked.lower().endswith(groups.ENDINGS):
        raise wrong(said.place, shown(said.text), f"{expected}: a scenario reads no other file")
    try:
        return groups.importer(asked)
    except UnknownCodeError as error:
        raise wrong(said.place, shown(said.text), expected, known=error.nearest, asked=asked) from error


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@cache
def _today() -> frozenset[str]:
    return frozenset(one.id for one in countries() if one.kind == "country")


@cache
def _known() -> tuple[str, ...]:
    """Names of materials and products, for the nearest."""
    named = [name for one in materials() for name in (one.name, *aliases(one.id))]
    return (*named, *products.groups(), *(name for one in products.products() for name in (one.name, one.id)))


@cache
def _products() -> dict[str, tuple[str, ...]]:
    """Products by id and name, and groups of products by theirs, folded."""
    found = {_folded(one): tuple(each.id for each in products.of_group(one)) for one in products.groups()}
    for one in products.products():
        found |= {_folded(one.id): (one.id,), _folded(one.name): (one.id,)}
    return found
