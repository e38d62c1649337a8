"""The materials map as people read it: material, stages, codes, and whether each code can be trusted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monazite.codes.carried_codes import carried, own_first
from monazite.codes.material_codes import material_codes
from monazite.errors import UnknownCodeError
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.schema.code_search import MATERIALS_COUNT, MATERIALS_MAP
from monazite.schema.findings import finding
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.links import kept
from monazite.studies.nomenclature.names import every, name_of
from monazite.studies.nomenclature.standing import verdict
from monazite.studies.nomenclature.us_imports import coverage, imports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monazite.codes.material_codes import MaterialCode
    from monazite.results.frame import Row
    from monazite.schema.findings import Finding
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.us_imports import Imports

NEWEST = HS_EDITIONS[-1]
CURRENT = (NEWEST, "HTS2025")
EARLIER = HS_EDITIONS[-2::-1]
"""Earlier editions of the Harmonized System, the latest first: the way the map is carried back."""
NATIONAL = "HTS"
STAGES = (
    "ore", "intermediate", "refined", "product", "scrap", "cell", "part", "cathode", "electrolyte", "magnet",
    "active ingredient", "dosage form", "biological", "all",
)  # fmt: skip
"""Order in which stages are told."""
METHOD = (
    "Each row is a code and the goods under it that are a material at a stage. The share is the part of the"
    " code's trade that is such goods, from 0 to 1 where only the tariff's words are known; the content is"
    " the mass of the material in them, from the formula and atomic weights. Trade is of all the code"
    " holds, not of the material, and stands beside codes in force in 2024 only. What is derived for an"
    " earlier edition is carried from HS2022 over the links between editions, electronic waste left out;"
    " a share that was counted stays that of US imports in 2024. Health is computed from the map (baskets)"
    " and from those links (changed, dead)."
)


def materials_map(materials: str | Iterable[str] = (), *, every_edition: bool = False) -> Answer:
    """Show the codes of materials, stage by stage, with the health of each code.

    Parameters
    ----------
    materials
        A name, symbol, alias or group, or several; all of the map if none is given.
    every_edition
        Also six-digit codes of every earlier edition of the Harmonized System, from HS1992, and of the
        tariff that the map lists. Those the map does not list itself are derived from HS2022 over the
        links between editions (``known`` is ``derived``).

    Raises
    ------
    UnknownCodeError
        If nothing is called that, or the map has no row for it.
    """
    asked = (materials,) if isinstance(materials, str) else tuple(materials)
    known = every_edition_rows() if every_edition else material_codes()
    rows = [row for row in _wanted(asked, known) if every_edition or row.nomenclature in CURRENT]
    rows.sort(key=_order)
    traded = imports(row.code for row in rows if row.nomenclature not in EARLIER)
    table = Frame(MATERIALS_MAP, tuple(map_row(row, traded) for row in rows))
    return answer(
        "Materials and their codes",
        table,
        method=METHOD,
        parameters={"materials": list(asked), "every_edition": every_edition},
        details={"materials": counted(table)},
        findings=(*missing(table), coverage()),
        sources=shipped_sources("hts", "unsd", "census"),
        headlines=headlines(table),
    )


def map_row(row: MaterialCode, traded: Mapping[str, Imports]) -> Row:
    """A row of the map with the trade under its code and the code's health.

    Trade of 2024 is under codes of 2022: a code of an earlier edition has none, whatever its digits.
    """
    earlier = row.nomenclature in EARLIER
    under = None if earlier else traded.get(row.code)
    leading = under.leading if under else None
    return {
        "material": row.material,
        "name": name_of(row.material),
        "stage": row.stage,
        "form": row.form,
        "nomenclature": row.nomenclature,
        "code": row.code,
        "written": dotted(row.code, row.nomenclature) if row.code else "no code",
        "share_low": row.share_low,
        "share_high": row.share_high,
        "share_of": row.share_of,
        "content_low": row.content_low,
        "content_high": row.content_high,
        "formula": row.formula or None,
        "known": row.known,
        "tag": row.tag,
        "value_usd": under.value_usd if under else None,
        "leading_partner": leading.partner if leading else None,
        "leading_partner_name": leading.name if leading else None,
        "leading_share": under.leading_share if under else None,
        "health": verdict(row.nomenclature, row.code, _beside(row) if earlier else None),
        "source": row.source,
        "comment": row.comment or None,
    }


def missing(table: Frame) -> list[Finding]:
    """Materials and forms for which no code exists."""
    return [
        finding(
            "code-missing",
            f"{row['name']}, {row['form']}",
            where=f"{row['nomenclature']}, materials map",
            found="no code" + (f": {row['comment']}" if row["comment"] else ""),
            expected="a code of its own, or a line in a code",
        )
        for row in table
        if not row["code"]
    ]


def headlines(table: Frame) -> list[Headline]:
    """How many materials, codes and codes to be trusted there are."""
    codes = {(row["nomenclature"], row["code"]): row["health"] for row in table if row["code"]}
    baskets = sum("basket" in one for one in codes.values())
    changed = sum("changed" in one for one in codes.values())
    shown = len({row["material"] for row in table})
    lost = {row["material"] for row in table} - {row["material"] for row in table if row["share_low"] == 1}
    return [
        Headline("Materials and products", str(shown), f"{len(codes)} codes"),
        Headline("Baskets", str(baskets), "codes that hold other goods too"),
        Headline("Changed codes", str(changed), "held other goods in an earlier edition"),
        Headline("Without a code of their own", str(len(lost)), "at any stage"),
    ]


def counted(table: Frame) -> Frame:
    """Codes of each material: its own, shared, none."""
    by_name: dict[str, list[Row]] = {}
    for row in table:
        by_name.setdefault(row["material"], []).append(row)
    return Frame(MATERIALS_COUNT, tuple(_count(rows) for rows in by_name.values()))


def _count(rows: Sequence[Row]) -> Row:
    """The codes of one material."""
    coded = {(row["nomenclature"], row["code"]): row for row in rows if row["code"]}
    own = [row for row in coded.values() if row["share_low"] == 1]
    return {
        "material": rows[0]["material"],
        "name": rows[0]["name"],
        "stages": ", ".join(dict.fromkeys(row["stage"] for row in rows)),
        "own": len(own),
        "shared": len(coded) - len(own),
        "none": sum(not row["code"] for row in rows),
        "changed": sum("changed" in row["health"] for row in coded.values()),
    }


def _wanted(asked: Sequence[str], rows: Iterable[MaterialCode]) -> list[MaterialCode]:
    """Rows of the materials asked for; a group stands for its members too."""
    if not asked:
        return list(rows)
    wanted = {one: None for name in asked for one in every(name)}
    known = {row.material for row in material_codes()}
    if not wanted.keys() & known:
        raise UnknownCodeError("material in the map", ", ".join(asked), sorted(known))
    return [row for row in rows if row.material in wanted]


@cache
def every_edition_rows() -> tuple[MaterialCode, ...]:
    """The map with every edition of the Harmonized System: its own rows, and the derived ones."""
    rows: tuple[MaterialCode, ...] = tuple(row for row in material_codes() if row.nomenclature == NEWEST)
    found = [row for row in material_codes() if row.nomenclature not in EARLIER]
    for edition, later in zip(EARLIER, HS_EDITIONS[::-1], strict=False):
        own = (row for row in material_codes() if row.nomenclature == edition)
        rows = own_first(carried(rows, _links(later, edition), edition), own)
        found += rows
    return tuple(found)


def _links(later: str, earlier: str) -> list[tuple[str, str, str]]:
    """Links by which the map is carried back; electronic waste of 2022 takes nothing with it."""
    return [(one.code, one.other_code, one.relation) for one in kept(later, earlier)]


def _beside(row: MaterialCode) -> list[MaterialCode]:
    """Rows of the same code of an earlier edition."""
    return _of_earlier()[row.nomenclature, row.code]


@cache
def _of_earlier() -> dict[tuple[str, str], list[MaterialCode]]:
    """Rows of each code of an earlier edition: what the code holds, as far as the map knows."""
    found: dict[tuple[str, str], list[MaterialCode]] = {}
    for row in every_edition_rows():
        if row.nomenclature in EARLIER:
            found.setdefault((row.nomenclature, row.code), []).append(row)
    return found


def _order(row: MaterialCode) -> tuple[str, int, str, bool, str, int, str]:
    """Material, stage, form; six digits before ten; a code in its editions, the latest first."""
    place = STAGES.index(row.stage) if row.stage in STAGES else len(STAGES)
    since = HS_EDITIONS.index(row.nomenclature) if row.nomenclature in HS_EDITIONS else len(HS_EDITIONS)
    national = row.nomenclature.startswith(NATIONAL)
    return name_of(row.material).casefold(), place, row.form, national, row.code, -since, row.nomenclature
