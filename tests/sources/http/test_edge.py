"""What goes out, and what is let in."""

from __future__ import annotations

import gzip
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import FetchError, UsageError
from monazite.sources.http.gzipped import GzipError, unpacked
from monazite.sources.http.showing import is_html, shown
from monazite.sources.http.wire import wire_to

if TYPE_CHECKING:
    from tests.sources.http.conftest import Publisher

    from monazite.sources.source import Request, Source

ZIP = "application/zip"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/files/month.zip",
        "https://data.example.gov.evil.example/files/month.zip",
        "https://data.example.gov@evil.example/files/month.zip",
        "https://user:pass@data.example.gov/files/month.zip",
        "https://data.example.gov:8443/files/month.zip",
        "http://data.example.gov/files/month.zip",
        "http://127.0.0.1/files/month.zip",
        "https://127.0.0.1/files/month.zip",
        "ftp://data.example.gov/files/month.zip",
        "file:///etc/passwd",
    ],
)
def test_nothing_is_asked_of_another_host_or_over_another_road(
    url: str, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    with pytest.raises(FetchError):
        publisher.fetch(bulk[0], replace(bulk[1], url=url), publisher.whole(archive, ZIP))
    assert publisher.asked == []


def test_plain_http_is_for_this_machine_and_tests(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    source = replace(bulk[0], hosts=("127.0.0.1",))
    request = replace(bulk[1], url=f"http://127.0.0.1:{publisher.port}/month.zip")
    assert publisher.fetch(source, request, publisher.whole(archive, ZIP)).bytes == len(archive)
    with pytest.raises(FetchError, match="expected an https address"):
        publisher.fetch(source, request, transport=None)


def test_a_request_names_monazite_and_its_version(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    request = replace(bulk[1], headers={"Accept": "application/zip"})
    publisher.fetch(bulk[0], request, publisher.whole(archive, ZIP))
    headers = publisher.asked[0].headers
    assert headers["user-agent"] == f"monazite/{version('monazite')}"
    assert headers["host"] == "data.example.gov"
    assert headers["accept"] == "application/zip"
    assert "cookie" not in headers


@pytest.mark.parametrize("kind", ["application/zip", "Application/ZIP; charset=binary", "application/zip;"])
def test_a_content_type_is_compared_without_its_parameters(
    kind: str, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    assert publisher.fetch(*bulk, publisher.whole(archive, kind)).content_type == "application/zip"


@pytest.mark.parametrize(
    "file", ["../month.zip", "a/b", "a\\b", "", ".", "..", ".hidden", "C:x", "a\0b", "a\nb"]
)
def test_a_file_name_that_leads_elsewhere_is_refused(
    file: str, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    with pytest.raises(UsageError, match="is no name for a file"):
        publisher.fetch(bulk[0], replace(bulk[1], file=file), publisher.whole(archive, ZIP))


def test_a_range_that_was_not_asked_for_is_refused(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError, match="status 206"):
        publisher.fetch(*bulk, publisher.status(206, "part", Content_Range="bytes 0-3/10"))


def test_an_unchanged_answer_that_was_not_asked_for_is_refused(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError, match=r"a redirect \(304\)|status 304"):
        publisher.fetch(*bulk, publisher.status(304))


def test_a_proxy_of_the_environment_is_used(
    publisher: Publisher, bulk: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{publisher.port}")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(FetchError, match="a broken connection"):
        publisher.fetch(*bulk, publisher.status(403), transport=None)
    assert (publisher.asked[0].method, publisher.asked[0].path) == ("CONNECT", "data.example.gov:443")


def test_a_proxy_of_an_unknown_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "gopher://user:secret@127.0.0.1")
    with pytest.raises(UsageError, match="the proxy that the environment names cannot be used"):
        wire_to("https://data.example.gov")


def test_a_host_where_nobody_listens_is_a_broken_connection(
    publisher: Publisher, bulk: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(FetchError, match="a broken connection") as raised:
        publisher.fetch(*bulk, transport=None)
    assert raised.value.passing


def rechunked(body: bytes, size: int) -> list[bytes]:
    """A body in pieces of a size."""
    return [body[start : start + size] for start in range(0, len(body), size)]


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=3), st.integers(1, 500))
def test_a_packed_body_is_unpacked_however_it_is_cut(members: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(member) for member in members)
    assert b"".join(unpacked(rechunked(packed, size), len(packed))) == b"".join(members)


@given(st.binary(max_size=2000), st.integers(1, 500), st.data())
def test_a_packed_body_cut_short_is_never_taken_for_whole(
    body: bytes, size: int, data: st.DataObject
) -> None:
    packed = gzip.compress(body)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(GzipError):
        list(unpacked(rechunked(packed[:cut], size), len(packed)))


@given(st.binary(min_size=1, max_size=300))
def test_what_is_not_packed_is_a_gzip_error(body: bytes) -> None:
    with pytest.raises(GzipError):
        list(unpacked([body], 1000))


def test_a_bomb_comes_in_small_pieces() -> None:
    sizes = [len(piece) for piece in unpacked([gzip.compress(bytes(2**22))], 2**20)]
    assert max(sizes) <= 2**18


def test_packed_bytes_without_content_end_too() -> None:
    with pytest.raises(GzipError, match="more than 100 packed bytes"):
        list(unpacked([gzip.compress(b"")] * 100, 100))


@pytest.mark.parametrize(
    ("head", "html"),
    [
        (b"<!DOCTYPE html>", True),
        (b"\xef\xbb\xbf\r\n <HTML lang='en'>", True),
        (b"<!-- saved --><html>", True),
        (b"<?xml version='1.0'?><data/>", False),
        (b"<data>", False),
        (b"[[1]]", False),
        (b"PK\x03\x04<html>", False),
        (b"", False),
    ],
)
def test_html_is_known_by_its_beginning(head: bytes, html: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_html(head) == html


@given(st.text(max_size=400))
def test_what_is_shown_is_one_short_line(text: str) -> None:
    assert len(shown(text)) <= 160
    assert shown(text).isprintable()
