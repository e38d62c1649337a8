"""Which codes a trace rests on: those of the material that are in the data, alive and its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from monazite.codes.materials import material as material_of
from monazite.codes.materials import members
from monazite.errors import DataMissingError
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.health.ended import ended
from monazite.studies.nomenclature.materials_map import every_edition_rows as every_edition
from monazite.studies.nomenclature.us_imports import imports as us_imports
from monazite.studies.world.flows import world_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from monazite.codes.material_codes import MaterialCode
    from monazite.store.home import Store

    Totals = dict[str, dict[int, tuple[float, float | None]]]

ORE, REFINED, PRODUCT = "ore", "refined", "product"
CHAIN = {"ore": ORE, "intermediate": REFINED, "refined": REFINED, "all": REFINED}
POOLS = {**CHAIN, "product": PRODUCT}
"""Stages that are traced together; products only if asked for, scrap never: it was mined long ago."""
NOT_TRACED = "not traced: "
ENOUGH = 0.1
"""Least share of the US imports of a material, by value, that the codes at hand must stand for."""
NEWEST, NATIONAL = "HS2022", "HTS2025"
MOST_CODES = 3
"""Codes named of those that would have to be loaded."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One code: what stands there, whether it is used, and what it holds of the material.

    ``content`` lies between ``low`` and ``high``; ``gross`` says that it is not known and gross weight is
    taken. ``used`` is empty, or says why the code is not used.
    """

    code: str
    stage: str
    pool: str
    form: str
    used: str
    low: float
    high: float
    gross: bool

    @property
    def content(self) -> float:
        """What is taken: the middle, or gross weight."""
        return 1.0 if self.gross else (self.low + self.high) / 2


def goods_of(  # noqa: PLR0913 - what is asked about and where it is looked up, by name
    name: str,
    year: int,
    held: frozenset[str],
    store: Store | Path | str | None,
    totals: Totals | None = None,
    *,
    every_stage: bool = False,
) -> tuple[Goods, ...]:
    """Codes of a material from ore to metal, with why some are not used.

    ``totals`` are world totals of all codes, for who asks about many materials; ``every_stage`` adds
    products and scrap.

    Raises
    ------
    DataMissingError
        If the map has no code of the material in the edition.
    """
    rows = (_every_row if every_stage else _rows_of)(name, NOMENCLATURE)
    if not rows:
        raise DataMissingError(
            f"the materials map has no code of {material_of(name).name} in {NOMENCLATURE}."
        )
    known = world_totals(sorted({row.code for row in rows}), store) if totals is None else totals
    return tuple(_goods(code, rows, year, held, known) for code in sorted({row.code for row in rows}))


def family(name: str) -> frozenset[str]:
    """A material and, of a group, its members."""
    asked = material_of(name)
    return frozenset({asked.id, *(one.id for one in members(asked))})


def refusal(name: str, goods: Sequence[Goods]) -> tuple[str, str] | None:
    """Why no answer would say anything: the rule and the reason; nothing if one would.

    >>> refusal("graphite", [Goods("250410", "ore", "ore", "flake", "", 0, 1, True)]) is None
    True
    """
    known = tuple(one for one in goods if one.pool in (ORE, REFINED))
    used = [one for one in known if not one.used]
    if used and _stands_for(name, used) >= ENOUGH:
        return None
    if used:
        codes = ", ".join(dotted(one.code, NOMENCLATURE) for one in used)
        told = (
            f"{codes} ({used[0].form}) stand for {_stands_for(name, used):.0%} of the United States' imports"
        )
        return "stage-mismatch", f"{told} by value; the trade is at other stages. {_load(name)}"
    more = _products(goods)
    dead = [one for one in known if one.used.startswith("lost")]
    if dead:
        told = "; ".join(f"{NOMENCLATURE} {dotted(one.code, NOMENCLATURE)} {one.used}" for one in dead)
        return "code-dead", f"{told}. {_load(name)}{more}"
    shared = [one for one in known if one.used.startswith("shared")]
    if shared:
        told = "; ".join(f"{dotted(one.code, NOMENCLATURE)} {one.used}" for one in shared[:3])
        return "code-basket", f"{told}. {_load(name)}{more}"
    return "data-missing", f"none of its codes is in the data. {_load(name)}{more}"


def _products(goods: Iterable[Goods]) -> str:
    """How to trace products, where they are in the data."""
    found = [one for one in goods if one.pool == PRODUCT and not one.used]
    told = ", ".join(f"{dotted(one.code, NOMENCLATURE)} ({one.form})" for one in found[:MOST_CODES])
    return f". Or trace its products: --stage product has {told}" if told else ""


def _load(name: str) -> str:
    """What to load: codes of today's edition that are the material's own, else lines of the US tariff."""
    values = _us_values(name)
    best = sorted(values, key=lambda code: (-values[code], code))[:MOST_CODES]
    if best:
        codes = ", ".join(dotted(code, NEWEST) for code in best)
        return f"Load a vintage of BACI with {codes} ({NEWEST}): monazite fetch baci hs=HS22"
    lines = [dotted(row.code, NATIONAL) for row in _rows_of(name, NATIONAL) if _own(row, family(name))]
    told = f" ({', '.join(sorted(lines)[:MOST_CODES])})" if lines else ""
    return f"No subheading is its own: load customs lines of ten digits{told}: monazite fetch census"


def _stands_for(name: str, used: list[Goods]) -> float:
    """Share of the United States' imports of the traced stages that stands at the stages used."""
    stages = {one.stage for one in used}
    values = {row.code: row.stage for row in _newest(name)}
    traded = _us_values(name)
    total = sum(traded.values())
    return sum(value for code, value in traded.items() if values[code] in stages) / total if total else 1.0


