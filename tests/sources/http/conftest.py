"""A publisher that misbehaves: a server on this machine, and sources made up for it."""

from __future__ import annotations

import gzip
import json
import os
import threading
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2
import pytest
import stamina

from monazite.errors import SourceError
from monazite.sources.http import LIMITS, fetch, limits
from monazite.sources.source import Licence, Request, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from monazite.sources.http import Fetched

HOST = "data.example.gov"
KEY = "s3cr3t-0123456789abcdef"


class Asked(NamedTuple):
    """A request as it reached the server."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Stand(BaseHTTPRequestHandler):
    """Answers each request with the next play; the last one is played for ever."""

    protocol_version = "HTTP/1.1"
    server: Server

    def answer(self) -> None:
        """Note what is asked, and play."""
        size = int(self.headers.get("content-length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.command, self.path, headers, self.rfile.read(size)))
        plays = self.server.plays
        play = plays.pop(0) if len(plays) > 1 else plays[0]
        with suppress(ConnectionError):
            play(self)

    do_GET = do_POST = do_CONNECT = answer  # noqa: N815 - names that the standard library looks for

    def head(self, status: int, **headers: str) -> None:
        """Send a status and headers; an underscore stands for a hyphen."""
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_told: object) -> None:
        """Stay quiet."""


class Server(ThreadingHTTPServer):
    """The server, its plays, and what it was asked."""

    plays: list[Callable[[Stand], None]]
    asked: list[Asked]
    over: threading.Event

    def handle_error(self, *_told: object) -> None:
        """Stay quiet: clients that break off are what is tested."""


class Rerouted(httpx2.BaseTransport):
    """Sends what is meant for any host to the server; what lies above still sees the true host."""

    def __init__(self, port: int) -> None:
        self.port, self.inner = port, httpx2.HTTPTransport(verify=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        rerouted = httpx2.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return self.inner.handle_request(rerouted)

    def close(self) -> None:
        self.inner.close()


@dataclass
class Publisher:
    """What a test says the publisher does: each method makes a play for :meth:`plays`."""

    server: Server
    transport: Rerouted
    folder: Path

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def asked(self) -> list[Asked]:
        return self.server.asked

    def plays(self, *plays: Callable[[Stand], None]) -> None:
        """From now on, answer so; the last play is repeated."""
        self.server.plays = list(plays)
        self.server.asked.clear()

    def fetch(self, source: Source, request: Request, *plays: Callable[[Stand], None], **how: Any) -> Fetched:  # noqa: ANN401
        """Fetch with these answers; without any, the last one still stands."""
        if plays:
            self.plays(*plays)
        how = {"key": KEY if request.key_in else "", "transport": self.transport, **how}
        return fetch(source, request, self.folder, **how)

    def left(self) -> list[str]:
        """Files that a fetch left in its folder."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())

    def whole(  # noqa: PLR0913 - how a good server may answer, by name
        self,
        body: bytes,
        kind: str,
        *,
        etag: str = "",
        modified: str = "",
        packed: bool = False,
        cut: int | None = None,
    ) -> Callable[[Stand], None]:
        """Give the file as a good server does: ranges, conditions, packing; ``cut`` breaks off there."""

        def play(stand: Stand) -> None:
            validator = etag or modified
            unchanged = validator and validator in {
                stand.headers.get("if-none-match"), stand.headers.get("if-modified-since"),
            }  # fmt: skip
            if unchanged:
                stand.head(304, ETag=etag)
                return
            ranged = stand.headers.get("range") if stand.headers.get("if-range") == validator else None
            first = int(ranged.removeprefix("bytes=").removesuffix("-")) if ranged else 0
            rest = (gzip.compress(body) if packed else body)[first:]
            stand.head(
                206 if ranged else 200,
                Content_Type=kind,
                Content_Length=str(len(rest)),
                Content_Range=f"bytes {first}-{len(body) - 1}/{len(body)}" if ranged else "",
                Content_Encoding="gzip" if packed else "",
                ETag=etag,
                Last_Modified=modified,
            )
            stand.wfile.write(rest if cut is None else rest[: max(0, cut - first)])
            stand.close_connection = cut is not None

        return play

    def status(self, status: int, told: str = "", **headers: str) -> Callable[[Stand], None]:
        """Answer with a status, some words, and headers."""

        def play(stand: Stand) -> None:
            body = told.encode()
            length = {} if status == 204 else {"Content_Length": str(len(body))}
            stand.head(status, **{"Content_Type": "text/plain" if body else "", **length, **headers})
            stand.wfile.write(body)

        return play

    def redirect(self) -> Callable[[Stand], None]:
        """Send the caller to a page of HTML elsewhere, repeating the query."""

        def play(stand: Stand) -> None:
            query = stand.path.partition("?")[2]
            self.status(302, Location=f"https://www.example.com/sorry?{query}")(stand)

        return play

    def html(self, title: str = "Invalid Key", kind: str = "") -> Callable[[Stand], None]:
        """A page of HTML where data should be; if it says so, it also repeats the address and the key."""

        def play(stand: Stand) -> None:
            said = "" if kind else stand.path
            page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{said}</body></html>"
            self.whole(page.encode(), kind or "text/html; charset=utf-8")(stand)

        return play

    def echo(self, status: int) -> Callable[[Stand], None]:
        """A refusal that repeats the address and the headers it was asked with."""
        return lambda stand: self.status(status, f"{stand.path} {stand.headers.as_string()}")(stand)

    def short(self, body: bytes, kind: str, announced: int) -> Callable[[Stand], None]:
        """Announce another length than is sent, and close."""

        def play(stand: Stand) -> None:
            stand.head(200, Content_Type=kind, Content_Length=str(announced))
            stand.wfile.write(body)
            stand.close_connection = True

        return play

    def pieces(self, pieces: Iterable[bytes], kind: str, *, end: bool = True) -> Callable[[Stand], None]:
        """Send a body piece by piece, its length unknown; without ``end``, break off after the last."""

        def play(stand: Stand) -> None:
            stand.head(200, Content_Type=kind, Transfer_Encoding="chunked")
            for piece in pieces:
                stand.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            stand.wfile.write(b"0\r\n\r\n" if end else b"")
            stand.close_connection = True

        return play

    def drip(self, kind: str) -> Callable[[Stand], None]:
        """Send a byte at a time; with :meth:`slow_clock` each takes ten seconds."""
        return self.pieces([b" "] * 100, kind)

    def drip_headers(self) -> Callable[[Stand], None]:
        """Send headers for ever, a letter at a time, and never a body."""

        def play(stand: Stand) -> None:
            stand.send_response_only(200)
            stand.flush_headers()
            while not self.server.over.wait(0.01):
                stand.wfile.write(b"x")

        return play

    def raw(self, answer: bytes) -> Callable[[Stand], None]:
        """Send these very bytes in place of an answer, and close."""

        def play(stand: Stand) -> None:
            stand.wfile.write(answer)
            stand.close_connection = True

        return play

    def sent(self, body: bytes, kind: str, **headers: str) -> Callable[[Stand], None]:
        """Send these very bytes, with these headers."""

        def play(stand: Stand) -> None:
            stand.head(200, Content_Type=kind, Content_Length=str(len(body)), **headers)
            stand.wfile.write(body)

        return play

    def hang_up(self) -> Callable[[Stand], None]:
        """Close the connection without a word."""

        def play(stand: Stand) -> None:
            stand.close_connection = True

        return play

    @staticmethod
    def slow_clock(**bounds: Any) -> limits.Limits:  # noqa: ANN401 - bounds as Limits has them
        """Limits whose clock passes ten seconds each time it is looked at."""
        ticks = iter(range(0, 10**9, 10))
        return limits.Limits(clock=lambda: float(next(ticks)), **{"attempts": 2, **bounds})


