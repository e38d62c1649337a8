"""Plain lists: a heading, then rows of short cells, numbers to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.interfaces.cli import options
from monazite.interfaces.cli.terminal import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from monazite.schema.tables import Table

FORMS = ("table", "csv", "json", "jsonl")


def listing(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    fold: Sequence[str] = (),
    plain: bool = False,
) -> RenderableType:
    """A list to draw; ``fold`` names the columns that give way in a narrow terminal.

    ``plain`` leaves numbers as they are (2024 may be a year) and lets every column give way.
    """
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - rich, only when it draws
    from rich.table import Table as Drawn  # noqa: PLC0415 - as above

    drawn_table = Drawn(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for place, heading in enumerate(headings):
        numbers = bool(rows) and all(isinstance(row[place], int | float | None) for row in rows)
        drawn_table.add_column(
            heading,
            justify="right" if numbers else "left",
            no_wrap=heading not in fold and not plain,
            overflow="fold" if heading in fold or plain else "ellipsis",
        )
    for row in rows:
        drawn_table.add_row(*(str(one) if plain and one is not None else cell(one) for one in row))
    return drawn_table


def cell(value: object) -> str:
    """One cell as text.

    >>> cell(1234567), cell(None), cell(0.25), cell(True)
    ('1,234,567', '–', '0.25', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)


def deliver(  # noqa: PLR0913 - a list and where it goes, by name
    parts: Sequence[RenderableType],
    table: Table,
    rows: Sequence[dict[str, Any]],
    *,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Draw the parts, or write the rows in the form asked for."""
    kind = options.form_for(form, output, FORMS)
    if kind == "table":
        data = drawn(list(parts), color=options.color_for(color, output))
    else:
        from monazite.results.files.forms import render_frame  # noqa: PLC0415 - help needs no writers
        from monazite.results.frame import Frame  # noqa: PLC0415 - as above

        whole = tuple({name: row.get(name) for name in table.names} for row in rows)
        data = render_frame(Frame(table, whole), kind)
    options.deliver(data, kind, output)