def _us_values(name: str) -> dict[str, float]:
    """United States imports of 2024 under the material's own codes of today's edition."""
    values = _us_values_of_all()
    return {code: values[code] for code in sorted({row.code for row in _newest(name)}) if code in values}


@cache
def _us_values_of_all() -> dict[str, float]:
    """United States imports of 2024 under every code of today's edition in the map, read once."""
    codes = {row.code for row in every_edition() if row.nomenclature == NEWEST and row.code}
    return {code: float(one.value_usd) for code, one in us_imports(sorted(codes)).items()}


@cache
def _newest(name: str) -> tuple[MaterialCode, ...]:
    """Rows of today's edition at traced stages, for codes that are the material's own."""
    return tuple(row for row in _rows_of(name, NEWEST) if _own(row, family(name)))


def _own(row: MaterialCode, own: frozenset[str]) -> bool:
    """Whether a code holds nothing but the material."""
    return _holders(row.nomenclature, row.code) <= own


@cache
def _holders(nomenclature: str, code: str) -> frozenset[str]:
    """Materials a code holds."""
    return frozenset(
        row.material for row in every_edition() if (row.nomenclature, row.code) == (nomenclature, code)
    )


def _rows_of(name: str, nomenclature: str) -> tuple[MaterialCode, ...]:
    """Rows of a material and, of a group, its members, from ore to metal."""
    return tuple(row for row in _every_row(name, nomenclature) if row.stage in CHAIN)


@cache
def _every_row(name: str, nomenclature: str) -> tuple[MaterialCode, ...]:
    """Rows of a material and, of a group, its members, at every stage."""
    own = family(name)
    return tuple(
        row
        for row in every_edition()
        if row.nomenclature == nomenclature and row.code and row.material in own
    )


def _goods(
    code: str,
    rows: tuple[MaterialCode, ...],
    year: int,
    held: frozenset[str],
    totals: Totals,
) -> Goods:
    """One code with what its rows say."""
    every = [row for row in rows if row.code == code]
    mine = [row for row in every if row.stage in CHAIN] or every
    contents = [(row.content_low, row.content_high) for row in mine]
    known = [(low, high) for low, high in contents if low is not None and high is not None and low > 0]
    whole = len(known) == len(contents)
    return Goods(
        code,
        mine[0].stage,
        POOLS.get(mine[0].stage, ""),
        "; ".join(dict.fromkeys(row.form for row in mine))[:80],
        _unused(code, mine, year, held, totals),
        min((low for low, _ in known), default=0.0) if whole else 0.0,
        max((high for _, high in known), default=1.0) if whole else 1.0,
        not whole,
    )


def _unused(
    code: str,
    mine: list[MaterialCode],
    year: int,
    held: frozenset[str],
    totals: Totals,
) -> str:
    """Why a code is not used; empty if it is."""
    if mine[0].stage not in POOLS:
        return f"{NOT_TRACED}{mine[0].stage}"
    others = _holders(NOMENCLATURE, code) - family(mine[0].material) - _groups(mine)
    if others and min((row.share_low or 0.0) for row in mine) < 1:
        return f"shared with {', '.join(sorted(others)[:3])}"
    if code not in held:
        return "not in the data"
    yearly = {when: value for when, (value, _) in totals.get(code, {}).items()}
    full = {when: yearly.get(when, 0.0) for when in range(min(yearly), max(*yearly, year) + 1)}
    end = ended(NOMENCLATURE, code, full)
    if end and end.death.year <= year:
        later = f"; its goods stand under {', '.join(map(dotted, end.codes))}" if end.codes else ""
        return f"lost its trade in {end.death.year}{later}"
    return ""


def _groups(mine: list[MaterialCode]) -> frozenset[str]:
    """Every material that is asked about in rows of one code."""
    return frozenset(row.material for row in mine)
