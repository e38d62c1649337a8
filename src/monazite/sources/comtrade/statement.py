"""The SELECT that reads a bulk file of UN Comtrade: the twin, in SQL, of the records read in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.schema import status
from monazite.schema.trade import FLOWS as TRADE_FLOWS
from monazite.schema.trade import NOMENCLATURES as TRADE_NOMENCLATURES
from monazite.schema.trade import VALUATIONS
from monazite.sources.comtrade.domains import DOMAINS
from monazite.sources.comtrade.vocabulary import FLOWS, NO_UNIT, NOMENCLATURES, PER_TONNE, UNITS, spans
from monazite.store.engine import text
from monazite.store.staging import REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CELLS = ("customscode", "moscode", "motcode", "partner2code")


def setup() -> Iterator[str]:
    """The countries at each year, and the types of texts of few values."""
    rows = ", ".join(
        f"({text(code)}, {first}, {last}, {text(who.id)}, {who.aggregate})"
        for code, first, last, who in spans()
    )
    yield (
        "CREATE OR REPLACE TEMP TABLE comtrade_place AS"
        " SELECT code, unnest(range(first, last + 1)) AS in_year, id, aggregate"
        f" FROM (VALUES {rows}) AS told(code, first, last, id, aggregate)"
    )
    types = {
        "flow": TRADE_FLOWS,
        "nomenclature": TRADE_NOMENCLATURES,
        "valuation": VALUATIONS,
        "status": status.CODES,
    }
    for name, values in types.items():
        yield f"DROP TYPE IF EXISTS comtrade_{name}"
        yield f"CREATE TYPE comtrade_{name} AS ENUM ({', '.join(map(text, values))})"


def statement(path: Path, header: tuple[str, ...], *, numbered: bool) -> str:
    """The SELECT; ``numbered`` tells the line of each row and why one is refused.

    Without numbers a refused row has no code, which no row of the table may lack.
    """
    told = (
        "_line, wrong.column AS _column, wrong.found AS _found, wrong.expected AS _expected, cmdcode AS code"
        if numbered
        else "CASE WHEN wrong IS NULL THEN cmdcode END AS code"
    )
    line = ", row_number() OVER () + 1 AS _line" if numbered else ""
    known = ((i, one) for i, one in enumerate(header, 1) if one in DOMAINS)
    named = ", ".join(f"coalesce(trim(x[{i}]), '') AS {one}" for i, one in known)
    absent = [name for name in _CELLS if name not in header]
    named += "".join(f", '' AS {name}" for name in absent)
    return f"""
WITH lines AS (
  SELECT line{line} FROM read_csv({text(path)}, delim = chr(1), quote = '', escape = '', header = false,
    skip = 1, columns = {{'line': 'VARCHAR'}}, auto_detect = false, {REJECTS})
), cut AS (
  SELECT *, string_split(rtrim(line, chr(13)), chr(9)) AS x FROM lines WHERE line <> ''
), cells AS (
  SELECT *, {named} FROM cut
), judged AS (
  SELECT *, {_wrong(header)} AS wrong, try_cast(left(period, 4) AS BIGINT) AS in_year FROM cells
), figures AS (
  SELECT *, {_figures(header)} FROM judged
), measured AS (
  SELECT *, {_MEASURED} FROM figures
), placed AS (
  SELECT f.*, coalesce(r.id, reportercode) AS reporter, coalesce(p.id, partnercode) AS partner,
    coalesce(s.id, partner2code) AS second,
    coalesce(r.aggregate, false) OR coalesce(p.aggregate, false) AS aggregate
  FROM measured AS f
  LEFT JOIN comtrade_place AS r ON r.code = {_bare("reportercode")} AND r.in_year = f.in_year
  LEFT JOIN comtrade_place AS p ON p.code = {_bare("partnercode")} AND p.in_year = f.in_year
  LEFT JOIN comtrade_place AS s ON s.code = {_bare("partner2code")} AND s.in_year = f.in_year
)
SELECT {told}, in_year AS year, {_PERIOD} AS period, {_case("flowcode", _WORDS)}::comtrade_flow AS flow,
  {_nomenclature(header)}::comtrade_nomenclature AS nomenclature,
  reporter, if({_inward()}, reporter, partner) AS importer, if({_inward()}, partner, reporter) AS exporter,
  {_BREAKDOWN} AS breakdown, value AS value_usd, {_VALUATION}::comtrade_valuation AS valuation,
  {_status("value")} AS value_status, quantity, unit AS quantity_unit,
  {_status("quantity")} AS quantity_status, quantity_2, unit_2 AS quantity_2_unit, mass AS mass_t,
  {_status("mass")} AS mass_status, estimated, aggregate
