"""One SELECT from the publisher's columns to rows of ``trade``, whatever form they came in.

Each step is a SELECT over the one before: :mod:`~monazite.sources.census.texts`,
:mod:`~monazite.sources.census.typed`, :mod:`~monazite.sources.census.judged`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.countries import HOME
from monazite.schema.trade import TRADE
from monazite.sources.census import partners as places
from monazite.sources.census.findings import tell
from monazite.sources.census.judged import judged
from monazite.sources.source import Select

if TYPE_CHECKING:
    from monazite.sources.census.sheet import Sheet
    from monazite.sources.source import Account


def selected(sheet: Sheet, account: Account) -> Select:
    """The rows of a sheet, with findings about the whole of it.

    Raises
    ------
    SourceError
        If the engine cannot read the file, or its partners are no partners.
    """
    found = places.partners(sheet.file, account, _counted(sheet))
    places.tell_groups(sheet.file, account, found)
    tell(sheet, account, found)
    imports = sheet.header.direction == "imports"
    stamps: dict[str, Any] = {
        "reporter": HOME,
        "importer" if imports else "exporter": HOME,
        "valuation": "customs" if imports else "fas",
        "estimated": False,
        **({"flow": "import"} if imports else {}),
    }
    return Select(TRADE, judged(sheet, found), stamps)


def _counted(sheet: Sheet) -> dict[str, int]:
    """Rows by partner, as published; one partner more than there can be is enough."""
    trimmed = f"SELECT trim({sheet.columns[sheet.partner]}) AS partner FROM {sheet.relation}"
    grouped = f"SELECT partner, count(*) AS n FROM ({trimmed}) WHERE partner <> '' GROUP BY 1"
    return {row["partner"]: row["n"] for row in sheet.rows(f"{grouped} LIMIT {places.MOST + 1}")}
