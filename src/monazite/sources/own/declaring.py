"""A mapping file, read and checked word by word: what it says must be possible before a file is opened."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from monazite.schema.provenance import REDISTRIBUTION
from monazite.sources.own import forms, kinds
from monazite.sources.own.columns import read_column
from monazite.sources.own.composing import read_outline
from monazite.sources.own.mapping import OWN, VERSION, Form, Mapping
from monazite.sources.own.outline import Entries, choice, entries, shown, what, word, wrong
from monazite.sources.source import Licence

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.schema.tables import Table
    from monazite.sources.own.mapping import ColumnMap
    from monazite.sources.own.outline import Node, Word
    from monazite.sources.source import Redistribution

_TOP = ("mapping", "table", "as_of", "title", "publisher", "licence", "file", "columns")
_LONGEST = 200


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file and check it against the table it fills.

    It may leave columns out that a load needs: a suggestion is read before it is complete.
    :func:`~monazite.sources.own.source_for` says which are lacking.

    Raises
    ------
    UsageError
        If the file is not YAML, is too long or tricky, or says something that cannot be; the message
        names file, line, column, what came, what is expected, and the nearest names.
    """
    top, content = read_outline(path)
    said = entries(top, _TOP)
    for name in ("mapping", "table", "as_of", "columns"):
        if name not in said:
            raise wrong(top.place, f"no {name}:", f"the keys {', '.join(_TOP[:3])} and columns")
    _check_version(word(said["mapping"]))
    table = _table(word(said["table"]))
    return Mapping(
        name=path.name,
        table=table,
        as_of=_short(said, "as_of", ""),
        columns=_columns(said["columns"], table),
        title=_short(said, "title", "The user's own data"),
        publisher=_short(said, "publisher", "The user"),
        licence=_licence(said["licence"]) if "licence" in said else OWN,
        form=forms.read_form(said["file"]) if "file" in said else Form(),
        digest=hashlib.sha256(content).hexdigest()[:16],
    )


def _check_version(said: Word) -> None:
    """Refuse a mapping of a later edition of this language."""
    if said.text != VERSION:
        raise wrong(said.place, f"mapping: {shown(said.text)}", f"mapping: {VERSION}")


def _table(said: Word) -> Table:
    """The table to fill."""
    if said.text not in kinds.TARGETS:
        expected = f"a table, one of {', '.join(kinds.TARGETS)}"
        raise wrong(said.place, shown(said.text), expected, known=kinds.TARGETS, asked=said.text)
    return kinds.TARGETS[said.text]


def _short(said: dict[str, Node], key: str, usual: str) -> str:
    """A word of a sane length on one line."""
    if key not in said:
        return usual
    told = word(said[key])
    if len(told.text) > _LONGEST or not told.text.isprintable():
        raise wrong(told.place, f"{key} of {len(told.text)} characters", f"one line of at most {_LONGEST}")
    return told.text


def _licence(node: Node) -> Licence:
    """Terms of the file: unless they say otherwise, its rows may not be passed on."""
    said = entries(node, ("name", "url", "redistribution"))
    allowed = choice(said["redistribution"], REDISTRIBUTION) if "redistribution" in said else "forbidden"
    return Licence(_short(said, "name", OWN.name), _short(said, "url", ""), cast("Redistribution", allowed))


def _columns(node: Node, table: Table) -> dict[str, ColumnMap]:
    """Every column of the mapping; a name is a column of the table."""
    known = kinds.columns(table)
    if not isinstance(node, Entries):
        raise wrong(node.place, what(node), f"columns of {table.name}, such as {', '.join(known)}")
    for key, _ in node.items:
        _check_column(key, table)
    return {key.text: read_column(table, known[key.text], key.place, value) for key, value in node.items}


def _check_column(key: Word, table: Table) -> None:
    """Refuse a column the table has not, or the load fills."""
    known = kinds.columns(table)
    if key.text in kinds.STAMPED and key.text in table.names:
        raise wrong(key.place, shown(key.text), "it above the columns, or not at all: the load fills it")
    if key.text not in known:
        expected = f"a column of {table.name}: {', '.join(known)}"
        raise wrong(key.place, shown(key.text), expected, known=known, asked=key.text)
