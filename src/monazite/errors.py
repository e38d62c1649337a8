"""Every error monazite raises, as a tree.

::

    MonaziteError
    ├── UsageError            the caller asked for something that cannot be     exit 2
    │   ├── UnknownCodeError  a name or code nobody knows; suggests the nearest
    │   └── MethodError       arguments outside a method's domain
    ├── DataMissingError      what was asked for is not loaded or not shipped   exit 3
    │   └── OfflineError      it would have to be fetched, and the network is off
    ├── SourceError           a publisher's file or answer is not what it says  exit 4
    │   └── FetchError        a publisher did not answer, or not with the file
    ├── ClusterError          a cluster cannot be reached, or its workers cannot work   exit 4
    ├── LicenceError          a licence forbids what was asked                  exit 5
    ├── StoreError            a table on disk is damaged or contradicts schema  exit 3
    └── OutputError           a result could not be written                     exit 1

An error says what came, what was expected, where, and what to do.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEAREST = 3
_TELLING = 3  # letters a beginning needs before it says which name is meant


class MonaziteError(Exception):
    """Root of every error raised on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(MonaziteError):
    """The caller asked for something that cannot be."""

    exit_code = 2


class UnknownCodeError(UsageError):
    """A name or code that no list holds; carries the nearest known names."""

    def __init__(self, kind: str, asked: str, known: Iterable[str], hint: str = "") -> None:
        """Compose the message from what was asked and the nearest known names."""
        self.kind, self.asked = kind, asked
        self.nearest = nearest(asked, known)
        told = f"no {kind} named {asked!r}"
        if self.nearest:
            told += f"; nearest: {', '.join(self.nearest)}"
        super().__init__(f"{told}. {hint}".rstrip(". ") + ".")


class MethodError(UsageError):
    """Arguments outside the domain a method is defined on."""


class DataMissingError(MonaziteError):
    """What was asked for is neither shipped nor loaded."""

    exit_code = 3


class OfflineError(DataMissingError):
    """What was asked for would have to be fetched, and monazite was told to stay offline."""


class SourceError(MonaziteError):
    """A publisher's file or answer is not what it says it is."""

    exit_code = 4

    def __init__(  # noqa: PLR0913 - the five places an analyst looks at, by name
        self,
        file: str,
        *,
        found: str,
        expected: str,
        line: int | None = None,
        column: str | None = None,
        hint: str = "",
    ) -> None:
        """Compose the message from file, line, column, found and expected."""
        self.file, self.line, self.column = file, line, column
        self.found, self.expected, self.hint = found, expected, hint
        place = file + (f", line {line}" if line else "") + (f", column {column!r}" if column else "")
        message = f"{place}: found {found}, expected {expected}"
        super().__init__(_one_line(f"{message}. {hint}".rstrip(". ") + "."))


class FetchError(SourceError):
    """A publisher did not answer, or not with the file that was asked for.

    ``passing`` says that it may work a little later, ``after`` how many seconds later, if the
    publisher said so.
    """

    def __init__(  # noqa: PLR0913 - the places an analyst looks at, by name
        self,
        address: str,
        *,
        found: str,
        expected: str,
        hint: str = "",
        passing: bool = False,
        after: float | None = None,
    ) -> None:
        """Compose the message; ``address`` holds no key."""
        self.passing, self.after = passing, after
        super().__init__(address, found=found, expected=expected, hint=hint)


class ClusterError(MonaziteError):
    """A cluster cannot be reached, or its workers cannot do the work."""

    exit_code = 4


class LicenceError(MonaziteError):
    """A licence forbids what was asked."""

    exit_code = 5


class StoreError(MonaziteError):
    """A table on disk is damaged or contradicts its declaration."""

    exit_code = 3


class OutputError(MonaziteError):
    """A result could not be written where it was asked for."""


def _one_line(told: str) -> str:
    r"""A text from outside as a terminal may show it: line ends and other controls are written out.

    >>> _one_line("found \x1b[31m\n, expected lead")
    'found \\x1b[31m\\n, expected lead'
    """
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in told)


def nearest(asked: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that begin as asked, the shortest first; then those closest in spelling, best first.

    >>> nearest("galium", ["gallium", "indium", "thallium"])
    ('gallium', 'thallium', 'indium')
    >>> nearest("rare", ["borate", "rare gases", "barite", "rare earths"])
    ('rare gases', 'rare earths', 'borate')
    """
    by_folded = {name.casefold(): name for name in known}
    begun = asked.strip().casefold()
    longer = [name for name in by_folded if len(begun) >= _TELLING and name.startswith(begun)]
    close = difflib.get_close_matches(begun, by_folded, n=_NEAREST, cutoff=0.5)
    return tuple(by_folded[name] for name in dict.fromkeys([*sorted(longer, key=len), *close]))[:_NEAREST]
