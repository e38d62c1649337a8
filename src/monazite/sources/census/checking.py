"""What must be true of an answer or a zip before a byte of it is believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources.census.answers import json_rows
from monazite.sources.census.columns import header
from monazite.sources.census.layouts import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEY_PAGE = "https://api.census.gov/data/key_signup.html"
_REFUSED = re.compile(r"(invalid|missing)\s+key|valid\s+(<[^>]*>)?\s*key", re.IGNORECASE)
_HEAD = 4096
_SHOWN = 80


def check_answer(path: Path, wanted: Iterable[str]) -> None:
    """Refuse an answer of the API that is not whole, or not what was asked for.

    Raises
    ------
    SourceError
        If it is a page that says the key was not accepted, or any other page; if it is no whole array
        of arrays, or a column that was asked for is missing.
    """
    with path.open("rb") as opened:
        head = opened.read(_HEAD).decode("utf-8", "replace")
    _check_page(path.name, head)
    rows = json_rows(path, path.name)
    first = [cell or "" for cell in next(rows, (1, []))[1]]
    header(path.name, first)
    missing = [name for name in wanted if name not in first]
    if missing:
        raise SourceError(
            path.name, line=1, column=missing[0], found="no such column", expected="what was asked for"
        )
    for line, cells in rows:
        if len(cells) != len(first):
            raise SourceError(path.name, line=line, found=f"{len(cells)} cells", expected=f"{len(first)}")


def _check_page(file: str, head: str) -> None:
    """Refuse a page instead of an answer; the API tells of keys that way, with status 200."""
    if head.lstrip("\ufeff \t\r\n").startswith("["):
        return
    if _REFUSED.search(head):
        raise SourceError(
            file, found="a page that says the key was not accepted", expected="an answer of the API",
            hint=f"Set CENSUS_API_KEY to a key from {KEY_PAGE}, activated by the link in its mail",
        )  # fmt: skip
    shown = " ".join(re.sub(r"<[^>]*>", " ", head).split())[:_SHOWN] or "an empty answer"
    raise SourceError(
        file, found=shown, expected="a JSON array of arrays", hint="Ask again later, or for less at once"
    )


def check_zip(path: Path) -> None:
    """Refuse a bulk file that is no archive of records.

    Raises
    ------
    SourceError
        If it is damaged, hostile, or holds no file of records.
    """
    layout_of(path, path.name)
