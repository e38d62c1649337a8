"""Which rows a chart draws: a group's figure once, however many members show it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from monazite.codes.materials import materials
from monazite.results.words import item_name, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.results.frame import Row
    from monazite.results.result import Result

# What the tonnes are of: needed beside a figure, too much for a label.
CONTENT = re.compile(r", [^,]* (content|equivalent)$")


def subjects(result: Result, *drawn: str) -> list[Row]:
    """Rows to draw, in the result's order, each with a ``label``.

    Members of a group that agree in everything ``drawn`` become one row under the group's name.
    """
    alike = [(row["group_value"], *(row[name] for name in drawn)) for row in result.table]
    members, stages = Counter(alike), Counter(row["material"] for row in result.table)
    kept: dict[tuple[object, ...], Row] = {}
    for row, key in zip(result.table, alike, strict=True):
        own = key if row["group_value"] else (row["item"], row["material"])
        kept.setdefault(own, {**row, "label": label(row, members[key], stages[row["material"]])})
    return unlike(list(kept.values()))


def label(row: Row, members: int, stages: int) -> str:
    """What a chart calls the row: its group, its material, or its stage where there are several."""
    if row["group_value"] and members > 1:
        return f"{sentence(group_name(row['group_value']))} ({members} materials)"
    return CONTENT.sub("", item_name(row)) if stages > 1 else sentence(row["name"])


def group_name(group: str) -> str:
    """The name of a group of materials, from its id.

    >>> group_name("rare_earths_heavy")
    'heavy rare earths'
    """
    return next((material.name for material in materials() if material.id == group), group)


def lacking(result: Result, lacks: Callable[[Row], bool]) -> list[str]:
    """Rows that a chart cannot draw, each by its own name as it stands inside a sentence."""
    stages = Counter(row["material"] for row in result.table)
    return [within(label(row, 1, stages[row["material"]])) for row in result.table if lacks(row)]


def within(label: str) -> str:
    """A label as it stands inside a sentence that lists several.

    >>> within("Zinc, ores and concentrates"), within("Refined zinc")
    ('zinc (ores and concentrates)', 'refined zinc')
    """
    name, comma, form = label.partition(", ")
    return name[:1].lower() + name[1:] + (f" ({form})" if comma else "")


def by_group(row: Row) -> bool:
    """Whether the import sources shown are those of the row's group: their heading does not name it."""
    if not row["group_value"] or not row["leading_source"]:
        return False
    return row["name"].casefold() not in (row["sources_form"] or "").casefold()


def unlike(rows: list[Row]) -> list[Row]:
    """The rows, with the item's id added to labels that would otherwise be equal."""
    count = Counter(row["label"] for row in rows)
    return [
        {**row, "label": f"{row['label']} [{row['item']}]"} if count[row["label"]] > 1 else row
        for row in rows
    ]
