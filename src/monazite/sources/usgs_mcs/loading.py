"""The Mineral Commodity Summaries as a source to load: each file of an edition by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.minerals import IMPORT_SOURCE, MINERAL_STATISTIC
from monazite.sources.source import Licence, Rows, Source
from monazite.sources.usgs_mcs.corrections import corrected
from monazite.sources.usgs_mcs.editions import EDITIONS, LICENCE, PUBLISHER
from monazite.sources.usgs_mcs.long_layout import read_long
from monazite.sources.usgs_mcs.reading import Reading
from monazite.sources.usgs_mcs.wide_layout import read_wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Sample, Select
    from monazite.sources.usgs_mcs.editions import Edition

LIMIT = 64 * 2**20
EXPLAINED = "row-empty"


def edition_of(name: str) -> Edition | None:
    """The edition a file belongs to, by its name; the case and a prefix do not matter.

    >>> edition_of("usgs_mcs2026_commodities_data.csv").id
    'mcs2026'
    """
    for edition in EDITIONS:
        if any(name.casefold().endswith(file.casefold()) for file in edition.files):
            return edition
    return None


def recognises(sample: Sample) -> bool:
    """Whether a file is one of an edition's."""
    return edition_of(sample.name) is not None


def edition(given: Given) -> str:
    """The edition of a file.

    Raises
    ------
    SourceError
        If no edition has a file of that name.
    """
    return _edition(given).id


def _edition(given: Given) -> Edition:
    """The edition of a file."""
    found = edition_of(given.name)
    if found is None:
        known = ", ".join(file for one in EDITIONS for file in one.files)
        raise SourceError(given.name, found="a name no edition has", expected=known)
    return found


def read(given: Given, account: Account) -> Iterator[Rows | Select]:
    """Read one file: figures and import sources; what carries no figure is refused and says so."""
    edition = _edition(given)
    if given.path.stat().st_size > LIMIT:
        found = f"{given.path.stat().st_size:,} bytes"
        raise SourceError(given.name, found=found, expected=f"at most {LIMIT:,}")
    reading = Reading(edition)
    {"long": read_long, "wide": read_wide}[edition.layout](reading, given.name, given.path.read_bytes())
    corrected(reading)
    account.records += reading.cells_in
    account.findings += reading.findings
    for told in reading.findings:
        if told.rule == EXPLAINED:
            for _ in range(told.rows):
                account.refuse(
                    MINERAL_STATISTIC, EXPLAINED, found=told.found, expected=told.expected,
                    content=told.subject, part=told.where,
                )  # fmt: skip
    stamps = {"source": f"USGS, {edition.title}", "as_of": edition.id}
    yield Rows(MINERAL_STATISTIC, _numbered(reading.statistics), stamps)
    yield Rows(IMPORT_SOURCE, _numbered(reading.import_sources), stamps)


def _numbered(rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Rows with the line of their file, for the rejects."""
    return ({**row, "_line": row["line"]} for row in rows)


SOURCE = Source(
    id="usgs_mcs",
    title="Mineral Commodity Summaries",
    publisher=PUBLISHER,
    homepage="https://www.usgs.gov/centers/national-minerals-information-center/mineral-commodity-summaries",
    licence=Licence(
        LICENCE, "https://www.usgs.gov/information-policies-and-instructions/copyrights-and-credits", "free"
    ),
    tables=(MINERAL_STATISTIC, IMPORT_SOURCE),
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="the data release of an edition, such as https://doi.org/10.5066/P1WKQ63T",
)
