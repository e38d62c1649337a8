"""What a publisher can do wrong: each gives a typed error or the complete file, never a part of it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monazite.errors import FetchError, MonaziteError, SourceError
from monazite.sources import SOURCES
from monazite.sources.http import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sources.http.conftest import Publisher, Stand

    from monazite.sources.source import Request, Source

JUNK = b'{"unexpected": [1, 2, 3]}' + b"\n" * 500

FAULTS: dict[str, Callable[[Publisher, str], Callable[[Stand], None]]] = {
    "redirect to HTML": lambda p, _kind: p.redirect(),
    "HTML with 200": lambda p, _kind: p.html(),
    "HTML called data": lambda p, kind: p.html(kind=kind),
    "204": lambda p, _kind: p.status(204),
    "429 with Retry-After": lambda p, _kind: p.status(429, Retry_After="1"),
    "429 with a long Retry-After": lambda p, _kind: p.status(429, Retry_After="86400"),
    "500": lambda p, _kind: p.status(500, "Internal error"),
    "503 with Retry-After": lambda p, _kind: p.status(503, Retry_After="Wed, 01 Jan 2020 00:00:00 GMT"),
    "truncated": lambda p, kind: p.short(JUNK, kind, 10 * len(JUNK)),
    "truncated pieces": lambda p, kind: p.pieces([JUNK], kind, end=False),
    "truncated packing": lambda p, kind: p.sent(gzip.compress(JUNK)[:-9], kind, Content_Encoding="gzip"),
    "slow drip": lambda p, kind: p.drip(kind),
    "wrong length": lambda p, kind: p.short(JUNK, kind, len(JUNK) - 490),
    "no bytes": lambda p, kind: p.whole(b"", kind),
    "hangs up": lambda p, _kind: p.hang_up(),
    "expired key": lambda p, _kind: p.echo(403),
    "expired key, politely": lambda p, _kind: p.html("Your key has expired"),
    "gone": lambda p, _kind: p.status(404, "Not found"),
    "changed schema": lambda p, kind: p.whole(JUNK, kind),
    "other type": lambda p, _kind: p.whole(JUNK, "application/x-surprise"),
    "other packing": lambda p, kind: p.sent(JUNK, kind, Content_Encoding="br"),
}


def first_request(source: Source) -> Request:
    """What a source asks for with the values its parameters show as examples."""
    assert source.locate is not None
    return source.locate({each.name: each.example for each in source.parameters})[0]


def refused(publisher: Publisher, fault: str, source: Source, request: Request) -> MonaziteError | None:
    """The error a fault gives; None where no rows is an answer."""
    play = FAULTS[fault](publisher, request.accepts[0])
    limits = publisher.slow_clock() if fault == "slow drip" else Limits(attempts=2)
    try:
        fetched = publisher.fetch(source, request, play, limits=limits)
    except MonaziteError as error:
        return error
    assert fetched.empty, fault
    assert fault == "204"
    assert fetched.bytes == fetched.path.stat().st_size == 0
    return None


CONNECTORS = [each for each in SOURCES if each.locate]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("source", CONNECTORS, ids=lambda source: source.id)
def test_every_connector_gets_a_typed_error_or_no_rows(
    source: Source, fault: str, publisher: Publisher
) -> None:
    request = first_request(source)
    error = refused(publisher, fault, source, request)
    assert (error is None) == (fault == "204" and 204 in request.empty)
    assert error is None or (isinstance(error, SourceError) and publisher.left() == [])


@pytest.mark.parametrize("fault", [each for each in FAULTS if each != "204"])
def test_a_fault_of_the_api_leaves_nothing_behind(
    fault: str, publisher: Publisher, api: tuple[Source, Request]
) -> None:
    assert isinstance(refused(publisher, fault, *api), SourceError)
    assert publisher.left() == []


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_not_kept_in_the_cache(
    fault: str, publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    assert isinstance(refused(publisher, fault, *bulk), SourceError)
    with pytest.raises(MonaziteError, match="offline"):
        publisher.fetch(*bulk, offline=True)


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_the_next_fetch_is_whole(
    fault: str, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    assert refused(publisher, fault, *bulk)
    fetched = publisher.fetch(*bulk, publisher.whole(archive, "application/zip"))
    assert fetched.path.read_bytes() == archive


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            "redirect to HTML",
            r"a redirect \(302\) to https://www.example.com/sorry, expected application/json",
        ),
        ("HTML with 200", r"text/html that says 'Invalid Key'.*MONAZITE_TEST_KEY was refused"),
        ("HTML called data", r"a page of HTML that says 'Invalid Key'.*MONAZITE_TEST_KEY"),
        ("429 with a long Retry-After", r"status 429 and asks to wait 86400 seconds"),
        ("500", r"status 500 that says 'Internal error'"),
        ("truncated", r"a broken connection .*Try again later"),
        ("truncated packing", r"ends before its end mark"),
        ("slow drip", r"0 bytes a second"),
        ("expired key", r"status 403 .*key=\*\*\*.*MONAZITE_TEST_KEY was refused; you get one at https://ex"),
        ("gone", r"no longer has it there"),
        ("other packing", r"a body packed as br, expected gzip, or no packing"),
    ],
)
def test_an_error_says_what_came_and_what_to_do(
    fault: str, told: str, publisher: Publisher, api: tuple[Source, Request]
) -> None:
    error = refused(publisher, fault, *api)
    assert error is not None
    with pytest.raises(FetchError, match=told):
        raise error


def test_a_redirect_is_not_followed(publisher: Publisher, api: tuple[Source, Request]) -> None:
    assert refused(publisher, "redirect to HTML", *api)
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_fault_that_passes_is_sat_out(
    status: int, publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    bad = publisher.status(status)
    fetched = publisher.fetch(*api, bad, bad, publisher.whole(page(1, 2), "application/json"))
    assert json.loads(fetched.path.read_bytes())["count"] == 2
    assert len(publisher.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 501])
def test_a_fault_that_stays_is_asked_once(
    status: int, publisher: Publisher, api: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError) as raised:
        publisher.fetch(*api, publisher.status(status, "error: unknown variable 'X'"))
    assert "unknown variable 'X'" in str(raised.value)
    assert not raised.value.passing
    assert len(publisher.asked) == 1


def test_tries_end(publisher: Publisher, api: tuple[Source, Request]) -> None:
    with pytest.raises(FetchError) as raised:
        publisher.fetch(*api, publisher.status(503))
    assert raised.value.passing
    assert len(publisher.asked) == 5


def test_a_duplicated_page_is_refused(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    twice = json.loads(page(1, 2))
    twice["data"] *= 2
    twice["count"] = 4
    with pytest.raises(SourceError, match="another page"):
        publisher.fetch(*api, publisher.whole(json.dumps(twice).encode(), "application/json"))
    assert publisher.left() == []


def test_a_page_with_fewer_records_than_announced_is_refused(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    with pytest.raises(SourceError, match="another page"):
        publisher.fetch(*api, publisher.whole(page(1, 2, count=500), "application/json"))


@pytest.mark.usefixtures("cache")
def test_revised_values_are_fetched_whole(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    first = publisher.fetch(*api, publisher.whole(page(1, 2), "application/json", etag='"a"'))
    second = publisher.fetch(*api, publisher.whole(page(1, 3), "application/json", etag='"b"'))
    assert first.sha256 != second.sha256
    assert second.path.read_bytes() == page(1, 3)
    assert publisher.fetch(*api, offline=True).sha256 == second.sha256


@pytest.mark.usefixtures("cache")
def test_a_refused_revision_leaves_the_earlier_answer_in_the_cache(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    first = publisher.fetch(*api, publisher.whole(page(1, 2), "application/json", etag='"a"'))
    with pytest.raises(SourceError):
        publisher.fetch(*api, publisher.whole(JUNK, "application/json", etag='"b"'))
    assert publisher.fetch(*api, offline=True).sha256 == first.sha256


def test_a_file_fetched_before_stays_when_a_later_fetch_fails(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    fetched = publisher.fetch(*bulk, publisher.whole(archive, "application/zip"))
    with pytest.raises(SourceError):
        publisher.fetch(*bulk, publisher.whole(JUNK, "application/zip"))
    assert fetched.path.read_bytes() == archive


def test_a_packed_bomb_is_stopped_at_the_limit(publisher: Publisher, bulk: tuple[Source, Request]) -> None:
    bomb = gzip.compress(bytes(2**25))
    with pytest.raises(FetchError, match="more bytes than it may have, expected at most 1,048,576"):
        publisher.fetch(*bulk, publisher.sent(bomb, "application/zip", Content_Encoding="gzip"))
    assert len(publisher.asked) == 1


def test_a_file_announced_as_too_large_is_not_begun(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError, match="1,048,577 bytes, expected at most 1,048,576"):
        publisher.fetch(*bulk, publisher.short(b"", "application/zip", 2**20 + 1))


def test_a_file_that_grows_too_large_leaves_nothing(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    large = publisher.whole(bytes(2**20 + 1), "application/zip", etag='"v1"')
    with pytest.raises(FetchError, match="bytes, expected at most"):
        publisher.fetch(*bulk, large)
    assert publisher.left() == []


def test_an_answer_without_a_byte_is_none(publisher: Publisher, bulk: tuple[Source, Request]) -> None:
    trusting = replace(bulk[1], check=lambda _path: None)
    with pytest.raises(FetchError, match="an answer without a byte"):
        publisher.fetch(bulk[0], trusting, publisher.whole(b"", "application/zip"))


def test_a_body_without_end_is_stopped_at_the_limit(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(2**16)

    with pytest.raises(FetchError, match="more bytes than it may have"):
        publisher.fetch(*bulk, publisher.pieces(endless(), "application/zip"))
    assert publisher.left() == []


def test_headers_that_drip_for_ever_end_at_the_time_limit(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError, match="more time than it may take, expected at most 0 seconds"):
        publisher.fetch(*bulk, publisher.drip_headers(), limits=Limits(total_s=0.2))


def test_a_body_that_takes_too_long_ends_at_the_time_limit(
    publisher: Publisher, bulk: tuple[Source, Request]
) -> None:
    slow = publisher.slow_clock(slowest=0, total_s=300)
    with pytest.raises(FetchError, match="more time than it may take"):
        publisher.fetch(*bulk, publisher.drip("application/zip"), limits=slow)


@pytest.mark.usefixtures("cache")
def test_a_packed_answer_is_kept_unpacked(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    play = publisher.whole(page(*range(200)), "application/json", etag='"z"', packed=True)
    assert publisher.fetch(*api, play).path.read_bytes() == page(*range(200))
    assert publisher.fetch(*api).path.read_bytes() == page(*range(200))
    assert publisher.asked[-1].headers["if-none-match"] == '"z"'


HEADERS = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Range", "ETag", "Location",
           "Retry-After", "Date", "Last-Modified", "Transfer-Encoding", "Cache-Control", "Vary")  # fmt: skip
LINES = st.builds(
    lambda name, value: name.encode() + b": " + value,
    st.sampled_from(HEADERS),
    st.one_of(st.binary(max_size=20), st.sampled_from([b"application/zip", b"chunked", b"gzip", b"5", b"*"])),
)


@given(
    st.sampled_from(
        [b"200 OK", b"204 x", b"206 x", b"302 x", b"304 x", b"429 x", b"101 x", b"100 x", b"999 x"]
    ),
    st.lists(LINES, max_size=6),
    st.binary(max_size=40),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_come_the_error_is_ours(
    publisher: Publisher, bulk: tuple[Source, Request], status: bytes, lines: list[bytes], body: bytes
) -> None:
    answer = b"\r\n".join([b"HTTP/1.1 " + status, *lines, b"", body])
    kind = b"Content-Type: application/zip\r\n"
    for bytes_sent in (answer, answer.replace(b"\r\n", b"\r\n" + kind, 1), body):
        with pytest.raises(SourceError):
            publisher.fetch(*bulk, publisher.raw(bytes_sent), limits=Limits(attempts=1))


@pytest.mark.parametrize("name", ["ETag", "Date", "Last-Modified", "Location", "Retry-After", "Content-Type"])
@pytest.mark.parametrize("status", [200, 302, 429])
def test_headers_beyond_ascii_are_an_error_of_ours_or_left_out(
    name: str, status: int, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(archive)}\r\n{name}: "
    kind = b"" if name == "Content-Type" else b"\r\nContent-Type: application/zip"
    play = publisher.raw(head.encode() + b"\xe9\xff" + kind + b"\r\n\r\n" + archive)
    try:
        assert publisher.fetch(*bulk, play, limits=Limits(attempts=1)).path.read_bytes() == archive
    except FetchError as error:
        assert status != 200 or name == "Content-Type", error  # noqa: PT017 - the cases where one may come


def test_what_a_publisher_says_cannot_move_the_cursor(
    publisher: Publisher, api: tuple[Source, Request]
) -> None:
    with pytest.raises(FetchError) as raised:
        publisher.fetch(*api, publisher.status(400, "\x1b[2J\x00gone\r\n" + "long " * 1000))
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 600
