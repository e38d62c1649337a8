"""The dependence table as a terminal shows it: what fits, the most important columns first."""

from __future__ import annotations

from collections import Counter
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monazite.codes.materials import material
from monazite.interfaces.cli.bars import bar
from monazite.results.files import printed
from monazite.results.reliance import known
from monazite.schema.findings import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rich.console import JustifyMethod, RenderableType

    from monazite.results.result import Result

    Row = Mapping[str, Any]

_GAP = 2
_SIGNS = (
    ("dollars per ", "$/"),
    ("cents per ", "¢/"),
    ("kilogram", "kg"),
    ("gram", "g"),
    ("metric ton", "t"),
    ("troy ounce", "oz t"),
    ("pound", "lb"),
)
_STYLES = {"error": "bold red", "warning": "yellow", "note": ""}


def led(role: str, row: Row) -> str:
    """The leading country with its share in front, so that a long name loses letters, not figures."""
    name = row[f"{role}_name"]
    share = printed.share(row[f"{role}_low"], row[f"{role}_high"])
    return f"{share:>4} {name}" if name else ""


def hhi(row: Row) -> str:
    """Concentration of the sources of imports, or its bounds."""
    return printed.index(row["source_hhi_low"], row["source_hhi_high"])


def short_price(price: str) -> str:
    """A price with the units' usual signs.

    >>> short_price("480 cents per pound"), short_price("4.5 dollars per metric ton unit")
    ('480 ¢/lb', '4.5 $/t unit')
    """
    for word, sign in _SIGNS:
        price = price.replace(word, sign)
    return price


class Shown(NamedTuple):
    """A column of the terminal table.

    Where not all fit, those of high ``rank`` are left out first; an elastic one gives up
    letters before that, down to ``least``.
    """

    heading: str
    cell: Callable[[Row], Text | str]
    rank: int
    least: int = 0
    justify: JustifyMethod = "left"


COLUMNS = (
    Shown("Material (stage)", itemgetter("label"), 0, 21),
    Shown("Reliance", printed.reliance, 0, justify="right"),
    Shown("0 ─ 100%", lambda row: bar(row["reliance_low"], row["reliance_high"]), 3),
    Shown("Leading source", partial(led, "leading_source"), 1, 17),
    Shown("HHI", hhi, 4, justify="right"),
    Shown("World leader", partial(led, "world_leader"), 2, 17),
    Shown("Earlier edition", printed.revision, 5),
    Shown("Price", lambda row: short_price(printed.price(row)), 6, justify="right"),
)


def table_parts(result: Result, columns: int) -> list[RenderableType]:
    """What ``monazite assess`` prints: title, table, legend, reasons, summary."""
    rows = labelled(result.table)
    marks = _marks(rows)
    parts: list[RenderableType] = [Text(result.title, style="bold"), _table(rows, columns, marks), Text()]
    return [*parts, *_reasons(rows), *_world(rows), *_legend(rows, marks), _summary(result)]


def labelled(rows: Iterable[Row]) -> list[Row]:
    """The rows with what the first column calls them: material and stage, or the form it is told by."""
    every = list(rows)
    names = [name.replace("(intermediate)", "(interm.)") for name in printed.labels(every)]
    return [{**row, "label": name} for name, row in zip(names, every, strict=True)]


