"""Findings about codes: what is wrong with each, under the rules of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.material_codes import codes_of
from monazite.schema.findings import finding
from monazite.schema.minerals import STAGES
from monazite.studies.nomenclature.health.advice import advice, not_yet, now, revised, some
from monazite.studies.nomenclature.health.holds import LATEST
from monazite.studies.nomenclature.names import identified, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.schema.findings import Finding
    from monazite.studies.nomenclature.health.facts import Facts

ANY = "all"
STAGE_WORDS = {
    "mine": "ore", "mining": "ore", "concentrate": "ore", "ores": "ore", "oxide": "intermediate",
    "compound": "intermediate", "compounds": "intermediate", "carbonate": "intermediate",
    "chemical": "intermediate", "metal": "refined", "unwrought": "refined", "refining": "refined",
    "article": "product", "alloy": "product", "magnet": "magnet", "waste": "scrap",
}  # fmt: skip
"""Words people use for the stages of the materials map."""
_ALONE = 0.999
_WHOLE = ("any", "all")


def stage_of(word: str) -> str:
    """The stage of the map that a word means; the word itself if it means none.

    >>> stage_of("METAL"), stage_of("ore"), stage_of("cell")
    ('refined', 'ore', 'cell')
    """
    plain = word.strip().casefold()
    return plain if plain in STAGES else STAGE_WORDS.get(plain, plain)


def found(one: Facts, told_of: str | None = None) -> Iterator[Finding]:
    """Every finding about one code; ``told_of`` is its advice, if that is at hand."""
    subject = f"{one.nomenclature} {one.code or one.asked.given}"
    where, rows = one.asked.where, one.asked.rows
    if one.written.rule and not (one.life and one.written.rule == "code-unknown"):
        rule = "code-unknown" if one.written.rule == "code-unknown" else "code-misread"
        told = f"{one.asked.given!r}: {one.written.told}"
        wanted = f"read as {one.code}" if one.code else one.written.repaired or "a code of the nomenclature"
        yield finding(rule, subject, where=where, found=told, expected=wanted, rows=rows)
    if one.later:
        wanted = f"a code of {one.nomenclature}"
        yield finding("code-unknown", subject, where=where, found=not_yet(one), expected=wanted, rows=rows)
    if one.life is None or one.later:
        return
    if one.verdict == "dead":
        taken = f"{some(one.ended.codes)} in its place" if one.ended else "a code in force"
        yield finding(
            "code-dead", subject, where=where, found=told_of or advice(one), expected=taken, rows=rows
        )
    for change in one.history:
        if change is not one.ended or one.verdict != "dead":
            rule = "unit-regime" if change.kind == "unit" else "code-changed"
            told = f"{revised(change, one.code)}{f'. {change.note}' if change.note else ''}"
            yield finding(rule, subject, where=where, found=told, expected="the same goods", rows=rows)
    if one.made:
        told = f"made in {one.made.year} out of {some(one.made.shared) or 'nothing that can be named'}"
        yield finding("code-changed", subject, where=where, found=told, expected="the same goods", rows=rows)
    if one.holding.basket:
        told = f"holds {some(name_of(name) for name in one.holding.stages)}"
        yield finding("code-basket", subject, where=where, found=told, expected="one material", rows=rows)
    yield from _units(one, subject)
    yield from _stages(one, subject)


def _units(one: Facts, subject: str) -> Iterator[Finding]:
    """A first unit of quantity that differs between editions."""
    units = {edition: _sort(unit) for edition, unit in (one.life.units if one.life else {}).items()}
    if len(set(units.values())) > 1:
        told = ", ".join(f"{unit} in {edition}" for edition, unit in units.items())
        yield finding(
            "unit-regime",
            subject,
            where=one.asked.where,
            found=told,
            expected="one unit",
            rows=one.asked.rows,
        )


def _sort(unit: str) -> str:
    """A unit without the name of what it weighs: the tariff's ``Cu kg`` is the bureau's ``kg content``.

    >>> _sort("Cu kg"), _sort("kg content"), _sort("kg"), _sort("number")
    ('kg content', 'kg content', 'kg', 'number')
    """
    kind, _, size = unit.partition(" ")
    if size in ("kg", "g"):
        return f"{size} content"
    return f"{kind} content" if kind in ("kg", "g") and size else unit


def _stages(one: Facts, subject: str) -> Iterator[Finding]:
    """A code of another stage, or of another material, than the list says it is for."""
    if not one.asked.stage or not one.holding.stages:
        return
    wanted = stage_of(one.asked.stage)
    alone = next(iter(one.holding.stages)) if len(one.holding.stages) == 1 else ""
    material = identified(one.asked.material) if one.asked.material else alone
    held = {material: one.holding.stages.get(material, ())} if material else one.holding.stages
    stages = {stage for many in held.values() for stage in many}
    if wanted in stages or ANY in stages:
        return
    told = f"{listed_stages(stages)}{f' of {name_of(material)}' if material else ''}" if stages else (
        f"no {name_of(material)}, but {some(name_of(name) for name in one.holding.stages)}"
    )  # fmt: skip
    hint = _elsewhere(material, wanted)
    yield finding(
        "stage-mismatch", subject, where=one.asked.where, found=told, expected=f"{one.asked.stage}"
        f"{f' of {name_of(material)}' if material else ''}", rows=one.asked.rows, hint=hint,
    )  # fmt: skip


def listed_stages(stages: set[str]) -> str:
    """Stages in the order of the chain."""
    order = {stage: place for place, stage in enumerate(STAGES)}
    return some(sorted(stages, key=lambda stage: (order.get(stage, len(order)), stage)))


def _elsewhere(material: str, stage: str) -> str:
    """Where the map has a material at a stage."""
    if not material:
        return ""
    codes = {row.code for row in codes_of(material) if row.stage == stage and row.nomenclature == LATEST}
    return (
        f"The map has {stage} of {name_of(material)} in {some(sorted(codes - {''}))}." if codes - {""} else ""
    )


def missing(material: str, where: str) -> Iterator[Finding]:
    """A material that no six-digit code is about alone.

    >>> [one.rule for one in missing("yttrium", "typed")], list(missing("lithium", "typed"))
    (['code-missing'], [])
    """
    rows = [row for row in codes_of(material) if row.nomenclature == LATEST]
    if any(row.code and (row.share_low or 0) >= _ALONE for row in rows):
        return
    inside = sorted({row.code for row in rows if row.code})
    without = dict.fromkeys(row.form for row in rows if row.known == "no-code" and row.form not in _WHOLE)
    told = [f"only inside {some(inside)}" if inside else "in no code"]
    if without:
        told.append(f"no code for: {some(without)}")
    yield finding(
        "code-missing", name_of(material), where=where, found="; ".join(told), expected="a code of its own"
    )


def successors_told(one: Facts) -> tuple[str, str]:
    """What took over when the number ended, and what has by now, as the table has them."""
    return ("; ".join(one.ended.codes), "; ".join(now(one))) if one.ended else ("", "")
