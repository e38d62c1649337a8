"""What a mapping file says, as words with their places, and what may be asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a mapping file; the first line and column are 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Word:
    """One scalar, as written."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Series:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys and what stands under each."""

    items: tuple[tuple[Word, Node], ...]
    place: Place


Node = Word | Series | Entries


def wrong(
    place: Place, found: str, expected: str, *, known: Iterable[str] = (), asked: str = ""
) -> UsageError:
    """The error for something in a mapping: file, line, column, found, expected, nearest names.

    >>> str(wrong(Place("m.yaml", 3, 5), "'galium'", "a material", known=["gallium"], asked="galium"))
    "m.yaml, line 3, column 5: found 'galium', expected a material; nearest: gallium."
    """
    close = nearest(asked, known) if asked else ()
    told = f"{place.file}, line {place.line}, column {place.column}: found {found}, expected {expected}"
    return UsageError(told + (f"; nearest: {', '.join(close)}" if close else "") + ".")


def shown(text: str) -> str:
    """A text in quotes, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def entries(node: Node, known: Iterable[str]) -> dict[str, Node]:
    """Keys of a node and what stands under them; every key is a known one.

    Raises
    ------
    UsageError
        If the node holds no keys, or an unknown one.
    """
    listed = tuple(known)
    if not isinstance(node, Entries):
        raise wrong(node.place, what(node), f"keys among {', '.join(listed)}")
    for key, _ in node.items:
        if key.text not in listed:
            expected = f"one of {', '.join(listed)}"
            raise wrong(key.place, shown(key.text), expected, known=listed, asked=key.text)
    return {key.text: value for key, value in node.items}


def word(node: Node) -> Word:
    """A node that is one word.

    Raises
    ------
    UsageError
        If it is a list, or keys, or nothing.
    """
    if not isinstance(node, Word):
        raise wrong(node.place, what(node), "one word")
    if not node.text.strip():
        raise wrong(node.place, "nothing", "a word after the colon")
    return node


def what(node: Node) -> str:
    """What a node is, in a message."""
    return shown(node.text) if isinstance(node, Word) else "keys" if isinstance(node, Entries) else "a list"


def choice(node: Node, known: Iterable[str]) -> str:
    """A node that is one of a few words.

    Raises
    ------
    UsageError
        If it is not; the message names them.
    """
    said, listed = word(node), tuple(known)
    if said.text not in listed:
        raise wrong(
            said.place, shown(said.text), f"one of {', '.join(listed)}", known=listed, asked=said.text
        )
    return said.text
