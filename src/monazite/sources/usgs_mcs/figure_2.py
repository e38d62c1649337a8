"""Figure 2 of the wide layout: reliance of the latest year, and sources without shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monazite.codes.countries import HOME
from monazite.sources.usgs_mcs.delimited import check_edition, check_header, table
from monazite.sources.usgs_mcs.long_layout import country
from monazite.sources.usgs_mcs.reading import Cell

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs.reading import Reading, Row

FIGURE_2 = "Figure 2"
FIGURE = (
    "Source",
    "Import_Share_Order",
    "Commodity",
    "Net_Import_Reliance_pct_2024",
    "Major_Import_Sources_2020_2023",
    "Notes",
)
_COUNTRIES = re.compile(r",\s*")


def read_figure_2(reading: Reading, file: str, text: str) -> None:
    """Read Figure 2: reliance of the latest year, and import sources in descending order.

    Raises
    ------
    SourceError
        If the header differs from the layout's, or a row is of another edition.
    """
    header, rows = table(file, text)
    check_header(file, header, FIGURE)
    for line, cells in rows:
        row = dict(zip(FIGURE, cells, strict=True))
        check_edition(reading.edition, file, line, ("Source", row["Source"]))
        series = f"{FIGURE_2} | {row['Commodity'].strip()}"
        reading.statistics.append(_reliance(reading, (file, line), series, row))
        _read_order(reading, (file, line), series, row)


def _reliance(reading: Reading, where: tuple[str, int], series: str, row: Row) -> Row:
    """One row of ``mineral_statistic``: the reliance of one commodity."""
    reading.cells_in += 1
    (file, line), column, measure = where, FIGURE[3], "net-import-reliance"
    cell = Cell(series, measure, row[column], "percent", file, line, column, estimated=True)
    return {
        "as_of": reading.edition.id,
        "chapter": FIGURE_2,
        "series": series,
        "country": HOME,
        "year": reading.edition.latest,
        "section": "salient",
        "measure": measure,
        **reading.figure(cell),
    }


def _read_order(reading: Reading, where: tuple[str, int], series: str, row: Row) -> None:
    """Import sources of one commodity, of which Figure 2 gives the order but no share."""
    (file, line), (first, last) = where, reading.edition.window
    for rank, partner in enumerate(_COUNTRIES.split(row[FIGURE[4]].strip()), start=1):
        reading.cells_in += 1
        cell = Cell(series, "import-share", "NA", "percent", file, line, FIGURE[4])
        reading.import_sources.append(
            {
                "as_of": reading.edition.id,
                "chapter": FIGURE_2,
                "series": series,
                "rank": rank,
                "partner": country(reading, series, (file, line), partner),
                "partner_published": partner,
                "period_first": first,
                "period_last": last,
                "includes_hong_kong": "Hong Kong" in row["Notes"] and partner == "China",
                **reading.figure(cell),
            }
        )
