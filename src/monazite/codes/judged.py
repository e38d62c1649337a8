"""Judgements on a material or product, from its own row, its group's, that of by-products, or the default.

A reviewed table has a row per material, stage and input. ``*`` as a material is the default, as a stage any
stage; groups of materials and of products may have rows, and so may ``by_product``. The nearest row counts:
the material before its groups, and among rows of one of them the stage before ``*``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from monazite.codes import reviewed
from monazite.codes.materials import material, materials
from monazite.codes.products import product, products
from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.judgement import Judgement
from monazite.schema.minerals import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Level = Literal["own", "group", "by_product", "default"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""Where a judgement was found, the nearest first."""

ANY = "*"
BY_PRODUCT = "by_product"


@dataclass(frozen=True, slots=True)
class Found:
    """A judgement, on which level it was found, and the row it stands in."""

    judgement: Judgement
    level: Level
    row: Mapping[str, str]


def judged(  # noqa: PLR0913 - a table, a place in it, and two ways to widen the search
    table: str,
    names: Sequence[str],
    identifier: str,
    stage: str,
    *,
    column: str = "input",
    by_product: bool = False,
) -> Found:
    """The nearest judgement of a reviewed table.

    Parameters
    ----------
    table
        File of ``monazite.codes.data``.
    names
        Values of ``column`` that will do, the best first.
    identifier
        A material by any of its names, or a product by its id or that of its group.
    stage
        Stage of the chain, or the kind of a product.
    column
        The column that says what a row judges.
    by_product
        Whether rows on by-products come before the default.

    Raises
    ------
    UnknownCodeError
        If nothing is called that, or there is no such stage.
    UsageError
        If the table has no default for it.

    Examples
    --------
    >>> judged("elasticities.csv", ["demand_short"], "samarium", "refined").level
    'group'
    """
    rows = _index(table, column)
    for who, level in kin(identifier, by_product=by_product):
        for where in (_stage(stage), ANY):
            for name in names:
                if row := rows.get((who, where, name)):
                    return Found(Judgement.of(row), level, row)
    raise UsageError(f"{table} has no default for {' or '.join(names)}; give it a row of * and *.")


def kin(identifier: str, *, by_product: bool = False) -> tuple[tuple[str, Level], ...]:
    """Whose rows count for a material or product, the nearest first, each with its level.

    Raises
    ------
    UnknownCodeError
        If nothing is called that.

    Examples
    --------
    >>> kin("Dy")
    (('dysprosium', 'own'), ('rare_earths_heavy', 'group'), ('rare_earths', 'group'), ('*', 'default'))
    """
    own, *groups = _line(identifier)
    middle: list[tuple[str, Level]] = [(BY_PRODUCT, "by_product")] if by_product else []
    return ((own, "own"), *((one, "group") for one in groups), *middle, (ANY, "default"))


@cache
def _line(identifier: str) -> tuple[str, ...]:
    """A material or product, and the groups it belongs to, the narrowest first."""
    if identifier in {one.id for one in products()}:
        return (identifier, product(identifier).group)
    if identifier in {one.group for one in products()}:
        return (identifier,)
    try:
        line = [material(identifier)]
    except UnknownCodeError as error:
        known = (*(one.name for one in materials()), *(one.id for one in products()))
        raise UnknownCodeError("material or product", identifier, known) from error
    while line[-1].group:
        line.append(material(line[-1].group))
    return tuple(one.id for one in line)


def _stage(stage: str) -> str:
    """A stage that exists.

    Raises
    ------
    UnknownCodeError
        If there is none of that name.
    """
    known = (*STAGES, *dict.fromkeys(one.kind for one in products()), ANY)
    if stage not in known:
        raise UnknownCodeError("stage", stage, known, hint=f"There are {', '.join(known[:-1])}")
    return stage


@cache
def _index(table: str, column: str) -> dict[tuple[str, str, str], dict[str, str]]:
    return {(row["material"], row["stage"], row[column]): row for row in reviewed.rows(table)}
