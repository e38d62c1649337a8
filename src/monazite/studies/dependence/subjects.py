"""Which rows to show: the balance items of each material asked for, and whose figures they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.materials import listed, material, materials, members
from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.minerals import STAGES
from monazite.studies.dependence.figures import Balance, balances, items
from monazite.studies.dependence.row import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.codes.materials import Material

Row = dict[str, Any]
EVERYTHING = "all"


def chosen(names: Sequence[str]) -> tuple[Material, ...]:
    """Materials asked for, groups opened, each once; none means the 2025 list, ``all`` everything.

    Raises
    ------
    UnknownCodeError
        If a name is known to no list; the message suggests the nearest.
    """
    if not names:
        return listed(2025)
    if any(name.strip().casefold() == EVERYTHING for name in names):
        return tuple(held for held in materials() if held.kind != "group" or _items(held))
    asked = [held for name in names for held in _opened(material(name))]
    return tuple(dict.fromkeys(asked))


def _opened(asked: Material) -> tuple[Material, ...]:
    """A material, or a group with its members."""
    return (asked, *members(asked)) if asked.kind == "group" else (asked,)


def _items(asked: Material) -> list[Row]:
    """Balance items of a material, the headline one first."""
    own = [item for item in items().values() if item["material"] == asked.id]
    return sorted(own, key=lambda item: (not item["headline"], item["item"]))


def subjects(asked: Sequence[Material], as_of: str) -> list[Subject]:
    """What each row is about, in the order asked for; a listed material never goes without a row."""
    found = [subject for held in asked for subject in _subjects(held, as_of)]
    if not found:
        names = ", ".join(held.name for held in asked)
        raise UsageError(f"{as_of} holds nothing on {names}; it is a group without figures of its own.")
    return found


def at_stages(about: list[Subject], stages: tuple[str, ...]) -> list[Subject]:
    """Only the subjects at some stages of the chain; all of them if none is named.

    Raises
    ------
    UnknownCodeError
        If a stage is not known.
    UsageError
        If no subject is at any of them.
    """
    for asked in stages:
        if asked not in STAGES:
            raise UnknownCodeError("stage", asked, STAGES)
    kept = [subject for subject in about if not stages or subject.item["stage"] in stages]
    if not kept:
        held = ", ".join(dict.fromkeys(subject.item["stage"] for subject in about if subject.item["stage"]))
        raise UsageError(f"no row at the stage {' or '.join(stages)}; there are {held}.")
    return kept


def _subjects(asked: Material, as_of: str) -> list[Subject]:
    """Rows of one material: one an item, or one that says why there is none."""
    own = [item for item in _items(asked) if (as_of, item["item"]) in balances()]
    if not own:
        if asked.kind == "group":
            return []
        own = _items(asked)[:1] or [_no_item(asked)]
    group_id, group = _group(asked, as_of)
    return [_subject(asked, item, as_of, group_id, group) for item in own]


def _subject(asked: Material, item: Row, as_of: str, group_id: str, group: Balance | None) -> Subject:
    """One subject, shown with its group's figure where it has none of its own."""
    balance = balances().get((as_of, item["item"])) or Balance(item["item"], as_of)
    if balance.terms["net-import-reliance"] or group is None:
        return Subject(asked, item, balance)
    return Subject(asked, item, balance, group, group_id)


def _group(asked: Material, as_of: str) -> tuple[str, Balance | None]:
    """The nearest group that has a figure in the edition, with that figure's balance."""
    if not asked.group_figure:
        return "", None
    group_id = asked.group
    while group_id:
        for item in _items(material(group_id)):
            balance = balances().get((as_of, item["item"]))
            if balance and item["headline"] and balance.terms["net-import-reliance"]:
                return group_id, balance
        group_id = material(group_id).group
    return "", None


def _no_item(asked: Material) -> Row:
    """The item of a material no edition defines a balance for."""
    blank = {"stage": "", "form": "", "figure_2": None, "headline": True, "identity": None, "caveat": None}
    rules = {"consumption_basis": "none", "stock_rule": "none", "trade_rule": "none"}
    return {"item": asked.id, "material": asked.id, **blank, **rules}
