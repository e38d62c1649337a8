"""An answer's body: unpacked, watched for the key, its failures told as ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from monazite.sources.http.gzipped import GzipError, unpacked
from monazite.sources.http.showing import arriving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from monazite.errors import FetchError
    from monazite.sources.http.keys import Key
    from monazite.sources.source import Request

    class Teller(Protocol):
        """Who knows the request, and tells its errors."""

        request: Request
        key: Key

        def error(self, found: str, expected: str, hint: str = "", *, passing: bool = False) -> FetchError:
            """An error about the request."""

        def broken(self, error: httpx2.TransportError) -> FetchError:
            """An error for a connection that failed."""


_SHORTEST_KEY = 8


class Body(httpx2.SyncByteStream):
    """The body of an answer that is being received."""

    def __init__(self, teller: Teller, answer: httpx2.Response, *, packed: bool) -> None:
        """Take the answer, and who tells what is wrong with it."""
        self.teller, self.answer, self.packed = teller, answer, packed

    def __iter__(self) -> Iterator[bytes]:
        """Give the body piece by piece; an error is raised where no variable holds the key."""
        raw, watch, fault = arriving(self.answer), Watch(self.teller.key), None
        try:
            for piece in unpacked(raw, self.teller.request.limit) if self.packed else raw:
                if watch.sees(piece):
                    hint = "It is not kept; load a file that you have checked instead"
                    fault = self.teller.error("an answer that repeats the key", "data without it", hint)
                    break
                yield piece
        except httpx2.TransportError as error:
            fault = self.teller.broken(error)
        except GzipError as error:
            fault = self.teller.error(str(error), "a whole answer", "Try again later", passing=True)
        piece = b""
        if fault:
            raise fault

    def close(self) -> None:
        """Let go of the connection."""
        self.answer.close()


class Watch:
    """Looks for the key in what arrives: what is kept must not hold it.

    >>> from monazite.sources.http.keys import Key
    >>> watch = Watch(Key("c0ffee00"))
    >>> watch.sees(b"id=c0ff"), watch.sees(b"ee00&x")
    (False, True)
    """

    def __init__(self, key: Key) -> None:
        """Take the key; one shorter than eight letters would be found everywhere and is not looked for."""
        self.secret = key.encode() if len(key) >= _SHORTEST_KEY else b""
        self.tail = b""

    def sees(self, piece: bytes) -> bool:
        """Whether the key ends in this piece."""
        if not self.secret:
            return False
        near = self.tail + piece
        self.tail = near[1 - len(self.secret) :]
        return self.secret in near
