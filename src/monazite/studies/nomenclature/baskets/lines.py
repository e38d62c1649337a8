"""Lines of trade under a code, as the store holds them or as they are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.store import reading

if TYPE_CHECKING:
    from monazite.store.home import Store

LINES = """\
WITH kept AS (
    SELECT *, length(period) AS span FROM trade
    WHERE nomenclature = ? AND code = ? AND NOT aggregate AND breakdown = '' AND value_usd > 0),
one AS (
    SELECT source, as_of, flow, regime, span FROM kept GROUP BY ALL
    ORDER BY sum(value_usd) DESC, source, as_of DESC, flow, regime, span LIMIT 1)
SELECT year, importer, exporter, value_usd, CASE WHEN NOT estimated THEN mass_t END AS mass_t
FROM kept SEMI JOIN one USING (source, as_of, flow, regime, span)
ORDER BY year, importer, exporter, period, reporter"""


class Line(NamedTuple):
    """One line of trade: value in US dollars, mass in tonnes where it is known and not estimated."""

    year: int
    importer: str
    exporter: str
    value_usd: float
    mass_t: float | None


def lines_in(store: Store, nomenclature: str, code: str) -> tuple[Line, ...]:
    """Lines under a code in the store.

    Of several sources, editions or directions the one with the most value is read: two records of one
    flow are no two lines. Quantities that the publisher estimated are left out, since they were made from
    unit values.
    """
    return tuple(Line(**row) for row in reading.query(store, LINES, [nomenclature, code]))
