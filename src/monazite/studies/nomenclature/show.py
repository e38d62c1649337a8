"""One code on one page: text, place, units, editions, what it holds, trade, health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.material_codes import materials_of
from monazite.errors import UnknownCodeError
from monazite.results.frame import Frame
from monazite.schema.code_search import CODE_PARTNER, CODE_PLACE, CODE_SHOWN, MATERIALS_MAP
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.store import shipped
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.health.changes import origin, successors
from monazite.studies.nomenclature.materials_map import map_row
from monazite.studies.nomenclature.noted import is_harmonized, noted, succeeded, unjudged
from monazite.studies.nomenclature.standing import as_today, editions, unchanged_since, verdict
from monazite.studies.nomenclature.us_imports import coverage, imports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.us_imports import Imports

PREFERRED = ("HTS2025", *reversed(HS_EDITIONS), "HTS2022", "ScheduleB2022")
"""Where a code is looked for first; then in any other nomenclature."""
SIX = 6
LEVELS = " > "
REST = "Other"
OWN = """\
SELECT c.nomenclature, c.code, c.parent, c.leaf, c.unit, c.unit_2,
  coalesce(c.description, t.description) AS description, c.description IS NULL AS lent
FROM nomenclature_code c LEFT JOIN nomenclature_code t
  ON t.nomenclature = 'HTS2025' AND t.code = c.code AND c.nomenclature LIKE 'HS%'
WHERE c.code = ?"""
METHOD = (
    "Text, place and units are the publisher's; the text of the Harmonized System, which is not shipped, is"
    " the tariff's of 2025 where the code means the same there. Editions, what the goods were under before"
    " and are under now follow from the UN correlation tables (monazite codes trace tells them link by link)"
    " and, for national lines, from reviewed changes. Materials and shares are those of the materials map."
    " Imports are of the whole code, United States, 2024, customs value, each dollar counted once; under the"
    " digits of another nomenclature, or of an edition in which they meant other goods, none are shown."
)


def show(code: str, *, nomenclature: str = "") -> Answer:
    """Show what is known of one code.

    Parameters
    ----------
    code
        With or without dots.
    nomenclature
        Where to read it; by default the tariff of 2025, then the editions of the Harmonized System from the
        latest, then any other.

    Raises
    ------
    UnknownCodeError
        If no nomenclature at hand has it.
    """
    row = _found("".join(code.replace(".", "").split()), nomenclature, code)
    known = materials_of(*_spoken_for(row))
    below = _below(row)
    asked = [(one["nomenclature"], one["code"]) for one in (row, *below)]
    asked += [(one.nomenclature, one.code) for one in known]
    traded = imports(code for name, code in asked if as_today(name, code))
    under = traded.get(row["code"])
    return answer(
        f"{dotted(row['code'], row['nomenclature'])} ({row['nomenclature']})",
        Frame(CODE_SHOWN, (_shown(row, len({one.material for one in known}), under),)),
        method=METHOD,
        parameters={"code": row["code"], "nomenclature": row["nomenclature"]},
        details={
            "place": Frame(CODE_PLACE, tuple(_placed(row, below, traded))),
            "materials": Frame(MATERIALS_MAP, tuple(map_row(one, traded) for one in known)),
            "partners": Frame(CODE_PARTNER, tuple(_partners(under))),
        },
        findings=(coverage(),) if under else (),
        notes=noted(row["nomenclature"], row["code"]),
        sources=shipped_sources("hts", "unsd", "census"),
    )


def _found(code: str, nomenclature: str, asked: str) -> Row:
    """The code in the nomenclature asked for, or the first that has it."""
    rows = {row["nomenclature"]: row for row in shipped.query(OWN, [code])}
    if nomenclature:
        if nomenclature not in rows:
            raise UnknownCodeError(f"code of {nomenclature}", asked, rows, _advice(rows))
        return _said(rows[nomenclature])
    for name in (*PREFERRED, *sorted(rows)):
        if name in rows:
            return _said(rows[name])
    raise UnknownCodeError(
        "code", asked, (), "monazite codes search finds codes by words, check reads a list"
    )


def _said(row: Row) -> Row:
    """A code without the tariff's text where that speaks of other goods."""
    if row["lent"] and not as_today(row["nomenclature"], row["code"]):
        return {**row, "description": None}
    return row


def _advice(rows: Mapping[str, Row]) -> str:
    """Where else the code is."""
    return f"It is a code of {', '.join(rows)}" if rows else "No nomenclature at hand has it"


