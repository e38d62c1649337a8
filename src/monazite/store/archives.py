"""Zip archives and gzip streams from outside: sizes, names and links are checked before unpacking."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, TYPE_CHECKING

from monazite.errors import SourceError
from monazite.store.engine import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

LIMIT = 8 * 2**30
RATIO = 100
"""A member that unpacks to more than 100 times its size is no table: those reach 20 times."""

SMALL = 16 * 2**20
"""Whatever its ratio, a member of at most this size does no harm."""

MEMBERS = 10_000
DIRECTORY = 8 * 2**20
"""Bytes a directory of so many members may have: reading one of a million takes seconds."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What publishers pack with; others may ask for any amount of memory."""

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    NotImplementedError,
)
_CHUNK = 2**20


@contextmanager
def _told(file: str, expected: str) -> Iterator[None]:
    """Turn what a damaged archive raises into an error that names the file."""
    try:
        yield
    except SourceError:
        raise
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno in REFUSALS:
            raise
        found = str(error) or type(error).__name__
        raise SourceError(file, found=found, expected=expected, hint="Fetch it again") from error


@contextmanager
def opened(path: Path, *, limit: int = LIMIT, file: str = "") -> Iterator[zipfile.ZipFile]:
    """A zip archive whose directory has been checked; use it to read members, never to unpack it whole.

    Raises
    ------
    SourceError
        If the archive is damaged or encrypted, or holds an absolute path, a way out of its folder, a
        link, two members of one name, too many members, a zip bomb, or more than ``limit`` bytes.
    """
    told = file or path.name
    with _told(told, "a whole zip archive"):
        _check_directory(told, path)
        with zipfile.ZipFile(path) as archive:
            _check(told, archive.infolist(), limit, path.stat().st_size)
            yield archive


def checked(path: Path, *, limit: int = LIMIT, file: str = "") -> tuple[str, ...]:
    """Names of a zip archive's members, after checking its directory as :func:`opened` does."""
    with opened(path, limit=limit, file=file) as archive:
        return tuple(info.filename for info in archive.infolist() if not info.is_dir())


def unpacked(path: Path, member: str, folder: Path, *, limit: int = LIMIT, file: str = "") -> Path:
    """One member of a zip archive, streamed to a file in ``folder`` named after its last part.

    Raises
    ------
    SourceError
        As :func:`opened`; or if the member is missing, or longer than its header says.
    """
    told = file or path.name
    with opened(path, limit=limit, file=told) as archive:
        if member not in archive.namelist():
            raise SourceError(told, found="no such member", expected=member)
        return _unpacked(told, archive, archive.getinfo(member), folder)


def each(path: Path, folder: Path, *, limit: int = LIMIT, file: str = "") -> Iterator[Path]:
    """Every member of a zip archive in order of name, as :func:`unpacked`; gone when the next one comes.

    Raises
    ------
    SourceError
        As :func:`unpacked`.
    """
    told = file or path.name
    with opened(path, limit=limit, file=told) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not info.is_dir():
                plain = _unpacked(told, archive, info, folder)
                yield plain
                plain.unlink()


