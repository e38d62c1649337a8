"""The materials: what each is called, which group it belongs to, and which US list names it.

``data/materials.csv`` holds one row per material and ``data/material_names.csv`` the other names
people use; ``docs/decisions/materials.md`` says why they are as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from monazite.codes import reviewed
from monazite.errors import UnknownCodeError

Kind = Literal["element", "group", "mineral", "compound", "product"]
RareEarth = Literal["light", "heavy", ""]
Edition = Literal[2022, 2025]

EDITIONS: tuple[Edition, ...] = (2022, 2025)


@dataclass(frozen=True, slots=True)
class Material:
    """One material, as a row of ``materials.csv``; no units.

    ``group`` is the id of the group it belongs to, or empty. ``rare_earth`` is ``light``, ``heavy`` or
    empty; scandium is a rare earth that is neither. ``list_name_*`` is the name the US list of critical
    minerals of that year uses, ``source_*`` where that was read, with its confidence tag. ``mcs_chapters``
    are the chapters of the USGS Mineral Commodity Summaries 2026 in which it stands: none for
    metallurgical coal and uranium, two for titanium; ``elsewhere`` says who counts those outside it.
    ``group_figure`` tells whether a figure published for the group counts it: yttrium and promethium are
    left out of the rare-earth chapters' data.

    Examples
    --------
    >>> yttrium = material("yttrium")
    >>> yttrium.symbol, yttrium.atomic_number, yttrium.rare_earth, yttrium.group
    ('Y', 39, 'heavy', 'rare_earths')
    """

    id: str
    name: str
    symbol: str
    atomic_number: int | None
    kind: Kind
    group: str
    rare_earth: RareEarth
    list_2022: bool
    list_2025: bool
    list_name_2022: str
    list_name_2025: str
    source_2022: str
    source_2025: str
    mcs_chapters: tuple[str, ...]
    note: str
    group_figure: bool
    elsewhere: str


@cache
def materials() -> tuple[Material, ...]:
    """Every material, in the order of its id.

    Examples
    --------
    >>> [m.id for m in materials()[:3]]
    ['abrasives', 'aluminum', 'antimony']
    """
    return tuple(_material(row) for row in reviewed.rows("materials.csv"))


def material(query: str) -> Material:
    """Return the material with this id, name, symbol or other name.

    A symbol counts only as chemists write it (``In``, ``As``), because "in" and "as" are words. Ids and
    names match whatever their case, spaces, hyphens, underscores and brackets.

    Raises
    ------
    UnknownCodeError
        If nothing is called that; it suggests the nearest names, and the symbol if only its case is wrong.

    Examples
    --------
    >>> material("Heavy rare-earths").id, material("Ga").id, material("aluminium").id
    ('rare_earths_heavy', 'gallium', 'aluminum')
    >>> material("ga")
    Traceback (most recent call last):
    monazite.errors.UnknownCodeError: no material named 'ga'. For gallium, write Ga.
    """
    found = _by_symbol().get(query.strip()) or _by_name().get(_folded(query))
    if found is None:
        raise UnknownCodeError("material", query, _known_names(), _symbol_hint(query))
    return found


def aliases(material_id: str) -> tuple[str, ...]:
    """Other names of a material, besides its id, name and symbol.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> aliases("tungsten")
    ('wolfram',)
    """
    wanted = material(material_id).id
    return tuple(row["alias"] for row in reviewed.rows("material_names.csv") if row["material"] == wanted)


def members(group: Material | str) -> tuple[Material, ...]:
    """Materials that belong to a group, those of its subgroups included, the subgroups themselves not.

    A material that is no group has no members.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> [m.symbol for m in members("platinum-group metals")]
    ['Ir', 'Os', 'Pd', 'Pt', 'Rh', 'Ru']
    >>> len(members("rare earths"))
    17
    """
    wanted = group if isinstance(group, Material) else material(group)
    return tuple(m for m in materials() if m.kind != "group" and wanted.id in _groups_of(m))


def listed(edition: Edition) -> tuple[Material, ...]:
    """Materials on the US list of critical minerals of that year, in the order of their ids.

    Raises
    ------
    UnknownCodeError
        If the year is not 2022 or 2025.

    References
    ----------
    .. [1] U.S. Geological Survey (2022). 2022 final list of critical minerals. 87 FR 10381.
    .. [2] U.S. Geological Survey (2025). Final 2025 list of critical minerals, 7 November 2025.

    Examples
    --------
    >>> len(listed(2022)), len(listed(2025))
    (50, 60)
    """
    if edition not in EDITIONS:
        raise UnknownCodeError("list of critical minerals", str(edition), map(str, EDITIONS))
    return tuple(m for m in materials() if (m.list_2022 if edition == EDITIONS[0] else m.list_2025))


def _material(row: dict[str, str]) -> Material:
    return Material(
        id=row["id"],
        name=row["name"],
        symbol=row["symbol"],
        atomic_number=int(row["atomic_number"]) if row["atomic_number"] else None,
        kind=cast("Kind", row["kind"]),
        group=row["group"],
        rare_earth=cast("RareEarth", row["rare_earth"]),
        list_2022=_YES[row["list_2022"]],
        list_2025=_YES[row["list_2025"]],
        list_name_2022=row["list_name_2022"],
        list_name_2025=row["list_name_2025"],
        source_2022=row["source_2022"],
        source_2025=row["source_2025"],
        mcs_chapters=tuple(row["mcs_chapter"].split("; ")) if row["mcs_chapter"] else (),
        note=row["note"],
        group_figure=_YES[row["group_figure"]],
        elsewhere=row["elsewhere"],
    )


_YES = {"yes": True, "no": False}


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@cache
def _by_id() -> dict[str, Material]:
    return {m.id: m for m in materials()}


@cache
def _by_symbol() -> dict[str, Material]:
    return {m.symbol: m for m in materials() if m.symbol}


@cache
def _by_name() -> dict[str, Material]:
    named = {_folded(row["alias"]): _by_id()[row["material"]] for row in reviewed.rows("material_names.csv")}
    return named | {_folded(name): m for m in materials() for name in (m.id, m.name)}


def _known_names() -> tuple[str, ...]:
    return (
        *(m.name for m in materials()),
        *(row["alias"] for row in reviewed.rows("material_names.csv")),
    )


def _symbol_hint(query: str) -> str:
    meant = _by_symbol().get(query.strip().capitalize())
    return f"For {meant.name}, write {meant.symbol}" if meant else ""


def _groups_of(member: Material) -> tuple[str, ...]:
    if not member.group:
        return ()
    return (member.group, *_groups_of(_by_id()[member.group]))
