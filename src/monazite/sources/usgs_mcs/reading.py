"""What a reader of the Mineral Commodity Summaries produces, and its account of rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monazite.schema.findings import finding
from monazite.sources.usgs_mcs.marks import UNREADABLE, read_mark
from monazite.sources.usgs_mcs.units import unit

if TYPE_CHECKING:
    from monazite.schema.findings import Finding
    from monazite.sources.usgs_mcs.editions import Edition
    from monazite.sources.usgs_mcs.marks import Mark
    from monazite.sources.usgs_mcs.units import Unit

Row = dict[str, Any]
Doubt = tuple[str, str, str]
"""Rule of a finding, what was found, what was expected."""

LINES_SHOWN = 4
SIGNED = ("shipments", "net-import-reliance")


@dataclass(frozen=True, slots=True)
class Cell:
    """One published figure and where it stands."""

    chapter: str
    measure: str
    published: str
    unit_published: str
    file: str
    line: int
    column: str
    basis: str = ""
    estimated: bool = False


def _numeric(mark: Mark) -> bool:
    """Whether a mark says anything about the number."""
    return mark.low is not None or mark.high is not None


def _doubt_of_unit(cell: Cell, mark: Mark, ours: Unit | None) -> Doubt | None:
    """Why a cell's unit cannot be trusted: no number is taken without one."""
    if ours is None or (_numeric(mark) and not ours.unit):
        return "unit-mislabelled", f"unit {cell.unit_published!r}", "a known unit"
    return None


def _doubt(cell: Cell, mark: Mark) -> Doubt | None:
    """Why a cell cannot be trusted."""
    signed = cell.measure in SIGNED
    if mark.obs_status == "unreadable":
        rule = "sign-lost" if signed and _numeric(mark) else "value-unreadable"
        return rule, repr(cell.published), "a figure or a mark of the publication"
    if mark.obs_status == "net-exporter" and cell.measure != "net-import-reliance":
        return "value-unreadable", repr(cell.published), "a figure; only reliance can be E"
    if cell.measure == "price" and mark.value == 0:
        return "value-unreadable", "a price of 0", "a price; it is rounded away"
    if not signed and mark.low is not None and mark.low < 0:
        return "footnote-as-number", cell.published, "a figure of zero or more"
    return None


@dataclass(slots=True)
class Reading:
    """Rows and findings of one edition, with the account: cells in = rows out + cells explained."""

    edition: Edition
    snapshots: list[Row] = field(default_factory=list)
    statistics: list[Row] = field(default_factory=list)
    import_sources: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells_in: int = 0
    cells_explained: int = 0

    def tell(self, told: Finding) -> None:
        """Record a finding once, however many cells of a row lead to it."""
        if told not in self.findings[-8:]:
            self.findings.append(told)

    def explain(self, told: Finding) -> None:
        """Record cells that carry no figure; they leave no row, and the finding counts them."""
        self.cells_explained += told.rows
        self.findings.append(told)

    def figure(self, cell: Cell) -> Row:
        """Understand a cell: the value columns of a row, with findings for what is odd about it."""
        ours = unit(cell.unit_published)
        mark = self._mark(cell, ours)
        return {
            "value": mark.value,
            "low": mark.low,
            "high": mark.high,
            "low_open": mark.low_open,
            "high_open": mark.high_open,
            "unit": ours.unit if ours else "",
            "basis": cell.basis,
            "obs_status": mark.obs_status,
            "estimated": cell.estimated,
            "published": cell.published.strip(),
            "unit_published": cell.unit_published.strip(),
            "source": f"USGS, {self.edition.title}",
            "file": cell.file,
            "line": cell.line,
        }

    def _mark(self, cell: Cell, ours: Unit | None) -> Mark:
        """The cell's mark, with a finding where it cannot be trusted."""
        share = cell.measure in ("net-import-reliance", "import-share")
        factor = ours.factor if ours else Decimal(1)
        mark = read_mark(cell.published, factor, ceiling=1.0 if share else None)
        doubt = _doubt_of_unit(cell, mark, ours) or _doubt(cell, mark)
        if doubt is None:
            return mark
        rule, found, expected = doubt
        self._tell(rule, cell, found=found, expected=expected)
        return UNREADABLE if _numeric(mark) and rule != "sign-lost" else mark

    def _tell(self, rule: str, cell: Cell, *, found: str, expected: str) -> None:
        """Record a finding about one cell."""
        where = f"{cell.file}, line {cell.line}, column {cell.column}"
        self.tell(finding(rule, cell.chapter, where=where, found=found, expected=expected))

    def separate(self, rows: list[Row], names: dict[tuple[str, str], tuple[str, ...]]) -> None:
        """Give rows that share a key the names that tell them apart, and say so.

        ``names`` holds, by chapter and series, what the first, second, ... of them is; without a
        name they are numbered.
        """
        key = ("chapter", "section", "series", "country", "year")
        seen: Counter[tuple[Any, ...]] = Counter()
        told: dict[tuple[str, str], list[Row]] = {}
        repeated = {k for k, n in Counter(tuple(row[c] for c in key) for row in rows).items() if n > 1}
        for row in rows:
            place = tuple(row[c] for c in key)
            if place in repeated:
                told.setdefault((row["chapter"], row["series"]), []).append(row)
                seen[place] += 1
                known = names.get((row["chapter"], row["series"]), ())
                number = seen[place]
                row["series"] += f" ({known[number - 1] if number <= len(known) else number})"
        for (chapter, series), twins in told.items():
            self._tell_twins(chapter, series, twins)

    def _tell_twins(self, chapter: str, series: str, twins: list[Row]) -> None:
        """Record that rows share a key, and under which names they are kept."""
        lines = ", ".join(str(row["line"]) for row in twins[:LINES_SHOWN])
        kept = " and ".join(sorted({row["series"] for row in twins}))
        self.tell(
            finding(
                "key-duplicated",
                chapter,
                where=f"{twins[0]['file']}, lines {lines}{', ...' if len(twins) > LINES_SHOWN else ''}",
                found=f"{len(twins)} rows under {series!r}",
                expected=f"one row a year; kept as {kept}",
                rows=len(twins),
            )
        )