def _unpacked(file: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Path:
    """One member, streamed to a file."""
    target = folder / PurePosixPath(info.filename).name
    with archive.open(info) as packed, target.open("wb") as plain:
        _copied(file, packed, plain, info.file_size)
    return target


def gunzipped(path: Path, folder: Path, *, limit: int = LIMIT, file: str = "") -> Path:
    """A gzip file, streamed to a plain one in ``folder``.

    Raises
    ------
    SourceError
        If it is damaged, cut short, a bomb, or unpacks to more than ``limit`` bytes.
    """
    told, target = file or path.name, folder / (path.stem or "plain")
    with _told(told, "a whole gzip file"), path.open("rb") as packed, target.open("wb") as plain:
        _copied(told, gunzipping(told, packed), plain, limit)
    return target


def gunzipping(file: str, packed: IO[bytes]) -> IO[bytes]:
    """The bytes of a gzip stream as they are read; a bomb is refused as soon as it shows."""
    return io.BufferedReader(_Gunzipping(file, packed), _CHUNK)


class _Gunzipping(io.RawIOBase):
    """Unpacks a gzip stream, and compares what came out with what went in."""

    def __init__(self, file: str, packed: IO[bytes]) -> None:
        """Begin where the stream stands."""
        self._file, self._packed, self._size = file, packed, 0
        self._plain = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Unpack some bytes."""
        count = self._plain.readinto(buffer)
        self._size += count
        if self._size > (most := max(SMALL, RATIO * self._packed.tell())):
            raise SourceError(self._file, found=f"more than {most:,} bytes", expected="no more than it says")
        return count


def _copied(file: str, packed: IO[bytes], plain: IO[bytes], limit: int) -> None:
    """Copy a stream of at most ``limit`` bytes."""
    size = 0
    while chunk := packed.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise SourceError(file, found=f"more than {limit:,} bytes", expected="no more than it says")
        plain.write(chunk)


def _check_directory(file: str, path: Path) -> None:
    """Refuse a directory that is longer than that of the most members, before it is read."""
    with path.open("rb") as archive:
        archive.seek(-min(path.stat().st_size, 2**16 + 128), 2)
        tail = archive.read()
    end = len(tail) - 22 if tail[-22:].startswith(_END) else tail.rfind(_END)
    sizes = list(struct.unpack_from("<L", tail, end + 12)) if end >= 0 else []
    if tail[max(end - 76, 0) :].startswith(_END_64):
        sizes += struct.unpack_from("<Q", tail, end - 76 + 40)
    size = max((size for size in sizes if size != 2**32 - 1), default=0)
    if size > DIRECTORY:
        raise SourceError(file, found=f"a directory of {size:,} bytes", expected=f"at most {DIRECTORY:,}")


def _check(file: str, infos: list[zipfile.ZipInfo], limit: int, packed: int) -> None:
    """Refuse a directory of members that no publisher's archive holds."""
    if len(infos) > MEMBERS:
        raise SourceError(file, found=f"{len(infos):,} members", expected=f"at most {MEMBERS:,}")
    for name, count in Counter(info.filename for info in infos).items():
        if count > 1:
            raise SourceError(file, found=f"{count} members named {name!r}", expected="one")
    for info in infos:
        _check_member(file, info)
    size, held = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if held > packed:
        found = f"members of {held:,} bytes in an archive of {packed:,}"
        raise SourceError(file, found=found, expected="members that do not overlap")
    if size > (most := min(limit, max(SMALL, RATIO * packed))):
        raise SourceError(file, found=f"{size:,} bytes when unpacked", expected=f"at most {most:,}")


def _check_member(file: str, info: zipfile.ZipInfo) -> None:
    """Refuse a member that leaves the folder, is a link, is encrypted, or is a bomb."""
    name = info.filename
    if _leaves(name):
        raise SourceError(file, found=f"a member named {name!r}", expected="a name inside the archive")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SourceError(file, found=f"a link named {name!r}", expected="files only")
    if info.compress_type not in METHODS:
        raise SourceError(file, found=f"{name!r}, packed otherwise", expected="members stored or deflated")
    if info.flag_bits & 1:
        raise SourceError(file, found=f"an encrypted member {name!r}", expected="members that can be read")
    if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
        found = f"{name!r}, {info.file_size:,} bytes packed into {info.compress_size:,}"
        raise SourceError(file, found=found, expected=f"at most {RATIO} times the packed size")


def _leaves(name: str) -> bool:
    r"""Whether a member's name points outside the folder it is unpacked in.

    >>> [_leaves(name) for name in ("a/b.csv", "../b.csv", "/b.csv", "c:\\b.csv", "a\\..\\..\\b")]
    [False, True, True, True, True]
    """
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    absolute = posix.is_absolute() or bool(windows.drive) or bool(windows.root)
    return absolute or ".." in posix.parts or ".." in windows.parts or "\0" in name
