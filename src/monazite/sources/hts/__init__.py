"""Harmonized Tariff Schedule of the United States, as USITC exports it: one edition, one table of text.

* :mod:`.lines`: lines of the export and the texts that stand above each
* :mod:`.units`: units of quantity
* :mod:`.tariff`: codes at four, six, eight and ten digits with what they hold

The year of an edition is not in the file: it is taken from its name, or from ``--edition``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.nomenclature import NOMENCLATURE_CODE
from monazite.sources.hts.lines import COLUMNS, lines
from monazite.sources.hts.tariff import rows
from monazite.sources.source import Licence, Rows, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Sample

__all__ = ["SOURCE"]

_EDITION = re.compile(r"(20\d\d)(?:[_ -]*(basic|rev(?:ision)?[_ -]*\d+))?", re.ASCII | re.IGNORECASE)


def recognises(sample: Sample) -> bool:
    """Whether the first line names the export's columns."""
    header = sample.text.partition("\n")[0].replace('"', "").rstrip("\r").split(",")
    return set(COLUMNS) <= set(header)


def edition(given: Given) -> str:
    """The edition in the file's name: its year and, if given, its revision.

    Raises
    ------
    SourceError
        If the name holds no year.
    """
    found = _EDITION.search(given.name)
    if found is None:
        hint = "Name the edition: --edition 2025"
        raise SourceError(given.name, found="no year in the name", expected="as hts_2025", hint=hint)
    revision = re.sub(r"[^a-z0-9]", "", (found[2] or "").lower())
    return f"{found[1]}-{revision}" if revision else found[1]


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Every code of an edition, under ``HTS`` and its year.

    Raises
    ------
    SourceError
        If the file is not the export, is cut short, or nobody says of which year it is.
    """
    named = given.as_of or edition(given)
    found = _EDITION.search(named)
    if found is None:
        raise SourceError(given.name, column="--edition", found=repr(named[:80]), expected="a year, as 2025")
    year = int(found[1])
    stamps = {"nomenclature": f"HTS{year}", "valid_from": year}
    yield Rows(NOMENCLATURE_CODE, rows(lines(given), account), stamps)


SOURCE = Source(
    id="hts",
    title="Harmonized Tariff Schedule of the United States",
    publisher="U.S. International Trade Commission",
    homepage="https://hts.usitc.gov/",
    licence=Licence("US public domain", "https://hts.usitc.gov/", "free"),
    tables=(NOMENCLATURE_CODE,),
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="Export the schedule as CSV from https://hts.usitc.gov/ and keep the year in the file's name.",
)
