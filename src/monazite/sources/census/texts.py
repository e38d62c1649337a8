"""First step of the SELECT: the columns that are read, as text, one row for each way of counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.sources.census.columns import BREAKDOWNS, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.census.columns import Arm
    from monazite.sources.census.sheet import Sheet

ROLES = ("value", "duty", "quantity", "quantity_2", "flag", "flag_2")
BLANK = "-"
"""What an empty flag becomes where the file has flags: it tells a true zero."""


def texts(sheet: Sheet) -> str:
    """The columns that are read, trimmed, empty ones null; ``arm`` numbers the ways of counting."""
    told = [f"{text(sheet, column)} AS {alias}" for alias, column in _aliases(sheet).items()]
    told += [
        f"{by_arm(sheet, [_played(sheet, arm, role) for arm in sheet.header.arms])} AS {role}"
        for role in ROLES
    ]
    told += [f"{_weighed(sheet, one)} AS {one.lower()}" for one in WEIGHTS]
    told += [f"{sheet.line} AS _line"]
    ways = ", ".join(f"({number})" for number in range(len(sheet.header.arms)))
    return f"SELECT arm, {', '.join(told)} FROM {sheet.relation} CROSS JOIN (VALUES {ways}) AS ways(arm)"


def _aliases(sheet: Sheet) -> dict[str, str]:
    """Columns that do not depend on the way of counting, by the name they are used under."""
    return {
        "goods": sheet.header.commodity,
        "goods_level": "COMM_LVL",
        "partner": sheet.partner,
        "unit_1": "UNIT_QY1",
        "unit_2": "UNIT_QY2",
        "origin": "DF",
        "stated": "TIME",
        "stated_year": "YEAR",
        "stated_month": "MONTH",
        **{name: column for column, name in BREAKDOWNS.items()},
    }


def text(sheet: Sheet, column: str) -> str:
    """One column, trimmed, null where it is empty or the file has none."""
    found = sheet.columns.get(column)
    return f"nullif(trim({found}), '')" if found else "NULL::VARCHAR"


def column(sheet: Sheet, arm: Arm, role: str) -> str:
    """Name of the column that plays a role in a way of counting."""
    stem = {
        "value": arm.value,
        "duty": arm.duty,
        "quantity": arm.quantity,
        "quantity_2": arm.quantity_2,
        "flag": arm.quantity,
        "flag_2": arm.quantity_2,
    }[role]
    return f"{stem}_{arm.span(sheet.columns)}" + ("_FLAG" if role.startswith("flag") else "")


def _played(sheet: Sheet, arm: Arm, role: str) -> str:
    """The text of the column that plays a role."""
    name = column(sheet, arm, role)
    found = text(sheet, name)
    return f"coalesce({found}, '{BLANK}')" if role.startswith("flag") and name in sheet.columns else found


def by_arm(sheet: Sheet, expressions: Sequence[str]) -> str:
    """One expression out of one for each way of counting."""
    if len(sheet.header.arms) == 1:
        return expressions[0]
    cases = " ".join(f"WHEN {number} THEN {one}" for number, one in enumerate(expressions))
    return f"CASE arm {cases} END"


def _weighed(sheet: Sheet, what: str) -> str:
    """A shipping weight, or the value of what was weighed: read only where no quantity is published."""
    counted = any(name.startswith("UNIT_") for name in sheet.columns)
    arms = [arm if arm.weighed and not counted else None for arm in sheet.header.arms]
    names = [f"{what}_{arm.span(sheet.columns)}" if arm else "" for arm in arms]
    return by_arm(sheet, [text(sheet, name) for name in names])
