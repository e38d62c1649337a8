"""What is odd about a whole sheet: quantities that are missing, codes that were shortened, empty months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.sources.census.judged import ZERO_BESIDE_VALUE, stated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.sources.census.partners import Partner
    from monazite.sources.census.sheet import Sheet
    from monazite.sources.source import Account

RESTORED = "The zero is restored: the level, or the odd number of digits, says that one is missing."
_COUNTED = "quantity_n IS NOT NULL AND coalesce(unit_1, '?') NOT IN ('X', '-')"
_ZERO = ZERO_BESIDE_VALUE.format(flag="flag", quantity="quantity")


def tell(sheet: Sheet, account: Account, found: Iterable[Partner]) -> None:
    """Record what one pass over a sheet finds; all of it is read, so a damaged file shows here.

    Raises
    ------
    SourceError
        If the engine cannot read the file.
    """
    (seen,) = sheet.rows(
        "SELECT count(*) AS rows,"
        f" count_if({_ZERO} AND {_COUNTED} AND unit_1 IS NOT NULL) AS zeros,"
        " count_if(code <> goods AND code <> 'TOTAL') AS shortened, min(goods) FILTER (code <> goods AND"
        " code <> 'TOTAL') AS short, count_if(state_1 = 'unreadable' OR state_2 = 'unreadable') AS marked,"
        " any_value(flag) FILTER (state_1 = 'unreadable') AS mark,"
        " count_if(quantity_n > 0 AND unit_1 IS NULL) AS unitless,"
        f" (SELECT count(*) FROM {sheet.relation}) AS lines FROM ({stated(sheet, found)})"
    )
    goods = sheet.header.commodity
    for rule, column, count, shown, expected, hint in (
        (
            "quantity-missing-as-zero",
            "quantity",
            "zeros",
            "a quantity of 0 beside a value",
            "a flag beside it",
            "",
        ),
        ("code-shortened", goods, "shortened", repr(seen["short"]), "a code of its level", RESTORED),
        (
            "value-unreadable",
            "quantity flag",
            "marked",
            f"the flag {seen['mark']!r}",
            "'M' or an empty flag",
            "",
        ),
        ("value-unreadable", "UNIT_QY1", "unitless", "quantities without a unit", "UNIT_QY1", ""),
    ):
        if seen[count]:
            where = f"{sheet.file}, column {column}"
            account.tell(
                rule, sheet.file, where=where, found=shown, expected=expected, rows=seen[count], hint=hint
            )
    if sheet.empty is not None:
        arms = len(sheet.header.arms)
        _tell_empty(sheet, account, (sheet.empty + seen["lines"]) * arms - seen["rows"])


def _tell_empty(sheet: Sheet, account: Account, count: int) -> None:
    """Record how many cells of a bulk file had trade this year and none this month."""
    if count:
        account.tell(
            "row-empty", sheet.file, where=sheet.file, found="cells without trade this month",
            expected="trade; the cell is listed for its year to date", rows=count,
        )  # fmt: skip
