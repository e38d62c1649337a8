"""Zip archives of tables, read in memory: nothing is unpacked to disk, and sizes are bounded."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING

from monazite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER_LIMIT = 64 * 2**20
TABLE = ".csv"
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)


def members(file: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each table, by name; what else an archive holds is left in it.

    Raises
    ------
    SourceError
        If the archive is damaged or encrypted, holds two members of one name, a member with a
        folder in its name, or more than 64 MiB in its tables.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
            asked = [info for info in infos if info.filename.endswith(TABLE)]
            _check(file, asked)
            read = [(info.filename, _read(archive, info)) for info in asked]
    except DAMAGE as error:
        told = str(error) or type(error).__name__
        raise SourceError(file, found=told, expected="a whole zip archive", hint="Fetch it again") from error
    yield from read


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Bytes of a member: no more than it declares, even where its header lies."""
    with archive.open(info) as member:
        return member.read(info.file_size + 1)


def _check(file: str, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse members that the publisher's archives never hold, before any is unpacked."""
    for name, count in Counter(info.filename for info in infos).items():
        if count > 1:
            raise SourceError(file, found=f"{count} members named {name!r}", expected="one")
        if "/" in name or "\\" in name:
            raise SourceError(file, found=f"a member named {name!r}", expected="a name without a folder")
    size = sum(info.file_size for info in infos)
    if size > MEMBER_LIMIT:
        raise SourceError(file, found=f"{size:,} bytes of tables", expected=f"at most {MEMBER_LIMIT:,}")
