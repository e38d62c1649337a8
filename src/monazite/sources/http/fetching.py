"""Fetch a file from a publisher: whole, checked, from the publisher's own host, or not at all."""

from __future__ import annotations

import os
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from monazite.errors import UsageError
from monazite.sources.http.keys import Key, checked_key, veiled
from monazite.sources.http.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx2

    from monazite.sources.http.fetched import Fetched
    from monazite.sources.http.limits import Limits
    from monazite.sources.source import Request, Source


def fetch(  # noqa: PLR0913 - what is fetched, and on which terms, by name
    source: Source,
    request: Request,
    folder: Path,
    *,
    key: str = "",
    progress: Callable[[int, int | None], None] | None = None,
    offline: bool = False,
    transport: httpx2.BaseTransport | None = None,
    cache: Path | None = None,
    limits: Limits = LIMITS,
) -> Fetched:
    """Fetch what a request names into a folder, under the request's file name.

    The file appears there only when it is whole and the request's check has passed. A download that
    broke is tried again where it stopped, in this call and in later ones with the same folder.

    Parameters
    ----------
    source, request
        What to fetch, and from whom; nothing is asked of a host outside ``source.hosts``.
    folder
        Where the file goes; made if it is not there. The part of a broken download stays in its
        subfolder ``.part``.
    key
        The publisher's key, from :func:`~monazite.sources.http.keys.key_for`.
    progress
        Called with the bytes so far and the size of the whole, if known.
    offline
        Answer from the cache alone. The environment's MONAZITE_OFFLINE says the same.
    transport
        Sends the requests in place of the network, in tests.
    cache
        Folder of the cache; by default MONAZITE_CACHE or the user's cache folder.
    limits
        How long it may take, and how often it is tried.

    Raises
    ------
    FetchError
        If the publisher does not answer, or not with the file.
    OfflineError
        If monazite is offline and the answer is not in the cache.
    SourceError
        If the request's check finds that the file is not what it should be.
    OutputError
        If the file cannot be written.
    UsageError
        If the source needs a key and there is none, or the file's name is no name.
    """
    key = Key(key)  # from here on it does not show itself
    key = checked_key(key, source.key)
    if not _is_name(request.file):
        raise UsageError(f"{request.file!r} is no name for a file of {source.id}")
    if key and key in request.url:
        raise UsageError(f"an address of {source.id} holds the key; say in key_in where it goes")
    from monazite.sources.http.client import Errand  # noqa: PLC0415 - loads the network libraries

    offline = offline or os.environ.get("MONAZITE_OFFLINE", "") not in {"", "0"}
    with veiled(key):
        return Errand(source, request, folder, key, progress, limits).run(cache, transport, offline=offline)


def _is_name(file: str) -> bool:
    """Whether a file's name is no more than a name, on any system.

    >>> [_is_name(each) for each in ("IMDB2504.ZIP", "../x", "C:x", ".part", "")]
    [True, False, False, False, False]
    """
    plain = PurePosixPath(file).name == file and PureWindowsPath(file).name == file
    return plain and file != "" and file.isprintable() and not file.startswith(".")
