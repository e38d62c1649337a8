"""Printed totals against the sums of their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.sources.bea.matrix import NONE, UNCODED, figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monazite.sources.bea.matrix import Matrix
    from monazite.sources.source import Account
    from monazite.sources.workbook import Cell


class Sum(NamedTuple):
    """A total and its parts: the codes named, with their signs, or those between ``after`` and the total.

    ``after`` is the code after which the parts begin; an empty one is the beginning, none no such parts.
    """

    total: str
    after: str | None = None
    named: Mapping[str, int] = {}

    def parts(self, codes: Sequence[str]) -> dict[int, int] | None:
        """Places of the parts among the codes, with their signs; nothing where one is missing."""
        held = {code: at for at, code in enumerate(codes)}
        if not {self.total, *self.named, *([self.after] if self.after else [])} <= held.keys():
            return None
        signs = {held[code]: sign for code, sign in self.named.items()}
        if self.after is not None:
            start = held[self.after] + 1 if self.after else 0
            signs |= dict.fromkeys(range(start, held[self.total]), 1)
        return signs


ACROSS: Mapping[str, tuple[Sum, ...]] = {
    "use": (Sum("T001", ""), Sum("T019", "T001", {"T001": 1})),
    "use-import": (Sum("T001", ""), Sum("T004", "T001")),
    "supply": (
        Sum("T007", ""),
        Sum("T013", None, {"T007": 1, "MCIF": 1, "MADJ": 1}),
        Sum("T014", None, {"TRADE": 1, "TRANS": 1}),
        Sum("T015", None, {"MDTY": 1, "TOP": 1, "SUB": 1}),
        Sum("T016", None, {"T013": 1, "T014": 1, "T015": 1}),
    ),
}
"""Columns of totals, by matrix."""

DOWN: Mapping[str, tuple[Sum, ...]] = {
    "use": (
        Sum("T005", ""),
        Sum("VABAS", None, {"V001": 1, "T00OTOP": 1, "T00OSUB": -1, "V003": 1}),
        Sum("T018", None, {"T005": 1, "VABAS": 1}),
        Sum("VAPRO", None, {"VABAS": 1, "T00TOP": 1, "T00SUB": -1}),
    ),
    "supply": (Sum("T017", ""),),
    "requirements-total": (Sum(UNCODED, ""),),
    "requirements-domestic": (Sum("T007", ""),),
    "requirements-total-commodity": (Sum("T010", ""),),
}
"""Rows of totals, by matrix."""

STEP = {"USD": 1.0, "1": 1e-7}
"""The last digit BEA prints: a million of dollars, seven decimals of a requirement."""


def check(matrix: Matrix, account: Account) -> None:
    """A finding for each printed total that the rounding of its parts cannot explain."""
    grid = [[_number(cell) for cell in row] for row in matrix.cells]
    across = _off(matrix, matrix.columns, grid, matrix.cells, ACROSS.get(matrix.title.matrix, ()))
    columns, cells = list(zip(*grid, strict=True)), list(zip(*matrix.cells, strict=True))
    down = _off(matrix, matrix.rows, columns, cells, DOWN.get(matrix.title.matrix, ()))
    told = [(f"row {matrix.rows[at]}", found) for at, found in across]
    told += [(f"column {matrix.columns[at]}", found) for at, found in down]
    for subject, found in told:
        account.tell(
            "total-mismatch", f"{matrix.title.matrix}, {matrix.title.year}, {subject}",
            where=matrix.title.place, found=found,
            expected="the printed total, within rounding",
            hint="Read the parts; the total stands as printed.",
        )  # fmt: skip


def _off(
    matrix: Matrix,
    codes: Sequence[str],
    grid: Sequence[Sequence[float]],
    printed: Sequence[Sequence[Cell]],
    sums: Sequence[Sum],
) -> Iterator[tuple[int, str]]:
    """Lines whose total is not the sum of their parts: which, and what was found."""
    for one in sums:
        parts = one.parts(codes)
        if parts is None:
            continue
        total = codes.index(one.total)
        for at, (numbers, cells) in enumerate(zip(grid, printed, strict=True)):
            given = sum(sign * numbers[place] for place, sign in parts.items())
            several = sum(numbers[place] != 0 for place in parts)
            if cells[total] in ("", NONE):
                continue
            if abs(given - numbers[total]) > (several + 1) / 2 * STEP[matrix.title.unit] * 1.001:
                yield at, f"parts sum to {given:,.7g}, {one.total} is {numbers[total]:,.7g}"


def _number(cell: Cell) -> float:
    """A cell's number; one that holds none adds nothing."""
    return (figure(cell) or 0.0) if cell != "" else 0.0
