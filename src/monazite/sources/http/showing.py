"""What an answer says, made fit to be shown: one line, printable, short, without query and user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import httpx2

from monazite.sources.http.gzipped import GzipError, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.sources.http.keys import Key

GZIP = ("gzip", "x-gzip")
_GLIMPSE, _MARGIN, _TOLD = 4096, 1024, 160
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<!--.{0,200}?-->\s*)?<(!doctype\s+html|html|head|body)\b",
    re.DOTALL | re.IGNORECASE,
)


def media_type(headers: httpx2.Headers) -> str:
    """Content type without its parameters."""
    return shown(headers.get("content-type", "").partition(";")[0].strip().lower())


def shown(text: str) -> str:
    """Text fit to be shown: one line, printable, short."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= _TOLD else line[: _TOLD - 1] + "…"


def named(url: httpx2.URL) -> str:
    """Address without user, query and fragment."""
    return shown(str(url.copy_with(userinfo=b"", query=None, fragment=None)))


def arriving(answer: httpx2.Response) -> Iterable[bytes]:
    """The body as it arrives, packed or not; the answer is not one of an asynchronous client."""
    return cast("Iterable[bytes]", answer.stream)


def is_html(head: bytes) -> bool:
    """Whether a file begins like a page of HTML, whatever its content type says.

    >>> is_html(b"  <!DOCTYPE html><title>Invalid Key</title>"), is_html(b"[[1]]")
    (True, False)
    """
    return _HTML.match(head) is not None


def words_of(head: bytes, key: Key) -> str:
    """Title of a page, or its first words; the key is hidden before anything is cut."""
    text = key.hide(head.decode("utf-8", "replace"))[:_GLIMPSE]
    title = _TITLE.search(text)
    return shown(title[1] if title else _TAGS.sub(" ", text))


def glimpse(answer: httpx2.Response, key: Key) -> str:
    """The beginning of what an answer says; reads little more of it than 4 KiB."""
    packed = answer.headers.get("content-encoding", "").strip().lower() in GZIP
    raw, head = arriving(answer), b""
    try:
        for piece in unpacked(raw, _GLIMPSE * 16) if packed else raw:
            head += piece
            if len(head) >= _GLIMPSE + _MARGIN:
                break
    except (GzipError, httpx2.TransportError):
        pass  # what came until then is glimpse enough
    return words_of(head, key)