@pytest.fixture(scope="session")
def _server() -> Iterator[Server]:
    """One server for all tests."""
    server = Server(("127.0.0.1", 0), Stand)
    server.daemon_threads, server.over, server.asked, server.plays = True, threading.Event(), [], []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tries follow one another at once; there is no cache, unless a test asks for one."""
    monkeypatch.setattr(limits, "PACE", limits.Pace(sleep=lambda _seconds: None))
    monkeypatch.setenv("MONAZITE_CACHE", str(Path(os.devnull) / "nowhere"))
    monkeypatch.delenv("MONAZITE_OFFLINE", raising=False)
    with stamina.set_testing(True, attempts=LIMITS.attempts, cap=True):
        yield


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Folder of a cache of this test's own."""
    monkeypatch.setenv("MONAZITE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def publisher(_server: Server, tmp_path: Path) -> Iterator[Publisher]:
    """The publisher, and a folder to fetch into."""
    transport = Rerouted(_server.server_address[1])
    yield Publisher(_server, transport, tmp_path / "fetched")
    transport.close()


# ── Sources made up for the tests ────────────────────────────────────────────────────────────


def made_up(**what: Any) -> Source:  # noqa: ANN401 - fields of a source
    """A source of which only the way to fetch it matters."""
    fields: dict[str, Any] = {
        "id": "made-up", "title": "Figures made up for a test", "publisher": "monazite", "homepage": "",
        "licence": Licence("CC0", "", "free"), "tables": (), "recognises": lambda _sample: False,
        "read": lambda _given, _account: iter(()), "edition": lambda _given: "1",
        "hosts": (HOST,), "per_second": 1000.0,
    }  # fmt: skip
    return Source(**{**fields, **what})


def check_page(path: Path) -> None:
    """A page is complete, repeats no record, and has the fields we know."""
    try:
        page = json.loads(path.read_bytes())
        rows = [(row["code"], row["value"]) for row in page["data"]]
        sound = len(set(rows)) == len(rows) == page["count"] and all(len(row) == 2 for row in page["data"])
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise SourceError(path.name, found="another page", expected="as many different records as announced")


def check_zip(path: Path) -> None:
    """An archive is whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, OSError, ValueError):
        damaged = path.name
    if damaged:
        raise SourceError(path.name, found="a damaged archive", expected="a zip")


@pytest.fixture
def api() -> tuple[Source, Request]:
    """An API with a key in the query."""
    source = made_up(id="api", key="MONAZITE_TEST_KEY", key_from="https://example.gov/key")
    url = f"https://{HOST}/v1/trade?code=2846*&time=from+2023-01+to+2023-12"
    accepts = ("application/json",)
    return source, Request(url, "page.json", accepts, check_page, key_in="query:key", empty=(204,))


@pytest.fixture
def bulk() -> tuple[Source, Request]:
    """A large file without a key."""
    url = f"https://{HOST}/files/month.zip"
    return made_up(id="bulk"), Request(url, "month.zip", ("application/zip",), check_zip, limit=2**20)


@pytest.fixture
def page() -> Callable[..., bytes]:
    """A page of the API with these records."""

    def make(*values: int, count: int | None = None) -> bytes:
        data = [{"code": f"28469{number}", "value": value} for number, value in enumerate(values)]
        return json.dumps({"count": len(values) if count is None else count, "data": data}).encode()

    return make


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A zip of some 100 KB that does not get smaller."""
    path = tmp_path_factory.mktemp("archive") / "month.zip"
    noise = bytes(seed * seed % 251 for seed in range(100_000))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        target.writestr(zipfile.ZipInfo("IMP_DETL.TXT"), noise)
    return path.read_bytes()
