"""Keys of publishers: where they come from, and how they are kept out of sight."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, SupportsIndex
from urllib.parse import quote, quote_plus

from monazite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Source

SERVICE = "monazite"
"""Name under which the keyring keeps the keys."""

_LOGGERS = (
    "httpx2",
    "httpcore2.connection",
    "httpcore2.http11",
    "httpcore2.http2",
    "httpcore2.proxy",
    "httpcore2.socks",
    "hishel.core.spec",
    "hishel._core._storages._sync_sqlite",
    "stamina",
)


class Key(str):
    """A key that does not show itself where objects are shown: its representation hides it.

    >>> Key("c0ffee")
    ***
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Say whether there is one, and no more."""
        return "***" if self else "''"

    def __getitem__(self, index: SupportsIndex | slice) -> Key:
        """Part of a key, hidden too: tracebacks that show variables cut long ones."""
        return Key(super().__getitem__(index))

    def hide(self, text: str) -> str:
        """Text with the key taken out, also where it is written as in an address.

        >>> Key("a/b c").hide("https://example.org/?key=a%2Fb+c")
        'https://example.org/?key=***'
        """
        for written in {str(self), quote(self, safe=""), quote_plus(self)} if self else ():
            text = text.replace(written, "***")
        return text


def key_for(source: Source) -> str:
    """Key of a source: from the environment, else from the keyring; empty if there is none.

    Raises
    ------
    UsageError
        If what is kept there cannot be a key: it holds blanks or characters beyond ASCII.
    """
    if not source.key:
        return Key()
    return checked_key(os.environ.get(source.key) or _from_keyring(source.key), source.key)


def checked_key(text: str, name: str) -> Key:
    """Text as a key, its ends trimmed; refused without being shown if it cannot be one."""
    key, text = Key(text.strip()), ""  # an error below must not show it among the variables
    if any(letter <= " " or letter > "~" for letter in key):
        raise UsageError(f"the key in {name or 'use'} holds blanks or special characters: set it again")
    return key


def _from_keyring(name: str) -> str:
    """What the system's keyring holds under a name; empty if it has nothing or does not work."""
    try:
        import keyring  # noqa: PLC0415 - slow to import, may be absent, and seldom asked

        return keyring.get_password(SERVICE, name) or ""
    except Exception:  # noqa: BLE001 - a keyring is whatever the desktop offers, and fails in its own ways
        logging.getLogger(__name__).debug("the keyring gives no key for %s", name)
        return ""


@contextmanager
def veiled(key: Key) -> Iterator[None]:
    """Keep the key out of what the network libraries log, also when they log at DEBUG."""
    veil = _Veil(key)
    loggers = [logging.getLogger(name) for name in _LOGGERS] if key else []
    for logger in loggers:
        logger.addFilter(veil)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(veil)


class _Veil(logging.Filter):
    """Takes a key out of log records."""

    def __init__(self, key: Key) -> None:
        """Remember what to take out."""
        super().__init__()
        self.key = key

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, the key hidden."""
        told = record.getMessage()
        if (hidden := self.key.hide(told)) != told:
            record.msg, record.args = hidden, ()
        return True
