"""A key reaches the publisher and nobody else: no log, no cache, no address, no error, no variable shown."""

from __future__ import annotations

import logging
import subprocess
import sys
import traceback
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import MonaziteError, UsageError
from monazite.sources.http import Limits, key_for
from monazite.sources.http.body import Watch
from monazite.sources.http.keys import Key
from monazite.sources.http.showing import words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from tests.sources.http.conftest import Publisher, Stand

    from monazite.sources.source import Request, Source

pytestmark = pytest.mark.usefixtures("cache")
KEY = "s3cr3t-0123456789abcdef"
ODD = "s3cr3t/+&=%key~here"
PLACES = ("query:key", "header:Authorization", "header:Ocp-Apim-Subscription-Key")


def plays(publisher: Publisher) -> dict[str, Callable[[Stand], None]]:
    """Answers that tell the key, or break in different places."""
    kind = "application/json"
    return {
        "redirect": publisher.redirect(),
        "page": publisher.html(),
        "refusal": publisher.echo(403),
        "refusal that passes": publisher.echo(503),
        "hangs up": publisher.hang_up(),
        "truncated": publisher.short(b"{", kind, 100),
        "truncated pieces": publisher.pieces([b"{"], kind, end=False),
        "other schema": publisher.whole(b"{}", kind),
        "repeats the key": publisher.whole(f'{{"user": "{KEY}", "again": "{ODD}"}}'.encode(), kind),
        "header": publisher.status(400, "no", X_Your_Key=KEY, Set_Cookie=f"key={KEY}"),
    }


NAMES = tuple(plays(SimpleNamespace(  # type: ignore[arg-type] # its names alone are wanted
    **{each: lambda *_a, **_k: None for each in
       ("redirect", "html", "echo", "hang_up", "short", "pieces", "whole", "status")})))  # fmt: skip


def everything_shown(error: BaseException | None) -> str:
    """All that any tool could print of an error: causes, contexts and every variable."""
    told = ""
    while error:
        frames = traceback.TracebackException.from_exception(error, capture_locals=True)
        told += "".join(frames.format()) + repr(error) + repr(getattr(error, "__dict__", ""))
        error = error.__cause__ or error.__context__
    return told


