"""A proposal as a commented mapping file, which reads back as it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.sources.own.delimited import Delimited
from monazite.sources.own.mapping import letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from monazite.sources.own.numerals import Writing
    from monazite.sources.own.suggesting.samples import Look

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN_LATIN = 0xFF
_FOUR = 0xFFFF


def quoted(text: str) -> str:
    r"""A text between double quotes, as YAML reads it back.

    >>> quoted('5" pipe\t')
    '"5\\" pipe\\t"'
    """
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    """One letter inside double quotes."""
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter == " " or (letter.isprintable() and ord(letter) <= _FOUR):
        return letter
    number = ord(letter)
    return (
        f"\\x{number:02x}"
        if number <= _PLAIN_LATIN
        else f"\\u{number:04x}"
        if number <= _FOUR
        else f"\\U{number:08x}"
    )


def remark(text: str) -> str:
    """A text as it may stand behind a #: on one line, printable."""
    return "".join(letter if letter.isprintable() and ord(letter) <= _FOUR else " " for letter in text)[:300]


def entry(name: str, said: Mapping[str, Any]) -> str:
    """One column of a mapping, on one line.

    >>> entry("mass_t", {"from": "Net", "unit": "kg"})
    'mass_t: {from: "Net", unit: "kg"}'
    """
    return f"{name}: {{{', '.join(f'{key}: {_value(value)}' for key, value in said.items())}}}"


def _value(value: Any) -> str:  # noqa: ANN401 - a word or words
    """A word, a number or a list of words."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    return f"[{', '.join(quoted(each) for each in value)}]"


class Proposed(NamedTuple):
    """One line of a suggestion: a core column, where it comes from, how sure, why, and whether it is made."""

    column: str
    source: str
    sure: float
    why: str
    made: bool


class Line(NamedTuple):
    """A line of the columns, and what it says of itself."""

    text: str
    told: Proposed

    @property
    def printed(self) -> str:
        """The line with how sure it is and why; one that is not made is a comment."""
        return (
            f"  {'' if self.told.made else '# '}{self.text}  # {self.told.sure:.2f}: {remark(self.told.why)}"
        )


def page(
    top: Sequence[str],
    form: Mapping[str, str],
    lines: Sequence[Line],
    below: Sequence[Line],
    lacking: Sequence[str],
) -> str:
    """The whole file: what it is, how it is written, its columns, what is not sure and what is lacking."""
    doubts = ["  # Not sure of these; take what is right, at most one for each name:"] if below else []
    needs = [f"  # A load still needs: {', '.join(lacking)}."] if lacking else []
    return "\n".join(
        [
            *top, "file:", *(f"  {key}: {value}" for key, value in form.items()),
            "columns:" if lines else "columns: {}", *(each.printed for each in lines),
            *doubts, *(each.printed for each in below), *needs, "",
        ]
    )  # fmt: skip


def top(path: Path, found: Look, table: str, why: str) -> list[str]:
    """What the file is, and how to read the numbers behind the lines."""
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    sheet = f", sheet {quoted(found.grid.part)}" if found.grid.part else ""
    return [
        f"# Proposed by monazite for {remark(path.name)}{remark(sheet)}. Check every line.",
        "# The number behind a line says how sure it is: 1 is certain. Below 0.60 a line is left out (#).",
        "mapping: 1",
        f"table: {table}  # {why}",
        f"as_of: {quoted(day)}  # the file's own date; say which edition of the data it is",
        f"title: {quoted(path.name[:200] if path.name.isprintable() else 'My own file')}",
    ]


def form(found: Look, certain: Writing | None) -> dict[str, str]:
    """How the file is written."""
    told = {"sheet": quoted(found.grid.part)} if found.grid.part else {}
    if isinstance(found.grid, Delimited):
        told["delimiter"] = quoted(found.grid.delimiter.replace("\t", "tab"))
        if found.grid.encoding == "utf-16":
            told["encoding"] = "utf-16"
    told["header"] = str(list(found.rows)) if len(found.rows) > 1 else str(found.rows[0])
    if certain is not None:
        told |= {"decimal": quoted(certain.decimal), "thousands": quoted(certain.thousands)}
    return told


def location(header: str, place: int, *, repeated: bool) -> dict[str, str]:
    """Where a column is: by its header, or by its letters where the header does not name it."""
    return {"at": letters(place)} if repeated or not header else {"from": header}
