"""What only several years tell: which codes died, which dependences persist. A second, cheap pass.

It reads what the years were measured to, and writes two small files beside it. The rows of
:data:`~monazite.schema.measure.MEASURE` are the years' own joined with those.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.methods.screens import CONCENTRATED, NO_EXPORTS
from monazite.schema.measure import MEASURE, MEASURE_CODE
from monazite.schema.world_trade import NOMENCLATURE, WORLD_TRADE_TOTAL
from monazite.store import shipped, yearly
from monazite.store.engine import cores, names, text
from monazite.store.parquet import write_parquet
from monazite.store.tasks import Select, select_to_parquet
from monazite.studies.nomenclature.health.ended import ended
from monazite.studies.nomenclature.health.thresholds import DEAD_YEARS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from monazite.studies.measure.year import Year

Totals = dict[str, dict[int, float]]

SPAN = 3
"""Years that persistence looks at: the year and those before it."""

PERSISTENT = 2
"""Of them, so many with all of GeoDep's criteria make a dependence persistent."""

WIDE = 0.05
"""Bounds of an index this far apart are a finding, as in the dependence study (a judgement, U)."""

MEMORY = "300MB"
"""What the second pass may take."""

UNNAMED = "partner-unspecified"
FLAGGED, CODES = "persistence.parquet", "codes.parquet"

_TOTALS = "SELECT code, year, sum({value}) AS value FROM ({flows}) GROUP BY ALL ORDER BY ALL"
_FLAGGED = f"""\
SELECT year, importer, code, count(*) FILTER (geodep) AS flagged, count(*) FILTER (geodep IS NULL) AS open
FROM (
  SELECT importer, code, geodep, unnest(range(year, year + {SPAN})) AS year FROM measured
  WHERE geodep IS DISTINCT FROM false
) WHERE year IN ({{years}}) GROUP BY ALL ORDER BY ALL"""
_COMPLETE = f"""\
SELECT {{columns}} FROM (
  SELECT measured.*, 1 - leading_share AS n_minus_one,
    CASE WHEN hhi_low > {CONCENTRATED} THEN true WHEN hhi_high <= {CONCENTRATED} THEN false
    END AS import_hhi_over,
    if(exports_usd > 0, value_usd / exports_usd, {NO_EXPORTS}) AS imports_exports_ratio,
    if(measured.year < dead_since, 'living', coalesce(status, 'unknown')) AS code_status,
    CASE WHEN coalesce(flagged, 0) >= {PERSISTENT} THEN true
      WHEN coalesce(flagged, 0) + coalesce(open, 0) + absent < {PERSISTENT} THEN false
    END AS geodep_persistent,
    nullif(concat_ws('; ', if(measured.year >= dead_since, 'code-dead', NULL),
      if(greatest(hhi_high - hhi_low, export_hhi_high - export_hhi_low) > {WIDE}, '{UNNAMED}', NULL),
      if(governance_weighted_hhi_high - governance_weighted_hhi_low > {WIDE}, 'governance-missing', NULL)
    ), '') AS findings
  FROM {{measured}} AS measured
  JOIN (VALUES {{absent}}) AS span(year, absent) ON span.year = measured.year
  LEFT JOIN read_parquet({{flagged}}) AS flag
    ON flag.year = measured.year AND flag.importer = measured.importer AND flag.code = measured.code
  LEFT JOIN read_parquet({{codes}}) AS state ON state.code = measured.code
)"""


def totals(sql: str, years: Iterable[int], nomenclature: str, codes: Collection[str] = ()) -> Totals:
    """World trade by code and year: of a SELECT, and of the codes that are shipped in other years too.

    Whole dollars, so exact in any order. A year that is known and in which a code has no trade is zero.
    ``codes`` are those the SELECT is confined to.
    """
    with yearly.yearly({}, threads=cores()) as engine:
        rows = engine.rows(sql)
    told = _shipped_totals(nomenclature)
    known: Totals = {code: {**told[code]} for code in told if not codes or code in codes}
    for code in {row["code"] for row in rows} | known.keys():
        known.setdefault(code, {}).update(dict.fromkeys(years, 0.0))
    for row in rows:
        known[row["code"]][row["year"]] = row["value"]
    return known


def totals_of_measured(files: Sequence[str]) -> str:
    """The SELECT of world trade by code and year from measured years."""
    return _TOTALS.format(value="value_usd", flows=f"FROM {_read(files)}")


def totals_of_flows(tasks: Iterable[Year]) -> str:
    """The SELECT of world trade by code and year from the flows themselves."""
    flows = " UNION ALL ".join(f"SELECT year, code, value_usd FROM ({task.flows})" for task in tasks)
    return _TOTALS.format(value="round(value_usd)", flows=flows)


def _shipped_totals(nomenclature: str) -> Totals:
    """World trade of the codes that are shipped, zero in years without any."""
    if nomenclature != NOMENCLATURE:
        return {}
    rows = shipped.query(f"SELECT code, year, value_usd FROM {WORLD_TRADE_TOTAL.name} ORDER BY code, year")
    years = dict.fromkeys(sorted({int(row["year"]) for row in rows}), 0.0)
    found: Totals = defaultdict(years.copy)
    for row in rows:
        found[row["code"]][row["year"]] = row["value_usd"]
    return found


def states(nomenclature: str, found: Mapping[str, Mapping[int, float]]) -> list[dict[str, Any]]:
    """Rows of the codes: living, dead since, or too few years to tell."""
    return [_state(nomenclature, code, found[code]) for code in sorted(found)]


def _state(nomenclature: str, code: str, by_year: Mapping[int, float]) -> dict[str, Any]:
    """The row of one code."""
    row: dict[str, Any] = dict.fromkeys(MEASURE_CODE.names)
    row |= {"nomenclature": nomenclature, "code": code}
    if len(by_year) <= DEAD_YEARS + 1:
        return row | {"status": "unknown"}
    end = ended(nomenclature, code, by_year)
    if end is None:
        return row | {"status": "living"}
    return row | {
        "status": "dead",
        "dead_since": end.death.year,
        "usual_usd": end.death.usual,
        "taken_over_by": "; ".join(end.now) or None,
    }


def second_pass(
    files: Sequence[str], years: Iterable[int], codes: Sequence[Mapping[str, Any]], folder: Path
) -> None:
    """Write what several years tell to two files of a folder."""
    flagged = _FLAGGED.format(years=", ".join(str(int(year)) for year in years))
    target = str(folder / FLAGGED)
    select_to_parquet(Select("persistence", flagged, (("measured", tuple(files)),), target, memory=MEMORY))
    write_parquet(MEASURE_CODE, codes, folder / CODES)


def complete(files: Sequence[str], years: Sequence[int], folder: Path) -> str:
    """The SELECT of whole rows of measures, from the files of the years and those of the second pass."""
    absent = ", ".join(f"({year}, {sum(year - back not in years for back in range(SPAN))})" for year in years)
    return _COMPLETE.format(
        columns=names(MEASURE.names),
        measured=_read(files),
        absent=absent,
        flagged=text(folder / FLAGGED),
        codes=text(folder / CODES),
    )


def _read(files: Sequence[str]) -> str:
    """The rows of measured years."""
    return f"read_parquet([{', '.join(map(text, files))}])"
