"""Specimens of the publisher's files, and readings of them and of the whole files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from monazite.sources import usgs_mcs
from monazite.sources.usgs_mcs import MCS_2025, MCS_2026, rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.sources.usgs_mcs import Edition, Reading

SPECIMENS = Path(__file__).parents[1] / "specimens"
LONG = "usgs_mcs2026_commodities_data.csv"
RULES = rules.rows


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members whose bytes are the same every time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 27, 15, 45, 16)), content)
    return target.getvalue()


class Slice(NamedTuple):
    """Scraps of one edition: its files, and for a file that is a zip its members."""

    edition: Edition
    files: dict[str, bytes]
    members: dict[str, dict[str, bytes]]

    def changed(self, file: str, member: str, content: bytes) -> dict[str, bytes]:
        """Its files, with one member of one zip changed."""
        return {**self.files, file: packed({**self.members[file], member: content})}


def scraps_2026() -> Slice:
    """Scraps of the long file; as many rows are expected as it holds."""
    content = (SPECIMENS / "mcs2026" / LONG).read_bytes()
    return Slice(replace(MCS_2026, rows=content.count(b"\n") - 1), {LONG: content}, {})


def scraps_2025() -> Slice:
    """Scraps of the three zips."""
    folders = sorted(path for path in (SPECIMENS / "mcs2025").iterdir() if path.is_dir())
    members = {f"{f.name}.zip": {p.name: p.read_bytes() for p in sorted(f.iterdir())} for f in folders}
    return Slice(MCS_2025, {name: packed(held) for name, held in members.items()}, members)


@pytest.fixture(scope="session")
def scraps() -> dict[str, Slice]:
    """Scraps of both editions, by edition."""
    return {"mcs2025": scraps_2025(), "mcs2026": scraps_2026()}


@pytest.fixture(scope="session")
def read_scraps(scraps: dict[str, Slice], tmp_path_factory: pytest.TempPathFactory) -> ReadScraps:
    """Read scraps, or damaged copies of them, as an edition is read."""
    return ReadScraps(scraps, tmp_path_factory.mktemp("edition"))


class ReadScraps:
    """Reads an edition's scraps, held to the reviewed rules of those series that the scraps hold."""

    def __init__(self, scraps: dict[str, Slice], folder: Path) -> None:
        """Find out which series the undamaged scraps hold."""
        self.scraps, self.folder = scraps, folder
        self.held: set[tuple[str, str]] = set()
        readings = [self(edition) for edition in scraps]
        rows = [row for each in readings for row in (*each.statistics, *each.import_sources)]
        self.held = {(row["chapter"], row["series"]) for row in rows}

    def __call__(self, edition: str, files: Mapping[str, bytes] | None = None) -> Reading:
        """Read the files, or the scraps as they are."""
        for path in self.folder.iterdir():
            path.unlink()
        for name, content in (self.scraps[edition].files if files is None else files).items():
            (self.folder / name).write_bytes(content)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rules, "rows", self.rules)
            return usgs_mcs.read(self.scraps[edition].edition, self.folder)

    def rules(self, name: str) -> tuple[dict[str, str], ...]:
        """Rules of a file, those about series outside the scraps left out."""
        about = name.startswith("terms_") or name == "corrections"
        return tuple(row for row in RULES(name) if not about or (row["chapter"], row["series"]) in self.held)


@pytest.fixture(scope="session")
def specimens(read_scraps: ReadScraps) -> dict[str, Reading]:
    """Readings of the scraps, by edition."""
    return {edition: read_scraps(edition) for edition in ("mcs2025", "mcs2026")}


@pytest.fixture(scope="session")
def readings(real_data: Path) -> dict[str, Reading]:
    """Readings of the whole files, by edition."""
    return {each.id: usgs_mcs.read(each, real_data / "usgs" / each.id) for each in usgs_mcs.EDITIONS}
