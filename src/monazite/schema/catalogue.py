"""Every core table the store keeps, by subject."""

from __future__ import annotations

from monazite.schema import indicators, input_output, manifests, minerals, provenance, trade

TABLES = (
    *trade.TABLES,
    minerals.MINERAL_STATISTIC,
    minerals.IMPORT_SOURCE,
    *indicators.TABLES,
    *input_output.TABLES,
    *manifests.TABLES,
    *provenance.TABLES,
)
