"""Which column of a user's file holds the code, which are amounts, and which say what a row is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.codes.written import read_code
from monazite.errors import UnknownCodeError, UsageError
from monazite.store import carrying
from monazite.store.carrying import HIGH, LOW, WAY, Layout

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from monazite.store.carrying import Field

CODES = re.compile(
    r"k|codes?|hs(6|code|number)?|hts(10|8|no|number|code)?|(cmd|commodity|product|prod|subheading|tariff|sitc"
    r"|scheduleb|[ie]commodity)(code)?"
)
AMOUNTS = re.compile(
    r"v|q|val|amount|usd|eur|kg|tonnes|duty|dut(y|ies)usd|.*(value(usd)?|usd|eur|qty|quantity\d?|mass(t|kg)?"
    r"|weight(t|kg)?|wgt|kg|tonnes|amount)|(value|quantity|qty|mass|netwgt|grosswgt|genval|conval|allval).*"
)
NO_AMOUNTS = re.compile(r".*(unit|price|share|index|rate|flag|status|percent|ratio|average|mean).*")
KEYS = re.compile(
    r"t|i|j|yr|(year|period|month|quarter|date|time|exporter|importer|reporter|partner|origin|destination"
    r"|country|flow|mot|customs|district|port|ref|cty|iso|m49).*|.*(code|id|year|month|period|iso\d?|m49|number)"
)
MOST = 0.8
"""Share of a column's texts that are codes, from which on it is the column of codes."""


def layout(  # noqa: PLR0913 - a file, its edition, and what was said of its columns, by name
    path: Path,
    nomenclature: str,
    known: frozenset[str],
    *,
    code: str = "",
    values: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> Layout:
    """What the columns of a file are, as named or as recognised by their names.

    Raises
    ------
    UnknownCodeError
        If a column is named that the file does not have.
    UsageError
        If the column of codes is not clear, no column of amounts is found, or one holds numbers of
        which nobody said whether they are amounts.
    """
    fields = carrying.fields(path)
    names = [field.name for field in fields]
    for asked in (*([code] if code else []), *values, *keep):
        if asked not in names:
            raise UnknownCodeError("column", asked, names, f"{path.name} has {', '.join(names)}")
    held = code or _code(path, names, nomenclature, known)
    amounts = tuple(values) or tuple(
        one
        for one in names
        if one not in {held, *keep} and _like(one, AMOUNTS) and not _like(one, NO_AMOUNTS)
    )
    _check(path, fields, held, amounts, keep)
    return Layout(tuple(names), held, amounts)


def _code(path: Path, names: Sequence[str], nomenclature: str, known: frozenset[str]) -> str:
    """The column of codes: the one named so, else the one that holds codes."""
    named = [one for one in names if _like(one, CODES)]
    if len(named) == 1:
        return named[0]
    other = [one for one in names if not _like(one, AMOUNTS) and not _like(one, KEYS)]
    found = _shares(path, named or other, nomenclature, known)
    held = [one for one, share in found.items() if share >= MOST]
    if len(held) == 1:
        return held[0]
    told = f"{', '.join(held or named)} may be" if held or named else "none looks like"
    raise UsageError(f"{path}: {told} the column of codes; name it with --code. Columns: {', '.join(names)}.")


def _shares(path: Path, names: Sequence[str], nomenclature: str, known: frozenset[str]) -> dict[str, float]:
    """The share of the first rows of each column that are codes, as they stand or repaired."""
    sample = carrying.sample(path)
    found = {}
    for one in names:
        texts = (row[one] for row in sample)
        read = [read_code(text, nomenclature, known) for text in texts if text]
        found[one] = sum(bool(each.code or each.repaired) for each in read) / len(read) if read else 0.0
    return found


def _check(
    path: Path, fields: Sequence[Field], code: str, amounts: Collection[str], keep: Collection[str]
) -> None:
    """Refuse a layout that would lose something or write a column twice."""
    if not amounts:
        raise UsageError(f"{path}: no column of amounts found; name it with --value.")
    if code in amounts:
        raise UsageError(f"{path}: column {code!r} cannot be the code and an amount.")
    doubtful = [
        one.name
        for one in fields
        if one.number and one.name not in {code, *amounts, *keep} and not _like(one.name, KEYS)
    ]
    if doubtful:
        told = f"{', '.join(doubtful)} hold{'s' * (len(doubtful) == 1)} numbers"
        raise UsageError(
            f"{path}: {told}. Is it an amount, to be split and summed (--value {doubtful[0]}), or does it"
            f" say what a row is, to be kept as it is (--keep {doubtful[0]})?"
        )
    made = {WAY, *(one + end for one in amounts for end in (LOW, HIGH))}
    if twice := [one.name for one in fields if one.name in made]:
        raise UsageError(f"{path}: column {twice[0]!r} has the name of one convert adds; rename it.")


def _like(name: str, pattern: re.Pattern[str]) -> bool:
    """Whether a column is named so, whatever its case and signs."""
    return bool(pattern.fullmatch(re.sub(r"[^a-z0-9]", "", name.casefold())))
