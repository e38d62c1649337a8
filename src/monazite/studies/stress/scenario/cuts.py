"""The cuts of a scenario file, read with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from monazite.sources.own.outline import Series, choice, what, wrong
from monazite.studies.stress.scenario import names
from monazite.studies.stress.scenario.amounts import MONTHS, PRICE, SHARE, amount, whole
from monazite.studies.stress.scenario.value import KINDS, LONGEST, STAGES, Cut, certain

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.schema.judgement import Judgement
    from monazite.sources.own.outline import Node, Place, Word
    from monazite.studies.stress.scenario.problems import Problems
    from monazite.studies.stress.scenario.value import Kind, Stage

KEYS = ("materials", "stages", "countries", "against", "kind", "depth", "start_month", "months", "leakage",
        "rate", "floor")  # fmt: skip
"""What a cut may say, in the order in which it is written."""
MOST = 200
"""Cuts one file may hold."""
STEEPEST = 10.0
"""Highest rate of a tariff: ten times the price."""

Places = dict[str, "Place"]
Placed = tuple[Cut, Places]


def cuts_of(node: Node, problems: Problems) -> tuple[Placed, ...]:
    """Every cut that could be read, with the places of what it says; under ``""``, of itself.

    Raises
    ------
    UsageError
        If there is none, or more than anybody writes.
    """
    if not isinstance(node, Series):
        raise wrong(node.place, what(node), "a list: each cut begins with a dash")
    if not 0 < len(node.items) <= MOST:
        raise wrong(node.place, f"{len(node.items)} cuts", f"1 to {MOST}: a scenario without a cut is none")
    read = (_cut(one, problems) for one in node.items)
    return tuple(one for one in read if one is not None)


def _cut(node: Node, problems: Problems) -> Placed | None:
    """One cut; none if what it must say is missing or unreadable."""
    given = problems.keys(node, KEYS, ("materials", "countries"))
    read: dict[str, Any] = {}
    for key, value in given.items():
        read[key] = problems.attempt(lambda key=key, value=value: _READERS[key](value), None)  # type: ignore[misc]
    kind = read.get("kind") or "ban"
    if "depth" not in given and kind in ("quota", "licence"):
        problems.add(wrong(node.place, f"a {kind} without a depth", "depth: the share removed"))
    if read.get("materials") is None or read.get("countries") is None:
        return None
    read = {key: value for key, value in read.items() if value is not None}
    cut = Cut(**({"depth": default_depth(kind)} | read))
    return cut, {key: value.place for key, value in given.items()} | {"": node.place}


def default_depth(kind: str) -> Judgement:
    """Share a measure removes that says no depth: all for a ban, none for what only changes the price."""
    return certain(0.0, SHARE) if kind in ("tariff", "floor") else certain(1.0, SHARE)


def stage(said: Word) -> tuple[Stage, ...]:
    """One stage of a chain.

    Raises
    ------
    UsageError
        If it is none.
    """
    return (cast("Stage", choice(said, STAGES)),)


def _stages(node: Node) -> tuple[str, ...]:
    return () if isinstance(node, Series) and not node.items else names.several(node, stage)


def _against(node: Node) -> tuple[str, ...]:
    everybody = isinstance(node, Series) and not node.items
    return () if everybody else names.several(node, names.country_ids)


_READERS: dict[str, Callable[[Node], Any]] = {
    "materials": lambda node: names.several(node, names.material_ids),
    "stages": _stages,
    "countries": lambda node: names.several(node, names.country_ids),
    "against": _against,
    "kind": lambda node: cast("Kind", choice(node, KINDS)),
    "depth": lambda node: amount(node, SHARE),
    "start_month": lambda node: whole(node, 0, LONGEST, "months after the start"),
    "months": lambda node: amount(node, MONTHS),
    "leakage": lambda node: amount(node, SHARE),
    "rate": lambda node: amount(node, SHARE, STEEPEST),
    "floor": lambda node: amount(node, PRICE),
}
