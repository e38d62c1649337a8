"""The last step before the network: what goes out, and what may come in.

Everything above sees requests without a key and answers that are what they should be. Here the host
is held to the source's list, the key is put in its place, redirects and refusals become errors, and
of an answer only what is needed is let in, unpacked. Errors are raised where no variable holds the
key, and with nothing chained to them that does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx2

from monazite.errors import FetchError, UsageError
from monazite.sources.http import limits
from monazite.sources.http.body import Body
from monazite.sources.http.limits import retry_after
from monazite.sources.http.partial import NOT_SATISFIABLE, PARTIAL
from monazite.sources.http.showing import GZIP, glimpse, media_type, named, shown

if TYPE_CHECKING:
    from monazite.sources.http.keys import Key
    from monazite.sources.source import Request, Source

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LET_IN = (
    "accept-ranges",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "etag",
    "last-modified",
)
WHOLE, UNCHANGED = 200, 304
REFUSED, GONE, PASSING = (401, 403), (404, 410), (408, 425, 429, 500, 502, 503, 504)


class Edge(httpx2.BaseTransport):
    """Sends one source's requests, with the key, and lets in what they may bring."""

    def __init__(
        self, source: Source, request: Request, key: Key, wire: httpx2.BaseTransport, *, trusted: bool
    ) -> None:
        """Take the wire to send over; a ``trusted`` one (of a test) may be asked over plain http."""
        self.source, self.request, self.key = source, request, key
        self.wire, self.trusted = wire, trusted

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and judge what comes back."""
        self.permit(request.url)
        limits.PACE.wait(request.url.host, self.source.per_second)
        came = self.sent(request)
        if isinstance(came, FetchError):
            raise came
        return came

    def permit(self, url: httpx2.URL) -> None:
        """Refuse an address that is not the publisher's, or not a safe one."""
        plain = url.scheme == "http" and self.trusted and url.host in LOOPBACK
        if not plain and (url.scheme != "https" or url.port is not None or url.userinfo):
            raise self.error(f"the address {named(url)}", "an https address")
        if url.host not in self.source.hosts:
            hosts = ", ".join(self.source.hosts) or "no host at all"
            raise self.error(f"the host {url.host}", f"one of {self.source.id}: {hosts}")
        if self.request.key_in and not self.key:
            raise UsageError(
                f"{self.source.id} needs a key: set {self.source.key} in the environment, or keep it with "
                f"`keyring set monazite {self.source.key}`. You get one at {self.source.key_from}"
            )

    def sent(self, asked: httpx2.Request) -> httpx2.Response | FetchError:
        """What came back, or what went wrong, told and not raised: the variables here hold the key."""
        try:
            answer = self.wire.handle_request(self.keyed(asked))
        except httpx2.TransportError as error:
            return self.broken(error)
        try:
            return self.judged(asked, answer)
        except httpx2.TransportError as error:
            answer.close()
            return self.broken(error)

    def keyed(self, asked: httpx2.Request) -> httpx2.Request:
        """The request with the key in its place."""
        place, _, name = self.request.key_in.partition(":")
        url, headers = asked.url, asked.headers.copy()
        if place == "query":
            pair = f"{name}={quote(self.key, safe='')}".encode()
            url = url.copy_with(query=url.query + b"&" + pair if url.query else pair)
        elif place == "header":
            headers[name] = f"Bearer {self.key}" if name == "Authorization" else str(self.key)
        return httpx2.Request(
            asked.method, url, headers=headers, stream=asked.stream, extensions=asked.extensions
        )

    def judged(self, asked: httpx2.Request, answer: httpx2.Response) -> httpx2.Response | FetchError:
        """The answer, if it is one that may be believed so far; else what is wrong with it."""
        status, ranged = answer.status_code, "range" in asked.headers
        conditional = "if-none-match" in asked.headers or "if-modified-since" in asked.headers
        bare = status in self.request.empty or (status == UNCHANGED and conditional)
        if bare or (status == NOT_SATISFIABLE and ranged):
            answer.close()
            return httpx2.Response(status, headers=self.let_in(answer))
        if status == WHOLE or (status == PARTIAL and ranged):
            fault = self.unlike(answer)
        else:
            fault = self.refused(answer)
        if fault:
            answer.close()
            return fault
        return self.body(answer)

    def body(self, answer: httpx2.Response) -> httpx2.Response:
        """The answer with its body unpacked, and with the headers that are needed."""
        packed = answer.headers.get("content-encoding", "").strip().lower() in GZIP
        headers = self.let_in(answer)
        if packed:  # what is passed on is unpacked: of another length, and not to be continued
            headers = {**headers, "accept-ranges": "none"}
            headers.pop("content-length", None)
        return httpx2.Response(answer.status_code, headers=headers, stream=Body(self, answer, packed=packed))

    def let_in(self, answer: httpx2.Response) -> dict[str, str]:
        """Headers that are needed and readable; cookies and whatever else came stay outside.

        Of what the publisher says about caching only "do not keep it" counts: whether an answer still
        holds is asked each time.
        """
        came = {name: self.key.hide(answer.headers[name]) for name in LET_IN if name in answer.headers}
        plain = {name: value for name, value in came.items() if value.isascii() and value.isprintable()}
        private = "no-store" in answer.headers.get("cache-control", "").lower()
        return {**plain, "cache-control": "no-store"} if private else plain

    def unlike(self, answer: httpx2.Response) -> FetchError | None:
        """What speaks against an answer before its body is read."""
        packing = answer.headers.get("content-encoding", "").strip().lower()
        if packing not in {"", "identity", *GZIP} or (packing in GZIP and answer.status_code == PARTIAL):
            return self.error(f"a body packed as {shown(packing)}", "gzip, or no packing")
        if (came := media_type(answer.headers)) not in self.request.accepts:
            told = glimpse(answer, self.key)
            return self.error(
                f"{came or 'no content type'} that says {told!r}", self.wanted, self.key_hint(told)
            )
        return None

    def refused(self, answer: httpx2.Response) -> FetchError:
        """An error for a status that brings no data."""
        status = answer.status_code
        if answer.has_redirect_location or status // 100 == UNCHANGED // 100:
            return self.error(f"a redirect ({status}) to {self.pointed(answer)}", self.wanted)
        told = glimpse(answer, self.key)
        found = f"status {status}" + (f" that says {told!r}" if told else "")
        if status in REFUSED:
            return self.error(found, self.wanted, self.key_hint(told) or "The publisher does not let us in")
        after = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
        found += f" and asks to wait {after:.0f} seconds" if after is not None else ""
        hint = "The publisher no longer has it there" if status in GONE else ""
        return self.error(found, self.wanted, hint, passing=status in PASSING, after=after)

    def pointed(self, answer: httpx2.Response) -> str:
        """Where a redirect points, without query, user and key."""
        try:
            place = self.key.hide(answer.headers.get("location", ""))
            return named(httpx2.URL(self.request.url).join(place))
        except (httpx2.InvalidURL, ValueError):
            return "an unreadable address"

    def broken(self, error: httpx2.TransportError) -> FetchError:
        """An error for a connection that failed."""
        told = shown(self.key.hide(str(error))) or type(error).__name__
        if "CERTIFICATE" in told.upper():
            hint = "If a proxy of your organisation signs connections, name its certificate in SSL_CERT_FILE"
            return self.error(f"an untrusted certificate ({told})", "the publisher's", hint)
        slow = isinstance(error, httpx2.TimeoutException)
        found = f"no answer in time ({told})" if slow else f"a broken connection ({told})"
        return self.error(found, "a whole answer", "Try again later", passing=True)

    def error(
        self, found: str, expected: str, hint: str = "", *, passing: bool = False, after: float | None = None
    ) -> FetchError:
        """An error about this request; its address never holds the key."""
        url = self.request.url
        return FetchError(url, found=found, expected=expected, hint=hint, passing=passing, after=after)

    @property
    def wanted(self) -> str:
        """What the answer should be."""
        return " or ".join(self.request.accepts)

    def key_hint(self, told: str) -> str:
        """What to do if it was the key."""
        if not self.request.key_in:
            return ""
        sure = "was refused" if "key" in told.lower() else "may be wrong or expired"
        return f"The key in {self.source.key} {sure}; you get one at {self.source.key_from}"

    def close(self) -> None:
        """Close the wire, unless it is someone else's."""
        if not self.trusted:
            self.wire.close()
