"""What a mapping says of the file: its sheet, header, encoding, delimiter and way of writing numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.sources.own.mapping import Form
from monazite.sources.own.numerals import Writing
from monazite.sources.own.outline import Series, choice, entries, shown, word, wrong

if TYPE_CHECKING:
    from monazite.sources.own.outline import Node

ENCODINGS = (
    "utf-8", "utf-16", "windows-1252", "latin-1", "windows-1250", "windows-1251", "windows-1253",
    "windows-1254", "iso-8859-2", "iso-8859-5", "iso-8859-9", "iso-8859-15", "cp437", "cp850", "mac-roman",
    "gb18030", "big5", "shift_jis", "euc-kr",
)  # fmt: skip
DELIMITERS = {",": ",", ";": ";", "|": "|", ":": ":", "\t": "\t", "\\t": "\t", "tab": "\t", "blank": " "}
GROUPS = {".": ".", ",": ",", "'": "'", " ": "", "": "", "blank": "", "none": ""}
_OTHER = {".": ",", ",": "."}
LAST_HEADER = 100
_KEYS = ("sheet", "header", "encoding", "delimiter", "decimal", "thousands")


def read_form(node: Node) -> Form:
    """The part ``file:`` of a mapping.

    Raises
    ------
    UsageError
        If it says something that cannot be.
    """
    said = entries(node, _KEYS)
    return Form(
        sheet=word(said["sheet"]).text if "sheet" in said else "",
        header=_header(said["header"]) if "header" in said else None,
        encoding=choice(said["encoding"], ENCODINGS) if "encoding" in said else "",
        delimiter=DELIMITERS[choice(said["delimiter"], DELIMITERS)] if "delimiter" in said else "",
        writing=_writing(said),
    )


def _header(node: Node) -> tuple[int, ...]:
    """Rows of the header: one number, two that follow each other, or ``none``."""
    items = node.items if isinstance(node, Series) else (node,)
    texts = [word(each).text for each in items]
    if texts == ["none"]:
        return ()
    fit = all(text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_HEADER)) for text in texts)
    rows = tuple(int(text) for text in texts) if fit else ()
    if rows not in {(first,) for first in rows} | {(first, first + 1) for first in rows} or not rows:
        raise wrong(node.place, shown(", ".join(texts)), "a row such as 1, two such as [3, 4], or none")
    if not 1 <= rows[0] <= LAST_HEADER:
        raise wrong(node.place, f"row {rows[0]}", f"a row between 1 and {LAST_HEADER}")
    return rows


def _writing(said: dict[str, Node]) -> Writing | None:
    """How numbers are written; nothing if the mapping does not say."""
    if "decimal" not in said and "thousands" not in said:
        return None
    thousands = _group(said["thousands"]) if "thousands" in said else None
    decimal = choice(said["decimal"], _OTHER) if "decimal" in said else _OTHER.get(thousands or "", ".")
    if decimal == thousands:
        raise wrong(
            said["thousands"].place, shown(decimal), "another sign between thousands than before decimals"
        )
    return Writing(decimal, _OTHER[decimal] if thousands is None else thousands)


def _group(node: Node) -> str:
    """The sign between thousands; blanks and apostrophes are understood without being named."""
    text = getattr(node, "text", "?")
    if text not in GROUPS:
        raise wrong(node.place, shown(text), f"one of {', '.join(map(repr, GROUPS))}")
    return GROUPS[text]
