"""Answers to a question in SQL, written with the licences of what was read.

A file is an export: beside it stand the licences of the snapshots behind the tables it was asked from.
Rows that may not be passed on are refused, unless the user says that the file stays with them.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.errors import LicenceError, UsageError
from monazite.results.files.delimited import cell
from monazite.store.answers import Asked, told_apart
from monazite.store.reading import query
from monazite.store.replace import replace_file, replacing
from monazite.store.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from monazite.store.answers import Chunk, Question
    from monazite.store.home import Store

FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many rows, and where their licences stand."""

    rows: int
    licences: Path


def first(store: Store, question: Question, shown: int) -> tuple[list[str], list[list[object]], bool]:
    """Column names, the first rows, and whether there are more."""
    heading: list[str] = []
    rows: list[list[object]] = []
    for names, chunk in Asked(store, question).chunks():
        heading = names
        rows += [[plain(value) for value in row] for row in chunk]
        if len(rows) > shown:
            break
    return heading, rows[:shown], len(rows) > shown


def rendered(store: Store, question: Question, form: str, *, own_use: bool) -> bytes:
    """The whole answer as the bytes of a file, for standard output.

    Raises
    ------
    LicenceError
        As for :func:`written`: what leaves this way may end in a file.
    """
    if form == "parquet":
        raise UsageError("parquet goes to a file; name one with -o.")
    asked = Asked(store, question)
    _check_licences(asked.licences(), own_use=own_use)
    return "".join(_lines(asked.chunks(), form)).encode()


def written(store: Store, question: Question, output: str, form: str, *, own_use: bool) -> Written:
    """Write the whole answer to a file, whole or not at all, and the licences beside it.

    Raises
    ------
    LicenceError
        If rows behind the answer may not be passed on and ``own_use`` is not given.
    OutputError
        If the file cannot be written; an earlier one is left as it was.
    """
    with replacing(output) as beside:
        asked = Asked(store, question, beside)
        licences = asked.licences()
        _check_licences(licences, own_use=own_use)
        count = asked.copied(beside) if form == "parquet" else _streamed(asked, beside, form)
        told = replace_file(f"{output}.licences.json", _terms(licences, own_use=own_use))
    return Written(count, told)


def check_sources(store: Store, titles: Sequence[str], *, own_use: bool) -> None:
    """Refuse to write rows of publications of which some may not be passed on.

    Raises
    ------
    LicenceError
        If there is one and ``own_use`` is not given.
    """
    told = query(store, "SELECT DISTINCT title, licence, redistribution FROM snapshot ORDER BY ALL")
    bound = [f"{one['title']} ({one['licence']})" for one in told if one["redistribution"] == FORBIDDEN]
    held = [one for one in bound if any(one.startswith(f"{title} (") for title in titles)]
    if held and not own_use:
        raise LicenceError(
            f"the answer shows rows of {'; '.join(held)}, which may not be passed on. "
            "--redistributable leaves them out; --own-use writes them to a file that stays with you."
        )


def _check_licences(licences: list[dict[str, Any]], *, own_use: bool) -> None:
    """Refuse an export of what may not be passed on."""
    bound = sorted(
        {f"{one['title']} ({one['licence']})" for one in licences if one["redistribution"] == FORBIDDEN}
    )
    if bound and not own_use:
        raise LicenceError(
            f"the tables asked hold rows of {'; '.join(bound)}, which may not be passed on. "
            "--redistributable leaves them out; --own-use writes them to a file that stays with you."
        )


def _terms(licences: list[dict[str, Any]], *, own_use: bool) -> bytes:
    """The licences of an export, for the file beside it."""
    bound = any(one["redistribution"] == FORBIDDEN for one in licences)
    terms = "for your own use; do not pass on" if bound and own_use else "see each source"
    return (json.dumps({"terms": terms, "sources": licences}, indent=1, default=plain) + "\n").encode()


def _streamed(asked: Asked, target: Path, form: str) -> int:
    """Write the answer as text, some thousand rows at a time, down to the disk."""
    count = 0

    def counted() -> Iterator[Chunk]:
        nonlocal count
        for names, rows in asked.chunks():
            count += len(rows)
            yield names, rows

    with target.open("x", encoding="utf-8", newline="") as file:
        file.writelines(_lines(counted(), form))
    return count


def _lines(chunks: Iterator[Chunk], form: str) -> Iterator[str]:
    """The text of an answer in one of the forms, piece by piece."""
    return {"csv": _csv, "jsonl": _jsonl, "json": _json}[form](chunks)


def _csv(chunks: Iterator[Chunk]) -> Iterator[str]:
    """Comma-separated values; missing is empty."""
    for names, rows in chunks:
        piece = io.StringIO()
        lines = csv.writer(piece, lineterminator="\r\n")
        lines.writerows([[cell(plain(value)) for value in row] for row in rows] or [names])
        yield piece.getvalue()


def _jsonl(chunks: Iterator[Chunk]) -> Iterator[str]:
    """One JSON object a line."""
    for names, rows in chunks:
        told_apart(names)
        for row in rows:
            yield json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) + "\n"


def _json(chunks: Iterator[Chunk]) -> Iterator[str]:
    """A JSON array of objects."""
    yield "["
    sign = "\n"
    for line in _jsonl(chunks):
        yield sign + line.rstrip("\n")
        sign = ",\n"
    yield "\n]\n"
