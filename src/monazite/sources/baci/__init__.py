"""BACI, CEPII: bilateral trade of every country at six digits, both sides reconciled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.indicators import CODE
from monazite.schema.trade import TRADE
from monazite.sources.baci.files import Kind, check_archive, check_extract, edition, kind
from monazite.sources.baci.rows import code_rows, year_select
from monazite.sources.source import Licence, Parameter, Request, Source
from monazite.store import archives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from monazite.sources.source import Account, Given, Rows, Sample, Select

VINTAGES = ("HS92", "HS96", "HS02", "HS07", "HS12", "HS17", "HS22")
ADDRESS = "https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_{hs}_V{version}.zip"
ZIP_LIMIT = 64 * 2**30


def recognises(sample: Sample) -> bool:
    """Whether a file is one of BACI's: by its header, and for an archive by its name."""
    return kind(sample.name, sample.head) is not None


def read(given: Given, account: Account) -> Iterator[Rows | Select]:
    """Read a year, a code list, an archive of them, or an extract in Parquet."""
    yield from _read(given, given.path, given.name, account)


def _read(given: Given, path: Path, name: str, account: Account) -> Iterator[Rows | Select]:
    """Read one file under its own name."""
    with path.open("rb") as file:
        found = kind(name, file.read(4096))
    if found is Kind.ARCHIVE:
        if path != given.path:
            raise SourceError(given.name, found=f"an archive {name!r} in it", expected="years and code lists")
        for plain in archives.each(path, given.scratch, limit=ZIP_LIMIT, file=given.name):
            yield from _read(given, plain, plain.name, account)
    elif found in (Kind.COUNTRIES, Kind.PRODUCTS):
        yield code_rows(found, path, name, account)
    elif found is not None:
        if found is Kind.EXTRACT:
            check_extract(path, name)
        yield year_select(found, path, name)


def locate(parameters: Mapping[str, str]) -> tuple[Request, ...]:
    """The archive of one vintage of the Harmonized System, in one release."""
    address = ADDRESS.format(hs=parameters["hs"], version=parameters["version"])
    name = address.rpartition("/")[2]
    accepts = ("application/zip", "application/x-zip-compressed", "application/octet-stream")
    return (Request(address, name, accepts, check_archive, parameters=dict(parameters), limit=ZIP_LIMIT),)


SOURCE = Source(
    id="baci",
    title="BACI: International Trade Database at the Product Level",
    publisher="CEPII",
    homepage="https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
    licence=Licence("Etalab 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "attribution"),
    tables=(TRADE, CODE),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=("www.cepii.fr",),
    parameters=(
        Parameter("hs", "Vintage of the Harmonized System.", "HS92", default="HS92", codes=VINTAGES),
        Parameter("version", "Release, as year, month and letter.", "202401b"),
    ),
    locate=locate,
    per_second=0.2,
)
