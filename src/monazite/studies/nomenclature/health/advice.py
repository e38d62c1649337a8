"""What happened to a code and what to do, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import nearest as closest
from monazite.results.shown import dollars
from monazite.results.words import listed, sentence
from monazite.studies.nomenclature.health.changes import HS_TABLE, national, successors
from monazite.studies.nomenclature.health.facts import PLAIN
from monazite.studies.nomenclature.health.holds import LATEST
from monazite.studies.nomenclature.health.known import INTERNATIONAL, life, under
from monazite.studies.nomenclature.names import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.studies.nomenclature.health.changes import Change
    from monazite.studies.nomenclature.health.facts import Facts

MOST = 6
"""Codes or materials a sentence lists before it counts the rest."""


def advice(one: Facts, *, nearest: bool = True) -> str:
    """What happened to a code, and what to do; ``nearest`` codes are looked for where none is known.

    >>> from monazite.studies.nomenclature.health.asked import Asked
    >>> from monazite.studies.nomenclature.health.facts import facts
    >>> advice(facts(Asked("283691", "typed")))
    'The same goods in every edition at hand.'
    >>> advice(facts(Asked("8507.6", "typed")))[:60]
    'A decimal number: zeros before and after it may be lost; --r'
    >>> advice(facts(Asked("850760", "typed"), nomenclature="HS1992"))
    'Not in HS1992; in HS2012 to HS2022. Made in 2012 out of 850780.'
    """
    if one.life is None:
        return _unread(one, nearest=nearest)
    if one.later:
        return " ".join(filter(None, [_repaired(one), not_yet(one)]))
    told = [_repaired(one), _ended(one), _trade(one), _basket(one), _changed(one)]
    return " ".join(filter(None, told)) or "The same goods in every edition at hand."


def some(names: Iterable[str], joined: str = "and") -> str:
    """A few names, and how many more there are.

    >>> some("abcdefghi")
    'a, b, c, d, e, f and 3 more'
    """
    every_name = list(names)
    if len(every_name) > MOST:
        return f"{', '.join(every_name[:MOST])} and {len(every_name) - MOST} more"
    return listed(every_name, joined) if every_name else ""


def revised(change: Change, code: str) -> str:
    """A revision in a few words: its edition, and what it did to the code."""
    after = "" if not change.codes or change.codes == (code,) else f" into {some(change.codes)}"
    others = f" with {some(change.shared)}" if change.shared else ""
    return f"{change.after} {change.kind}{others}{after}"


def not_yet(one: Facts) -> str:
    """That the edition named has not the code, which ones have, and what its goods were under before."""
    editions = one.life.editions if one.life else ()
    span = " to ".join(dict.fromkeys((editions[0], editions[-1])))
    made = f" Made in {one.made.year} out of {some(one.made.shared)}." if one.made and one.made.shared else ""
    return f"Not in {one.nomenclature}; in {span}.{made}"


def now(one: Facts) -> tuple[str, ...]:
    """What the goods of a code that has ended are under in the latest edition."""
    ended = one.ended
    if ended is None or not ended.after.startswith("HS"):
        return ended.codes if ended else ()
    return successors(ended.before, one.code)


def _unread(one: Facts, *, nearest: bool) -> str:
    """Why a code cannot be looked up, and which may be meant."""
    if one.written.problem == "blank":
        return _blank(one)
    told = sentence(one.written.told or "not a code of this nomenclature")
    if one.written.repaired:
        return f"{told}; --repair reads it as {one.written.repaired}."
    digits = "".join(sign for sign in one.asked.given if sign.isdigit())
    parts = [
        f"{told}, or another slip: 0{digits} is no code."
        if one.written.problem == "shortened"
        else f"{told}."
    ]
    if len(digits) > INTERNATIONAL and (six := life("HS", digits[:INTERNATIONAL])):
        parts.append(f"Its first six digits, {digits[:6]}, are in force since {six.since or 1992} or before.")
    parts += [change.note for change in national(one.nomenclature, digits)]
    alike = under(one.nomenclature, digits[:4], len(digits)) if nearest and digits else ()
    if alike and (close := closest(digits, alike)):
        parts.append(f"Nearest: {', '.join(close)}.")
    return " ".join(parts)


def _blank(one: Facts) -> str:
    """How many cells hold no code, and in which rows."""
    rows = one.asked.rows
    return f"{rows} row{'s' * (rows != 1)} without a code: {one.asked.where}."


def _repaired(one: Facts) -> str:
    """How it was read, where it was not written as it should be or is in no tariff at hand."""
    if one.written.rule == "code-unknown":
        return f"No tariff at hand has {one.asked.given}; its first six digits, {one.code}, tell this."
    if one.written.problem in PLAIN:
        return f"{sentence(one.written.told)}, read as {one.code}."
    return f"Read as {one.code}: {one.written.told}." if one.written.problem else ""


def _ended(one: Facts) -> str:
    """When and how the number went, and what took over."""
    change, lived = one.ended, one.life
    if change is None:
        return f"Not in force since {lived.until + 1}." if lived and lived.until else ""
    others = f", with those of {some(change.shared)}," if change.shared else ""
    went = f"its goods went{others} into {some(change.codes)}"
    told = f"Not in force since {change.year} ({change.after}): {went}."
    today = now(one)
    if today != change.codes:
        told += f" By {LATEST} they are under {some(today)}."
    return f"{told} {change.note}".strip()


def _trade(one: Facts) -> str:
    """What its trade says."""
    if one.series is None or one.trade is None:
        return ""
    whose = f"{one.series.source}, {one.series.nomenclature}"
    if one.death:
        death = one.death
        empty = f", to nothing from {death.empty} on" if death.empty else ""
        least = dollars(one.trade.value[death.year])
        return (
            f"Its trade ({whose}) fell from {dollars(death.usual)} a year to {least} in {death.year}{empty}:"
            " a zero of later years is no zero."
        )
    if one.gone and one.traded == "lives":
        return f"Its trade lives on in {whose}: the source carries later records back to it."
    return f"Too little trade ({whose}) to tell whether it died." if one.traded == "too little" else ""


def _basket(one: Facts) -> str:
    """Which materials it holds, if it holds several."""
    if not one.holding.basket:
        return ""
    held = some(name_of(name) for name in one.holding.stages)
    return f"Holds {held}{'' if len(one.holding.stages) > 1 else ' and other goods'}: not about one alone."


def _changed(one: Facts) -> str:
    """The revisions it lived through, and the one that made it."""
    told = []
    if one.early and one.life:
        told.append(f"Not in force before {one.life.since}.")
    if one.made and one.made.source != HS_TABLE:
        told.append(_drawn(one.made))
    elif one.made and one.made.shared:
        told.append(f"Made in {one.made.year} out of {some(one.made.shared)}: a zero before is no zero.")
    elif one.life and one.life.since:
        told.append(f"New in {one.life.since}.")
    told += [_lived_through(change, one.code) for change in one.history if change is not one.ended]
    return " ".join(told)


def _drawn(made: Change) -> str:
    """How a reviewed change made a code, and how sure that is."""
    return f"{made.after[:-4]} {made.year}, {made.kind} from {some(made.shared)} [{made.tag}]. {made.note}"


def _lived_through(change: Change, code: str) -> str:
    """A revision that left a code in force."""
    if change.kind == "unit" or not change.codes:
        return f"In {change.year}: {change.note}"
    part = tuple(one for one in change.codes if one != code)
    did = [f"took in goods of {some(change.shared)}" if change.shared else ""]
    did.append(f"gave some to {some(part)}" if part else "")
    return f"In {change.year} it {listed(filter(None, did))}. {change.note}".strip()
