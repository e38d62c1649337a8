"""Answers are kept, asked for again only if they changed, and given out when the network is off."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from monazite.errors import DataMissingError, OfflineError
from monazite.sources.http import Limits
from monazite.sources.http.cache import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.http.conftest import Publisher

    from monazite.sources.source import Request, Source

pytestmark = pytest.mark.usefixtures("cache")
JSON = "application/json"


@pytest.mark.parametrize("etag", ['"a"', 'W/"a"', ""])
def test_a_second_fetch_asks_whether_the_answer_changed(
    etag: str, publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    play = publisher.whole(page(1), JSON, etag=etag, modified="Thu, 01 Jan 2026 00:00:00 GMT")
    first = publisher.fetch(*api, play)
    first.path.unlink()
    second = publisher.fetch(*api)
    assert second == first
    assert second.path.read_bytes() == page(1)
    conditions = {"if-none-match", "if-modified-since"} & set(publisher.asked[-1].headers)
    assert conditions
    assert not {"if-none-match", "if-modified-since"} & set(publisher.asked[0].headers)


def test_an_answer_said_to_be_fresh_is_asked_for_all_the_same(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    for value in (1, 2):
        play = publisher.sent(page(value), JSON, Cache_Control="public, max-age=86400")
        assert publisher.fetch(*api, play).path.read_bytes() == page(value)


def test_an_answer_not_to_be_kept_is_not_kept(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    publisher.fetch(*api, publisher.sent(page(1), JSON, Cache_Control="private, No-Store"))
    with pytest.raises(OfflineError):
        publisher.fetch(*api, offline=True)


def test_offline_gives_what_was_fetched_before_without_a_key(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    online = publisher.fetch(*api, publisher.whole(page(1), JSON))
    online.path.unlink()
    offline = publisher.fetch(*api, publisher.hang_up(), offline=True, key="")
    assert offline == online
    assert publisher.asked == []


def test_offline_by_the_environment(
    publisher: Publisher, api: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONAZITE_OFFLINE", "1")
    with pytest.raises(OfflineError, match="is not in the cache, and monazite is offline") as raised:
        publisher.fetch(*api, publisher.hang_up())
    assert isinstance(raised.value, DataMissingError)
    assert publisher.asked == []
    assert publisher.left() == []


def test_offline_zero_means_online(
    publisher: Publisher,
    api: tuple[Source, Request],
    page: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MONAZITE_OFFLINE", "0")
    assert publisher.fetch(*api, publisher.whole(page(1), JSON)).bytes == len(page(1))


def test_no_rows_is_an_answer_that_is_kept_too(publisher: Publisher, api: tuple[Source, Request]) -> None:
    fetched = publisher.fetch(*api, publisher.status(204))
    assert (fetched.empty, fetched.bytes) == (True, 0)
    assert fetched.sha256 == hashlib.sha256(b"").hexdigest()
    assert publisher.fetch(*api, offline=True).empty


def test_a_posted_question_is_asked_each_time_and_answered_offline(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    source = api[0]
    asks = [replace(api[1], json={"years": [year]}) for year in (2024, 2025)]
    for number, request in enumerate(asks):
        publisher.fetch(source, request, publisher.whole(page(number), JSON, etag='"same"'))
        assert (publisher.asked[0].method, publisher.asked[0].body) == (
            "POST",
            b'{"years":[%d]}' % (2024 + number),
        )
    publisher.fetch(source, asks[0], publisher.whole(page(7), JSON))
    assert [publisher.fetch(source, each, offline=True).path.read_bytes() for each in asks] == [
        page(7),
        page(1),
    ]


def test_one_answer_a_request_is_kept(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes], tmp_path: Path
) -> None:
    for value in range(4):
        publisher.fetch(*api, publisher.whole(page(value), JSON, etag=f'"{value}"'))
        assert publisher.fetch(*api, offline=True).path.read_bytes() == page(value)
    answers = opened(tmp_path / "cache", 1)
    assert answers is not None
    assert len(answers.kept(api[1])) == 1
    answers.close()


def test_a_large_file_is_not_kept_in_the_cache(
    publisher: Publisher, bulk: tuple[Source, Request], archive: bytes
) -> None:
    publisher.fetch(*bulk, publisher.whole(archive, "application/zip"), limits=Limits(cached=50_000))
    with pytest.raises(OfflineError):
        publisher.fetch(*bulk, offline=True)


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_damaged_cache_is_begun_anew(
    damage: bytes,
    publisher: Publisher,
    api: tuple[Source, Request],
    page: Callable[..., bytes],
    tmp_path: Path,
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "answers.db").write_bytes(damage * 500)
    publisher.fetch(*api, publisher.whole(page(1), JSON))
    assert publisher.fetch(*api, offline=True).path.read_bytes() == page(1)


def test_without_a_place_for_a_cache_a_fetch_works(
    publisher: Publisher,
    api: tuple[Source, Request],
    page: Callable[..., bytes],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    assert publisher.fetch(*api, publisher.whole(page(1), JSON)).path.read_bytes() == page(1)
    assert "answers are not cached" in caplog.text
    with pytest.raises(OfflineError):
        publisher.fetch(*api, offline=True)


def test_the_day_is_that_of_the_publishers_last_word(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    today = datetime.now(UTC).date()
    assert publisher.fetch(*api, publisher.whole(page(1), JSON)).retrieved >= today
    assert publisher.fetch(*api, offline=True).retrieved >= today
