"""Every core table the store keeps, by subject."""

from __future__ import annotations

from monazite.schema import indicators, input_output, manifests, minerals, nomenclature, provenance, trade

TABLES = (
    *trade.TABLES,
    minerals.MINERAL_STATISTIC,
    minerals.IMPORT_SOURCE,
    nomenclature.NOMENCLATURE_CODE,
    nomenclature.NOMENCLATURE_LINK,
    *indicators.TABLES,
    *input_output.TABLES,
    *manifests.TABLES,
    *provenance.TABLES,
)