def _table(rows: Sequence[Row], columns: int, marks: Mapping[str, str]) -> Table:
    """One line per row."""
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, padding=(0, _GAP - 1, 0, 0), pad_edge=False, header_style="bold"
    )
    noted = Shown("", lambda row: _marked(row, marks), 0)
    every = (*COLUMNS, noted) if marks else COLUMNS
    widths = fitted(every, {one: _natural(one, rows) for one in every}, columns)
    for one, width in widths.items():
        table.add_column(one.heading, justify=one.justify, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        table.add_row(*(one.cell(row) for one in widths), style="" if known(row) else "dim")
    return table


def _natural(column: Shown, rows: Iterable[Row]) -> int:
    """How wide a column would be if nothing were in its way."""
    return max(len(column.heading), *(len(column.cell(row)) for row in rows))


def fitted(every: Sequence[Shown], natural: Mapping[Shown, int], columns: int) -> dict[Shown, int]:
    """The columns that fit, in order, and how wide each may be."""
    kept = list(every)
    widths = {one: min(natural[one], one.least or natural[one]) for one in kept}
    while _taken(kept, widths) > columns and any(one.rank for one in kept):
        kept.remove(max(kept, key=lambda one: one.rank))
    for one in kept:
        spare = max(columns - _taken(kept, widths), 0)
        widths[one] += min(natural[one] - widths[one], spare)
    return {one: widths[one] for one in kept}


def _taken(kept: Sequence[Shown], widths: Mapping[Shown, int]) -> int:
    """Columns of the terminal that a table takes, the gaps between its columns included."""
    return sum(widths[one] for one in kept) + _GAP * (len(kept) - 1)


def _marks(rows: Iterable[Row]) -> dict[str, str]:
    """A letter for each rule that marks a row, in the order the rules are declared in."""
    present = {name for row in rows for name in printed.rules(row)}
    ordered = [rule.id for rule in RULES if rule.id in present]
    return dict(zip(ordered, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=False))


def _marked(row: Row, marks: Mapping[str, str]) -> Text:
    """The letters of a row's findings; warnings stand out."""
    severities = {rule.id: rule.severity for rule in RULES}
    letters = [
        (letter, _STYLES[severities[name]]) for name, letter in marks.items() if name in printed.rules(row)
    ]
    return Text.assemble(*letters)


def _legend(rows: Iterable[Row], marks: Mapping[str, str]) -> list[RenderableType]:
    """What each letter means, and how many rows carry it."""
    counted = Counter(name for row in rows for name in set(printed.rules(row)))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True, style="dim")
    grid.add_column()
    for rule in RULES:
        if rule.id in marks:
            style = _STYLES[rule.severity]
            grid.add_row(Text(f"{marks[rule.id]} {rule.id}", style), f"{counted[rule.id]}×", rule.meaning)
    return [Padding(grid, (0, 0, 1, 0))] if marks else []


def _reasons(rows: Iterable[Row]) -> list[RenderableType]:
    """Why a row has no figure, or whose figure it shows: each reason once."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row["reason"]:
            by_reason.setdefault(_shared(row), []).append(row["label"])
    grid = Table.grid(padding=(0, 1))
    for reason, names in by_reason.items():
        grid.add_row(Text.assemble((", ".join(names), "bold"), f": {reason}"))
    return [Padding(grid, (0, 0, 1, 0))] if by_reason else []


def _world(rows: Sequence[Row]) -> list[RenderableType]:
    """What the leading producers lead in: mostly mining, also where the row is about refined metal."""
    kinds: dict[str, list[str]] = {}
    for row in rows:
        if row["world_leader"]:
            kinds.setdefault(printed.produced(row), []).append(row["label"])
    if not kinds:
        return []
    (most, _), *others = sorted(kinds.items(), key=lambda pair: -len(pair[1]))
    told = "; ".join(f"{kind} for {', '.join(names)}" for kind, names in others)
    apart = [row["label"] for row in rows if printed.without_home(row)]
    withheld = f" Withheld United States output is left out for {', '.join(apart)}." if apart else ""
    besides = f"; {told}" if told else ""
    text = Text.assemble(("World leader", "bold"), f": share of {most}{besides}.{withheld}")
    return [Padding(text, (0, 0, 1, 0))]


def _shared(row: Row) -> str:
    """Why a row has no figure; for a group's figure, the same words for every member."""
    if not row["group_value"]:
        return str(row["reason"])
    return f"The figure is published for {material(row['group_value']).name} as a whole."


def _summary(result: Result) -> RenderableType:
    """The headline figures, where the figures come from, and what to do next."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", style="bold", no_wrap=True)
    grid.add_column()
    for one in result.headlines:
        grid.add_row(one.value, Text.assemble(one.label, (f"  {one.detail}" if one.detail else "", "dim")))
    sources = "; ".join(f"{one.publisher}, {one.title}, doi {one.doi}" for one in result.sources)
    grid.add_row("", Text(f"Source: {sources}.", style="dim"))
    return grid
