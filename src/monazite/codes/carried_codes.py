"""The materials map in other editions of the Harmonized System, derived from the links between codes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, cast

from monazite.errors import MethodError
from monazite.schema.material_map import TAGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from monazite.codes.material_codes import MaterialCode

CARRIED = "carried from "
"""How the comment of a derived row begins."""
WHOLE = 0.9999
"""From here on a material is all of a code: shares are kept to four digits."""


def carried(
    rows: Iterable[MaterialCode], links: Iterable[tuple[str, str, str]], nomenclature: str
) -> tuple[MaterialCode, ...]:
    """Rows of the map in another edition, derived from the links of their codes.

    What a material is of the other code lies between what it is of each code that goes into it; a code
    without that material counts as none of it. A code that goes into several others may have left the
    material in one of them, so that its share there is anything from 0 to 1, unless the material is the
    whole of it. Where it is the whole of every code that goes in, it is the whole of the other one.

    Parameters
    ----------
    rows
        Rows of one nomenclature; those without a code or a link are left out.
    links
        Code, other code and relation. The relation is counted anew from the links given, since leaving
        out a link (8549, waste) changes it.
    nomenclature
        The other edition, such as ``HS2017``.

    Raises
    ------
    MethodError
        If the rows are of several nomenclatures.

    Examples
    --------
    >>> from monazite.codes.material_codes import codes_of
    >>> now = [row for row in codes_of("bismuth") if row.code in {"810610", "810690"}]
    >>> links = [("810610", "810600", "n:1"), ("810690", "810600", "n:1")]
    >>> [(row.stage, row.code, row.share_low, row.known) for row in carried(now, links, "HS2017")]
    [('all', '810600', 1.0, 'derived')]
    """
    given = [row for row in rows if row.code]
    if len({row.nomenclature for row in given}) > 1:
        msg = (
            f"rows of one nomenclature are carried at a time, found {sorted({r.nomenclature for r in given})}"
        )
        raise MethodError(msg)
    sources: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, set[str]] = defaultdict(set)
    for code, other, _ in links:
        sources[other].add(code)
        targets[code].add(other)
    split = {code for code, others in targets.items() if len(others) > 1}
    held = _by_code(given)
    reached = sorted({other for code in held for other in targets[code]})
    return tuple(
        replace(row, nomenclature=nomenclature, code=other)
        for other in reached
        for row in _into(sources[other], split, held)
    )


def own_first(derived: Iterable[MaterialCode], own: Iterable[MaterialCode]) -> tuple[MaterialCode, ...]:
    """Rows of an edition: its own rows of the map, and the derived ones they do not speak for.

    An own row speaks for its material in its code. Where the edition's words name one material alone, it
    speaks for the whole code, and for what of that material might else be in the codes of the same heading:
    811230 was all germanium, and no other code of 8112 held any.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from monazite.codes.material_codes import codes_of
    >>> own = [row for row in codes_of("germanium") if row.nomenclature == "HS2002"]
    >>> derived = [replace(own[0], material="gallium", known="derived")]
    >>> [(row.code, row.material) for row in own_first(derived, own)]
    [('811230', 'germanium')]
    """
    spoken = tuple(own)
    settled = {(row.code, row.material) for row in spoken}
    alone = {row.code: row for row in spoken if row.known == "text" and (row.share_low or 0.0) >= WHOLE}
    elsewhere = {(one.material, one.code[:4], kind) for one in alone.values() for kind in _kinds(one)}
    return (
        *spoken,
        *(
            row
            for row in derived
            if row.code not in alone
            and (row.code, row.material) not in settled
            and (row.share_low or (row.material, row.code[:4], (row.stage, row.form)) not in elsewhere)
            and (row.share_low or (row.material, row.code[:4], (row.stage, "")) not in elsewhere)
        ),
    )


def _kinds(row: MaterialCode) -> Iterator[tuple[str, str]]:
    """Stage and form a row is about; a row of all stages is about the metal in whatever form."""
    if row.stage == "all":
        yield from ((stage, "") for stage in ("all", "refined", "product", "scrap"))
    yield row.stage, row.form


def _by_code(rows: Iterable[MaterialCode]) -> dict[str, list[MaterialCode]]:
    """Rows by their code."""
    found: dict[str, list[MaterialCode]] = defaultdict(list)
    for row in rows:
        found[row.code].append(row)
    return found


def _into(
    codes: Collection[str], split: Collection[str], rows: Mapping[str, list[MaterialCode]]
) -> Iterator[MaterialCode]:
    """Rows of every material for a code that these codes go into."""
    inside = sorted(
        (row for code in sorted(codes) for row in rows.get(code, ())), key=lambda row: row.material
    )
    for _, of_material in groupby(inside, key=lambda row: row.material):
        held = list(of_material)
        moved = len(codes) > 1 or any(code in split for code in codes)
        if moved and all(_total(held, code) >= WHOLE for code in codes):
            yield _merged(held, (1.0, 1.0))
            continue
        kinds: dict[tuple[str, str], list[MaterialCode]] = defaultdict(list)
        for row in held:
            kinds[row.stage, row.form].append(row)
        for alike in kinds.values():
            parts = [_part(row, split=row.code in split) for row in alike]
            everywhere = len(alike) == len(codes)
            low = min(low for low, _ in parts) if everywhere else 0.0
            yield _merged(alike, (low, max(high for _, high in parts)))


def _total(rows: Iterable[MaterialCode], code: str) -> float:
    """How much of a code the material is at least, whatever its stage and form."""
    return sum(row.share_low or 0.0 for row in rows if row.code == code)


def _part(row: MaterialCode, *, split: bool) -> tuple[float, float]:
    """Share of the material in the part of a code that goes into another one."""
    low = 0.0 if row.share_low is None else row.share_low
    high = 1.0 if row.share_high is None else row.share_high
    if split and low < WHOLE:
        return 0.0, 1.0 if high else 0.0
    return low, high


def _merged(rows: list[MaterialCode], share: tuple[float, float]) -> MaterialCode:
    """One derived row for several of one material; its code is still that of the first."""
    first = rows[0]
    stages, forms, formulas = ({getattr(row, name) for row in rows} for name in ("stage", "form", "formula"))
    lows, highs = [row.content_low for row in rows], [row.content_high for row in rows]
    weakest = max((row.tag for row in rows), key=TAGS.index)
    return replace(
        first,
        stage=first.stage if len(stages) == 1 else "all",
        form=" or ".join(sorted(forms)),
        formula=first.formula if len(formulas) == 1 else "",
        content_low=None if None in lows else min(cast("list[float]", lows)),
        content_high=None if None in highs else max(cast("list[float]", highs)),
        share_low=share[0],
        share_high=share[1],
        known="derived",
        source="; ".join(dict.fromkeys(row.source for row in rows)),
        tag=weakest if weakest in {"S", "U"} else "C",
        date=max(row.date for row in rows),
        comment=_way(rows),
    )


def _way(rows: list[MaterialCode]) -> str:
    """The codes a row comes through, the first edition first; an edition that changed nothing is left out.

    >>> from monazite.codes.material_codes import codes_of
    >>> now = [row for row in codes_of("gallium") if (row.nomenclature, row.code) == ("HS2022", "811292")]
    >>> _way(now)
    'carried from HS2022 811292'
    """
    codes = ", ".join(sorted({row.code for row in rows}))
    before = dict.fromkeys(row.comment.removeprefix(CARRIED) for row in rows if row.known == "derived")
    earlier = "; ".join(before)
    if earlier.endswith(f" {codes}"):
        return CARRIED + earlier
    return CARRIED + " > ".join(filter(None, (earlier, f"{rows[0].nomenclature} {codes}")))
