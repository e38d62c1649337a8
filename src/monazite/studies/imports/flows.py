"""What was imported by code and partner, and whose figures they are: shipped by value, loaded by weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.countries import HOME
from monazite.errors import DataMissingError
from monazite.results.result import Source
from monazite.store import shipped
from monazite.store.reading import query

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from monazite.store.home import Store

TARIFF = "HTS2025"
_PUBLICATIONS = """\
SELECT source, as_of, any_value(title) AS title, any_value(publisher) AS publisher, any_value(doi) AS doi,
  any_value(licence) AS licence, list(snapshot ORDER BY snapshot) AS files FROM snapshot
WHERE snapshot IN ({snapshots}) GROUP BY source, as_of ORDER BY source, as_of"""
_LOADED = """\
SELECT year, source, as_of, regime, length(period) AS span, code, exporter AS partner, snapshot,
  bool_or(aggregate) AS aggregate, sum(mass_t) AS amount, count(*) FILTER (mass_t IS NULL) AS silent
FROM trade WHERE reporter = '{home}' AND flow = 'import' AND nomenclature = 'HTS' AND breakdown = ''
  AND code IN ({codes}) GROUP BY ALL ORDER BY ALL"""


class Flow(NamedTuple):
    """Imports under one code from one partner, in one year: dollars or tonnes."""

    code: str
    partner: str
    amount: float
    aggregate: bool


@dataclass(frozen=True, slots=True)
class Imports:
    """Flows of one year and basis; every partner the figures list, every code in use, and what is cited.

    ``silent`` counts records without the quantity asked for, which are in no sum.
    """

    year: int
    basis: str
    flows: tuple[Flow, ...]
    partners: frozenset[str]
    codes_in_use: frozenset[str]
    sources: tuple[Source, ...]
    silent: int = 0


def by_value(codes: Iterable[str], year: int | None) -> Imports:
    """Customs values that are shipped, of these codes.

    Raises
    ------
    DataMissingError
        If no values of the year are shipped.
    """
    years = [row["year"] for row in shipped.query("SELECT DISTINCT year FROM us_import ORDER BY year")]
    shown = years[-1] if year is None else year
    if shown not in years:
        told = ", ".join(map(str, years))
        raise DataMissingError(f"values of {shown} are not shipped; there are those of {told}.")
    rows = shipped.query(
        f"SELECT code, partner, value_usd, aggregate FROM us_import WHERE year = {shown:d}"
        f" AND code IN ({_listed(codes)}) ORDER BY code, partner"
    )
    whole = shipped.query(
        "SELECT list(DISTINCT code) AS codes, list(DISTINCT partner) AS partners,"
        f" list(DISTINCT snapshot) AS snapshots FROM us_import WHERE year = {shown:d}"
    )[0]
    flows = tuple(
        Flow(row["code"], row["partner"], float(row["value_usd"]), row["aggregate"]) for row in rows
    )
    cited = shipped.query(_PUBLICATIONS.format(snapshots=_listed(whole["snapshots"])))
    partners, in_use = frozenset(whole["partners"]), frozenset(whole["codes"])
    return Imports(shown, "value", flows, partners, in_use, tuple(map(_source, cited)))


def by_weight(store: Store, codes: Sequence[str], year: int | None) -> Imports:
    """Masses that are loaded, of these codes: one source and edition, imports for consumption if it has them.

    Raises
    ------
    DataMissingError
        If none are loaded; it says what to load.
    """
    rows = query(store, _LOADED.format(home=HOME, codes=_listed(codes)))
    held = [row for row in rows if row["amount"] is not None and year in (None, row["year"])]
    if not held:
        when = f" of {year}" if year else ""
        raise DataMissingError(
            f"no weights{when} of United States imports under these codes are loaded; the shipped figures are"
            " values. `monazite fetch census` fetches them from the Census Bureau by code and month, with"
            " quantities; `monazite load` reads files of the bulk download."
        )
    best = max(held, key=_preferred)
    kept = [row for row in rows if _series(row) == _series(best)]
    flows = tuple(_flow(row) for row in kept if row["amount"] is not None)
    snapshots = {row["snapshot"] for row in kept}
    told = query(store, _PUBLICATIONS.format(snapshots=_listed(snapshots)))
    return Imports(
        best["year"],
        "weight",
        flows,
        frozenset(one.partner for one in flows),
        frozenset(one.code for one in flows),
        tuple(map(_source, told)),
        sum(row["silent"] for row in kept),
    )


def counted(imports: Imports, flows: Iterable[Flow]) -> Imports:
    """The same with other flows."""
    return replace(imports, flows=tuple(flows))


def _preferred(row: dict[str, Any]) -> tuple[int, bool, int, str, str, str]:
    """The latest year; in it consumption before general imports, whole years before months."""
    shown = (row["year"], row["regime"] == "consumption", -row["span"])
    return (*shown, row["as_of"], row["source"], row["regime"])


def _series(row: dict[str, Any]) -> tuple[Any, ...]:
    """What figures must share to be added."""
    return tuple(row[name] for name in ("year", "source", "as_of", "regime", "span"))


def _flow(row: dict[str, Any]) -> Flow:
    """One record."""
    return Flow(row["code"], row["partner"], float(row["amount"]), bool(row["aggregate"]))


def _source(row: dict[str, Any]) -> Source:
    """A publication with its files."""
    told = (row["as_of"], row["title"], row["publisher"], row["doi"], row["licence"])
    return Source(*told, tuple(row["files"]))


def _listed(values: Iterable[str]) -> str:
    """Values as SQL lists them."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values)) or "''"
