"""The materials map: which trade codes hold a material, at which stage, and how much of them it is.

``data/material_codes.csv`` holds the minerals, ``data/product_codes.csv`` batteries and medicines, one row
per material, stage, form and code, each with its source; ``docs/decisions/material-codes.md`` says how they
were chosen. Codes of other editions of the Harmonized System are derived from the links between editions, by
:func:`monazite.codes.carried_codes.carried`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, cast

from monazite.codes import reviewed
from monazite.codes.materials import material
from monazite.codes.stoichiometry import equivalent, mass_fraction
from monazite.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Callable

Known = Literal["text", "text-shared", "breakout", "publisher", "judgement", "no-code", "derived"]
ShareOf = Literal["value", "mass"]

FILES = ("material_codes.csv", "product_codes.csv")
SIX_DIGITS = {"HTS2022": "HS2022", "HTS2025": "HS2022", "ScheduleB2022": "HS2022"}
"""The edition of the Harmonized System that the first six digits of a national code belong to."""
BASIS = {
    "barite": ("BaSO4", "Ba"),
    "fluorspar": ("CaF2", "F"),
    "graphite": ("C", "C"),
    "phosphate": ("P2O5", "P"),
    "potash": ("K2O", "K"),
}
"""What the content of a material without a symbol counts, and by which element it is counted."""


@dataclass(frozen=True, slots=True)
class MaterialCode:
    """One row of the map: a material at a stage and in a form, and a code that holds it.

    ``content_*`` is the mass of the material in one unit mass of such goods, ``share_*`` how much of all
    the code's trade such goods are, both from 0 to 1, None where not known. ``known`` says how the share
    is known, ``source`` and ``tag`` who says so. ``code`` is empty where no code exists.

    Examples
    --------
    >>> gallium = next(row for row in codes_of("gallium") if row.code == "8112921000")
    >>> gallium.stage, gallium.form, gallium.share_low, gallium.known
    ('refined', 'metal', 1.0, 'text')
    """

    material: str
    stage: str
    form: str
    nomenclature: str
    code: str
    formula: str
    content_low: float | None
    content_high: float | None
    share_low: float | None
    share_high: float | None
    share_of: ShareOf
    known: Known
    source: str
    tag: str
    date: str
    comment: str


@cache
def material_codes() -> tuple[MaterialCode, ...]:
    """Every row of the map, minerals first, in the order of the reviewed tables.

    Examples
    --------
    >>> len({row.material for row in material_codes()}) >= 60
    True
    """
    here = files("monazite.codes.data")
    present = (name for name in FILES if here.joinpath(name).is_file())
    return tuple(_row(row) for name in present for row in reviewed.rows(name))


def codes_of(material: str) -> tuple[MaterialCode, ...]:
    """Rows of one material or product by its id; none gives an empty tuple.

    Examples
    --------
    >>> [row.code for row in codes_of("antimony") if row.stage == "ore"]
    ['261710', '2617100000']
    """
    return tuple(row for row in material_codes() if row.material == material)


def materials_of(nomenclature: str, code: str) -> tuple[MaterialCode, ...]:
    """Rows that say what a code holds.

    A national code that has no rows is spoken for by the six digits it begins with, except for materials
    whose lines in that tariff are known: they are in those lines and in no other. A six-digit code is
    spoken for only by its own rows, never by those of its ten-digit lines.

    Examples
    --------
    >>> sorted({row.material for row in materials_of("HTS2025", "8112923000")})
    ['indium']
    >>> [row.code for row in materials_of("ScheduleB2022", "8110100000")]
    ['811010']
    """
    exact = _of_code().get((nomenclature, code), ())
    wider = SIX_DIGITS.get(nomenclature)
    if exact or wider is None:
        return exact
    six = code[:6]
    placed = {row.material for row in _of_six_digits().get((nomenclature, six), ())}
    return tuple(row for row in _of_code().get((wider, six), ()) if row.material not in placed)


def content_of(material_id: str, formula: str) -> float:
    """Content of a material in a compound as the map counts it, in kg per kg.

    Elements by themselves; potash as K2O, phosphate as P2O5, and so on by :data:`BASIS`.

    Raises
    ------
    MethodError
        If the formula cannot be read, or the material is counted by no formula.
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> round(content_of("lithium", "Li2CO3"), 4), round(content_of("potash", "KCl"), 4)
    (0.1879, 0.6318)
    """
    asked = material(material_id)
    if asked.symbol:
        return mass_fraction(formula, asked.symbol)
    if asked.id not in BASIS:
        msg = f"{asked.name} is counted by no formula; those counted by one: {', '.join(BASIS)}, the elements"
        raise MethodError(msg)
    return equivalent(formula, *BASIS[asked.id])


def _row(row: dict[str, str]) -> MaterialCode:
    return MaterialCode(
        material=row["material"],
        stage=row["stage"],
        form=row["form"],
        nomenclature=row["nomenclature"],
        code=row["code"],
        formula=row["formula"],
        content_low=_number(row["content_low"]),
        content_high=_number(row["content_high"]),
        share_low=_number(row["share_low"]),
        share_high=_number(row["share_high"]),
        share_of=cast("ShareOf", row["share_of"]),
        known=cast("Known", row["known"]),
        source=row["source"],
        tag=row["tag"],
        date=row["date"],
        comment=row["comment"],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def _of_code() -> dict[tuple[str, str], tuple[MaterialCode, ...]]:
    return _grouped(lambda row: row.code)


@cache
def _of_six_digits() -> dict[tuple[str, str], tuple[MaterialCode, ...]]:
    return _grouped(lambda row: row.code[:6])


def _grouped(
    key: Callable[[MaterialCode], str],
) -> dict[tuple[str, str], tuple[MaterialCode, ...]]:
    """Rows that have a code, by their nomenclature and what the key makes of the code."""
    grouped: dict[tuple[str, str], list[MaterialCode]] = {}
    for row in material_codes():
        if row.code:
            grouped.setdefault((row.nomenclature, key(row)), []).append(row)
    return {place: tuple(rows) for place, rows in grouped.items()}
