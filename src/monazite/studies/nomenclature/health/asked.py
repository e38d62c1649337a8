"""Which codes are asked about: those typed, those of a file's column, those of a material."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError, UnknownCodeError, UsageError
from monazite.sources.own.cells import plain
from monazite.sources.own.grids import Columnar, grids
from monazite.sources.own.mapping import Form
from monazite.store import parquet
from monazite.store.engine import name
from monazite.studies.nomenclature.health.holds import LATEST, codes_holding
from monazite.studies.nomenclature.names import every

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monazite.sources.own.grids import Grid

CODE_NAMES = (
    "code", "hs", "hs6", "hs_code", "hscode", "hs code", "hts", "hts10", "hts_code", "hts code", "htsno",
    "hts number", "schedule b", "cmdcode", "commodity", "commodity code", "commodity_code", "product_code",
    "product code", "subheading", "i_commodity", "k",
)  # fmt: skip
"""Names of the column that holds the code, without capitals; the first that a header holds is taken."""
MATERIAL_NAMES = ("material", "mineral", "element")
STAGE_NAMES = ("stage", "form")
_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".parquet")
_SEARCHED = 60
_LINE = ", line "
_NAMED = 20
"""Cells without a code whose places are named before the rest is counted."""
HARMONIZED = "HS"
_MAP_OF = {HARMONIZED: LATEST, "HTS": "HTS2025"}
"""The edition that the materials map has of a nomenclature."""


class Asked(NamedTuple):
    """A code as it was given, where, in how many rows, and what for: material and stage if that is said."""

    given: str
    where: str
    rows: int = 1
    material: str = ""
    stage: str = ""


def asked(
    items: Iterable[str], column: str | None = None, nomenclature: str | None = None
) -> tuple[Asked, ...]:
    """Every code asked about, each once for each material and stage, in the order they came.

    A material stands for its codes in ``nomenclature``. Cells without a code are counted in one line.

    Raises
    ------
    UsageError
        If a file is named that is not there, or a folder; if the map has not the nomenclature.
    SourceError
        If a file is no table, or has no column of codes.
    """
    found: dict[tuple[str, str, str], Asked] = {}
    blank: list[Asked] = []
    for item in items:
        for one in _from_file(Path(item), column) if _is_file(item) else _typed(item, nomenclature):
            if not one.given:
                blank.append(one)
                continue
            key = (one.given, one.material, one.stage)
            known = found.get(key)
            found[key] = one if known is None else known._replace(rows=known.rows + one.rows)
    return (*found.values(), *_counted(blank))


def _counted(blank: Sequence[Asked]) -> Iterator[Asked]:
    """Cells without a code as one line, with their places."""
    if blank:
        lines: dict[str, list[str]] = {}
        for one in blank[:_NAMED]:
            file, _, line = one.where.rpartition(_LINE)
            lines.setdefault(file or one.where, []).extend([line] if file else [])
        told = "; ".join(_placed(file, at) for file, at in lines.items())
        more = len(blank) - _NAMED
        yield Asked("", f"{told} and {more:,} more" if more > 0 else told, sum(one.rows for one in blank))


def _placed(file: str, lines: Sequence[str]) -> str:
    """A file and its lines; of a Parquet file there are none."""
    if not lines:
        return file
    return f"{file}, line{'s' * (len(lines) > 1)} {', '.join(lines)}"


def _is_file(item: str) -> bool:
    """Whether an item names a file; one that is not there is refused, and so is a folder."""
    named = item.casefold().endswith(_ENDINGS)
    if (named or not _is_said(item)) and Path(item).is_dir():
        raise UsageError(f"{item} is a folder; give a file with a column of codes, or codes.")
    if named and not Path(item).is_file():
        raise UsageError(f"no file {item}; give a file with a column of codes, or codes.")
    return named


def _is_said(item: str) -> bool:
    """Whether an item is a code or a material, whatever folder is called so."""
    if not item.strip(" .0123456789"):
        return bool(item.strip(" ."))
    with suppress(UnknownCodeError):
        return bool(every(item))
    return False


def _typed(item: str, nomenclature: str | None) -> Iterator[Asked]:
    """What is typed: a code, or a material or group, which stands for its codes."""
    if any(letter.isdigit() for letter in item):
        yield Asked(item, "typed")
        return
    try:
        meant = every(item)
    except UnknownCodeError:
        yield Asked(item, "typed")
        return
    alone = meant[0] if len(meant) == 1 else ""
    for code in sorted({code for one in meant for code in codes_of_material(one, nomenclature)}):
        yield Asked(code, item, material=alone)


def codes_of_material(material: str, nomenclature: str | None = None) -> tuple[str, ...]:
    """The codes of a material in a nomenclature, in their order; by default those of six digits.

    >>> codes_of_material("lithium_ion_batteries")
    ('850760',)
    """
    return codes_holding(_MAP_OF.get(nomenclature or HARMONIZED, nomenclature or LATEST), material)


def _from_file(path: Path, column: str | None) -> Iterator[Asked]:
    """Codes of the first table of a file that has a column of them."""
    refused: SourceError | None = None
    for grid in grids(path, path.name, Form()):
        try:
            yield from _from_columns(grid, column) if isinstance(grid, Columnar) else _from_grid(grid, column)
        except SourceError as error:
            refused = refused or error
        else:
            return
    if refused:
        raise refused


def _from_grid(grid: Grid, column: str | None) -> Iterator[Asked]:
    """Codes of a table; a list of one column needs no header."""
    line, places = _header(grid, column)
    for number, cells in grid.rows():
        if number <= line or not any(cell is not None and plain(cell) for cell in cells):
            continue
        code, material, stage = (plain(cells[at]) if 0 <= at < len(cells) else "" for at in places)
        yield Asked(code, f"{grid.file}{_LINE}{number}", 1, material, stage)


def _from_columns(grid: Columnar, column: str | None) -> Iterator[Asked]:
    """Codes of a Parquet file, which may have millions of rows; the engine finds the few that differ."""
    _, places = _header(grid, column)
    chosen = [name(grid.names[at]) if at >= 0 else "''" for at in places]
    texts = ", ".join(f"trim(CAST({one} AS VARCHAR)) AS c{at}" for at, one in enumerate(chosen))
    counted = f"SELECT {texts}, count(*) AS rows FROM given GROUP BY ALL ORDER BY ALL"
    for row in parquet.select({"given": grid.path}, counted):
        code, material, stage, rows = row.values()
        yield Asked(code or "", grid.file, rows, material or "", stage or "")


def _header(grid: Grid, column: str | None) -> tuple[int, tuple[int, int, int]]:
    """The line of the header and the places of code, material and stage; -1 where there is none."""
    searched = 1 if isinstance(grid, Columnar) else _SEARCHED
    top = list(islice(grid.rows(), searched))
    wanted = (column.casefold(),) if column else CODE_NAMES
    for line, cells in top:
        names = [plain(cell).casefold() for cell in cells]
        code = _place(names, wanted)
        if code >= 0:
            return line, (code, _place(names, MATERIAL_NAMES), _place(names, STAGE_NAMES))
    if column is None and all(len(cells) <= 1 for _, cells in top):
        return 0, (0, -1, -1)
    there = ", ".join(filter(None, (plain(cell) for cell in top[0][1]))) if top else "nothing"
    expected = f"a column {column}" if column else "a column of codes, named such as code, hs6 or hts"
    raise SourceError(grid.file, found=there, expected=expected, hint="Name the column with --column")


def _place(names: Sequence[str], wanted: Iterable[str]) -> int:
    """The place of the first wanted name that a header holds."""
    return next((names.index(one) for one in wanted if one in names), -1)
