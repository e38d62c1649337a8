"""Answers kept: asked for again only if they changed, and given out when the network is off.

hishel keeps them, by its reading of RFC 9111, one for each request. Every fetch asks the publisher
whether the answer still holds (a conditional request); only offline is one given out unasked. The
cache lies above the edge: what it sees and keeps has no key, no cookie and no packing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx2
from hishel import CacheOptions, SqliteStorage
from hishel.httpx2 import CacheTransport

from monazite.errors import OfflineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from hishel import Entry

    from monazite.sources.source import Request

FILE = "answers.db"
OPTIONS = CacheOptions(shared=False, supported_methods=["GET", "POST"], allow_stale=False)
_LOG = logging.getLogger(__name__)


def default_folder() -> Path:
    """Folder of the cache: the environment's MONAZITE_CACHE, else the user's cache folder."""
    if named := os.environ.get("MONAZITE_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - seldom needed

    return user_cache_path("monazite", appauthor=False) / "http"


def identity(request: Request) -> str:
    """What tells this request from all others: method, address and body; the key has no part in it."""
    body = json.dumps(request.json, sort_keys=True) if request.json is not None else ""
    return hashlib.sha256(f"{request.url}\n{body}".encode()).hexdigest()


class Answers:
    """The answers kept in one folder."""

    def __init__(self, folder: Path, most: int) -> None:
        """Open them; an answer of more than ``most`` bytes is not kept."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, "may not be written", str(folder))
        discard_if_damaged(folder / FILE)
        self.storage = SqliteStorage(database_path=folder / FILE, max_stream_size=most)
        self.storage.get_entries("")  # a cache of another version is told here

    def over(self, edge: httpx2.BaseTransport) -> httpx2.BaseTransport:
        """A transport that keeps what comes through the edge."""
        return CacheTransport(edge, storage=self.storage, rfc=OPTIONS)

    def alone(self, request: Request) -> httpx2.BaseTransport:
        """A transport that gives out what is kept, and asks nobody."""
        return Shelf(request, self.storage)

    def kept(self, request: Request) -> set[UUID]:
        """Which answers to a request are there."""
        return {entry.id for entry in self.storage.get_entries(identity(request))}

    def settle(self, request: Request, before: set[UUID], *, believed: bool) -> None:
        """After a fetch, keep one answer: the new one if it is believed, else the one there was before."""
        now = self.kept(request)
        for entry in before & now if believed and now - before else now - before if not believed else ():
            self.storage.remove_entry(entry)

    def close(self) -> None:
        """Close the file."""
        self.storage.close()


class Shelf(httpx2.BaseTransport):
    """Gives out the newest answer kept for a request; has no network."""

    def __init__(self, request: Request, storage: SqliteStorage | None) -> None:
        """Take the shelf, if there is one."""
        self.request, self.storage = request, storage

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:  # noqa: ARG002 - one shelf a request
        """The answer, or an error that says what to do."""
        entries = self.storage.get_entries(identity(self.request)) if self.storage else []
        if not entries:
            raise OfflineError(
                f"{self.request.url} is not in the cache, and monazite is offline; fetch it once without "
                "--offline and MONAZITE_OFFLINE. Answers above 64 MiB are never in the cache"
            )
        kept: Entry = entries[-1]
        pieces = cast("Iterable[bytes]", kept.response.stream)  # the storage is not the asynchronous one
        headers = list(kept.response.headers.items())
        return httpx2.Response(kept.response.status_code, headers=headers, stream=Kept(pieces))


class Kept(httpx2.SyncByteStream):
    """Body of an answer from the shelf."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Take its pieces."""
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        """Give them out."""
        yield from self.pieces


def opened(folder: Path | None, most: int) -> Answers | None:
    """The answers kept in a folder; None where none can be kept, since a cache is never needed."""
    try:
        return Answers(folder or default_folder(), most)
    except (OSError, sqlite3.Error, RuntimeError) as error:
        _LOG.warning("answers are not cached: %s", error)
        return None


def discard_if_damaged(file: Path) -> None:
    """Remove a cache that is no database any more, after a fault of the disk."""
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        return  # in use by another process, which is no damage
    except sqlite3.DatabaseError:
        for each in (file, *(file.with_name(FILE + end) for end in ("-wal", "-shm", "-journal"))):
            each.unlink(missing_ok=True)