def forms(key: str) -> set[str]:
    """A key as it may be written."""
    return {key, quote(key, safe=""), quote_plus(key), quote(key)}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_a_key_is_nowhere_to_be_seen(  # noqa: PLR0913, PLR0917 - fixtures
    name: str,
    place: str,
    publisher: Publisher,
    api: tuple[Source, Request],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    source, request = api[0], replace(api[1], key_in=place)  # type: ignore[arg-type] # one of its values
    key = ODD if place == "query:key" else KEY
    with caplog.at_level(logging.DEBUG), pytest.raises(MonaziteError) as raised:
        publisher.fetch(source, request, plays(publisher)[name], key=Key(key), limits=Limits(attempts=2))
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode("latin-1")
    # The test's own frame holds the key; those below it must not.
    traced = raised.value.with_traceback(below(raised.value))
    seen = everything_shown(traced) + caplog.text + kept + str(raised.value)
    assert [each for each in forms(key) if each in seen] == []
    asked = publisher.asked[0]
    assert any(each in asked.path + str(asked.headers) for each in forms(key))


def below(error: BaseException) -> TracebackType | None:
    """Traceback without the frames of this file and its fixtures."""
    frame = error.__traceback__
    while frame and "monazite" not in frame.tb_frame.f_code.co_filename.rsplit("tests", 1)[-1]:
        frame = frame.tb_next
    return frame


def test_an_answer_that_came_with_a_key_is_kept_without(  # noqa: PLR0913, PLR0917 - fixtures
    publisher: Publisher,
    api: tuple[Source, Request],
    page: Callable[..., bytes],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    play = publisher.whole(page(1), "application/json", etag='"a"')
    with caplog.at_level(logging.DEBUG):
        fetched = publisher.fetch(*api, play, key=KEY)
    assert KEY in publisher.asked[0].path
    assert publisher.asked[0].path.startswith("/v1/trade?code=2846*&time=from+2023-01+to+2023-12&key=")
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode("latin-1")
    assert KEY not in kept + caplog.text + repr(fetched) + "".join(capfd.readouterr())
    assert "HTTP Request: GET https://data.example.gov/v1/trade?code" in caplog.text
    assert "receive_response_headers" in caplog.text


def test_another_key_gets_the_same_answer_from_the_cache(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    publisher.fetch(*api, publisher.whole(page(1), "application/json", etag='"a"'), key=KEY)
    publisher.fetch(*api, key="another-key-0123456789")
    assert publisher.asked[-1].headers["if-none-match"] == '"a"'


def test_a_bearer_key_says_so(
    publisher: Publisher, api: tuple[Source, Request], page: Callable[..., bytes]
) -> None:
    request = replace(api[1], key_in="header:Authorization")
    publisher.fetch(api[0], request, publisher.whole(page(1), "application/json"), key=KEY)
    assert publisher.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_missing_key_is_told_before_anything_is_asked(
    publisher: Publisher, api: tuple[Source, Request]
) -> None:
    with pytest.raises(
        UsageError, match=r"set MONAZITE_TEST_KEY in the environment.*https://example.gov/key"
    ):
        publisher.fetch(*api, publisher.hang_up(), key="")
    assert publisher.asked == []


def test_a_key_in_the_address_is_refused(publisher: Publisher, api: tuple[Source, Request]) -> None:
    request = replace(api[1], url=f"{api[1].url}&key={KEY}")
    with pytest.raises(UsageError, match="holds the key") as raised:
        publisher.fetch(api[0], request, publisher.hang_up(), key=KEY)
    assert KEY not in str(raised.value)


def test_the_environment_comes_before_the_keyring(
    api: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = SimpleNamespace(get_password=lambda service, name: f"{service}/{name}")
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert key_for(api[0]) == "monazite/MONAZITE_TEST_KEY"
    monkeypatch.setenv("MONAZITE_TEST_KEY", f"  {KEY}\n")
    assert key_for(api[0]) == KEY
    assert key_for(replace(api[0], key="")) == ""


def test_without_a_keyring_there_is_no_key(
    api: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MONAZITE_TEST_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert key_for(api[0]) == ""


def test_a_keyring_that_fails_gives_no_key(
    api: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_service: str, _name: str) -> str:
        raise RuntimeError("the desktop is locked")

    monkeypatch.delenv("MONAZITE_TEST_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=fail))
    assert key_for(api[0]) == ""


@pytest.mark.parametrize("bad", ["two words", "line\nbreak", "schlüssel", "nul\0"])
def test_what_cannot_be_a_key_is_refused_unshown(
    bad: str, api: tuple[Source, Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=lambda _service, _name: bad))
    monkeypatch.delenv("MONAZITE_TEST_KEY", raising=False)
    with pytest.raises(UsageError, match="MONAZITE_TEST_KEY holds blanks") as raised:
        key_for(api[0])
    assert repr(bad) not in everything_shown(raised.value.with_traceback(below(raised.value)))


def test_what_cannot_be_a_key_is_not_sent_and_not_shown(
    publisher: Publisher, api: tuple[Source, Request]
) -> None:
    with pytest.raises(UsageError) as raised:
        publisher.fetch(*api, publisher.hang_up(), key=f"{KEY} {KEY}")
    assert KEY not in everything_shown(raised.value.with_traceback(below(raised.value)))
    assert publisher.asked == []


def test_a_key_does_not_show_itself_even_when_cut() -> None:
    key = Key(KEY * 10)
    assert {repr(key), repr(key[:80]), repr((key,)), repr(key[0])} == {"***", "(***,)"}


@given(st.binary(max_size=60), st.binary(max_size=60), st.integers(1, 20))
def test_a_key_is_seen_however_the_answer_is_cut(before: bytes, after: bytes, size: int) -> None:
    whole = before + KEY.encode() + after
    watch = Watch(Key(KEY))
    assert any(watch.sees(whole[start : start + size]) for start in range(0, len(whole), size))


@given(st.lists(st.binary(max_size=30), max_size=10))
def test_no_key_is_seen_where_there_is_none(pieces: list[bytes]) -> None:
    watch = Watch(Key(KEY))
    assert not any(watch.sees(piece) for piece in pieces)


@pytest.mark.parametrize("length", [160, 4096])
def test_a_key_is_hidden_before_words_are_cut(length: int) -> None:
    for before in range(length - len(KEY) - 2, length + 2):
        told = words_of(b"<b>" * (before // 3) + b" " * (before % 3) + KEY.encode(), Key(KEY))
        plain = words_of(b"x" * before + KEY.encode(), Key(KEY))
        assert KEY[:4] not in told + plain


def test_the_package_loads_no_network_library() -> None:
    libraries = {"httpx2", "hishel", "stamina", "keyring"}
    told = f"import sys, monazite.sources.http; print({libraries} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True, timeout=60)
    assert ran.stdout.strip() == "set()"
