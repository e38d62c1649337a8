"""A small table that knows its declaration; no data frame library needed."""

from __future__ import annotations

import html
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.tables import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from monazite.schema.tables import Table

Row = dict[str, Any]
PANDAS_TYPES = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
}
POLARS_TYPES = {
    "text": "String",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "Boolean",
    "date": "String",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows under a declared table; an absent value is ``None``, never a blank or a NaN."""

    table: Table
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Row by row."""
        return iter(self.rows)

    def column(self, name: str) -> list[Any]:
        """All values of one column."""
        return [row[name] for row in self.rows]

    def where(self, **equal: object) -> Frame:
        """Only the rows whose named columns hold these values.

        Raises
        ------
        UnknownCodeError
            If the table has no column of a name.
        """
        for name in equal:
            if name not in self.table.names:
                raise UnknownCodeError("column", name, self.table.names)
        kept = tuple(row for row in self.rows if all(row[name] == value for name, value in equal.items()))
        return Frame(self.table, kept)

    def one(self, **equal: object) -> Row:
        """The single row with these values.

        Raises
        ------
        UsageError
            If there is none, or more than one.
        """
        found = self.where(**equal).rows
        if len(found) != 1:
            told = ", ".join(f"{name}={value!r}" for name, value in equal.items())
            raise UsageError(f"{len(found)} rows of {self.table.name} have {told}; one was asked for.")
        return found[0]

    def columns(self) -> Mapping[str, list[Any]]:
        """The values column by column."""
        return {column.name: self.column(column.name) for column in self.table.columns}

    def to_arrow(self) -> pa.Table:
        """As an Arrow table with the declared schema.

        Raises
        ------
        UsageError
            If pyarrow is not installed; so for pandas and polars below.
        """
        pyarrow = _installed("pyarrow", "arrow")
        return pyarrow.table(dict(self.columns()), schema=arrow_schema(self.table))

    def to_pandas(self) -> pd.DataFrame:
        """As a pandas data frame with nullable types, so that an absent integer stays an integer."""
        pandas = _installed("pandas", "pandas")
        columns = {
            column.name: pandas.Series(self.column(column.name), dtype=PANDAS_TYPES[column.type])
            for column in self.table.columns
        }
        frame: pd.DataFrame = pandas.DataFrame(columns)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """As a polars data frame."""
        polars = _installed("polars", "polars")
        types = {column.name: getattr(polars, POLARS_TYPES[column.type]) for column in self.table.columns}
        frame: pl.DataFrame = polars.DataFrame(dict(self.columns()), schema=types)
        return frame

    def _repr_html_(self) -> str:
        """A plain HTML table for notebooks: every text escaped."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.table.names)
        cells = (
            "".join(
                f"<td>{'' if row[name] is None else html.escape(str(row[name]))}</td>"
                for name in self.table.names
            )
            for row in self.rows
        )
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _installed(library: str, extra: str) -> Any:  # noqa: ANN401 - a module, whichever it is
    """An optional library, or an error that says how to install it."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise UsageError(f"{library} is not installed; pip install 'monazite[{extra}]'") from error
