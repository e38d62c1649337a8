"""Amounts of a scenario, read from words with their places: numbers, judgements, dates, yes and no."""

from __future__ import annotations

import re
from datetime import date
from math import inf, isfinite
from typing import TYPE_CHECKING, TypeVar

from monazite.schema.judgement import Judgement
from monazite.schema.material_map import TAGS
from monazite.sources.own.outline import Entries, choice, entries, shown, word, wrong
from monazite.studies.stress.scenario.value import LONGEST, WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.sources.own.outline import Node

SHARE, MONTHS, PRICE = "1", "month", "USD/kg"
"""Units of the amounts of a scenario."""

_RANGES = {SHARE: (0.0, 1.0, "a share from 0 to 1, or 0% to 100%"), MONTHS: (0.0, LONGEST, "months"),
           PRICE: (0.0, inf, "USD per kg")}  # fmt: skip
_NUMBER = re.compile(r"([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?) ?(%?)", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SWITCH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_ENDS = ("low", "central", "high")

Value = TypeVar("Value")


def number(text: str) -> float | None:
    """The number a text is, percent as a share; none if it is no number.

    >>> number("0.5"), number("40%"), number("forty")
    (0.5, 0.4, None)
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    value = float(found[1]) / 100 if found[2] else float(found[1])
    return value if isfinite(value) else None


def amount(node: Node, unit: str, most: float | None = None) -> Judgement:
    """A number that is certain, or its low, central and high with source and tag.

    Raises
    ------
    UsageError
        If it is no number, outside the range of its unit, or the three are out of order.
    """
    if not isinstance(node, Entries):
        value = _bounded(node, unit, most)
        return Judgement(value, value, value, unit, *WRITTEN)
    given = entries(node, (*_ENDS, "source", "tag"))
    if missing := [end for end in _ENDS if end not in given]:
        raise wrong(node.place, f"no {missing[0]}", "low, central and high")
    low, central, high = (_bounded(given[end], unit, most) for end in _ENDS)
    if not low <= central <= high:
        raise wrong(node.place, f"low {low:g}, central {central:g}, high {high:g}", "them in this order")
    source = word(given["source"]).text if "source" in given else WRITTEN[0]
    tag = choice(given["tag"], TAGS) if "tag" in given else WRITTEN[1]
    return Judgement(low, central, high, unit, source, tag)


def _bounded(node: Node, unit: str, most: float | None) -> float:
    """One number within the range of its unit."""
    low, high, told = _RANGES[unit]
    high = high if most is None else most
    said = word(node)
    value = number(said.text)
    if value is None or not low <= value <= high or ("%" in said.text and unit != SHARE):
        if unit == MONTHS or most is not None:
            told = f"{'a share' if unit == SHARE else told} from {low:g} to {high:g}"
        raise wrong(
            said.place, shown(said.text), told if value is not None or unit == SHARE else f"a number: {told}"
        )
    return value


def whole(node: Node, low: int, high: int, told: str) -> int:
    """A whole number within bounds.

    Raises
    ------
    UsageError
        If it is none.
    """
    said = word(node)
    if not (_WHOLE.fullmatch(said.text) and said.text.isascii() and low <= int(said.text) <= high):
        raise wrong(said.place, shown(said.text), f"{told}, a whole number from {low} to {high}")
    return int(said.text)


def day(node: Node) -> str:
    """A day of the calendar, as ISO writes it.

    Raises
    ------
    UsageError
        If there is no such day.
    """
    said = word(node)
    try:
        return date.fromisoformat(said.text if _DAY.fullmatch(said.text) else "").isoformat()
    except ValueError as error:
        raise wrong(said.place, shown(said.text), "a day such as 2025-04-04") from error


def switch(node: Node) -> bool:
    """Yes or no.

    Raises
    ------
    UsageError
        If it is neither.
    """
    said = word(node)
    if said.text.casefold() not in _SWITCH:
        raise wrong(said.place, shown(said.text), "yes or no")
    return _SWITCH[said.text.casefold()]


def switch_or(node: Node, read: Callable[[Node], Value]) -> bool | Value:
    """Yes or no, or what ``read`` makes of it."""
    said = getattr(node, "text", "").casefold()
    return _SWITCH[said] if said in _SWITCH else read(node)
