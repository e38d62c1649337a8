"""What other records of the same flow say of a doubtful quantity: tables ``witness`` and ``doubted``.

Another record is another source's, or the partner country's. It can judge where it agrees with the
record in question in the year before or after; it then confirms the doubtful mass or contradicts it.
A reconciled record is made of the countries' reports: that it agrees with one shows nothing.
Subheadings are compared with subheadings (longer codes summed), otherwise headings with headings.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from monazite.store.engine import text
from monazite.studies.audit import words
from monazite.studies.audit.histories import histories
from monazite.studies.audit.thresholds import AGREE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monazite.studies.audit.scope import Scope

Row = dict[str, Any]

HARMONIZED = "(nomenclature LIKE 'HS%' OR nomenclature IN ('HTS', 'ScheduleB'))"
"""Codes whose first six digits are those of the Harmonized System, give or take its editions."""

TRUE_FALL = "verdict = 'trade' AND dq < 0 AND span = 4"

WANTED = f"""\
CREATE TEMP TABLE wanted AS
SELECT DISTINCT importer, exporter, left(code, 4) AS heading FROM (
  SELECT importer, exporter, code, nomenclature FROM suspect WHERE span = 4 UNION ALL
  SELECT importer, exporter, code, nomenclature FROM sharp WHERE {TRUE_FALL} AND year >= {{since}}
  QUALIFY row_number() OVER (PARTITION BY source ORDER BY value_before DESC) <= {{shown}}
) WHERE {HARMONIZED}"""

AROUND = f"""\
INSERT INTO around
SELECT source, reporter, flow, importer, exporter, left(code, 4) AS heading,
  left(code, if(length(code) >= 6, 6, 4)) AS code, length(code) AS digits, year,
  CASE WHEN count(*) = count(CASE WHEN unit = 't' THEN 1 END) THEN sum(amount) END AS mass
FROM ({{records}})
WHERE span = 4 AND part = '' AND NOT aggregate AND length(code) >= 4 AND value > 0 AND {HARMONIZED}
  AND (importer, exporter, left(code, 4)) IN (SELECT (importer, exporter, heading) FROM wanted)
GROUP BY ALL"""

TOLD = """\
CREATE TEMP TABLE told AS
WITH finest AS (
  SELECT source, reporter, flow, importer, exporter, heading, code, year, arg_min(mass, digits) AS mass
  FROM around GROUP BY ALL
), summed AS (
  SELECT source, reporter, flow, importer, exporter, heading, heading AS code, year,
    CASE WHEN count(*) = count(mass) THEN sum(mass) END AS mass
  FROM finest WHERE length(code) = 6 GROUP BY ALL
)
SELECT * FROM finest UNION ALL
SELECT * FROM summed ANTI JOIN finest USING (source, reporter, flow, importer, exporter, code, year)"""

COMPARED = f"""\
CREATE TEMP TABLE compared AS
WITH doubt AS (
  SELECT source, reporter, flow, importer, exporter, year, series, moment, expected, left(code, 6) AS fine,
    left(code, 4) AS coarse
  FROM suspect WHERE span = 4 AND {HARMONIZED} AND unit = 't'
), paired AS (
  SELECT series, moment, expected, ours.code, ours.flow AS flow_here, theirs.source, theirs.reporter,
    theirs.flow, ours.year - doubt.year AS apart, ours.mass AS here, theirs.mass AS there
  FROM doubt
  JOIN told AS ours ON ours.source = doubt.source AND ours.reporter = doubt.reporter
    AND ours.flow = doubt.flow AND ours.importer = doubt.importer AND ours.exporter = doubt.exporter
    AND ours.code IN (fine, coarse) AND ours.year BETWEEN doubt.year - 1 AND doubt.year + 1
  JOIN told AS theirs ON theirs.importer = ours.importer AND theirs.exporter = ours.exporter
    AND theirs.code = ours.code AND theirs.year = ours.year
    AND (theirs.source, theirs.reporter, theirs.flow) <> (ours.source, ours.reporter, ours.flow)
  WHERE ours.mass > 0 AND theirs.mass > 0
    AND (ours.year = doubt.year
      OR (doubt.series, doubt.moment + ours.year - doubt.year) NOT IN (SELECT (series, moment) FROM suspect))
)
SELECT series, moment, source, reporter, flow, flow_here, code, any_value(expected) AS expected,
  any_value(here) FILTER (apart = 0) AS here, any_value(there) FILTER (apart = 0) AS there,
  arg_min(apart, (abs(ln(here / there)), apart)) FILTER (apart <> 0) AS aside,
  arg_min(here, (abs(ln(here / there)), apart)) FILTER (apart <> 0) AS here_aside,
  arg_min(there, (abs(ln(here / there)), apart)) FILTER (apart <> 0) AS there_aside
