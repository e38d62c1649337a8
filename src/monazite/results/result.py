"""The answer to a question: a table, its details, what was found, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monazite.results.words import edition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from monazite.results.frame import Frame
    from monazite.schema.findings import Finding


@dataclass(frozen=True, slots=True)
class Source:
    """A publication figures were read from."""

    as_of: str
    title: str
    publisher: str
    doi: str
    licence: str
    snapshots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure for the top of a page: what it is, its value as printed, and what stands behind it."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True)
class Result:
    """What every study returns and every door shows.

    ``table`` is the answer; ``details`` are the tables behind it, by name; ``findings`` stand
    beside the numbers wherever they are shown.
    """

    study: str
    question: str
    title: str
    table: Frame
    details: Mapping[str, Frame]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    headlines: tuple[Headline, ...]
    method: str
    parameters: Mapping[str, Any]
    version: str
    notes: tuple[str, ...] = field(default=())

    def __repr__(self) -> str:
        """What it answers and how much, not the figures themselves."""
        rows, told = len(self.table), len(self.findings)
        return f"<Result {self.study}: {self.title}, {rows} rows, {told} findings; see .table and .findings>"

    def cite(self) -> str:
        """How to cite this result: software, version, question, parameters, data with digests."""
        materials = ", ".join(self.parameters["materials"]) or "the 2025 list"
        data = "; ".join(
            f"{source.publisher}, {source.title}, https://doi.org/{source.doi}"
            f" (sha256 {', '.join(f'{digits}…' for digits in source.snapshots)})"
            for source in self.sources
        )
        asked = f"{materials}; {self.parameters['year']}; {edition(self.parameters['as_of'])}"
        return f"monazite {self.version}. {self.title} ({asked}). Data: {data}."

    def to_arrow(self) -> pa.Table:
        """The table as Arrow; see :meth:`Frame.to_arrow`."""
        return self.table.to_arrow()

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas data frame; see :meth:`Frame.to_pandas`."""
        return self.table.to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """The table as a polars data frame; see :meth:`Frame.to_polars`."""
        return self.table.to_polars()

    def write(self, path: Path | str, form: str | None = None) -> Path:
        """Write the result to a file; the form follows from the ending unless given.

        Raises
        ------
        OutputError
            If the path cannot be written; nothing partial is left behind.
        UsageError
            If no writer knows the form.
        """
        from monazite.results.files import write  # noqa: PLC0415 - writers load their libraries lazily

        return write(self, path, form)

    def charts(self) -> Mapping[str, dict[str, Any]]:
        """The result's charts as Vega-Lite specifications, by name."""
        from monazite.results.charts import charts  # noqa: PLC0415 - drawing loads only when asked for

        return charts(self)

    def _repr_html_(self) -> str:
        """The result as a notebook shows it: title, headlines, table, findings, citation."""
        from monazite.results.notebook import notebook_html  # noqa: PLC0415 - as above

        return notebook_html(self)
