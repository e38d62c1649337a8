"""Answers of the BGS service as records: separated values or GeoJSON, checked to be whole."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from monazite.errors import SourceError
from monazite.sources import separated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from monazite.sources.source import Given

Record = dict[str, str]
LIMIT = 64 * 2**20
COLUMNS = (
    "bgs_statistic_type_trans",
    "bgs_commodity_trans",
    "bgs_sub_commodity_trans",
    "erml_commodity",
    "erml_sub_commodity",
    "country_trans",
    "country_iso3_code",
    "year",
    "quantity",
    "quantity_in_book_style",
    "units",
    "sdmx_code",
    "concat_figure_notes_code",
    "concat_figure_notes_text",
)
_YEAR = re.compile(r"((?:19|20)\d\d)-01-01(?:[T ]00:00:00(?:\.0+)?(?:Z|\+00:00)?)?", re.ASCII)
_AGAIN = "The answer is not what the service sends; fetch it again"


def is_json(head: bytes) -> bool:
    """Whether a file begins like an object of JSON."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def records(given: Given) -> Iterator[tuple[int, Record]]:
    """Line and columns of each record; in GeoJSON the line is the number of the feature.

    Raises
    ------
    SourceError
        If the file is not an answer of the service, or not the whole of one.
    """
    with given.path.open("rb") as stream:
        head = stream.read(64)
    return _from_json(given.name, given.path) if is_json(head) else _from_table(given.name, given.path)


def years(given: Given) -> set[int]:
    """Years the answer holds.

    Raises
    ------
    SourceError
        If it holds none, or is no answer of the service.
    """
    found = {int(match[1]) for _, record in records(given) if (match := _YEAR.fullmatch(record["year"]))}
    if not found:
        raise SourceError(given.name, column="year", found="no year", expected="years", hint=_AGAIN)
    return found


def year(text: str) -> int | None:
    """The year of a date that stands for one.

    >>> year("1975-01-01 00:00:00"), year("1975-06-30")
    (1975, None)
    """
    return int(match[1]) if (match := _YEAR.fullmatch(text)) else None


def _from_table(file: str, path: Path) -> Iterator[tuple[int, Record]]:
    """Records of separated values."""
    separated.check_whole(file, path, LIMIT)
    with path.open("rb") as stream:
        table = separated.records(file, separated.lines(file, stream))
        header = next(table)[1]
        at = separated.positions(file, header, COLUMNS)
        for line, cells in table:
            separated.check_width(file, line, cells, len(header))
            yield line, {name: cells[place] for name, place in at.items()}


def _from_json(file: str, path: Path) -> Iterator[tuple[int, Record]]:
    """Records of GeoJSON."""
    for number, feature in enumerate(_features(file, _collection(file, path)), 1):
        yield number, _record(file, number, feature)


def _record(file: str, number: int, feature: object) -> Record:
    """Columns of one feature; an absent value is empty."""
    held = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(held, dict):
        raise SourceError(file, line=number, found="a feature without properties", expected="a record")
    for name in COLUMNS:
        if name not in held or not isinstance(held[name], str | None):
            found = "no such column" if name not in held else type(held[name]).__name__
            raise SourceError(
                file, line=number, column=name, found=found, expected="a text, a number or null"
            )
    return {name: _readable(held[name] or "") for name in COLUMNS}


def _readable(text: str) -> str:
    """A text without halves of characters, which JSON can write and nothing can store."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _features(file: str, held: Mapping[str, Any]) -> list[Any]:
    """The features of a collection, all it says it returns."""
    features, returned = held.get("features"), held.get("numberReturned")
    if not isinstance(features, list):
        raise SourceError(file, found="an object without features", expected="GeoJSON", hint=_AGAIN)
    if returned is not None and returned != str(len(features)):
        found = f"{len(features)} features of {str(returned)[:20]}"
        raise SourceError(file, column="numberReturned", found=found, expected="all", hint=_AGAIN)
    return features


def _collection(file: str, path: Path) -> dict[str, Any]:
    """The object a file holds, its numbers as they are written."""
    if (size := path.stat().st_size) > LIMIT:
        raise SourceError(file, found=f"{size:,} bytes", expected=f"at most {LIMIT:,}")
    try:
        held = json.loads(
            path.read_bytes().decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        found = type(error).__name__ if isinstance(error, RecursionError) else str(error)[:200]
        raise SourceError(file, found=found, expected="JSON", hint=_AGAIN) from error
    if not isinstance(held, dict):
        raise SourceError(file, found=type(held).__name__, expected="an object", hint=_AGAIN)
    return held


def _no_number(constant: str) -> NoReturn:
    """Refuse NaN and Infinity, which JSON does not know."""
    message = f"{constant} is no JSON"
    raise ValueError(message)


def check_answer(path: Path) -> None:
    """Refuse an answer that does not hold every record that matches.

    Raises
    ------
    SourceError
        If it is no answer of the service, has no record, or holds fewer than there are.
    """
    held = _collection(path.name, path)
    returned, matched = str(len(_features(path.name, held))), str(held.get("numberMatched"))[:20]
    if matched == "0":
        hint = "Write the commodity as the BGS does, e.g. 'cobalt, mine'"
        raise SourceError(path.name, found="no record", expected="some", hint=hint)
    if matched != returned:
        hint = "The answer is cut off; ask for one country at a time"
        raise SourceError(path.name, found=f"{returned} records of {matched}", expected="all", hint=hint)
