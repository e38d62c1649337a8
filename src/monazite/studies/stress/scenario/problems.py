"""Everything wrong with a scenario, told at once: each with its place, up to a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from monazite.errors import UsageError
from monazite.sources.own.outline import Entries, shown, what, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from monazite.sources.own.outline import Node

MOST = 20
"""Problems told of one file; reading ends there."""

Read = TypeVar("Read")
_PLACE = re.compile(r", line (\d+), column (\d+): ")


class Problems:
    """What was found wrong so far.

    Examples
    --------
    >>> problems = Problems("halt.yaml")
    >>> problems.attempt(lambda: 7, 0)
    7
    >>> problems.close()
    """

    def __init__(self, name: str) -> None:
        """Begin with none; ``name`` is what messages call the file."""
        self.name, self.told = name, list[str]()

    def attempt(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What ``read`` gives; if it finds something wrong, that is kept and ``otherwise`` given."""
        try:
            return read()
        except UsageError as error:
            self.add(error)
            return otherwise

    def add(self, error: UsageError) -> None:
        """Keep one problem.

        Raises
        ------
        UsageError
            If there are now as many as are told.
        """
        self.told += [line for line in str(error).split("\n") if line not in self.told]
        if len(self.told) >= MOST:
            raise _Enough

    def keys(self, node: Node, known: Iterable[str], required: Iterable[str] = ()) -> dict[str, Node]:
        """What stands under the known keys of a node; unknown, empty and missing ones are problems."""
        listed = tuple(known)
        if not isinstance(node, Entries):
            self.add(wrong(node.place, what(node), f"keys among {', '.join(listed)}"))
            return {}
        for key, _ in node.items:
            if key.text not in listed:
                expected = f"one of {', '.join(listed)}"
                self.add(wrong(key.place, shown(key.text), expected, known=listed, asked=key.text))
        given = {key.text: value for key, value in node.items if key.text in listed}
        for name in required:
            if name not in given:
                self.add(wrong(node.place, f"no {name}", f"{name}: and what it is"))
        return given

    def close(self) -> None:
        """End the reading.

        Raises
        ------
        UsageError
            If anything was found wrong; the message holds all of it, a line each.
        """
        self.told.sort(key=place_told)
        if len(self.told) > 1:
            more = f"the first {MOST}" if len(self.told) >= MOST else str(len(self.told))
            raise UsageError("\n  ".join([f"{more} problems in {self.name}:", *self.told[:MOST]]))
        if self.told:
            raise UsageError(self.told[0])


def place_told(told: str) -> tuple[int, int]:
    """Line and column that a message names; zeros if it names none.

    >>> place_told("halt.yaml, line 4, column 17: found ...")
    (4, 17)
    """
    found = _PLACE.search(told)
    return (int(found[1]), int(found[2])) if found else (0, 0)


class _Enough(Exception):  # noqa: N818 - no error: it ends the reading
    """So many problems that the rest is not looked for."""


def all_told(problems: Problems, read: Callable[[], Read]) -> Read:
    """What ``read`` gives, if it found nothing wrong.

    Raises
    ------
    UsageError
        If it did.
    """
    found: Read | None = None
    try:
        found = read()
    except _Enough:
        pass
    except UsageError as error:
        problems.told.append(str(error))
    problems.close()
    if found is None:
        raise UsageError(f"{problems.name}: nothing could be read.")
    return found
