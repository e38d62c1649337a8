"""Input–output accounts for the economy step: 71 industries of the latest year, or 402 of 2017."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from monazite.errors import DataMissingError, UnknownCodeError
from monazite.store import shipped
from monazite.studies.nomenclature.answer import shipped_sources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.results.result import Source

    Array = NDArray[np.float64]

DETAILS = ("summary", "detail")
OUTPUT = "T018"
"""Row of the summary use table that holds each industry's output."""
SUPPLIED = ("T017", "T007")
"""Rows of the detailed supply table that may hold each industry's output."""
NO_INDUSTRY = ("T0", "V0", "VA", "F0", "F1", "MADJ", "MCIF", "MDTY", "SUB", "TOP")
"""How codes of totals, value added, final uses, imports and taxes begin."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """A year's accounts; m industries, each taken to make the product of its own code. USD.

    ``coefficients`` are domestic inputs: what column j buys of product i per dollar of its output.
    ``value_added`` is output less domestic and imported inputs; ``final`` is output less what industries
    buy of it, final demand for domestic products. The accounts hold no employment.
    """

    detail: str
    year: int
    industries: tuple[str, ...]
    names: tuple[str, ...]
    output: Array
    value_added: Array
    final: Array
    coefficients: Array

    def at(self, code: str) -> int:
        """Place of an industry.

        Raises
        ------
        UnknownCodeError
            If there is none of that code.
        """
        if code not in self.industries:
            raise UnknownCodeError(f"industry of the {self.detail} accounts", code, self.industries)
        return self.industries.index(code)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What to cite."""
        edition = f"bea-{self.detail}-{self.year}"
        return tuple(one for one in shipped_sources("bea") if one.as_of.startswith(edition))


@cache
def accounts(detail: str = "summary") -> Accounts:
    """The shipped accounts of the United States.

    Parameters
    ----------
    detail
        ``summary`` (71 industries of the latest year) or ``detail`` (402 industries of 2017).

    Raises
    ------
    UnknownCodeError
        If there are no accounts of that name.
    DataMissingError
        If they are not shipped.

    Examples
    --------
    >>> found = accounts()
    >>> found.year, len(found.industries), found.names[found.at("334")]
    (2024, 71, 'Computer and electronic products')
    """
    if detail not in DETAILS:
        raise UnknownCodeError("accounts", detail, DETAILS)
    imported = _cells(detail, "use-import")
    domestic = _cells(detail, "use-domestic")
    if not domestic:
        used = _cells(detail, "use")
        domestic = {at: value - imported.get(at, 0.0) for at, value in used.items()}
    if not domestic:
        raise DataMissingError(
            f"the {detail} accounts are not shipped; load BEA's tables: monazite load FILE."
        )
    made = _output(detail)
    industries = tuple(sorted(one for one in made if made[one] > 0))
    year = shipped.query("SELECT max(year) AS year FROM input_output WHERE detail = ?", [detail])[0]["year"]
    output = np.array([made[one] for one in industries])
    bought, abroad = (_matrix(cells, industries) for cells in (domestic, imported))
    return Accounts(
        detail,
        year,
        industries,
        _names(industries, detail),
        output,
        np.maximum(output - bought.sum(0) - abroad.sum(0), 0.0),
        np.maximum(output - bought.sum(1), 0.0),
        np.maximum(bought, 0.0) / output,
    )


def _cells(detail: str, matrix: str) -> dict[tuple[str, str], float]:
    """Cells of one matrix."""
    rows = shipped.query(
        "SELECT row_code, column_code, value FROM input_output"
        " WHERE detail = ? AND matrix = ? AND value IS NOT NULL",
        [detail, matrix],
    )
    return {(row["row_code"], row["column_code"]): row["value"] for row in rows}


def _output(detail: str) -> dict[str, float]:
    """Output of each industry."""
    if detail == "summary":
        return {
            to: value for (row, to), value in _cells(detail, "use").items() if row == OUTPUT and _is_one(to)
        }
    cells = _cells(detail, "supply")
    row = next((one for one in SUPPLIED if any(at == one for at, _ in cells)), None)
    return {to: value for (at, to), value in cells.items() if at == row and _is_one(to)}


def _is_one(code: str) -> bool:
    """Whether a code is that of an industry."""
    return not code.startswith(NO_INDUSTRY)


def _matrix(cells: Mapping[tuple[str, str], float], industries: Sequence[str]) -> Array:
    """A square matrix in the order of the industries; what is not told is 0."""
    return np.array([[cells.get((row, to), 0.0) for to in industries] for row in industries])


def _names(industries: Sequence[str], detail: str) -> tuple[str, ...]:
    """What industries are called."""
    rows = shipped.query(
        "SELECT code, name FROM code WHERE starts_with(scheme, ?) ORDER BY scheme", [f"bea-{detail}"]
    )
    names = {row["code"]: row["name"] for row in rows}
    return tuple(names.get(one, one) for one in industries)
