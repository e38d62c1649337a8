"""Files to damage: the specimens of each source, also packed and as Parquet, and files of a user's own."""

from __future__ import annotations

import gzip
import io
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import xlsxwriter

from monazite.errors import MonaziteError
from monazite.sources import SOURCES, reading
from monazite.sources.census.layouts import LAYOUTS
from monazite.sources.source import Given, Sample
from monazite.store.staging import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monazite.sources.source import Source

SPECIMENS = Path(__file__).parents[1] / "specimens"
FOLDERS = {"usgs_mcs": ("mcs2025", "mcs2026")}
"""Folders of specimens that are not named after their source."""

OWN = "own"
FORMS, PACKED = ("gz", "zip", "parquet"), 6
"""Other forms, and how many of the specimens of a source are tried in them."""

MAPPING = """\
mapping: 1
table: trade
as_of: made
columns:
  reporter: {value: USA}
  flow: {value: import}
  period: Year
  partner: {from: Country}
  code: {from: Code, digits: 6}
  value_usd: {from: Value, unit: USD, missing: ["-"]}
  mass_t: {from: Mass, unit: kg}
  quantity: {from: Qty}
  quantity_unit: {from: Unit}
"""
HEADER = ("Year", "Country", "Code", "Value", "Mass", "Qty", "Unit")
ROWS = [(2000 + n % 25, ("China", "Chile")[n % 2], 280530 + n, 1000.5 * n, n, 7, "KG") for n in range(1, 40)]


@dataclass(frozen=True)
class Seed:
    """A file to damage, the source that reads it, and the form its content is packed in."""

    source: str
    name: str
    content: bytes
    form: str = "plain"


def source_of(seed: Seed, folder: Path) -> Source:
    """The source that reads a seed."""
    if seed.source != OWN:
        return next(source for source in SOURCES if source.id == seed.source)
    from monazite.sources.own import read_mapping, source_for  # noqa: PLC0415 - heavy, and one of many

    (folder / "mapping.yaml").write_text(MAPPING)
    return source_for(read_mapping(folder / "mapping.yaml"))


def seeds(folder: Path) -> dict[str, list[Seed]]:
    """Files to damage, by source; each is one its source recognises."""
    found = {source.id: list(_of(source, folder)) for source in SOURCES}
    return {**found, OWN: list(_own())}


def _of(source: Source, folder: Path) -> Iterator[Seed]:
    """The specimens of a source, then other forms of them: those that it reads."""
    folders = [SPECIMENS / name for name in FOLDERS.get(source.id, (source.id,))]
    plain = {path.name: path.read_bytes() for home in folders for path in home.rglob("*.*") if path.is_file()}
    every = [
        Seed(source.id, name, content) for name, content in {**plain, **_archives(source.id, plain)}.items()
    ]
    every += [
        Seed(source.id, f"{name if form == 'gz' else Path(name).stem}.{form}", content, form)
        for name, content in sorted(plain.items())[:PACKED]
        for form in FORMS
        if not content.startswith(b"PK")
    ]
    with Stage(folder) as stage:
        for seed in sorted(every, key=lambda seed: seed.name):
            if _is_read(source, seed, stage):
                yield seed


def _is_read(source: Source, seed: Seed, stage: Stage) -> bool:
    """Whether a source knows a file and reads it as it is."""
    folder = stage.folder
    path, scratch = folder / seed.name, folder / "unpacked"
    scratch.mkdir(exist_ok=True)
    try:
        path.write_bytes(packed(seed.content, seed.form, folder))
        if not source.recognises(Sample(seed.name, path.read_bytes()[: 64 * 2**10], path)):
            return False
        given = Given(path, seed.name, "0" * 16, date(2026, 1, 1), scratch, "2026")
        return reading.read(source, given, stage).stored > 0
    except (MonaziteError, duckdb.Error):
        return False
    finally:
        shutil.rmtree(scratch)
        path.unlink(missing_ok=True)


def packed(content: bytes, form: str, folder: Path) -> bytes:
    """Content in the form it comes in; a text that is no table cannot become Parquet and stays as it is."""
    if form == "gz":
        return gzip.compress(content, 1, mtime=0)
    if form == "zip":
        return zipped({"table.csv": content})
    if form == "parquet":
        return as_parquet(content, folder) or content
    return content


def _archives(source: str, plain: Mapping[str, bytes]) -> dict[str, bytes]:
    """Archives of several files: of all specimens, of those of a year, bulk files of the Census Bureau."""
    made = {}
    if source == "baci":
        made["BACI_HS92_V202699.zip"] = zipped(plain)
    if source == "usgs_mcs":
        for name in ("Salient_Commodity", "World_Data", "Industry_Trends"):
            home = SPECIMENS / "mcs2025" / name
            made[f"{name}.zip"] = zipped({path.name: path.read_bytes() for path in home.iterdir()})
    return {**made, **_bulk()} if source == "census" else made


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _bulk() -> dict[str, bytes]:
    """A month in each of the fixed widths."""
    names = {
        "imdb": "IMDB2404",
        "exdb": "EXDB2404",
        "ports-in": "PORTHS6MM2404",
        "ports-out": "PORTHS6XM2404",
    }
    members = {
        "imdb": "IMP_DETL",
        "exdb": "EXP_DETL",
        "ports-in": "PORTHS6MM2404",
        "ports-out": "PORTHS6XM2404",
    }
    made = {}
    for layout in LAYOUTS:
        lines = []
        for number in range(12):
            line = ["0"] * layout.length
            cells = {"CTY_CODE": "5700", "CTY_SUBCODE": "  ", "DISTRICT": "10", "PORT": "1001", "DF": "1"}
            cells |= dict.fromkeys(("I_COMMODITY", "E_COMMODITY"), f"{2805300000 + number}")
            placed = {layout.year: "2024", layout.month: "04"}
            placed |= {place: cells.get(name, f"{number}") for name, place in layout.fields.items()}
            for (first, last), text in placed.items():
                line[first - 1 : last] = list(text[: last - first + 1].rjust(last - first + 1, "0"))
            lines.append("".join(line))
        made[f"{names[layout.id]}.ZIP"] = zipped({f"{members[layout.id]}.TXT": "\r\n".join(lines).encode()})
    return made


def as_parquet(content: bytes, folder: Path) -> bytes:
    """A text table as Parquet, each column typed as it looks; nothing if it is no table."""
    source, target = folder / "plain.csv", folder / "plain.parquet"
    source.write_bytes(content)
    connection = duckdb.connect(config={"threads": 1})
    try:
        connection.execute(f"COPY (FROM read_csv('{source}')) TO '{target}' (FORMAT parquet)")
        return target.read_bytes()
    except duckdb.Error:
        return b""
    finally:
        connection.close()
        target.unlink(missing_ok=True)


def _own() -> Iterator[Seed]:
    """A user's table as CSV, as a workbook and as Parquet."""
    text = "\n".join(",".join(map(str, row)) for row in (HEADER, *ROWS)).encode() + b"\n"
    yield Seed(OWN, "mine.csv", text)
    yield Seed(OWN, "german.csv", text.replace(b".", b"_").replace(b",", b";").replace(b"_", b","))
    workbook = io.BytesIO()
    with xlsxwriter.Workbook(workbook) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(number, 0, row)
    yield Seed(OWN, "mine.xlsx", workbook.getvalue())
    yield Seed(OWN, "mine.parquet", text, "parquet")
