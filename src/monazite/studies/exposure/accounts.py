"""The accounts behind the study: imports, output and requirements of one year, as matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.store import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

IMPORTS, USE, REQUIREMENTS = "use-import", "use", "requirements-domestic"
OUTPUT = "T018"
"""Row of the use table that holds each industry's output."""
TOTALS = "T0"
"""How codes of totals begin; they are no industry and no commodity."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts of a year: codes of the industries, of the imported commodities, and the matrices.

    ``imports`` are imported commodities by industry in USD, ``output`` of each industry in USD,
    ``requirements`` industry output per dollar of final use of each industry's own product.
    """

    year: int
    industries: tuple[str, ...]
    commodities: tuple[str, ...]
    names: Mapping[str, str]
    imports: NDArray[np.float64]
    output: NDArray[np.float64]
    requirements: NDArray[np.float64]


def accounts() -> Accounts:
    """The shipped summary accounts of the United States.

    Only industries that make a product of their own code count: government and housing do.
    """
    cells = {name: _cells(name) for name in (IMPORTS, USE, REQUIREMENTS)}
    year = shipped.query("SELECT max(year) AS year FROM input_output WHERE detail = 'summary'")[0]["year"]
    made = {column for _, column in cells[REQUIREMENTS]}
    industries = tuple(sorted({row for row, _ in cells[REQUIREMENTS]} & made))
    commodities = tuple(sorted({row for row, _ in cells[IMPORTS] if not row.startswith(TOTALS)}))
    output = np.array([cells[USE][OUTPUT, one] for one in industries])
    names = {
        row["code"]: row["name"]
        for row in shipped.query("SELECT code, name FROM code WHERE scheme <> 'bea-detail' ORDER BY scheme")
    }
    return Accounts(
        year,
        industries,
        commodities,
        names,
        _matrix(cells[IMPORTS], commodities, industries),
        output,
        _matrix(cells[REQUIREMENTS], industries, industries),
    )


def _cells(matrix: str) -> dict[tuple[str, str], float]:
    """Cells of one matrix by row and column."""
    rows = shipped.query(
        "SELECT * FROM input_output WHERE detail = 'summary' AND matrix = ? AND value IS NOT NULL", [matrix]
    )
    return {(row["row_code"], row["column_code"]): row["value"] for row in rows}


def _matrix(
    cells: Mapping[tuple[str, str], float], rows: Sequence[str], columns: Sequence[str]
) -> NDArray[np.float64]:
    """A matrix in the order of its rows and columns; what the publisher leaves out of it is 0."""
    return np.array([[cells.get((row, column), 0.0) for column in columns] for row in rows])
