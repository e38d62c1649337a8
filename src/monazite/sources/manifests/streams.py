"""Files of manifests as streams: plain, gzip or zip, read and written record by record."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources import separated
from monazite.store import archives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_TABLES = (".csv", ".txt")
_BOM = "\xef\xbb\xbf"


@contextmanager
def tables(file: str, path: Path) -> Iterator[Iterator[tuple[str, Iterator[separated.Record]]]]:
    """Member and records of each table of a file, in the order of an archive; read one before the next.

    Raises
    ------
    SourceError
        If the file is damaged, holds no table, or unpacks to much more than its size.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            stream.seek(0)
            yield _zipped(file, path) if head == _ZIP else iter([("", _single(file, stream, head))])
    except SourceError:
        raise
    except archives.DAMAGE as error:
        raise _damaged(file, error) from None


def _single(file: str, stream: IO[bytes], head: bytes) -> Iterator[separated.Record]:
    """Records of a plain file or a gzip stream."""
    if head[: len(_GZIP)] != _GZIP:
        return _records(file, stream)
    return _records(file, archives.gunzipping(file, stream))


def _zipped(file: str, path: Path) -> Iterator[tuple[str, Iterator[separated.Record]]]:
    """Member and records of each table of an archive."""
    with archives.opened(path, file=file) as archive:
        names = [info.filename for info in archive.infolist() if _is_table(info.filename)]
        if not names:
            raise SourceError(file, found="no table in the archive", expected="members named .csv")
        for name in names:
            with archive.open(name) as stream:
                yield name, _records(file, stream)


def _is_table(name: str) -> bool:
    """Whether a member's name is that of a table."""
    return name.casefold().endswith(_TABLES)


def _records(file: str, stream: IO[bytes]) -> Iterator[separated.Record]:
    """Records of a stream; its bytes are read one to a character, and decoded cell by cell."""
    lines = separated.lines(file, stream, "latin-1")
    try:
        yield from separated.records(file, _mended(lines))
    except SourceError:
        raise
    except archives.DAMAGE as error:
        raise _damaged(file, error) from None


def _damaged(file: str, error: Exception) -> SourceError:
    """The error for a file that cannot be unpacked; what it holds is not told."""
    hint = "It is damaged or cut short; get it again"
    return SourceError(file, found=type(error).__name__, expected="a whole file", hint=hint)


def _mended(lines: Iterable[str]) -> Iterator[str]:
    """Lines without a byte order mark and without NULs, which some extracts hold."""
    for number, line in enumerate(lines):
        yield (line.removeprefix(_BOM) if number == 0 else line).replace("\0", " ")


def rewrite(
    path: Path, target: Path, change: Callable[[str, Iterator[separated.Record]], Iterable[list[str]]]
) -> None:
    """Write a file again with its records changed, in the form it has; the same bytes every time.

    Raises
    ------
    SourceError
        If the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    with tables(path.name, path) as held:
        if head == _ZIP:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, records in held:
                    with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as packed:
                        _write(packed, change(name, records))
            return
        with target.open("wb") as plain:
            for name, records in held:
                if head[: len(_GZIP)] != _GZIP:
                    _write(plain, change(name, records))
                    continue
                with gzip.GzipFile(filename="", mode="wb", fileobj=plain, mtime=0) as packed:
                    _write(packed, change(name, records))


def _write(stream: IO[bytes] | gzip.GzipFile, rows: Iterable[list[str]]) -> None:
    """Write records as separated values."""
    text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
    csv.writer(text, lineterminator="\n").writerows(rows)
    text.flush()
    text.detach()
