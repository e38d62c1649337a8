"""A YAML file, composed into an outline of words with their places; no types, no aliases, no surprises.

Every scalar stays the text it was written as: ``NO`` is Norway and never false, ``2024-04`` is no
date, ``1e3`` no number. Aliases, anchors, tags, second documents, repeated keys and deep nesting are
refused, and so is a file of more than 256 KiB: a mapping needs none of them, an attack does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from monazite.errors import UsageError
from monazite.sources.own.outline import Entries, Place, Series, Word, shown, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monazite.sources.own.outline import Node

LARGEST = 256 * 1024
DEEPEST = 8


def read_outline(path: Path) -> tuple[Entries, bytes]:
    """The outline of a YAML file whose top is keys, and the file's bytes.

    Raises
    ------
    UsageError
        If the file cannot be read, is too long, is not UTF-8 or not YAML, or holds what is refused.
    """
    content = _content(path)
    return outline_of(path.name, content), content


def outline_of(file: str, content: bytes, keys: str = "table, as_of, columns") -> Entries:
    """The outline of a YAML text whose top is keys such as ``keys``; ``file`` is what messages call it.

    Raises
    ------
    UsageError
        If it is not UTF-8 or not YAML, or holds what is refused.

    Examples
    --------
    >>> ((key, value),) = outline_of("norway.yaml", b"country: NO").items
    >>> value.text, value.place.column
    ('NO', 10)
    """
    events = _events(file, _decoded(file, content), f"keys such as {keys}")
    top = _node(file, events, next(events), 1)
    next(events, None)  # asks whether a second document follows, which is refused
    if not isinstance(top, Entries):
        raise wrong(top.place, "no keys", f"keys such as {keys}")
    return top


def _content(path: Path) -> bytes:
    """Bytes of a mapping file of a sane length."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: the mapping cannot be read ({error}).") from error
    if len(content) > LARGEST:
        raise wrong(Place(path.name, 1, 1), f"more than {LARGEST:,} bytes", "a mapping of a page or two")
    return content


def _decoded(file: str, content: bytes) -> str:
    """Text of a mapping file, which is UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        place = Place(file, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise wrong(place, f"byte {error.object[error.start]:#04x}", "UTF-8 text") from error


def _events(file: str, text: str, keys: str) -> Iterator[Any]:
    """Events of the one document of a YAML text, markers of stream and document left out."""
    started = False
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    raise wrong(_place(file, event), "a second document", "one")
                started = True
            elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise wrong(place, str(error.problem or error.context), "YAML") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise wrong(Place(file, 1, 1), str(error).replace("\n", " "), "YAML") from error
    if not started:
        raise wrong(Place(file, 1, 1), "an empty file", keys)


def _place(file: str, event: Any) -> Place:  # noqa: ANN401 - an event of PyYAML, which has no public type
    """Where an event begins."""
    return Place(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _node(file: str, events: Iterator[Any], event: Any, depth: int) -> Node:  # noqa: ANN401 - as above
    """The node an event begins."""
    place = _place(file, event)
    _refuse_tricks(place, event, depth)
    if isinstance(event, yaml.ScalarEvent):
        return _word(event.value, place)
    if isinstance(event, yaml.SequenceStartEvent):
        inside = tuple(_node(file, events, each, depth + 1) for each in _until_end(events))
        return Series(inside, place)
    return _entries(file, events, place, depth)


def _refuse_tricks(place: Place, event: Any, depth: int) -> None:  # noqa: ANN401 - as above
    """Refuse aliases, anchors, tags and deep nesting."""
    if depth > DEEPEST:
        raise wrong(place, f"more than {DEEPEST} levels", "a flat mapping")
    if isinstance(event, yaml.AliasEvent):
        raise wrong(place, f"the alias *{event.anchor}", "no aliases: write it out")
    if event.anchor is not None:
        raise wrong(place, f"the anchor &{event.anchor}", "no anchors: write it out")
    if event.tag not in (None, "!"):
        raise wrong(place, f"the tag {shown(event.tag)}", "no tags")


def _word(text: str, place: Place) -> Word:
    """A scalar that can be written out again: no half of a pair of surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise wrong(place, "half a character", "text") from error
    return Word(text, place)


def _until_end(events: Iterator[Any]) -> Iterator[Any]:
    """Events up to the end of the collection they stand in."""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _entries(file: str, events: Iterator[Any], place: Place, depth: int) -> Entries:
    """Keys and values up to the end of a mapping; a key is a word and stands once."""
    items: list[tuple[Word, Node]] = []
    seen: set[str] = set()
    for event in _until_end(events):
        key = _node(file, events, event, depth + 1)
        if not isinstance(key, Word):
            raise wrong(key.place, "a list or keys", "a word before the colon")
        if key.text in seen:
            raise wrong(key.place, f"{shown(key.text)} a second time", "each key once")
        seen.add(key.text)
        items.append((key, _node(file, events, next(events), depth + 1)))
    return Entries(tuple(items), place)
