"""What is wrong with a table of results: told, never repaired."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from monazite.schema.findings import finding
from monazite.studies.eu_list.entries import GROUPS, bare, entry_of
from monazite.studies.eu_list.reading import NEEDED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.findings import Finding
    from monazite.studies.eu_list.reading import Result

DUE = ("SR", "EI", "SI_EI", "SI_SR", "EoL_RIR")
"""Columns that every material fills; a group has no indices of substitution of its own."""
RELIANCE = {"E": "IR_primary", "P": "IR_refined"}
"""Import reliance at the stage that the supply risk is of."""


def defects(rows: tuple[Result, ...], file: str) -> list[Finding]:
    """Cells that cannot be, blanks others fill, materials that stand twice, rows that repeat another."""
    told = [
        finding(rule, row.material, where=f"{file}, line {row.line}, column {column}", found=found,
                expected="a figure of that column")
        for row in rows for column, found, rule in row.wrong
    ]  # fmt: skip
    told += _blanks(rows, file)
    counts = Counter(bare(row.material) for row in rows)
    for row in rows:
        if (times := counts[bare(row.material)]) > 1:
            told.append(finding("key-duplicated", row.material, where=f"{file}, line {row.line}",
                                found=f"the material stands in {times} rows", expected="one row",
                                hint="Take one of the rows out; look up which is the study's."))  # fmt: skip
    return [*told, *_repeated(rows, file)]


def _blanks(rows: tuple[Result, ...], file: str) -> Iterable[Finding]:
    """Cells left blank in a column that others fill."""
    filled = {column for row in rows for column, value in row.figures.items() if value is not None}
    for row in rows:
        wrong = {column for column, _, _ in row.wrong}
        is_group = bare(row.material) in map(str.casefold, GROUPS)
        due = [column for column in DUE if not (is_group and column.startswith("SI"))]
        for column in (*due, RELIANCE.get(row.stage, "")):
            blank = column in row.figures and row.figures[column] is None and column not in wrong
            if blank and "material" not in wrong and (column in filled or column in NEEDED):
                yield finding("value-unreadable", row.material,
                              where=f"{file}, line {row.line}, column {column}", found="blank",
                              expected="a figure, as others have",
                              hint="Look the figure up in the study; a blank is not zero.")  # fmt: skip


def _repeated(rows: tuple[Result, ...], file: str) -> Iterable[Finding]:
    """Rows of another name with the same figures in every column; members of one group may be alike."""
    seen: dict[tuple[float | None, ...], Result] = {}
    for row in rows:
        figures = tuple(row.figures.values())
        first = seen.setdefault(figures, row)
        known = sum(figure is not None for figure in figures)
        apart = entry_of(row.material).casefold() != entry_of(first.material).casefold()
        if first is not row and known > len(("SR", "EI")) and apart:
            told = f"the figures of {first.material}, line {first.line}"
            yield finding("record-repeated", row.material, where=f"{file}, line {row.line}", found=told,
                          expected="figures of its own",
                          hint="If both are names of one material, count one entry.")  # fmt: skip