FROM paired GROUP BY ALL HAVING here IS NOT NULL"""

WITNESS = f"""\
CREATE TEMP TABLE witness AS
SELECT *, coalesce(abs(ln(here_aside / there_aside)) <= ln({AGREE}), false) AS comparable,
  abs(ln(here / there)) <= ln({AGREE}) AS alike,
  CASE
    WHEN alike AND (comparable OR length(code) = 6)
      THEN if('reconciled' IN (flow, flow_here), 'agrees', 'confirms')
    WHEN comparable OR (length(code) = 6 AND abs(ln(expected / there)) <= ln({AGREE})) THEN 'contradicts'
  END AS says
FROM compared WHERE says IS NOT NULL"""


DOUBTED = """\
CREATE TEMP TABLE doubted AS
SELECT suspect.*, CASE WHEN 'contradicts' IN said THEN 'contradicts' WHEN 'confirms' IN said THEN 'confirms'
  WHEN 'agrees' IN said THEN 'agrees' END AS says
FROM suspect LEFT JOIN (SELECT series, moment, list(DISTINCT says) AS said FROM witness GROUP BY ALL)
  USING (series, moment)"""


def evidence(scope: Scope) -> None:
    """Ask every other record of the flows in question."""
    scope.once("histories", histories)
    scope.space.run(
        WANTED.format(since=scope.since, shown=scope.shown),
        "CREATE TEMP TABLE around (source VARCHAR, reporter VARCHAR, flow VARCHAR, importer VARCHAR,"
        " exporter VARCHAR, heading VARCHAR, code VARCHAR, digits BIGINT, year BIGINT, mass DOUBLE)",
    )
    if _several(scope):
        for source in scope.witnesses("trade"):
            scope.space.run(AROUND.format(records=scope.records(source, scope.years("trade", source))))
    scope.space.run(TOLD, COMPARED, WITNESS, DOUBTED)


def _several(scope: Scope) -> bool:
    """Whether there is more than one record of anything: two sources, or two directions of one."""
    if len(scope.witnesses("trade")) > 1:
        return True
    return bool(scope.space.rows("SELECT count(DISTINCT flow) AS n FROM trade")[0]["n"] > 1)


# ── in words ──────────────────────────────────────────────────────────────────────────────────


def said(scope: Scope, rows: Sequence[Row]) -> Callable[[Row], str | None]:
    """What other records say of some rows, as a function of the row; nothing where there is none."""
    keys = ", ".join(f"({row['series']}::UBIGINT, {row['moment']})" for row in rows)
    told: dict[tuple[int, int], dict[tuple[str, ...], str]] = defaultdict(dict)
    for one in scope.space.rows(
        f"SELECT * FROM witness WHERE (series, moment) IN ({keys})"
        " ORDER BY length(code) DESC, source, reporter, flow"
        if keys
        else "SELECT * FROM witness LIMIT 0"
    ):
        who = (one["source"], one["reporter"], one["flow"])
        scope.quoted.add(one["source"])
        told[one["series"], one["moment"]].setdefault(who, _statement(one))
    return lambda row: "; ".join(told[row["series"], row["moment"]].values()) or None


def _statement(row: Row) -> str:
    """What another record says."""
    who = f"{row['source']} ({_whose(row)}, {row['code']})"
    now = f"{row['says']}: {words.amount(row['there'])} t against {words.amount(row['here'])} t here"
    if row["here_aside"] is None:
        return f"{who} {now}"
    when = "before" if row["aside"] < 0 else "after"
    aside = f"{words.amount(row['there_aside'])} against {words.amount(row['here_aside'])} the year {when}"
    return f"{who} {now}, {aside}"


def fell_too(scope: Scope, rows: Sequence[Row]) -> Callable[[Row], str | None]:
    """How the mass of some falls moved in other records, as a function of the row."""
    told: dict[tuple[str, str, str, int], list[Row]] = defaultdict(list)
    pairs = ", ".join(f"({text(row['importer'])}, {text(row['exporter'])})" for row in rows) or "(NULL, NULL)"
    for one in scope.space.rows(
        "SELECT now.*, was.mass AS mass_before FROM told AS now JOIN told AS was"
        " USING (source, reporter, flow, importer, exporter, code)"
        f" WHERE now.year = was.year + 1 AND (importer, exporter) IN ({pairs})"
        " ORDER BY length(code) DESC, source, reporter, flow"
    ):
        told[one["importer"], one["exporter"], one["code"], one["year"]].append(one)

    def moved(row: Row) -> str | None:
        own = (row["source"], row["reporter"], row["flow"])
        said = {
            who: f"{one['source']} ({_whose(one)}, {code}): {words.amount(one['mass_before'])} →"
            f" {words.amount(one['mass'])} t"
            for code in (row["code"][:4], row["code"][:6])
            for one in told[row["importer"], row["exporter"], code, row["year"]]
            if (who := (one["source"], one["reporter"], one["flow"])) != own
        }
        scope.quoted.update(source for source, _, _ in said)
        return "; ".join(said.values()) or None

    return moved


def _whose(row: Row) -> str:
    """Whose record it is, and of which direction."""
    return " ".join(filter(None, (row["reporter"], row["flow"])))
