"""CBP cargo manifests: bills of lading of the Automated Manifest System (AMS), without personal data.

The extracts come as tables, one file each (``ams__header_2018__201901010000.csv``), or as one flat
table of bills of lading. Both hold personal data in free text and in columns of contacts. It is taken
out on reading, before anything is stored: what is kept as the snapshot is already the redacted copy.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.manifests import TABLES, TARIFF_SCHEDULE
from monazite.sources.manifests.layouts import form_of
from monazite.sources.manifests.rows import Reader, laid_out, without_persons
from monazite.sources.manifests.streams import rewrite, tables
from monazite.sources.source import Licence, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monazite.sources.separated import Record
    from monazite.sources.source import Account, Given, Sample

_NAMED = re.compile(r"ams_+[a-z]+_(\d{4})_+(\d{8})\d{0,6}(?:\D|$)", re.IGNORECASE | re.ASCII)


def recognises(sample: Sample) -> bool:
    """Whether the first table in the file has the header of one of the forms.

    The tariff schedule is left to :mod:`~monazite.sources.hts`, unless the user names this source.
    """
    try:
        with tables(sample.name, sample.path) as held:
            _, records = next(held)
            form = form_of(next(records)[1])
            return form is not None and form.table is not TARIFF_SCHEDULE
    except SourceError:
        return False


def edition(given: Given) -> str:
    """The year and the day of the extract its name states, as ``ams-2018-20190101``; else the day it came."""
    if match := _NAMED.search(given.name):
        return f"ams-{match[1]}-{match[2]}"
    return f"ams-{given.retrieved.isoformat()}"


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Every record of every table of the file.

    Raises
    ------
    SourceError
        If a table is none of the forms; the message holds nothing of what stands in it.
    """
    with tables(given.name, given.path) as held:
        for part, records in held:
            form, fields = laid_out(given.name, next(records)[1])
            reader = Reader(given.name, part, account, form, fields)
            yield Rows(form.table, reader.rows(records))


def redact(path: Path, target: Path) -> None:
    """Write a copy of a file without personal data, in the same form, record by record.

    Raises
    ------
    SourceError
        If a table is none of the forms: what stands in it could not be told from personal data.
    """
    rewrite(path, target, partial(_redacted, path.name))


def _redacted(file: str, _: str, records: Iterator[Record]) -> Iterator[list[str]]:
    """Records of one table without personal data."""
    return without_persons(file, records)


SOURCE = Source(
    id="manifests",
    title="Automated Manifest System bills of lading",
    publisher="U.S. Customs and Border Protection",
    homepage="https://www.cbp.gov/document/guidance/ams-manifest-data",
    licence=Licence(
        "US government data under 19 CFR 103.31; what it says of persons may not be passed on",
        "https://www.ecfr.gov/current/title-19/section-103.31",
        "unclear",
    ),
    tables=TABLES,
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="CBP sells extracts of manifests under 19 CFR 103.31; load the tables as they come"
    " (ams__header_2018__20190101.csv, also .csv.gz or .zip).",
    redact=redact,
)
