"""The two forms of the FDA's list of drug establishments, and the copy of it without contacts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.sources import separated
from monazite.store import archives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LISTED = ("duns_number", "address", "firm_name")
KEPT = (
    "FEI_NUMBER",
    "DUNS_NUMBER",
    "FIRM_NAME",
    "ADDRESS",
    "EXPIRATION_DATE",
    "OPERATIONS",
    "REGISTRANT_NAME",
    "REGISTRANT_DUNS",
    "EXCLUSION_FLAG",
)
PERSONAL = (
    "ESTABLISHMENT_CONTACT_NAME",
    "ESTABLISHMENT_CONTACT_EMAIL",
    "AGENT_DETAILS",
    "REGISTRANT_CONTACT_NAME",
    "REGISTRANT_CONTACT_EMAIL",
)
READ = {
    "duns": ("duns_number", "DUNS_NUMBER"),
    "firm": ("firm_name", "FIRM_NAME"),
    "address": ("address", "ADDRESS"),
    "fei": ("", "FEI_NUMBER"),
    "operations": ("", "OPERATIONS"),
}
"""What is read, and the column it stands in in either form."""

MEMBERS = ("drls_reg.txt", "drls_excluded.txt")
LIMIT = 64 * 2**20
REDACTED = "[redacted]"
_ZIP = b"PK\x03\x04"


def is_list(first: str) -> bool:
    """Whether a first line is the header of either form."""
    return first.strip() == ",".join(LISTED) or _is_tabbed(first)


def _is_tabbed(first: str) -> bool:
    """Whether a first line is the header of the tab-separated form."""
    return {"FEI_NUMBER", "DUNS_NUMBER"} <= {name.strip() for name in first.split("\t")}


def is_zip(path: Path) -> bool:
    """Whether a file begins like an archive."""
    with path.open("rb") as stream:
        return stream.read(len(_ZIP)) == _ZIP


def member(file: str, path: Path) -> zipfile.ZipInfo:
    """The list in an archive.

    Raises
    ------
    SourceError
        If the archive holds none, or is not to be opened.
    """
    with archives.opened(path, limit=LIMIT, file=file) as archive:
        for info in archive.infolist():
            if info.filename.casefold() in MEMBERS:
                return info
    raise SourceError(file, found="no list in the archive", expected=f"a member named {MEMBERS[0]}")


def content(file: str, path: Path) -> str:
    """Text of the list, from the archive or as it is.

    Raises
    ------
    SourceError
        If it is larger than the list can be, or the archive does not hold it.
    """
    if is_zip(path):
        name = member(file, path).filename
        with archives.opened(path, limit=LIMIT, file=file) as archive:
            return _decoded(archive.read(name))
    if (size := path.stat().st_size) > LIMIT:
        raise SourceError(file, found=f"{size:,} bytes", expected=f"at most {LIMIT:,}")
    return _decoded(path.read_bytes())


def _decoded(held: bytes) -> str:
    """Text in the encoding it is in: UTF-8, otherwise that of Windows."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return held.decode(encoding)
        except UnicodeDecodeError:
            continue
    return held.decode("latin-1")


def records(file: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line of each record and what is read of it, by the names of :data:`READ`.

    Raises
    ------
    SourceError
        If a column is missing or unknown, or a record is torn; what stands in it is not told.
    """
    table, tabbed = _table(file, text)
    header = _header(file, next(table)[1], tabbed=tabbed)
    for line, cells in table:
        if not _fits(cells, header):
            separated.check_width(file, line, cells, len(header))
        named = dict(zip(header, cells, strict=False))
        yield line, {key: named.get(forms[tabbed], "").strip() for key, forms in READ.items()}


def _table(file: str, text: str) -> tuple[Iterator[separated.Record], bool]:
    """Records of the text, and whether it is the tab-separated form."""
    tabbed = _is_tabbed(text.partition("\n")[0])
    lines = separated.lines(file, io.BytesIO(text.encode()), "utf-8")
    return separated.records(file, lines, "\t" if tabbed else ",", quoted=not tabbed), tabbed


def _header(file: str, cells: Sequence[str], *, tabbed: bool) -> list[str]:
    """Names of the columns; one that nobody knows may be personal, and is refused."""
    header = [name.strip() for name in cells]
    wanted = (*KEPT, *PERSONAL) if tabbed else LISTED
    for place, name in enumerate(header, 1):
        if name not in wanted and not (tabbed and not name and place == len(header)):
            found, expected = f"an unknown column, number {place}", ", ".join(wanted)
            raise SourceError(file, line=1, found=found, expected=expected)
    separated.positions(file, header, wanted)
    return header


def _fits(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a record is as wide as the header; the publisher ends a record with one more tab."""
    return len(cells) == len(header) or (len(cells) == len(header) + 1 and not cells[-1].strip())


def redact(path: Path, target: Path) -> None:
    """Write a copy of a list without contacts and agents: their cells are empty, a torn row says nothing.

    Raises
    ------
    SourceError
        If the file is not a list, or holds a column nobody knows.
    """
    text = content(path.name, path)
    if not _is_tabbed(text.partition("\n")[0]):
        _header(path.name, next(_table(path.name, text)[0])[1], tabbed=False)
        target.write_bytes(path.read_bytes())
        return
    held = "".join("\t".join(cells) + "\r\n" for cells in _without_contacts(path.name, text)).encode()
    if not is_zip(path):
        target.write_bytes(held)
        return
    info = member(path.name, path)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(info.filename, info.date_time), held, zipfile.ZIP_DEFLATED)


def _without_contacts(file: str, text: str) -> Iterator[list[str]]:
    """Every record of the tab-separated form, the cells about persons empty."""
    table, tabbed = _table(file, text)
    first = next(table)[1]
    header = _header(file, first, tabbed=tabbed)
    yield list(first)
    blank = [place for place, name in enumerate(header) if name in PERSONAL]
    for _, cells in table:
        if not _fits(cells, header):
            yield [REDACTED] * len(cells)
            continue
        for place in blank:
            cells[place] = ""
        yield cells
