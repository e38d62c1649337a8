"""Answers of the UN Comtrade API, ``{elapsedTime, count, data[], error}``, read record by record.

An answer may hold 250,000 records; it is read in pieces, so that memory does not grow with it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from monazite.errors import SourceError
from monazite.schema.trade import TRADE
from monazite.sources.comtrade.domains import shown
from monazite.sources.comtrade.records import REQUIRED, Records
from monazite.sources.source import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from monazite.sources.comtrade.records import Cells, Row
    from monazite.sources.source import Account, Given

CAPS = (500, 100_000, 250_000)
"""Most records the publisher answers with: to anybody, to a holder of a free key, of a paid one."""

_CHUNK = 2**18
_LONGEST = 2**20
_MEMBERS = 100
_BLANKS = re.compile(r"[ \t\r\n]+")
_AGAIN = "Fetch it again"


def read_answer(given: Given, account: Account) -> Iterator[Rows]:
    """Read an answer; one that is as long as the publisher's limit is an error among the findings.

    Raises
    ------
    SourceError
        If it is not an answer, carries an error, or holds another number of records than it says.
    """
    records = Records(given.name, account)
    yield Rows(TRADE, _rows(given, records))
    records.tell()
    if account.records in CAPS:
        account.tell(
            "answer-capped",
            "trade",
            where=given.name,
            found=f"{account.records:,} records, as many as the publisher gives at most",
            expected="fewer",
            rows=account.records,
        )


def check_answer(path: Path) -> None:
    """Refuse what is not a whole answer.

    Raises
    ------
    SourceError
        As :func:`read_answer`.
    """
    for _ in answered(path, path.name):
        pass


def _rows(given: Given, records: Records) -> Iterator[Row]:
    """Rows of an answer; a record's line is its place among the records."""
    for number, record in enumerate(answered(given.path, given.name), 1):
        if not isinstance(record, dict):
            records.account.records += 1
            found = shown(_text(record))
            records.refuse(record, number, column="", found=found, expected="a record")
        elif row := records.row(_cells(record), number):
            yield row


def _cells(record: dict[str, Any]) -> Cells:
    """A record's members as text, by name in lower case: the publisher spells some in two ways."""
    required = dict.fromkeys(REQUIRED, "")
    return required | {name.lower(): _text(value) for name, value in record.items()}


def _text(value: object) -> str:
    """A member as text; nothing where it is null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strip() if isinstance(value, str) else repr(value)


def answered(path: Path, file: str) -> Iterator[Any]:
    """Records of an answer.

    Raises
    ------
    SourceError
        As :func:`read_answer`.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader, count = _Pieces(opened, file), 0
        envelope: dict[str, Any] = {}
        try:
            for name in reader.members():
                if name == "data" and reader.next() == "[":
                    for record in reader.items():
                        count += 1
                        yield record
                    envelope[name] = []
                else:
                    envelope[name] = reader.value()
        except UnicodeDecodeError as error:
            reader.refuse(f"byte {error.object[error.start]:#04x}", "text in UTF-8")
        reader.end()
    _check_envelope(file, envelope, count)


def _check_envelope(file: str, envelope: dict[str, Any], count: int) -> None:
    """Refuse an answer that carries an error, has no data, or holds more or less than it says.

    Raises
    ------
    SourceError
        If it does.
    """
    if error := envelope.get("error") or envelope.get("message"):
        raise SourceError(file, column="error", found=shown(_text(error)), expected="no error")
    if envelope.get("data", "") not in ([], None):
        raise SourceError(file, column="data", found="no list of records", expected="{count, data[], error}")
    told = envelope.get("count")
    if isinstance(told, bool) or not isinstance(told, int) or told != count:
        found = f"a count of {shown(_text(told))} and {count:,} records"
        raise SourceError(file, column="count", found=found, expected="one number", hint=_AGAIN)


class _Pieces:
    """A JSON object read piece by piece."""

    def __init__(self, opened: TextIO, file: str) -> None:
        """Read nothing yet."""
        self._opened, self._file = opened, file
        self._held, self._at, self._over = "", 0, False
        self._decoder = json.JSONDecoder(parse_constant=self._constant)

    def refuse(self, found: str, expected: str) -> NoReturn:
        """Say that this is no answer."""
        raise SourceError(self._file, found=found, expected=expected, hint=_AGAIN) from None

    def _constant(self, name: str) -> NoReturn:
        """NaN and Infinity are no JSON."""
        self.refuse(name, "a number")

    def _more(self) -> bool:
        """Read on; false at the end of the file."""
        piece = "" if self._over else self._opened.read(_CHUNK)
        self._over = not piece
        self._held, self._at = self._held[self._at :] + piece, 0
        return not self._over

    def next(self) -> str:
        """The next sign that is no blank; nothing at the end."""
        while True:
            if blanks := _BLANKS.match(self._held, self._at):
                self._at = blanks.end()
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def take(self, signs: str) -> str:
        """The next sign, which must be one of these."""
        found = self.next()
        if not found or found not in signs:
            self.refuse(repr(found) if found else "the end of the file", " or ".join(signs))
        self._at += 1
        return found

    def value(self) -> Any:  # noqa: ANN401 - whatever stands there
        """The next value, whole."""
        self.next()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if len(self._held) - self._at > _LONGEST or not self._more():
                    self.refuse(error.msg, "an answer in JSON")
            except (RecursionError, ValueError) as error:
                self.refuse(str(error) or "too deep", "an answer in JSON")
            else:
                if end < len(self._held):
                    self._at = end
                    return value
                if not self._more():
                    self._at = len(self._held)
                    return value

    def items(self) -> Iterator[Any]:
        """Values of a list."""
        self.take("[")
        if self.next() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self.take(",]") == "]":
                return

    def members(self) -> Iterator[str]:
        """Names of an object's members; the caller reads what stands under each."""
        self.take("{")
        for _ in range(_MEMBERS):
            if self.next() == "}":
                break
            name = self.value()
            if not isinstance(name, str):
                self.refuse(repr(name), "a name")
            self.take(":")
            yield name
            if self.take(",}") == "}":
                return
        else:
            self.refuse(f"more than {_MEMBERS} members", "{elapsedTime, count, data[], error}")
        self._at += 1

    def end(self) -> None:
        """Nothing but blanks is left."""
        if found := self.next():
            self.refuse(f"{found!r} after the answer", "the end of the file")
