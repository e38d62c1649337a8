"""What a mapping says of one column: where it comes from, and how its cells are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from monazite.sources.own import periods, places, units
from monazite.sources.own.kinds import Kind, kind, unit_column
from monazite.sources.own.mapping import ColumnMap, place_of
from monazite.sources.own.outline import Entries, Series, Word, choice, entries, shown, what, word, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from monazite.schema.columns import Column
    from monazite.schema.tables import Table
    from monazite.sources.own.outline import Node, Place
    from monazite.sources.own.units import Unit

WHERE_FROM = ("from", "at", "across", "value")
_ALWAYS = (*WHERE_FROM, "missing", "fill")
_BY_KIND = {
    Kind.NUMBER: ("unit", "zero_is", "zero", "withheld"),
    Kind.PERIOD: ("date", "keep"),
    Kind.YEAR: ("date",),
    Kind.COUNTRY: ("scheme", "codes"),
    Kind.GOODS: ("digits",),
    Kind.CODED: ("codes",),
    Kind.UNIT: ("codes",),
}
_ACROSS = ("period", "year")
_MOST_HEADERS = 3
_LAST_DIGITS = 15


def read_column(table: Table, column: Column, place: Place, node: Node) -> ColumnMap:
    """One entry under ``columns:``; a bare word is the header it comes from.

    Raises
    ------
    UsageError
        If it says something that cannot be, or not where the column comes from.
    """
    if isinstance(node, Word):
        return ColumnMap(column.name, place, headers=(word(node).text,))
    sort = kind(table, column)
    said = _said(node, sort, column.name)
    origin = [key for key in WHERE_FROM if key in said]
    if len(origin) != 1:
        raise wrong(place, " and ".join(origin) or "nothing", f"one of {', '.join(WHERE_FROM)}")
    return ColumnMap(
        column.name,
        place,
        **_origin(said, sort),
        unit=_unit(said["unit"], table, column) if "unit" in said else None,
        date=_date(said["date"]) if "date" in said else "",
        keep=cast("Literal['', 'year', 'month']", _chosen(said, "keep", ("year", "month"), "")),
        scheme=_chosen(said, "scheme", places.SCHEMES, "any"),
        digits=_digits(said["digits"]) if "digits" in said else None,
        zero_is=cast("Literal['zero', 'missing']", _chosen(said, "zero_is", ("zero", "missing"), "zero")),
        zero=_words(said, "zero"),
        missing=_words(said, "missing"),
        withheld=_words(said, "withheld"),
        codes=_codes(said["codes"]) if "codes" in said else {},
        fill_down=_chosen(said, "fill", ("down",), "") == "down",
    )


def _said(node: Node, sort: Kind, column: str) -> dict[str, Node]:
    """Keys of a column's entry; those of other sorts of columns are told as such."""
    known = (*_ALWAYS, *_BY_KIND.get(sort, ()))
    others = {key for keys in _BY_KIND.values() for key in keys}
    for key, _ in node.items if isinstance(node, Entries) else ():
        if key.text in others and key.text not in known:
            raise wrong(key.place, shown(key.text), f"one of {', '.join(known)}: {column} holds {sort.value}")
    return entries(node, known)


def _origin(said: dict[str, Node], sort: Kind) -> dict[str, Any]:
    """Where the column comes from."""
    if "from" in said:
        return {"headers": _headers(said["from"], sort)}
    if "at" in said:
        told = word(said["at"])
        if (place := place_of(told.text)) is None:
            raise wrong(told.place, shown(told.text), "a column's letters, such as C")
        return {"at": place}
    if "across" in said:
        if sort is not Kind.NUMBER:
            raise wrong(
                said["across"].place, "across", f"it at a number only: this column holds {sort.value}"
            )
        return {"across": choice(said["across"], _ACROSS)}
    return {"value": _constant(said["value"])}


def _headers(node: Node, sort: Kind) -> tuple[str, ...]:
    """Headers the column comes from: several only where a year and a month make a period."""
    if isinstance(node, Word):
        return (word(node).text,)
    texts = tuple(word(each).text for each in node.items) if isinstance(node, Series) else ()
    if sort is not Kind.PERIOD or not 1 <= len(texts) <= _MOST_HEADERS:
        raise wrong(node.place, what(node), "one header; a period may join up to three: [Year, Month]")
    return texts


def _constant(node: Node) -> str:
    """A constant; an empty text is one."""
    if isinstance(node, Word):
        return node.text.strip()
    raise wrong(node.place, what(node), "one word")


def _unit(node: Node, table: Table, column: Column) -> Unit:
    """The unit of the file's numbers, which must be one of what the column measures."""
    said = word(node)
    found = units.unit(said.text)
    measures = _measured(column)
    if found and measures in ("", found.measures) and _storable(found, table, column):
        return found
    if units.foreign(said.text):
        raise wrong(
            said.place, shown(said.text), "US dollars: convert the column first, at the rates you choose"
        )
    expected = f"a unit of {measures or 'quantity'}"
    raise wrong(said.place, shown(said.text), expected, known=units.spellings(measures), asked=said.text)


def _measured(column: Column) -> str:
    """What a column of a fixed unit measures; empty if its unit stands beside it."""
    by_base = {base: measures for measures, base in units.BASE.items()}
    return by_base.get(column.unit, "") if not unit_column(column) else ""


def _storable(found: Unit, table: Table, column: Column) -> bool:
    """Whether the table takes the unit."""
    beside = unit_column(column)
    codes = table.column(beside).codes if beside else ()
    return units.stored(found.text, codes) is not None


def _date(node: Node) -> str:
    """How periods are written."""
    said = word(node)
    if told := periods.check_writing(said.text):
        raise wrong(said.place, shown(said.text), f"a date such as dd-mm-yyyy, mmm-yy or excel, with {told}")
    return said.text


def _digits(node: Node) -> int:
    """How many digits every code has."""
    said = word(node)
    if not (said.text.isascii() and said.text.isdecimal() and len(said.text) <= len(str(_LAST_DIGITS))):
        raise wrong(said.place, shown(said.text), "a number of digits, such as 6 or 10")
    if not 1 <= int(said.text) <= _LAST_DIGITS:
        raise wrong(said.place, shown(said.text), f"between 1 and {_LAST_DIGITS} digits")
    return int(said.text)


def _chosen(said: dict[str, Node], key: str, known: tuple[str, ...], usual: str) -> str:
    """One of a few words, or the usual one."""
    return choice(said[key], known) if key in said else usual


def _words(said: dict[str, Node], key: str) -> frozenset[str]:
    """Words of a list, without capitals."""
    if key not in said:
        return frozenset()
    node = said[key]
    if isinstance(node, Entries):
        raise wrong(node.place, "keys", f'words, such as {key}: ["-", "n/a"]')
    items = node.items if isinstance(node, Series) else (node,)
    return frozenset(" ".join(_constant(each).casefold().split()) for each in items)


def _codes(node: Node) -> Dictionary[str, str]:
    """The file's words and the codes they stand for."""
    if not isinstance(node, Entries):
        raise wrong(node.place, what(node), "words and codes, such as {M: import, X: export}")
    return {" ".join(key.text.casefold().split()): _constant(value) for key, value in node.items}
