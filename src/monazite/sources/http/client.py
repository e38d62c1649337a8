"""One request, from the first try to a file that is believed."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

import httpx2
import stamina

from monazite.errors import FetchError, MonaziteError
from monazite.sources.http.cache import Shelf, identity, opened
from monazite.sources.http.edge import Edge
from monazite.sources.http.fetched import Fetched
from monazite.sources.http.limits import OUT_OF_TIME, Meter
from monazite.sources.http.partial import NOT_SATISFIABLE, PARTIAL, Part, written
from monazite.sources.http.showing import is_html, media_type, words_of
from monazite.sources.http.wire import wire_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path
    from typing import IO

    from monazite.sources.http.cache import Answers
    from monazite.sources.http.keys import Key
    from monazite.sources.http.limits import Limits
    from monazite.sources.source import Request, Source

_HEAD = 8192
for _name in ("stamina", "hishel"):  # a retry or a cache that fails is no warning to the user
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Errand:
    """Fetches one file for one source."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is fetched, and on which terms
        self,
        source: Source,
        request: Request,
        folder: Path,
        key: Key,
        progress: Callable[[int, int | None], None] | None,
        limits: Limits,
    ) -> None:
        """Take what is to be fetched, and note when it began."""
        self.source, self.request, self.key, self.limits = source, request, key, limits
        self.target, self.part = folder / request.file, Part(folder, request.file, identity(request))
        self.progress = progress or (lambda _arrived, _total: None)
        self.meter = Meter(limits)

    def run(self, cache: Path | None, given: httpx2.BaseTransport | None, *, offline: bool) -> Fetched:
        """Fetch it, over the transport given or the network, or from the cache alone."""
        with ExitStack() as held:
            if answers := opened(cache, self.limits.cached):
                held.callback(answers.close)
            before = answers.kept(self.request) if answers else set()
            transport = self.road(held, answers, given, offline=offline)
            client = held.enter_context(self.client(transport))
            believed = False
            try:
                fetched = self.persist(client, offline=offline)
                believed = True
            finally:
                if answers and not offline:
                    answers.settle(self.request, before, believed=believed)
        return fetched

    def road(
        self, held: ExitStack, answers: Answers | None, given: httpx2.BaseTransport | None, *, offline: bool
    ) -> httpx2.BaseTransport:
        """The way that a request takes: cache, edge, wire; or the cache alone."""
        if offline:
            return answers.alone(self.request) if answers else Shelf(self.request, None)
        wire = given or wire_to(self.request.url)
        # Headers that drip in for ever pass every time limit of a single read; this ends them.
        guard = threading.Timer(self.limits.total_s, wire.close)
        guard.daemon = True
        guard.start()
        held.callback(guard.cancel)
        edge = Edge(self.source, self.request, self.key, wire, trusted=given is not None)
        return answers.over(edge) if answers else edge

    def client(self, transport: httpx2.BaseTransport) -> httpx2.Client:
        """A client that follows no redirect and takes nothing from the environment."""
        return httpx2.Client(
            transport=transport,
            follow_redirects=False,
            trust_env=False,
            timeout=httpx2.Timeout(self.limits.read_s, connect=self.limits.connect_s),
            headers={
                "User-Agent": f"monazite/{version('monazite')}",
                "Accept-Encoding": "gzip",
                "Cache-Control": "no-cache",
            },
        )

    def persist(self, client: httpx2.Client, *, offline: bool) -> Fetched:
        """Try, and try again as long as the fault may pass."""
        for attempt in stamina.retry_context(
            on=self.again, attempts=self.limits.attempts, timeout=None, wait_initial=0.5, wait_max=30
        ):
            with attempt:
                return self.attempt(client, offline=offline)
        raise AssertionError("the last attempt returns or raises")

    def again(self, error: Exception) -> bool | float:
        """Whether to try again, or after how many seconds the publisher wants to be asked again."""
        if not isinstance(error, FetchError) or not error.passing:
            return False
        if error.after is None:
            return True
        return error.after if error.after <= self.limits.longest_wait_s else False

    def attempt(self, client: httpx2.Client, *, offline: bool) -> Fetched:
        """One try: ask, receive, believe."""
        if self.meter.late:
            raise self.error(OUT_OF_TIME, f"at most {self.limits.total_s:.0f} seconds")
        headers = {**self.request.headers, **({} if offline else self.part.ask())}
        method = "GET" if self.request.json is None else "POST"
        extensions = {"caching": {"key": identity(self.request)}}
        with client.stream(
            method, self.request.url, json=self.request.json, headers=headers, extensions=extensions
        ) as answer:
            empty = answer.status_code in self.request.empty
            with self.kept_if_usable():
                self.place(answer)
                if empty:
                    answer.read()
                else:
                    self.receive(answer)
        day = dated(answer.headers.get("date", "")) if offline else datetime.now(UTC).date()
        return self.believe(media_type(answer.headers), day, empty=empty)

    def place(self, answer: httpx2.Response) -> None:
        """Find out where the answer's first byte belongs: at the start, or behind what is there."""
        status, size = answer.status_code, length(answer)
        if status not in {PARTIAL, NOT_SATISFIABLE}:
            self.part.begin(answer.headers, size)
        elif status == NOT_SATISFIABLE or not self.part.continues(answer.headers):
            self.part.drop()
            raise self.error("another file than the one begun", "the rest of it", passing=True)

    def receive(self, answer: httpx2.Response) -> None:
        """Write the body as it arrives, held to size, pace and time."""
        here, total = self.part.offset, length(answer)
        total = None if total is None else here + total
        if total is not None and total > self.request.limit:
            raise self.error(f"{total:,} bytes", f"at most {self.request.limit:,}")
        self.meter.restart()
        with written(self.part.path), self.part.open() as file:
            for piece in self.pieces(answer):
                here += len(piece)
                self.write(file, piece, here)
                self.progress(here, total)
        whole = total if total is not None else here
        if here != whole or self.part.path.stat().st_size != whole:
            raise self.error(f"{here:,} bytes", f"{whole:,}, as announced", "Try again later", passing=True)

    def pieces(self, answer: httpx2.Response) -> Iterator[bytes]:
        """Pieces of the body; a cache that fails while it is read is told as a fault that may pass."""
        try:
            yield from answer.iter_raw()
        except (sqlite3.Error, RuntimeError) as error:
            raise self.error(f"a cache that fails ({error})", "the answer kept", passing=True) from None

    def write(self, file: IO[bytes], piece: bytes, here: int) -> None:
        """Write a piece, unless it is one too many or came too slowly."""
        if here > self.request.limit:
            raise self.error("more bytes than it may have", f"at most {self.request.limit:,}")
        file.write(piece)
        if slow := self.meter.too_slow(len(piece)):
            least = f"{self.limits.slowest:.0f} bytes a second, {self.limits.total_s:.0f} seconds in all"
            raise self.error(slow, least, "Try again later", passing=slow != OUT_OF_TIME)

    @contextmanager
    def kept_if_usable(self) -> Iterator[None]:
        """Keep a part that can be continued, whatever happens; drop one that cannot."""
        try:
            yield
        except BaseException as error:
            hopeless = isinstance(error, MonaziteError) and not getattr(error, "passing", False)
            if hopeless or not self.part.note.validator:
                self.part.drop()
            raise

    def believe(self, content_type: str, day: date, *, empty: bool) -> Fetched:
        """Look at the whole file before it takes its place."""
        path = self.part.path
        with self.kept_only_if_believed():
            size = path.stat().st_size
            if not empty:
                self.examine(path, size)
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.part.become(self.target)
        return Fetched(self.target, self.request.url, digest, size, content_type, day, empty=empty)

    @contextmanager
    def kept_only_if_believed(self) -> Iterator[None]:
        """Drop a file that is not what it should be."""
        try:
            yield
        except BaseException:
            self.part.drop()
            raise

    def examine(self, path: Path, size: int) -> None:
        """Refuse nothing at all, HTML under another name, and what the source's own check refuses."""
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if not size:
            raise self.error("an answer without a byte", "the file", "Try again later")
        if is_html(head) and "text/html" not in self.request.accepts:
            told = words_of(head, self.key)
            key = self.request.key_in and f"The key in {self.source.key} may be wrong or expired"
            raise self.error(f"a page of HTML that says {told!r}", " or ".join(self.request.accepts), key)
        self.request.check(path)

    def error(self, found: str, expected: str, hint: str = "", *, passing: bool = False) -> FetchError:
        """An error about this request."""
        return FetchError(self.request.url, found=found, expected=expected, hint=hint, passing=passing)


def length(answer: httpx2.Response) -> int | None:
    """How many bytes an answer says its body has."""
    text = answer.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004


def dated(text: str) -> date:
    """Day of a Date header; today if it has none."""
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return datetime.now(UTC).date()
