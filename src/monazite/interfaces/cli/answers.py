"""An answer put where it is wanted: drawn on a terminal, in a file, and as a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.interfaces.cli import options
from monazite.interfaces.cli.terminal import drawn, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from monazite.results.result import Result

FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "md", "html")


def deliver(  # noqa: PLR0913 - an answer and where it goes, by name
    result: Result,
    parts: Callable[[], Iterable[RenderableType]],
    kind: str,
    *,
    output: str | None,
    report: str | None = None,
    color: bool | None,
) -> None:
    """Draw the parts, or write the answer in the form asked for; then the report."""
    if kind == "table":
        data = drawn(list(parts()), color=options.color_for(color, output))
    else:
        from monazite.results.files import render  # noqa: PLC0415 - a table needs no writers

        data = render(result, kind)
    options.deliver(data, kind, output)
    if report:
        from monazite.results.files import render  # noqa: PLC0415 - as above

        with progress("drawing the report"):
            page = render(result, "html")
        options.deliver(page, "html", report, told="report:")
