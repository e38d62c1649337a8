"""Pieces of a text on one line, each with the character it begins at, and errors that point there."""

from __future__ import annotations

from typing import NamedTuple

from monazite.errors import UsageError
from monazite.sources.own.outline import Place, Word
from monazite.studies.stress.scenario.problems import place_told


class Part(NamedTuple):
    """A piece of the text and where it begins, counted from 0."""

    text: str
    start: int


def word_of(part: Part) -> Word:
    """A piece as a word with its place."""
    return Word(part.text, place_at(part.start))


def place_at(start: int) -> Place:
    """The place of a character, counted from 0."""
    return Place("--cut", 1, start + 1)


def parts_of(whole_: Part, sign: str) -> list[Part]:
    """Parts between signs, without the blanks around them.

    >>> parts_of(Part("a, b", 3), ",")
    [Part(text='a', start=3), Part(text='b', start=6)]
    """
    found, at = [], whole_.start
    for piece in whole_.text.split(sign):
        blank = len(piece) - len(piece.lstrip())
        found.append(Part(piece.strip(), at + blank))
        at += len(piece) + len(sign)
    return found


def halves(part: Part, sign: str) -> tuple[Part, Part | None]:
    """What stands before the first sign, and what after it, if there is one."""
    before, found, after = part.text.partition(sign)
    blank = len(after) - len(after.lstrip())
    rest = Part(after.strip(), part.start + len(before) + len(sign) + blank)
    return Part(before.strip(), part.start), rest if found else None


def pointed(text: str, error: UsageError) -> UsageError:
    """The error, and the text with a mark under the character it is about."""
    _, column = place_told(str(error))
    told = str(error).replace("--cut, line 1, column ", "--cut, character ")
    seen = "".join(one if one.isprintable() else "?" for one in text)
    return UsageError(f"{told}\n  {seen}\n  {' ' * (column - 1)}^")
