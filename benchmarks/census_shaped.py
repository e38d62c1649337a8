"""Makes a bulk month in the Census Bureau's layout: ``python benchmarks/census_shaped.py FILE.ZIP RECORDS``.

Records of 688 characters, sorted by code, country, district; the positions are those of
:data:`monazite.sources.census.layouts.IMDB`. The same arguments give the same records.
"""

from __future__ import annotations

import sys
import zipfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.codes.countries import countries
from monazite.sources.census.layouts import IMDB

if TYPE_CHECKING:
    from collections.abc import Iterator

DISTRICTS = range(1, 40)
CODES = range(2504100000, 9999999999, 370_019)


def records(wanted: int) -> Iterator[bytes]:
    """So many records, each of another code, country and district."""
    partners = sorted(one.census for one in countries() if one.kind == "country" and one.census)[:60]
    cells = product(CODES, partners, DISTRICTS)
    filled = bytearray(b" " * 43 + b"0" * (IMDB.length - 43))
    for number, (code, partner, district) in zip(range(wanted), cells, strict=False):
        line = filled.copy()
        line[0:28] = f"{code:010d}{partner}00{district:02d}27612025{4:02d}".encode()
        value = 1_000 + (number * 7_919) % 900_001
        for first, figure in (
            (44, value // 9),
            (74, value),
            (104, value // 40),
            (149, value // 9),
            (179, value),
        ):
            line[first - 1 : first + 14] = f"{figure:015d}".encode()
        yield bytes(line) + b"\r\n"


def make(path: Path, wanted: int) -> None:
    """Write the zip, a piece at a time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("IMP_DETL.TXT", "w", force_zip64=True) as member:
            for record in records(wanted):
                member.write(record)
        archive.writestr(
            "CONCORD.TXT", "".join(f"{code:010d}{' ' * 200}{'KG':<6}\r\n" for code in CODES[:1000])
        )


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
