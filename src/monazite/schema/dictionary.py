"""The data dictionary page, written from the declarations: ``python -m monazite.schema.dictionary``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from monazite.schema import (
    audit,
    baskets,
    catalogue,
    code_health,
    code_search,
    compare,
    conversion,
    dependence,
    eu_list,
    exposure,
    geopolrisk,
    group_imports,
    indicators,
    input_output,
    material_map,
    measure,
    minerals,
    nomenclature,
    reform,
    risk,
    status,
    store,
    stress,
    trace,
    world_trade,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.columns import Column
    from monazite.schema.tables import Rule, Table

SHIPPED = (
    *minerals.TABLES,
    *nomenclature.TABLES,
    *world_trade.TABLES,
    *input_output.TABLES,
    indicators.INDICATOR,
    indicators.CODE,
)
TABLES = (
    *SHIPPED,
    *dependence.TABLES,
    *risk.TABLES,
    *compare.TABLES,
    *eu_list.TABLES,
    *exposure.TABLES,
    *trace.TABLES,
    *stress.TABLES,
    *geopolrisk.TABLES,
    *measure.TABLES,
    *audit.TABLES,
    *group_imports.TABLES,
    *material_map.TABLES,
    *baskets.TABLES,
    *code_search.TABLES,
    *code_health.TABLES,
    *conversion.TABLES,
    *reform.TABLES,
    *(table for table in catalogue.TABLES if table.name not in {one.name for one in SHIPPED}),
    *store.TABLES,
)
TITLE = """\
# Data dictionary

Every table and column, written from the declarations in `monazite.schema` by
`python -m monazite.schema.dictionary > docs/data-dictionary.md`; a test holds this page to them.

The first tables are shipped inside the package; those whose name begins with `dependence` or `audit` are
the answers of the studies. Then come the other core tables, which the [store](store.md) fills from what you
load (it also keeps `mineral_statistic`, `import_source`, `snapshot` and `finding`, the last with the snapshot
it was made in), and what the commands of the store print. A **key** column is part of the name of a row;
neither a key column nor a **required** one is ever empty. A unit in `<angle brackets>` stands in the column
of that name. Unit `1` is a share or a ratio: 0.67 is 67 percent.
"""
STATUS_TITLE = """\
## Observation status

Why a figure is what it is, or why there is none. SDMX is the code in the SDMX list of observation statuses,
`CL_OBS_STATUS` 2.2, where it has one.

| status | SDMX | meaning |
| --- | --- | --- |
"""
COLUMN_HEAD = """\
| column | type | unit | basis | may be empty | codes | meaning |
| --- | --- | --- | --- | --- | --- | --- |
"""


def dictionary_page(tables: Iterable[Table]) -> str:
    """The page as Markdown: one section a table, then the list of observation statuses.

    >>> dictionary_page([minerals.SNAPSHOT]).splitlines()[0]
    '# Data dictionary'
    """
    statuses = "".join(
        f"| `{each.id}` | {each.sdmx or '–'} | {_cell(each.meaning)} |\n" for each in status.STATUSES
    )
    return "\n".join([TITLE, *map(_section, tables), STATUS_TITLE + statuses])


def _section(table: Table) -> str:
    """One table: what it holds, its key, its columns, and the rules its rows keep."""
    key = ", ".join(f"`{name}`" for name in table.key)
    columns = "".join(map(_line, table.columns))
    rules = "".join(map(_rule, table.rules))
    kept = f"\nEvery row keeps these rules:\n\n{rules}" if rules else ""
    doubts = "".join(map(_rule, table.doubts))
    kept += f"\nRows that do not have these are kept, and counted in a finding:\n\n{doubts}" if doubts else ""
    return f"## {table.name}\n\n{table.meaning}\n\nKey: {key}.\n\n{COLUMN_HEAD}{columns}{kept}"


def _line(column: Column) -> str:
    """One column as a row of the page."""
    unit = f"`{column.unit}`" if column.unit else ""
    empty = "key" if column.key else ("yes" if column.nullable else "required")
    cells = (f"`{column.name}`", column.type, unit, column.basis, empty, _codes(column), _meaning(column))
    return f"| {' | '.join(cells)} |\n"


def _codes(column: Column) -> str:
    """The values a column may take; the statuses are listed once, at the end of the page."""
    if column.codes == status.CODES:
        return "[status](#observation-status)"
    return ", ".join(f"`{code}`" if code else "empty" for code in column.codes)


def _meaning(column: Column) -> str:
    """What a column means, with the bounds of its numbers."""
    if column.low is not None and column.high is not None:
        return f"{_cell(column.meaning)} {column.low:g} to {column.high:g}."
    if column.low is not None:
        return f"{_cell(column.meaning)} At least {column.low:g}."
    return _cell(column.meaning) + (f" At most {column.high:g}." if column.high is not None else "")


def _rule(rule: Rule) -> str:
    """One rule that rows keep."""
    return f"* `{rule.name}`: {_cell(rule.meaning)}.\n"


def _cell(text: str) -> str:
    """Text that stays inside its cell and is read as text."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    sys.stdout.write(dictionary_page(TABLES))
