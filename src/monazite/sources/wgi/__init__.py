"""World Bank, Worldwide Governance Indicators: six estimates for some two hundred countries, since 1996."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.errors import SourceError
from monazite.schema.indicators import INDICATOR
from monazite.sources import workbook
from monazite.sources.source import Licence, Parameter, Request, Source
from monazite.sources.wgi.layouts import DIMENSIONS, SAVED, records
from monazite.sources.wgi.reading import YEAR, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monazite.sources.source import Given, Sample

__all__ = ["SOURCE"]

UPDATES = ("2025",)
_KNOWN = re.compile(r"codeindyr|governance estimate \(approx|voice ?and ?accountability", re.IGNORECASE)
_HOST = "www.worldbank.org"
_TYPES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream")


def recognises(sample: Sample) -> bool:
    """Whether a workbook or a table has the headings of the indicators."""
    if sample.head.startswith(b"PK"):
        told = workbook.glimpse(sample.path)
        return bool(_KNOWN.search(told)) or all(f'name="{short}"' in told for short in DIMENSIONS)
    header = sample.text.partition("\n")[0].lower()
    return bool(_KNOWN.search(header) or SAVED.search(header)) and "year" in header


def edition(given: Given) -> str:
    """The last year the file reaches to, as ``wgi-to-2024``; each update recalculates all years."""
    years = (one.year for one in records(given) if YEAR.fullmatch(one.year))
    return f"wgi-to-{max(years, default='')}"


def locate(parameters: Mapping[str, str]) -> tuple[Request, ...]:
    """The publisher's workbook of an update."""
    year = parameters.get("update") or UPDATES[-1]
    name = f"wgidataset_with_sourcedata-{year}.xlsx"
    url = f"https://{_HOST}/content/dam/sites/govindicators/doc/{name}"
    return (Request(url=url, file=name, accepts=_TYPES, check=_check, limit=128 * 2**20),)


def _check(path: Path) -> None:
    """Refuse what is no workbook of the indicators.

    Raises
    ------
    SourceError
        If it is not.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    if not head.startswith(b"PK") or not workbook.glimpse(path):
        raise SourceError(path.name, found=repr(head), expected="a workbook", hint="Fetch it again")


SOURCE = Source(
    id="wgi",
    title="Worldwide Governance Indicators",
    publisher="World Bank",
    homepage="https://www.worldbank.org/en/publication/worldwide-governance-indicators",
    licence=Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "attribution"),
    tables=(INDICATOR,),
    recognises=recognises,
    read=read,
    edition=edition,
    hosts=(_HOST,),
    parameters=(Parameter("update", "Year of the update.", UPDATES[-1], UPDATES[-1], UPDATES),),
    locate=locate,
)
