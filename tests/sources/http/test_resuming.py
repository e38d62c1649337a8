"""A download that broke goes on where it stopped, and never mixes two versions of a file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import FetchError, OutputError
from monazite.sources.http import LIMITS, Limits, fetch
from monazite.sources.http.partial import stretch, validator
from monazite.sources.source import Licence, Request, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sources.http.conftest import Publisher

ZIP = "application/zip"
ONE_TRY = Limits(attempts=1)


def test_a_broken_download_goes_on_in_the_same_fetch(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    cuts = [publisher.whole(archive, ZIP, etag='"v1"', cut=size) for size in (40_000, 70_000, 10**9)]
    fetched = publisher.fetch(*bulk, *cuts)
    assert fetched.path.read_bytes() == archive
    assert [each.headers.get("range") for each in publisher.asked] == [None, "bytes=40000-", "bytes=70000-"]
    assert {each.headers.get("if-range") for each in publisher.asked[1:]} == {'"v1"'}
    assert publisher.left() == ["month.zip"]


def test_a_broken_download_goes_on_in_a_later_fetch(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    old = "Thu, 01 Jan 2026 00:00:00 GMT"
    with pytest.raises(FetchError):
        publisher.fetch(*bulk, publisher.whole(archive, ZIP, modified=old, cut=40_000), limits=ONE_TRY)
    assert publisher.left() == [".part/.month.zip.note", ".part/month.zip"]
    fetched = publisher.fetch(*bulk, publisher.whole(archive, ZIP, modified=old))
    assert fetched.path.read_bytes() == archive
    assert publisher.asked[0].headers["if-range"] == old


def test_progress_goes_on_where_it_stopped(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    seen: list[tuple[int, int | None]] = []
    plays = [publisher.whole(archive, ZIP, etag='"v1"', cut=size) for size in (40_000, 10**9)]
    publisher.fetch(*bulk, *plays, progress=lambda *told: seen.append(told))
    assert {total for _, total in seen} == {len(archive)}
    assert [size for size, _ in seen] == sorted(size for size, _ in seen)
    assert seen[-1][0] == len(archive)


def test_a_file_changed_meanwhile_is_fetched_anew(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    other = archive + b" "
    with pytest.raises(FetchError):
        publisher.fetch(*bulk, publisher.whole(other, ZIP, etag='"v1"', cut=40_000), limits=ONE_TRY)
    assert publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v2"')).path.read_bytes() == archive


def test_a_part_of_another_request_is_not_continued(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    source, request = bulk
    with pytest.raises(FetchError):
        publisher.fetch(
            source, request, publisher.whole(b"x" * 50_000, ZIP, etag='"v1"', cut=9), limits=ONE_TRY
        )
    other = Request(request.url + "?edition=2", request.file, request.accepts, request.check)
    assert publisher.fetch(source, other, publisher.whole(archive, ZIP, etag='"v1"')).bytes == len(archive)
    assert "range" not in publisher.asked[0].headers


@pytest.mark.parametrize("note", ["", "{", "[]", '{"request": "x"}', '{"total": "many"}', "[" * 10**5])
def test_a_damaged_note_means_from_the_start(
    note: str, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    with pytest.raises(FetchError):
        publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v1"', cut=40_000), limits=ONE_TRY)
    (publisher.folder / ".part" / ".month.zip.note").write_text(note)
    assert publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v1"')).bytes == len(archive)
    assert "range" not in publisher.asked[0].headers


@pytest.mark.parametrize("size", [0, 1, 40_000, -1, 10**6])
def test_a_part_of_any_size_ends_in_the_whole_file(
    size: int, publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    with pytest.raises(FetchError):
        publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v1"', cut=40_000), limits=ONE_TRY)
    part = archive[: len(archive) + 1 + size] if size < 0 else (archive + bytes(10**6))[:size]
    (publisher.folder / ".part" / "month.zip").write_bytes(part)
    fetched = publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v1"'))
    assert fetched.path.read_bytes() == archive


def test_a_part_that_is_all_there_costs_one_byte(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    with pytest.raises(FetchError):
        publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v1"', cut=40_000), limits=ONE_TRY)
    (publisher.folder / ".part" / "month.zip").write_bytes(archive)
    assert publisher.fetch(*bulk, publisher.whole(archive, ZIP, etag='"v1"')).bytes == len(archive)
    assert [each.headers["range"] for each in publisher.asked] == [f"bytes={len(archive) - 1}-"]


def test_a_weak_validator_is_not_trusted(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    plays = [publisher.whole(archive, ZIP, etag='W/"v1"', cut=size) for size in (40_000, 10**9)]
    assert publisher.fetch(*bulk, *plays).bytes == len(archive)
    assert "range" not in publisher.asked[1].headers


def test_a_packed_answer_is_not_continued(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    plays = [publisher.whole(archive, ZIP, etag='"v1"', packed=True, cut=size) for size in (400, 10**9)]
    assert publisher.fetch(*bulk, *plays).path.read_bytes() == archive
    assert "range" not in publisher.asked[1].headers


def test_a_folder_that_cannot_be_written_is_named(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    publisher.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(OutputError, match=r"cannot be written: .*; free space or choose another folder"):
        publisher.fetch(*bulk, publisher.whole(archive, ZIP))


def test_an_interrupted_download_can_go_on(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    def interrupt(_arrived: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    play = publisher.whole(archive, ZIP, etag='"v1"')
    with pytest.raises(KeyboardInterrupt):
        publisher.fetch(*bulk, play, progress=interrupt)
    assert json.loads((publisher.folder / ".part/.month.zip.note").read_text())["total"] == len(archive)
    assert publisher.fetch(*bulk, play).path.read_bytes() == archive
    assert publisher.asked[0].headers["range"].startswith("bytes=")


# ── Any server, any cut ──────────────────────────────────────────────────────────────────────


class Behaviour(NamedTuple):
    """How a server answers one request."""

    version: int
    cut: int
    heeds_range: bool
    heeds_if_range: bool
    shifted: int


class Erratic(httpx2.BaseTransport):
    """Answers in memory as it is told, one behaviour a request; the last one is a good server's."""

    def __init__(self, bodies: list[bytes], behaviours: list[Behaviour]) -> None:
        self.bodies, self.behaviours = bodies, iter(behaviours)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        last = len(self.bodies) - 1
        now = next(self.behaviours, Behaviour(last, 10**9, heeds_range=True, heeds_if_range=True, shifted=0))
        body, tag = self.bodies[now.version], f'"{now.version}"'
        fits = request.headers.get("if-range") == tag or not now.heeds_if_range
        headers, start = {"content-type": ZIP, "etag": tag}, 0
        if "range" in request.headers and now.heeds_range and fits:
            start = int(request.headers["range"][6:-1]) + now.shifted
            if not 0 <= start < len(body):
                return httpx2.Response(416, headers=headers)
            headers["content-range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        headers["content-length"] = str(len(body) - start)
        status = 206 if "content-range" in headers else 200
        return httpx2.Response(status, headers=headers, stream=Cut(body[start:], now.cut))


class Cut(httpx2.SyncByteStream):
    """A body in small pieces that breaks off."""

    def __init__(self, body: bytes, cut: int) -> None:
        self.body, self.cut = body, cut

    def __iter__(self) -> Iterator[bytes]:
        sent = self.body[: self.cut]
        yield from (sent[start : start + 7] for start in range(0, len(sent), 7))
        if self.cut < len(self.body):
            raise httpx2.ReadError("cut")


VERSIONS = [bytes(range(start, start + size)) for start, size in ((0, 50), (60, 50), (120, 57))]


@given(st.data())
def test_whatever_the_server_does_the_file_is_one_version_whole(data: st.DataObject) -> None:
    bodies = data.draw(st.permutations(VERSIONS))[: data.draw(st.integers(1, 3))]
    behaviours = data.draw(
        st.lists(
            st.builds(
                Behaviour,
                version=st.integers(0, len(bodies) - 1),
                cut=st.integers(1, 40),
                heeds_range=st.booleans(),
                heeds_if_range=st.booleans(),
                shifted=st.sampled_from([0, 0, 0, -1, 1, 5]),
            ),
            max_size=6,
        )
    )
    source = Source(
        "made-up", "", "", "", Licence("", "", "free"), (), lambda _sample: False,
        lambda _given, _account: iter(()), lambda _given: "", hosts=("data.example.gov",), per_second=1e9,
    )  # fmt: skip
    request = Request("https://data.example.gov/x", "x.zip", (ZIP,), lambda _path: None)
    erratic = Erratic(bodies, behaviours)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(4):  # fetches in a row, five tries each: more than there are bad behaviours
            try:
                fetched = fetch(source, request, Path(folder), transport=erratic)
            except FetchError as error:
                assert error.passing  # noqa: PT017 - the kind of error, where one comes
                assert not (Path(folder) / "x.zip").exists()
                continue
            assert fetched.path.read_bytes() in bodies
            return
    raise AssertionError(f"no fetch in {4 * LIMITS.attempts} tries")


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.one_of(st.none(), st.integers(0, 10**12)))
def test_a_range_is_read_as_it_is_written(first: int, last: int, total: int | None) -> None:
    read = stretch(f"bytes {first}-{last}/{'*' if total is None else total}")
    assert (read is not None) == (first <= last and (total is None or last < total))
    assert read is None or read == (first, last, total)


@given(st.text(max_size=40))
def test_no_range_header_raises(text: str) -> None:
    read = stretch(text)
    assert read is None or read.first <= read.last


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"etag": '"a"'}, '"a"'),
        ({"etag": '"a"', "accept-ranges": "none"}, ""),
        ({"etag": 'W/"a"'}, ""),
        ({"last-modified": "Thu, 01 Jan 2026 00:00:00 GMT"}, ""),
        ({"last-modified": "never", "date": "Thu, 01 Jan 2026 00:00:00 GMT"}, ""),
        (
            {"last-modified": "Thu, 01 Jan 2026 00:00:00 GMT", "date": "Thu, 01 Jan 2026 00:01:00 GMT"},
            "Thu, 01 Jan 2026 00:00:00 GMT",
        ),
        ({"last-modified": "Thu, 01 Jan 2026 00:00:00 GMT", "date": "Thu, 01 Jan 2026 00:00:59 GMT"}, ""),
    ],
)
def test_only_a_sure_validator_is_named(headers: dict[str, str], named: str) -> None:
    assert validator(headers) == named