def _spoken_for(row: Row) -> tuple[str, str]:
    """Where the map is asked about a code: six digits of the tariff are those of the Harmonized System."""
    six = len(row["code"]) == SIX and row["nomenclature"].startswith("HTS")
    return (HS_EDITIONS[-1] if six else row["nomenclature"]), row["code"]


def _shown(row: Row, materials: int, under: Imports | None) -> Row:
    """The code as a row of the answer."""
    code, hhi = row["code"], under.hhi if under else None
    leading = under.leading if under else None
    harmonized = is_harmonized(row["nomenclature"], code)
    had = editions(code) if harmonized else ()
    return {
        **{name: row[name] for name in ("nomenclature", "code", "description", "leaf")},
        "written": dotted(code, row["nomenclature"]),
        "unit": _unit(row),
        "editions": ", ".join(had) or None,
        "unchanged_since": unchanged_since(code) if harmonized else None,
        "before": _before(code[:SIX], had),
        "after": succeeded(row["nomenclature"], code) or _after(code[:SIX], had),
        "materials": materials,
        "value_usd": under.value_usd if under else None,
        "leading_partner": leading.partner if leading else None,
        "leading_partner_name": leading.name if leading else None,
        "leading_share": under.leading_share if under else None,
        "partners": len(under.sent) if under else None,
        "hhi_low": hhi.low if hhi else None,
        "hhi_high": hhi.high if hhi else None,
        "health": verdict(*_spoken_for(row)) if harmonized else unjudged(row["nomenclature"], code),
    }


def _unit(row: Row) -> str | None:
    """Both units of quantity."""
    return ", ".join(row[name] for name in ("unit", "unit_2") if row[name]) or None


def _before(six: str, had: tuple[str, ...]) -> str | None:
    """What the goods were under before the number was made."""
    made = origin(had[-1], six) if had else None
    return f"{made.before}: {', '.join(map(dotted, made.shared))}" if made and made.shared else None


def _after(six: str, had: tuple[str, ...]) -> str | None:
    """What the goods are under in the latest edition, if elsewhere."""
    now = successors(had[-1], six) if had else ()
    return f"{HS_EDITIONS[-1]}: {', '.join(map(dotted, now))}" if now and now != (six,) else None


def _placed(row: Row, below: list[Row], traded: Mapping[str, Imports]) -> Iterator[Row]:
    """The codes above, the code, the codes below, each with its own words."""
    up = _above(row)
    *above, parent = ["", *(one["description"] or "" for one in up)]
    over = {"above": above, "itself": [parent], "below": [row["description"] or ""] * len(below)}
    for place, rows in (("above", up), ("itself", [row]), ("below", below)):
        for one, said in zip(rows, over[place], strict=True):
            under = traded.get(one["code"])
            yield {
                "code": one["code"],
                "written": dotted(one["code"], row["nomenclature"]),
                "place": place,
                "description": _own(one["description"] or "", said) or None,
                "unit": _unit(one),
                "value_usd": under.value_usd if under and place != "above" else None,
            }


def _own(description: str, above: str) -> str:
    """What a code says beyond what stands above it.

    >>> _own("Metals > Other > Germanium > Other", "Metals"), _own("Metals", "Metals")
    ('Germanium; Other', 'Metals')
    """
    levels = description.split(LEVELS)
    own = levels[min(len(above.split(LEVELS)), len(levels) - 1) :]
    return "; ".join([*(one for one in own[:-1] if one != REST), own[-1]])


def _above(row: Row) -> list[Row]:
    """The codes it is part of, the highest first."""
    found: list[Row] = []
    parent: Any = row["parent"]
    while parent:
        rows = shipped.query(f"{OWN} AND c.nomenclature = ?", [parent, row["nomenclature"]])
        found[:0] = map(_said, rows)
        parent = rows[0]["parent"] if rows else None
    return found


def _below(row: Row) -> list[Row]:
    """The codes directly under it."""
    rows = shipped.query(
        OWN.replace("c.code = ?", "c.parent = ? AND c.nomenclature = ? ORDER BY c.code"),
        [row["code"], row["nomenclature"]],
    )
    return list(map(_said, rows))


def _partners(under: Imports | None) -> Iterator[Row]:
    """Who sends what."""
    for one in under.sent if under else ():
        yield {
            "partner": one.partner,
            "name": one.name,
            "value_usd": one.value_usd,
            "share": one.value_usd / under.value_usd if under else 0.0,
        }
