"""Rows of ``trade`` as the checks read them: the latest edition of each record, one name for each series.

A *record* is what one source says of one flow in one period. Where a source was loaded in several
editions the latest one that holds the record counts; the others are for ``vintage-revised``. A
*series* is a record through time, a *group* all series of one code in one source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.store.engine import names, text

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = (
    "source", "reporter", "flow", "importer", "exporter", "nomenclature", "code", "regime", "breakdown",
    "period",
)  # fmt: skip
"""What names a record, within an edition."""

GROUP = ("source", "flow", "regime", "nomenclature", "code", "breakdown", "span", "unit")
SERIES = (*GROUP, "reporter", "importer", "exporter")

PART = "CASE WHEN breakdown = '' THEN '' ELSE trim(regexp_replace(breakdown, '(^|;)unit=[^;]*', ''), ';') END"
"""The breakdown without the unit: a code that stands under several units is not broken down further."""

COLUMNS = f"""\
    source, as_of, reporter, flow, regime, nomenclature, code, importer, exporter, breakdown, {PART} AS part,
    year, period, length(period) AS span,
    CASE length(period) WHEN 4 THEN year ELSE 12 * year + right(period, 2)::INTEGER - 1 END AS moment,
    value_usd AS value, coalesce(mass_t, quantity) AS amount,
    CASE WHEN mass_t IS NULL THEN coalesce(quantity_unit, '') ELSE 't' END AS unit,
    coalesce(quantity_unit, '') AS quantity_unit, quantity_status, valuation, estimated, aggregate"""


def records(source: str, years: Iterable[int], editions: Iterable[str], where: str = "true") -> str:
    """SELECT of the records of a source in some years; annual and monthly ones, spans are left out.

    ``editions`` are those that hold rows of the years, the earliest first.
    """
    several = list(editions)
    base = f"source = {text(source)} AND year IN ({listed(years)}) AND length(period) IN (4, 7)"
    if len(several) > 1:
        return f"SELECT {COLUMNS} FROM ({latest(base, several, where)})"
    return f"SELECT {COLUMNS} FROM trade WHERE {base} AND {where}"


def latest(base: str, editions: list[str], where: str = "true") -> str:
    """SELECT of rows whose key stands in no later edition."""
    key = f"hash({names(KEY)})"
    rank = f"list_position([{', '.join(map(text, editions))}], as_of)"
    best = f"SELECT {key} AS record, max({rank}) AS newest FROM trade WHERE {base} AND {where} GROUP BY 1"
    return (
        f"SELECT trade.* FROM trade JOIN ({best}) ON {key} = record AND {rank} = newest"
        f" WHERE {base} AND {where}"
    )


def listed(values: Iterable[object]) -> str:
    """Values as an SQL list: numbers as they are, texts quoted.

    >>> listed(["a", 2])
    "'a', 2"
    """
    return ", ".join(text(one) if isinstance(one, str) else str(one) for one in values) or "NULL"


def same(columns: Iterable[str], left: str, right: str) -> str:
    """Condition that two relations agree in some columns.

    >>> same(["code", "unit"], "a", "b")
    'a.code = b.code AND a.unit = b.unit'
    """
    return " AND ".join(f"{left}.{column} = {right}.{column}" for column in columns)
