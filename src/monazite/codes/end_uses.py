"""What a material is used for in the United States, in which industries, and what hangs on it there.

``data/end_uses.csv`` holds the share of each end use, with its source; ``data/use_industries.csv`` the
industries of each kind of use, with the share of their output that needs the material and the share of it
they can save, by judgement; ``data/bea_industries.csv`` the industries of the detailed accounts of the
Bureau of Economic Analysis and the summary industry each is part of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from monazite.codes import reviewed
from monazite.codes.judged import ANY, kin
from monazite.codes.product_supply import ANTIBIOTICS, antibiotics
from monazite.errors import UnknownCodeError
from monazite.schema.judgement import Judgement


@dataclass(frozen=True, slots=True)
class UsingIndustry:
    """An industry that uses a material for something.

    ``code`` is that of the detailed accounts, ``summary`` of the summary industry it is part of; ``weight``
    its share of the use. ``dependent`` is the share of its output that cannot be made without within a
    year, ``thrift`` the largest share of the material it can save or replace; both in [0, 1].
    """

    code: str
    summary: str
    name: str
    weight: float
    dependent: Judgement
    thrift: Judgement


@dataclass(frozen=True, slots=True)
class EndUse:
    """An end use: its share of US consumption, in [0, 1], and the industries."""

    material: str
    use: str
    kind: str
    share: Judgement
    industries: tuple[UsingIndustry, ...]


def end_uses(material: str) -> tuple[EndUse, ...]:
    """End uses of a material or product, the likeliest shares summing to one.

    A member of a group without rows of its own has those of the group; an antibiotic those of all.

    Raises
    ------
    UnknownCodeError
        If nothing is called that, or its end uses are not known.

    Examples
    --------
    >>> [(one.use, one.share.central, one.industries[0].name) for one in end_uses("gallium")][0]
    ('integrated circuits', 0.64, 'Semiconductor and related device manufacturing')
    >>> end_uses("Dy")[0].use
    'permanent magnets'
    """
    asked = ANTIBIOTICS if material in (ANTIBIOTICS, *antibiotics()) else material
    line = [asked] if asked == ANTIBIOTICS else [who for who, _ in kin(asked) if who != ANY]
    for one in line:
        if found := _by_material().get(one):
            return found if material not in antibiotics() else tuple(map(_one_class, found))
    hint = f"There are {', '.join(_by_material())}"
    raise UnknownCodeError("material or product with known end uses", material, _by_material(), hint=hint)


def _one_class(every: EndUse) -> EndUse:
    """An end use of all antibiotics for one of their classes: an even part of what hangs on them."""
    part = 1 / len(antibiotics())
    return replace(every, industries=tuple(_part(one, part) for one in every.industries))


def _part(one: UsingIndustry, part: float) -> UsingIndustry:
    """An industry of which only a part of what depends does."""
    whole = one.dependent
    low, central, high = (part * end for end in (whole.low, whole.central, whole.high))
    source = f"{whole.source}; an even part of it for each class"
    return replace(one, dependent=Judgement(low, central, high, whole.unit, source, whole.tag))


def summary_of(code: str) -> str:
    """The summary industry that a detailed industry is part of.

    Raises
    ------
    UnknownCodeError
        If there is no such industry.

    Examples
    --------
    >>> summary_of("334413")
    '334'
    """
    if code not in _industries():
        raise UnknownCodeError("industry of the detailed accounts", code, _industries())
    return _industries()[code]["summary"]


@cache
def _industries() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in reviewed.rows("bea_industries.csv")}


@cache
def _by_kind() -> dict[str, tuple[UsingIndustry, ...]]:
    found: dict[str, tuple[UsingIndustry, ...]] = {}
    for row in reviewed.rows("use_industries.csv"):
        one = _industries()[row["code"]]
        dependent, thrift = (Judgement.of(row, name) for name in ("dependent", "thrift"))
        using = UsingIndustry(
            row["code"], one["summary"], one["name"], float(row["weight"]), dependent, thrift
        )
        found[row["kind"]] = (*found.get(row["kind"], ()), using)
    return found


@cache
def _by_material() -> dict[str, tuple[EndUse, ...]]:
    found: dict[str, tuple[EndUse, ...]] = {}
    for row in reviewed.rows("end_uses.csv"):
        industries = _by_kind()[row["kind"]]
        one = EndUse(row["material"], row["use"], row["kind"], Judgement.of(row), industries)
        found[one.material] = (*found.get(one.material, ()), one)
    return found
