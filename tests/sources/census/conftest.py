"""Files in the forms the Census Bureau's statistics come in, and readings of them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.sources.census import SOURCE
from monazite.sources.load import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monazite.sources.census.layouts import Layout
    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens" / "census"


@pytest.fixture(scope="session")
def specimen() -> Path:
    """Folder of true scraps."""
    return SPECIMENS


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Reading]:
    """Save bytes under a name and read them."""

    def save(name: str, content: bytes | str) -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(SOURCE, path, as_of="2025-02-05")

    return save


@pytest.fixture
def answered(saved: Callable[..., Reading]) -> Callable[..., Reading]:
    """Read an answer of the API made of rows that have the same columns."""

    def answer(*rows: dict[str, Any]) -> Reading:
        return saved("answer.json", json.dumps([list(rows[0]), *(list(row.values()) for row in rows)]))

    return answer


@pytest.fixture(scope="session")
def record() -> Callable[..., str]:
    """Make a record of a bulk file from its layout; figures are filled with zeros, as published."""

    def make(layout: Layout, year: str, month: str, **fields: str | int) -> str:
        line = [" "] * layout.length
        figures = layout.month[1]
        line[figures:] = list("0".rjust(15, "0") * ((layout.length - figures) // 15))
        placed = {layout.year: year, layout.month: month}
        placed |= {layout.fields[name]: str(value) for name, value in fields.items()}
        for (first, last), value in placed.items():
            width = last - first + 1
            line[first - 1 : last] = list(value.rjust(width, "0") if width == 15 else value.ljust(width))
        return "".join(line)

    return make


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """A zip of records, with the units of codes in its concordance."""

    def pack(member: str, lines: Sequence[str], units: dict[str, str] | None = None) -> bytes:
        target = io.BytesIO()
        concordance = (f"{code}{' ' * 200}{unit:<6}{' ' * 19}\r\n" for code, unit in (units or {}).items())
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, "".join(f"{line}\r\n" for line in lines))
            if units is not None:
                archive.writestr("CONCORD.TXT", "".join(concordance))
        return target.getvalue()

    return pack
