"""What is left of a download that broke, and how it goes on where it stopped.

The bytes so far lie in a folder ``.part`` beside the target, under the target's name, with a note
that holds the publisher's validator. The next try asks for the rest *if the file is still the same*
(``Range`` with ``If-Range``); if it is not, or if anything in the answer does not fit, the part is
dropped and all of it is fetched again. A part without a validator is never continued.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import IO, TYPE_CHECKING, NamedTuple

from monazite.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PARTIAL, NOT_SATISFIABLE = 206, 416
_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")
_SETTLED = timedelta(seconds=60)


class Stretch(NamedTuple):
    """Which bytes of a file an answer holds: the first, the last, and how many the file has."""

    first: int
    last: int
    total: int | None


def stretch(content_range: str) -> Stretch | None:
    """Read a Content-Range header; None if it is none, or contradicts itself.

    >>> stretch("bytes 5-9/10")
    Stretch(first=5, last=9, total=10)
    >>> stretch("bytes 9-5/10") is None
    True
    """
    if not (found := _RANGE.fullmatch(content_range.strip())):
        return None
    first, last = int(found[1]), int(found[2])
    total = None if found[3] == "*" else int(found[3])
    sound = first <= last and (total is None or last < total)
    return Stretch(first, last, total) if sound else None


def validator(headers: Mapping[str, str]) -> str:
    """What a later request can name to get the rest of the same file; empty if nothing is sure enough.

    A weak ETag names a meaning and not bytes; a Last-Modified younger than a minute when the answer
    was sent may stand for two versions (RFC 9110, 8.8.2.2).
    """
    if headers.get("accept-ranges", "").strip().lower() == "none":
        return ""
    if (tag := headers.get("etag", "").strip()).startswith('"'):
        return tag
    modified = headers.get("last-modified", "")
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        sent, changed = parsedate_to_datetime(headers.get("date", "")), parsedate_to_datetime(modified)
        return modified if sent - changed >= _SETTLED else ""
    return ""


@dataclass(frozen=True, slots=True)
class Note:
    """Which request a part belongs to, the publisher's validator, and the size of the whole."""

    request: str
    validator: str
    total: int | None


class Part:
    """The bytes of a download so far, and the note beside them."""

    def __init__(self, folder: Path, file: str, request: str) -> None:
        """Name where they lie; ``request`` tells this request from all others."""
        self.request = request
        self.path = folder / ".part" / file
        self.beside = folder / ".part" / f".{file}.note"
        self.note = Note(request, "", None)
        self.offset = 0

    def ask(self) -> dict[str, str]:
        """Headers that ask for the rest; none where there is nothing to go on from."""
        self.offset, self.note = 0, self._noted()
        size = self.path.stat().st_size if self.note.validator and self.path.is_file() else 0
        if self.note.total is not None and size >= self.note.total:
            # All of it is there, but not known to be: the last byte again tells.
            size = self.note.total - 1 if size == self.note.total else 0
        if size <= 0:
            return {}
        self.offset = size
        wanted = {"Range": f"bytes={size}-", "If-Range": self.note.validator}
        return {**wanted, "Accept-Encoding": "identity"}

    def continues(self, headers: Mapping[str, str]) -> bool:
        """Whether a 206 is the rest of this part: same file, from the byte that was asked for."""
        got, tag = stretch(headers.get("content-range", "")), headers.get("etag", "").strip()
        same = not self.note.validator.startswith('"') or tag in {"", self.note.validator}
        known = got is None or None in {got.total, self.note.total} or got.total == self.note.total
        return got is not None and self.offset > 0 and got.first == self.offset and same and known

    def begin(self, headers: Mapping[str, str], total: int | None) -> None:
        """Start anew: nothing there yet, and a note of what is coming."""
        self.offset, self.note = 0, Note(self.request, validator(headers), total)
        with written(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.beside.unlink(missing_ok=True)
            self.path.write_bytes(b"")
            if self.note.validator:
                self.beside.write_text(json.dumps(asdict(self.note)), encoding="utf-8")

    def open(self) -> IO[bytes]:
        """The file to write to, at the place where the answer goes on; what lies behind it is cut off."""
        file = self.path.open("r+b")
        file.truncate(self.offset)
        file.seek(self.offset)
        return file

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
            self.beside.unlink(missing_ok=True)
            self.path.parent.rmdir()

    def become(self, target: Path) -> None:
        """Take the target's place, in one step."""
        with written(target):
            self.path.replace(target)
        self.drop()

    def _noted(self) -> Note:
        """The note beside the part; an empty one if it is missing, damaged, or of another request."""
        nothing = Note(self.request, "", None)
        try:
            told = json.loads(self.beside.read_text(encoding="utf-8"))
            note = Note(str(told["request"]), str(told["validator"]), told["total"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return nothing
        sound = note.total is None or (type(note.total) is int and note.total >= 0)
        return note if sound and note.request == self.request else nothing


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Say plainly what is wrong where a file cannot be written."""
    try:
        yield
    except OSError as error:
        told = error.strerror or type(error).__name__
        raise OutputError(f"{path} cannot be written: {told}; free space or choose another folder") from error
