"""A mapping proposed from a file's header and content, saying of each line how sure it is and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.errors import UsageError
from monazite.sources.own import kinds
from monazite.sources.own.suggesting import pages
from monazite.sources.own.suggesting.contents import Judge
from monazite.sources.own.suggesting.drafts import draft, writing
from monazite.sources.own.suggesting.lines import doubtful, proposed
from monazite.sources.own.suggesting.pages import Proposed
from monazite.sources.own.suggesting.samples import look

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.schema.tables import Table

__all__ = ["Proposed", "Suggestion", "suggest"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed mapping: the table, its lines, what a load still needs, and the file to save."""

    table: Table
    columns: tuple[Proposed, ...]
    lacking: tuple[str, ...]
    yaml: str


def suggest(path: Path, table: Table | None = None) -> Suggestion:
    """Propose a mapping for a file, for one table or for the one that suits it best.

    Raises
    ------
    SourceError
        If the file is no table.
    UsageError
        If no mapping can fill the table.
    """
    if table is not None and table.name not in kinds.TARGETS:
        raise UsageError(f"no mapping fills {table.name}; tables: {', '.join(kinds.TARGETS)}.")
    tables = (table,) if table else tuple(kinds.TARGETS.values())
    found = look(path, [each.name for each in tables])
    numbers = writing(found)
    judge = Judge(numbers.likely)
    best = max((draft(found, each, judge) for each in tables), key=lambda each: each.score)
    lines, below = proposed(found, best), doubtful(found, best)
    why = "as you asked" if table else "the table that suits the file best; --table names another"
    top, form = pages.top(path, found, best.table.name, why), pages.form(found, numbers.certain)
    text = pages.page(top, form, lines, below, best.lacking)
    return Suggestion(best.table, tuple(each.told for each in (*lines, *below)), best.lacking, text)