FROM placed"""


def _bare(column: str) -> str:
    """A number without leading zeros."""
    return f"coalesce(nullif(ltrim({column}, '0'), ''), '0')"


def _case(column: str, told: dict[str, str]) -> str:
    """A CASE that replaces codes by words."""
    return f"CASE {column} " + " ".join(f"WHEN {text(a)} THEN {text(b)}" for a, b in told.items()) + " END"


def _inward() -> str:
    """Whether goods come in."""
    return "flowcode IN (" + ", ".join(text(code) for code, flow in FLOWS.items() if flow.inward) + ")"


def _nomenclature(header: tuple[str, ...]) -> str:
    """The nomenclature of a row; HS where the file has no column for it."""
    return _case("classificationcode", NOMENCLATURES) if "classificationcode" in header else "'HS'"


def _wrong(header: tuple[str, ...]) -> str:
    """Column, what was found and expected where a row is not what the layout says; else empty."""
    width = len(header)
    cases = [_because(f"len(x) <> {width}", "''", "len(x) || ' cells'", f"{width} cells")]
    for name in header:
        if domain := DOMAINS.get(name):
            fits = f"regexp_full_match({name}, {text(domain.pattern)})"
            cases.append(_because(f"NOT {fits}", text(domain.column), _shown(name), domain.meaning))
    if "refyear" in header:
        cases.append(
            _because("refyear <> left(period, 4)", "'refYear'", _shown("refyear"), "the year of the period")
        )
    if "freqcode" in header:
        test = "freqcode <> if(length(period) = 6, 'M', 'A')"
        cases.append(_because(test, "'freqCode'", _shown("freqcode"), "the frequency of the period"))
    harmonised = "classificationcode[1] = 'H' AND " if "classificationcode" in header else ""
    odd = f"{harmonised}cmdcode <> 'TOTAL' AND length(cmdcode) NOT IN (2, 4, 6)"
    cases.append(
        _because(odd, "'cmdCode'", _shown("cmdcode"), "2, 4 or 6 digits; a leading zero may be lost")
    )
    return f"CASE {' '.join(cases)} END"


def _because(test: str, column: str, found: str, expected: str) -> str:
    """One arm of the CASE that says why a row is refused."""
    return f"WHEN {test} THEN {{'column': {column}, 'found': {found}, 'expected': {text(expected)}}}"


def _shown(column: str) -> str:
    """A cell as a refusal shows it."""
    return f"'''' || left({column}, 60) || ''''"


def _figures(header: tuple[str, ...]) -> str:
    """Values, units and flags as numbers and truths; empty where the file has no such column."""
    amounts = {
        "primary_": "primaryvalue",
        "cif": "cifvalue",
        "fob": "fobvalue",
        "qty_": "qty",
        "alt_": "altqty",
        "net_": "netwgt",
    }
    told = [f"{_figure(column, header)} AS {name}" for name, column in amounts.items()]
    told += [f"{_units(f'{kind}code', header)} AS {name}" for name, kind in _UNIT_COLUMNS.items()]
    flags = ("isqtyestimated", "isaltqtyestimated", "isnetwgtestimated")
    tests = [f"{name} IN ('true', 'True', 'TRUE', '1')" for name in flags if name in header]
    if "legacyestimationflag" in header:
        tests.append("legacyestimationflag NOT IN ('', '0')")
    return ", ".join([*told, f"{' OR '.join(tests) or 'false'} AS estimated"])


def _figure(column: str, header: tuple[str, ...]) -> str:
    """A column as a number."""
    return f"try_cast(nullif({column}, '') AS DOUBLE)" if column in header else "NULL::DOUBLE"


def _units(column: str, header: tuple[str, ...]) -> str:
    """A unit by its code."""
    if column not in header:
        return "''"
    none = ", ".join(map(text, NO_UNIT))
    known = _case(column, UNITS)
    return f"CASE WHEN {column} IN ({none}) THEN '' ELSE coalesce({known}, 'unit ' || {column}) END"


def _status(column: str) -> str:
    """Whether there is a figure."""
    return f"if({column} IS NULL, 'not-available', 'normal')::comtrade_status"


_UNIT_COLUMNS = {"unit": "qtyunit", "unit_2": "altqtyunit"}
_OWN_VALUE = f"if({_inward()}, cif, fob)"
_OTHER_VALUE = f"if({_inward()}, fob, cif)"
_TONNES = " ".join(f"WHEN {text(unit)} THEN quantity / {number}" for unit, number in PER_TONNE.items())
_MEASURED = f"""
    coalesce(primary_, nullif({_OWN_VALUE}, 0), nullif({_OTHER_VALUE}, 0)) AS value,
    if(qty_ = 0 AND (coalesce(value, 0) <> 0 OR unit = ''), NULL, qty_) AS quantity,
    if(alt_ = 0 AND (coalesce(value, 0) <> 0 OR unit_2 = ''), NULL, alt_) AS quantity_2,
    if(net_ = 0 AND coalesce(value, 0) <> 0, NULL, net_) / {PER_TONNE["kg"]} AS net_t,
    coalesce(net_t, CASE unit {_TONNES} END) AS mass"""
_VALUATION = f"""CASE WHEN value = {_OWN_VALUE} THEN if({_inward()}, 'cif', 'fob')
    WHEN value = {_OTHER_VALUE} THEN if({_inward()}, 'fob', 'cif') ELSE '' END"""
_PERIOD = "if(length(period) = 6, left(period, 4) || '-' || right(period, 2), period)"
_WORDS = {code: flow.flow for code, flow in FLOWS.items()}
_PARTS = {code: flow.part for code, flow in FLOWS.items() if flow.part}
_BREAKDOWN = f"""concat_ws(';',
    CASE WHEN customscode NOT IN ('', 'C00') THEN 'customs=' || customscode END,
    'flow=' || {_case("flowcode", _PARTS)},
    'mos=' || nullif(ltrim(moscode, '0'), ''),
    'mot=' || nullif(ltrim(motcode, '0'), ''),
    'partner2=' || CASE WHEN ltrim(partner2code, '0') <> '' THEN second END)"""
