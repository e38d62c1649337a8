"""Tables that say which part of a code goes where: the reviewed rules, a user's rules, a user's weights."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError, UsageError
from monazite.store import carrying
from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance.shares import Share, tightened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from monazite.studies.nomenclature.concordance.shares import Shares

REVIEWED = "link_rules.csv"
NEEDED = ("code", "target")
SUM = 1e-6
"""How far the weights of a code may be from one: six printed digits."""

Pair = tuple[str, str]


class Given(NamedTuple):
    """A table as given: its file, its rows, and the shares of each code by pair of nomenclatures."""

    file: str
    rows: int
    shares: Mapping[Pair, Mapping[str, Shares]]


NONE = Given("", 0, {})


class Line(NamedTuple):
    """One row with the line it stands in."""

    number: int
    cells: dict[str, str]


def reviewed_rules() -> Given:
    """The rules of judgement that come with the package.

    >>> reviewed_rules().shares["HS2007", "HS2012"]["850780"][0].target
    '850760'
    """
    text = files("monazite.codes.data").joinpath(REVIEWED).read_text(encoding="utf-8")
    return _given(REVIEWED, _lines(csv.DictReader(text.splitlines(), strict=True)), ("", ""), "1")


def rules(path: str, pair: Pair) -> Given:
    """A user's rules: ``code,target`` and, if they are for other editions than asked, ``from,to``.

    Raises
    ------
    UsageError
        If there is no such file.
    SourceError
        If it is malformed, with file, line, column, what was found and what was expected.
    """
    return _given(path, _file(path), pair, "1")


def weights(path: str, pair: Pair) -> Given:
    """A user's weights, CSV or Parquet: ``code,target,weight`` and, if known, ``low,high``.

    Raises
    ------
    UsageError, SourceError
        As for :func:`rules`.
    """
    return _given(path, _file(path), pair, "")


def _file(path: str) -> Iterator[Line]:
    """The rows of a user's file."""
    file = Path(path)
    if not file.is_file():
        raise UsageError(f"{path}: there is no such file.")
    if file.suffix.lower() in carrying.PARQUET:
        for number, row in enumerate(carrying.rows(file), 1):
            yield Line(number, {key: "" if value is None else str(value) for key, value in row.items()})
        return
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield from _lines(csv.DictReader(stream, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, found=str(error), expected="comma-separated text in UTF-8") from error


def _lines(reader: csv.DictReader[str]) -> Iterator[Line]:
    """Rows with the lines they end in; cells without the blanks around them."""
    for row in reader:
        cells = {str(key).strip().lower(): (value or "").strip() for key, value in row.items() if key}
        yield Line(reader.line_num, cells)


def _given(file: str, lines: Iterable[Line], pair: Pair, weight: str) -> Given:
    """Check the rows and put them together by code."""
    found: dict[tuple[Pair, str], dict[str, tuple[Line, Share]]] = defaultdict(dict)
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - how many there were
        _need(file, line, weight)
        named = (line.cells.get("from") or pair[0], line.cells.get("to") or pair[1])
        share = _share(file, line, named, weight)
        targets = found[named, line.cells["code"]]
        if share.target in targets:
            first = targets[share.target][0].number
            raise _wrong(file, line, "target", f"{share.target} again", f"one row for it, as in line {first}")
        targets[share.target] = (line, share)
    shares: dict[Pair, dict[str, Shares]] = defaultdict(dict)
    for (named, code), targets in found.items():
        shares[named][code] = _summed(file, targets.values())
    return Given(file, count, shares)


def _need(file: str, line: Line, weight: str) -> None:
    """Refuse a table without the columns it needs."""
    needed = NEEDED if weight else (*NEEDED, "weight")
    for column in needed:
        if column not in line.cells:
            had = ", ".join(line.cells) or "none"
            raise _wrong(file, Line(1, {}), column, f"the columns {had}", f"a column {column!r}")


def _share(file: str, line: Line, pair: Pair, weight: str) -> Share:
    """The share that a row states."""
    for column, name, asked in (("code", pair[0], "from"), ("target", pair[1], "to")):
        _known(file, line, column, name, asked)
    point = _number(file, line, "weight", weight)
    low, high = (_number(file, line, column, "") for column in ("low", "high"))
    low = low if low is not None else point if point is not None else 0.0
    high = high if high is not None else point if point is not None else 1.0
    if not low <= (low if point is None else point) <= high:
        raise _wrong(file, line, "low", f"{low:g}, {point}, {high:g}", "low ≤ weight ≤ high")
    return Share(line.cells["target"], point, low, high)


def _known(file: str, line: Line, column: str, nomenclature: str, asked: str) -> None:
    """Refuse a nomenclature or a code that nobody knows."""
    if nomenclature not in links.nomenclatures():
        known = ", ".join(links.nomenclatures())
        raise _wrong(file, line, asked, repr(nomenclature), f"one of {known}")
    if line.cells[column] not in links.codes_in(nomenclature):
        raise _wrong(file, line, column, repr(line.cells[column]), f"a code of {nomenclature}")


def _number(file: str, line: Line, column: str, default: str) -> float | None:
    """A share in a cell; none where it is empty."""
    told = line.cells.get(column) or default
    if not told:
        return None
    try:
        number = float(told)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise _wrong(file, line, column, repr(told), "a share from 0 to 1")
    return number


def _summed(file: str, rows: Iterable[tuple[Line, Share]]) -> Shares:
    """The shares of one code; their points sum to one, and their bounds allow it."""
    lines, shares = zip(*rows, strict=True)
    points = [one.point for one in shares if one.point is not None]
    low, high = sum(one.low for one in shares), sum(one.high for one in shares)
    total = sum(points) if len(points) == len(shares) else None
    if (total is not None and abs(total - 1) > SUM) or not low - SUM <= 1 <= high + SUM:
        found = f"{total:g}" if total is not None else f"{low:g} to {high:g}"
        told = f"weights of {lines[-1].cells['code']} that sum to {found}"
        raise _wrong(file, lines[-1], "weight", told, "a sum of 1")
    return tightened(_scaled(one, total or 1.0) for one in shares)


def _scaled(share: Share, total: float) -> Share:
    """A share of a sum that is one, not nearly one."""
    if share.point is None:
        return share
    point = share.point / total
    return share._replace(point=point, low=min(share.low, point), high=max(share.high, point))


def _wrong(file: str, line: Line, column: str, found: str, expected: str) -> SourceError:
    """The error for a cell."""
    return SourceError(file, line=line.number, column=column, found=found, expected=expected)
