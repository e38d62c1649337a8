"""From what the user chooses to files on disk: parameters checked, requests located, each fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.errors import UnknownCodeError, UsageError
from monazite.sources.http import fetch, key_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from monazite.sources.http import Fetched
    from monazite.sources.source import Request, Source

    Progress = Callable[[Request], Callable[[int, int | None], None]]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One request and the file it brought."""

    request: Request
    fetched: Fetched


def chosen(source: Source, given: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a source: those given, checked, and the defaults of the others.

    Raises
    ------
    UsageError
        If one has no such name, has another than its values, or is missing.
    """
    known = {one.name: one for one in source.parameters}
    for name in given:
        if name not in known:
            hint = f"monazite sources {source.id} lists them"
            raise UnknownCodeError(f"parameter of {source.id}", name, known, hint)
    told = {}
    for one in source.parameters:
        value = given.get(one.name, one.default)
        if value is None:
            raise UsageError(f"{source.id} needs {one.name}, such as {one.name}={one.example}: {one.meaning}")
        if one.codes and value not in one.codes:
            raise UnknownCodeError(one.name, value, one.codes, f"It is one of {', '.join(one.codes)}")
        told[one.name] = value
    return told


def located(source: Source, given: Mapping[str, str]) -> tuple[Request, ...]:
    """What is to be fetched.

    Raises
    ------
    UsageError
        If the source can only be got by hand, and then the message says where; or as :func:`chosen`.
    """
    if source.locate is None:
        raise UsageError(
            f"{source.title} is got by hand: {source.by_hand or source.homepage}. Then load the file."
        )
    return source.locate(chosen(source, given))


def retrieved(
    source: Source,
    requests: tuple[Request, ...],
    folder: Path,
    *,
    offline: bool = False,
    progress: Progress | None = None,
) -> Iterator[Retrieved]:
    """Fetch each request into a folder, one after the other.

    Raises
    ------
    UsageError
        If a key is needed and there is none; the message says where one is had.
    SourceError
        If an answer is not what was asked for; nothing partial is given.
    """
    for request in requests:
        key = key_for(source) if request.key_in else ""
        if request.key_in and not key and not offline:
            hint = f" {source.key_from}" if source.key_from else ""
            raise UsageError(f"{source.id} needs a key: set {source.key}, or keep it in the keyring.{hint}")
        told = progress(request) if progress else None
        yield Retrieved(request, fetch(source, request, folder, key=key, offline=offline, progress=told))
