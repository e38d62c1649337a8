"""A line that is no line of BACI's is refused at once, not set aside field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.errors import SourceError
from monazite.sources import baci
from monazite.sources.baci.rows import LINE_LIMIT, lines_of
from monazite.sources.reading import read_file

if TYPE_CHECKING:
    from pathlib import Path

LINES = b"t,i,j,k,v,q\n" + b"2022,4,8,291495,9.5,6.2\n" * 3


def test_a_line_of_a_hundred_thousand_fields_is_named(tmp_path: Path) -> None:
    path = tmp_path / "BACI_HS92_Y2022_V202401b.csv"
    path.write_bytes(LINES + b"2022" + b"," * 100_000 + b"\n" + LINES)
    with pytest.raises(SourceError, match=r"Y2022_V202401b\.csv, line 5: found a line of 4,096 bytes"):
        read_file(baci.SOURCE, path)


@pytest.mark.parametrize("length", [10, LINE_LIMIT - 30, LINE_LIMIT - 25])
def test_lines_are_counted_across_pieces(length: int, tmp_path: Path) -> None:
    path = tmp_path / "year.csv"
    path.write_bytes(b"x" * length + b"\n" + LINES * 400)
    assert lines_of(path) == 1 + 4 * 400
