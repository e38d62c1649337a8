"""United Nations Statistics Division: correlation tables between editions of HS and SITC, and their lists.

* :mod:`.links`: rows of a correlation table, whatever file it stands in
* :mod:`.correlations`: the workbooks of two nomenclatures
* :mod:`.lists`: the workbooks of one nomenclature: codes, hierarchy, units
* :mod:`.consolidated`: all correlations in one table, refused where it has lost leading zeros

The texts of codes are not stored: the licence of the nomenclatures' texts is not recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.schema.nomenclature import NOMENCLATURE_CODE, NOMENCLATURE_LINK
from monazite.sources import workbook
from monazite.sources.source import Licence, Rows, Source
from monazite.sources.unsd import consolidated, correlations, lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given, Sample

__all__ = ["SOURCE"]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def recognises(sample: Sample) -> bool:
    """Whether a file is a workbook of correlations or codes, or the consolidated table."""
    if sample.head.startswith(OLE):
        return correlations.TITLE.encode() in sample.head
    if not sample.head.startswith(ZIP):
        return sample.text.startswith(",".join(consolidated.HEADER))
    told = workbook.glimpse(sample.path)
    return f'name="{correlations.TITLE}' in told or lists.is_list(told + lists.head(sample.path))


def edition(given: Given) -> str:
    """What the file holds, as ``HS2022-HS2017`` or ``HS2022``; the consolidated table holds all.

    Raises
    ------
    SourceError
        If the file is none of the publisher's.
    """
    if not _is_workbook(given):
        return "consolidated"
    book = workbook.opened(given.path, file=given.name)
    if correlations.sheet_of(book):
        return "-".join(correlations.table(book).pair)
    return lists.table(book).nomenclature


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Links of a correlation table, or codes of a list.

    Raises
    ------
    SourceError
        If the file is not in the publisher's layout.
    """
    if not _is_workbook(given):
        yield Rows(NOMENCLATURE_LINK, consolidated.rows(given, account))
        return
    book = workbook.opened(given.path, file=given.name)
    if correlations.sheet_of(book):
        yield Rows(NOMENCLATURE_LINK, correlations.rows(book, account))
    else:
        yield Rows(NOMENCLATURE_CODE, lists.rows(book, account))


def _is_workbook(given: Given) -> bool:
    """Whether a file is a workbook, of either kind."""
    with given.path.open("rb") as stream:
        return stream.read(len(ZIP)) in {ZIP, OLE}


SOURCE = Source(
    id="unsd",
    title="Correlation and conversion tables and lists of HS and SITC",
    publisher="United Nations Statistics Division",
    homepage="https://unstats.un.org/unsd/classifications/Econ",
    licence=Licence(
        "Terms of reuse not recorded; texts of the nomenclatures are neither stored nor shipped",
        "https://unstats.un.org/unsd/classifications/Econ",
        "unclear",
    ),
    tables=(NOMENCLATURE_CODE, NOMENCLATURE_LINK),
    recognises=recognises,
    read=read,
    edition=edition,
    by_hand="Download the correlation tables from https://unstats.un.org/unsd/classifications/Econ",
)
