"""Mass fractions from chemical formulas, with the standard atomic weights of IUPAC.

``data/atomic_weights.csv`` holds the weights of 2021: the standard one, and the abridged one where the
standard is an interval (lithium, boron, lead, ...). ``data/compounds.csv`` holds the compounds that goods are
made of. ``docs/decisions/material-codes.md`` says where the weights were read.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from monazite.codes import reviewed
from monazite.errors import MethodError, UnknownCodeError

_COUNT = r"(0\.\d+|[1-9]\d*(?:\.\d+)?)"
_ATOM = re.compile(rf"([A-Z][a-z]?){_COUNT}?")
_CHAIN = rf"(?:[A-Z][a-z]?{_COUNT}?)+"
_FLAT = re.compile(_CHAIN)
_BRACKET = re.compile(rf"\((?P<inside>{_CHAIN})\)(?P<times>{_COUNT})?")
_JOINT = re.compile(r"·|(?<![A-Za-z)]0)\.")  # the dot of 0.8 belongs to a count, that of .7H2O does not

Atoms = dict[str, float]
"""How many atoms of each element one formula unit holds; the element by its symbol."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound that goods are made of: formula, the element it is bought for, what it is called."""

    formula: str
    element: str
    meaning: str


@cache
def compounds() -> tuple[Compound, ...]:
    """Every compound of the reviewed table, in its order.

    Examples
    --------
    >>> compounds()[0]
    Compound(formula='Li2CO3', element='Li', meaning='lithium carbonate')
    """
    return tuple(Compound(**row) for row in reviewed.rows("compounds.csv"))


@cache
def atomic_weights() -> dict[str, float]:
    """Standard atomic weight of each element by symbol, dimensionless.

    Elements without a standard atomic weight (technetium, promethium, ...) are not there.

    References
    ----------
    .. [1] Prohaska, T., et al. (2022). Standard atomic weights of the elements 2021 (IUPAC Technical
       Report). *Pure and Applied Chemistry*, 94(5), 573. doi:10.1515/pac-2019-0603

    Examples
    --------
    >>> atomic_weights()["Li"], len(atomic_weights())
    (6.94, 84)
    """
    return {row["element"]: float(row["weight"]) for row in reviewed.rows("atomic_weights.csv")}


@cache
def mass_fraction(formula: str, element: str) -> float:
    """Mass of an element in one unit mass of a compound, in kg per kg, from 0 to 1.

    Parameters
    ----------
    formula
        Chemical formula with round brackets and, after a dot, the water it crystallises with:
        ``(NH4)10W12O41.5H2O``, ``CoSO4·7H2O``.
    element
        Symbol of an element. One that the formula does not hold has fraction 0.

    Raises
    ------
    MethodError
        If the formula cannot be read.
    UnknownCodeError
        If a symbol is not that of an element with a standard atomic weight.

    Examples
    --------
    >>> round(mass_fraction("Li2CO3", "Li"), 4)
    0.1879
    >>> round(mass_fraction("CoSO4.7H2O", "Co"), 4)
    0.2097
    """
    inside = atoms(formula)
    return inside.get(element, 0.0) * _weight(element) / formula_weight(formula)


def equivalent(formula: str, basis: str, element: str) -> float:
    """Mass of a basis compound that holds as much of an element as one unit mass of another, kg per kg.

    Markets count potassium salts as K2O and lithium as its carbonate. May exceed 1.

    Raises
    ------
    MethodError
        If a formula cannot be read, or the basis does not hold the element.
    UnknownCodeError
        If a symbol is not that of an element with a standard atomic weight.

    Examples
    --------
    >>> round(equivalent("LiOH.H2O", "Li2CO3", "Li"), 4)
    0.8804
    """
    held = mass_fraction(basis, element)
    if held == 0:
        msg = f"{basis} holds no {element}; a basis must hold the element that is counted"
        raise MethodError(msg)
    return mass_fraction(formula, element) / held


def formula_weight(formula: str) -> float:
    """Relative mass of one formula unit, dimensionless.

    Raises
    ------
    MethodError
        If the formula cannot be read.
    UnknownCodeError
        If a symbol is not that of an element with a standard atomic weight.

    Examples
    --------
    >>> round(formula_weight("H2O"), 3)
    18.015
    """
    return math.fsum(count * _weight(symbol) for symbol, count in atoms(formula).items())


def atoms(formula: str) -> Atoms:
    """How many atoms of each element one formula unit holds.

    Raises
    ------
    MethodError
        If the formula cannot be read.

    Examples
    --------
    >>> atoms("Co(OH)2")
    {'Co': 1.0, 'O': 2.0, 'H': 2.0}
    >>> atoms("LiNi0.8Co0.1Mn0.1O2")["Ni"]
    0.8
    """
    total: Atoms = {}
    for part in _JOINT.split(formula):
        unit = part.lstrip("0123456789")
        amount = float(part[: len(part) - len(unit)] or 1)
        for symbol, count in _atoms_of(unit, formula):
            total[symbol] = total.get(symbol, 0.0) + count * amount
    return total


def _atoms_of(unit: str, formula: str) -> list[tuple[str, float]]:
    """Symbols and counts of one part without its amount; brackets are multiplied out from the inside."""
    flat = unit
    while bracket := _BRACKET.search(flat):
        flat = flat[: bracket.start()] + _multiplied(bracket) + flat[bracket.end() :]
    if not _FLAT.fullmatch(flat):
        msg = (
            f"cannot read {unit!r} in the formula {formula!r}; expected one such as Li2CO3, Co(OH)2 or"
            " CoSO4.7H2O: symbols of elements, counts after them, round brackets, water after a dot"
        )
        raise MethodError(msg)
    return [(symbol, float(count or 1)) for symbol, count in _ATOM.findall(flat)]


def _multiplied(bracket: re.Match[str]) -> str:
    times = float(bracket["times"] or 1)
    return "".join(
        f"{symbol}{float(count or 1) * times:g}" for symbol, count in _ATOM.findall(bracket["inside"])
    )


def _weight(symbol: str) -> float:
    weight = atomic_weights().get(symbol)
    if weight is None:
        raise UnknownCodeError(
            "element with a standard atomic weight",
            symbol,
            (),
            "Symbols are written as chemists write them: Co is cobalt, CO is carbon and oxygen",
        )
    return weight
