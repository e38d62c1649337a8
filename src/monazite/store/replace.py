"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def replace_file(path: Path | str, data: bytes) -> Path:
    """Write bytes to a file so that a reader finds the old file or the new one, never a part.

    The bytes go to a temporary file beside the target, are flushed to the disk, and take the
    target's place in one step. A symbolic link is followed; a device or a pipe is written to,
    never replaced.

    Returns
    -------
    Path
        The path as it was given.

    Raises
    ------
    OutputError
        If the file cannot be written, with the path and the system's reason, or is read-only;
        the temporary file is removed and an earlier file of that name is left as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replace_file(Path(folder) / "a.txt", b"whole").read_bytes()
    b'whole'
    """
    with replacing(path) as beside:
        beside.write_bytes(data)
    return Path(path)


@contextlib.contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Give the name of a file to write, which then takes the place of another as :func:`replace_file` does.

    Raises
    ------
    OutputError
        As :func:`replace_file`.
    """
    given, target = Path(path), Path(os.path.realpath(path))
    with _told_as_output_error(given):
        through = target.exists() and not target.is_file()
        if not through:
            _refuse_read_only(target)
        home = Path(tempfile.gettempdir()) if through else target.parent
        beside = home / f".monazite-{secrets.token_hex(8)}.part"
        try:
            yield beside
            _write_through(beside, target) if through else _take_place(beside, target)
        finally:
            beside.unlink(missing_ok=True)


@contextlib.contextmanager
def _told_as_output_error(path: Path) -> Iterator[None]:
    """Turn the system's refusal into a message with the path and the reason."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write {path}: {_reason(path, error)}.") from error


def _reason(path: Path, error: OSError | ValueError) -> str:
    """What the system said, and what to do where we know."""
    if isinstance(error, FileNotFoundError) and not path.parent.exists():
        return f"there is no folder {path.parent}; create it first"
    if isinstance(error, IsADirectoryError):
        return "it is a folder; give a file name"
    return getattr(error, "strerror", None) or str(error)


def _write_through(beside: Path, target: Path) -> None:
    """Write to what is there already and is no regular file: a device, a pipe."""
    with beside.open("rb") as written, target.open("wb") as stream:
        shutil.copyfileobj(written, stream)


def _refuse_read_only(target: Path) -> None:
    """Refuse to replace a file that may not be written, though its folder may."""
    if target.exists() and not (target.stat().st_mode & _WRITABLE and os.access(target, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only; allow writing, or give another name")


def _take_place(beside: Path, target: Path) -> None:
    """Put a file, down to the disk, in the place of another, with its permissions."""
    with beside.open("rb") as stream:
        os.fsync(stream.fileno())
    if target.exists():
        beside.chmod(stat.S_IMODE(target.stat().st_mode))
    beside.replace(target)
