"""One pass over a bulk file before the engine's: whether it is whole, and what it names."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

from monazite.errors import SourceError
from monazite.sources.comtrade.domains import DOMAINS
from monazite.sources.comtrade.oddities import Seen
from monazite.sources.comtrade.records import REQUIRED
from monazite.store.archives import LIMIT, RATIO, SMALL, gunzipping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

GZIP = b"\x1f\x8b"
LONGEST = 2**20
SAMPLED = 200
_AGAIN = "Fetch the file again"
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f]")
PLACES = 20_000
"""Countries and periods counted at most: a file of one reporter has some hundreds."""


class Survey(NamedTuple):
    """What one pass over a file tells: its columns, its first rows, the countries and periods it names."""

    header: tuple[str, ...]
    sample: tuple[dict[str, str], ...]
    reporters: Mapping[tuple[str, str], int]
    partners: Mapping[tuple[str, str], int]

    @property
    def year(self) -> int | None:
        """The year, if all periods of the file lie in one."""
        years = {period[:4] for _, period in self.reporters}
        whole = len(self.reporters) + len(self.partners) < PLACES
        only = years.pop() if len(years) == 1 and whole else ""
        return int(only) if _digits(only) else None

    @property
    def seen(self) -> Seen:
        """How often each country code stands in each year."""
        return Seen(reporters=_by_year(self.reporters), partners=_by_year(self.partners))


def _by_year(uses: Mapping[tuple[str, str], int]) -> Counter[tuple[str, int]]:
    """Uses of codes by year; what is no code or no period is refused later, row by row."""
    told: Counter[tuple[str, int]] = Counter()
    for (code, period), rows in uses.items():
        if _digits(period[:4]) and _digits(code):
            told[code, int(period[:4])] += rows
    return told


def _digits(text: str) -> bool:
    """Whether a text is a number of up to four digits, and no more."""
    return text.isascii() and text.isdecimal() and len(text) <= len("2024") and int(text) > 0


@contextmanager
def opened(path: Path, file: str) -> Iterator[IO[bytes]]:
    """A file's bytes, unpacked if it is gzipped.

    Raises
    ------
    SourceError
        If the gzip is damaged or cut short.
    """
    with path.open("rb") as plain:
        packed = plain.read(len(GZIP)) == GZIP
        plain.seek(0)
        try:
            yield gunzipping(file, plain) if packed else plain
        except (OSError, EOFError, zlib.error) as error:
            found = str(error) or type(error).__name__
            raise SourceError(file, found=found, expected="a whole gzip file", hint=_AGAIN) from error


def surveyed(path: Path, file: str) -> Survey:
    """Look through a bulk file once, in constant memory.

    Raises
    ------
    SourceError
        If it is damaged, cut short, empty or a bomb, or lacks a column, or no row fits its header.
    """
    with opened(path, file) as stream:
        lines = _bounded(stream, file, min(LIMIT, max(SMALL, path.stat().st_size * RATIO)))
        header = _header(file, next(lines, b""))
        at = [header.index(name) for name in ("reportercode", "partnercode", "period")]
        sample: list[dict[str, str]] = []
        reporters, partners = Counter[tuple[bytes, bytes]](), Counter[tuple[bytes, bytes]]()
        cells: list[bytes] = []
        for line in lines:
            cells = line.split(b"\t")
            if len(cells) == len(header) and len(reporters) + len(partners) < PLACES:
                reporters[cells[at[0]], cells[at[2]]] += 1
                partners[cells[at[1]], cells[at[2]]] += 1
                if len(sample) < SAMPLED:
                    sample.append(dict(zip(header, _texts(cells), strict=True)))
    if cells and not sample:
        expected = f"{len(header)}, as in the header"
        raise SourceError(file, line=2, found=f"{len(cells)} cells", expected=expected, hint=_AGAIN)
    told = [{_told(one): rows for one, rows in uses.items()} for uses in (reporters, partners)]
    return Survey(header, tuple(sample), *told)


def _told(cells: tuple[bytes, bytes]) -> tuple[str, str]:
    """A country code and a period as text."""
    code, period = _texts(cells)
    return code, period


def _bounded(stream: IO[bytes], file: str, largest: int) -> Iterator[bytes]:
    """Lines of a whole file that is no bomb, without their ends.

    Raises
    ------
    SourceError
        If it unpacks to more than ``largest`` bytes, breaks off inside a line, or has a line without end,
        one that ends otherwise than the first, or one with a control character: no text, then.
    """
    size, number, end = 0, 0, b"\n"
    while line := stream.readline(LONGEST):
        size, number = size + len(line), number + 1
        end = b"\r\n" if number == 1 and line.endswith(b"\r\n") else end
        if size > largest:
            found, expected = f"more than {largest:,} bytes", f"at most {RATIO} times the packed size"
            raise SourceError(file, line=number, found=found, expected=expected)
        if not line.endswith(end):
            raise _torn(file, number, line)
        if odd := _CONTROL.search(line, 0, len(line) - len(end)):
            raise SourceError(
                file, line=number, found=f"{odd[0]!r} inside a line", expected="text", hint=_AGAIN
            )
        yield line[: -len(end)]


def _torn(file: str, number: int, line: bytes) -> SourceError:
    """The error for a line that does not end as it should."""
    if len(line) >= LONGEST:
        found, expected = f"a line of {LONGEST:,} bytes or more", "shorter lines"
    elif line.endswith(b"\n"):
        found, expected = "a line that ends otherwise than the first", "one kind of line end"
    else:
        found, expected = "an end inside a line", "a line end"
    return SourceError(file, line=number, found=found, expected=expected, hint=_AGAIN)


def _texts(cells: Iterable[bytes]) -> list[str]:
    """Cells as text, whatever they are."""
    return [cell.decode("utf-8", "replace").strip() for cell in cells]


def _header(file: str, line: bytes) -> tuple[str, ...]:
    """Column names in lower case.

    Raises
    ------
    SourceError
        If it is no header of a bulk file.
    """
    names = tuple(name.lower() for name in _texts(line.removeprefix(b"\xef\xbb\xbf").split(b"\t")))
    check_header(file, names)
    return names


def check_header(file: str, names: tuple[str, ...]) -> None:
    """Refuse a header without a column that a row cannot do without, or with one twice.

    Raises
    ------
    SourceError
        Naming the column.
    """
    for name in REQUIRED:
        if name not in names:
            raise SourceError(
                file, line=1, column=DOMAINS[name].column, found="no such column", expected="it"
            )
    for name, count in Counter(names).items():
        if count > 1:
            raise SourceError(
                file, line=1, column=name, found=f"{count} columns of that name", expected="one"
            )
