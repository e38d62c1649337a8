"""Import dependence: how much of what it uses a country imports, from whom, how sure we are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.results.result import Result, Source
from monazite.schema.dependence import DEPENDENCE, PRODUCERS, SERIES, SOURCES
from monazite.studies.dependence import found
from monazite.studies.dependence.figures import snapshots
from monazite.studies.dependence.headlines import headlines
from monazite.studies.dependence.identity import identity_miss
from monazite.studies.dependence.reader import reader_findings
from monazite.studies.dependence.reasons import reason
from monazite.studies.dependence.row import build
from monazite.studies.dependence.series import previous, series
from monazite.studies.dependence.subjects import at_stages, chosen, subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monazite.schema.findings import Finding
    from monazite.studies.dependence.figures import Row
    from monazite.studies.dependence.row import Built, Subject

__all__ = ["QUESTION", "dependence", "reader_findings"]

QUESTION = "How much of what it uses does the United States import, from whom, and how concentrated is it?"
METHOD = (
    "Net import reliance is (imports − exports ± stock changes) as a share of consumption, as published by"
    " the USGS for each chapter's own definition; 1 − production / consumption is computed beside it as a"
    " check. Bounds such as >50 are kept as intervals. Import sources are shares over four years; the"
    " Herfindahl–Hirschman index is bounded because shares are rounded and 'other countries' is not divided."
)
FIVE_YEARS = 5
SORTS: dict[str, Callable[[Row], Any]] = {
    "reliance": lambda row: (-_least(row, "reliance_low", "reliance_high"), row["name"], row["item"]),
    "name": lambda row: (row["name"], row["item"]),
    "leading-source": lambda row: (-_least(row, "leading_source_low", "leading_source_high"), row["name"]),
    "concentration": lambda row: (-_least(row, "source_hhi_low", "source_hhi_high"), row["name"]),
    "world": lambda row: (-_least(row, "world_leader_low", "world_leader_high"), row["name"], row["item"]),
    "price": lambda row: (-(row["price_volatility"] or -1), row["name"], row["item"]),
}


def dependence(
    materials: str | Sequence[str] | None = (),
    *,
    year: int | None = None,
    as_of: str = "mcs2026",
    stages: Sequence[str] = (),
    sort: str = "reliance",
) -> Result:
    """Import dependence of the United States by material and stage.

    Parameters
    ----------
    materials
        Names, symbols or groups; none means the minerals of the 2025 list, ``all`` every
        commodity of the edition.
    year
        Calendar year; the edition's latest if not given.
    as_of
        The edition (vintage) whose figures are shown: ``mcs2025`` or ``mcs2026``.
    stages
        Only rows at these stages of the chain, such as ``ore`` or ``refined``; none means all.
    sort
        Order of the rows: reliance, name, leading-source, concentration, world or price.

    Returns
    -------
    Result
        One row a material and stage. Shares are in 0–1; the unit of quantities and prices
        stands in the row. A listed mineral without a figure has a row that says why.

    Raises
    ------
    UnknownCodeError
        If a material, the edition or the order is not known; the message suggests the nearest.
    UsageError
        If the edition has no figures for the year, or no row is at the stages.

    References
    ----------
    .. [1] U.S. Geological Survey (2026). Mineral Commodity Summaries 2026 data release.
       doi:10.5066/P1WKQ63T.

    Examples
    --------
    US net import reliance on rare-earth compounds and metals in 2025; published: 67 percent [1]_:

    >>> row = dependence("rare earths").table.one(item="rare_earths.compounds_metals")
    >>> row["reliance_low"], row["leading_source_name"]
    (0.67, 'China')
    """
    asked = (materials,) if isinstance(materials, str) else tuple(materials or ())
    shown = _year(as_of, year)
    if sort not in SORTS:
        raise UnknownCodeError("order", sort, SORTS)
    about = at_stages(subjects(chosen(asked), as_of), tuple(stages))
    built = [build(subject, as_of, shown) for subject in about]
    told = _findings(about, built, as_of, shown)
    _finish(about, built, told, as_of, shown)
    rows = sorted((each.row for each in built), key=SORTS[sort])
    parameters = {"materials": asked, "year": shown, "as_of": as_of, "stages": tuple(stages), "sort": sort}
    return _result(rows, about, built, told, parameters)


def _least(row: Row, low: str, high: str) -> float:
    """The lower end to rank by; an unbounded end ranks below zero and nothing at all last."""
    if row[low] is not None:
        return float(row[low])
    return -1.0 if row[high] is not None else -2.0


def _year(as_of: str, year: int | None) -> int:
    """The year to show, after checking that the edition holds it."""
    years = {row["as_of"]: int(row["as_of"][-4:]) - 1 for row in snapshots()}
    if as_of not in years:
        raise UnknownCodeError("edition", str(as_of), years, hint=f"shipped: {', '.join(sorted(years))}")
    latest = years[as_of]
    if year is not None and not isinstance(year, int):
        raise UsageError(f"a year is a whole number such as {latest}, not {year!r}.")
    if year is not None and not latest - FIVE_YEARS < year <= latest:
        raise UsageError(f"{as_of} holds {latest - FIVE_YEARS + 1} to {latest}, not {year}.")
    return year or latest


def _findings(about: list[Subject], built: list[Built], as_of: str, year: int) -> list[Finding]:
    """Findings on every row, and on rows of one material beside each other."""
    told = [
        one
        for subject, each in zip(about, built, strict=True)
        for one in found.about(subject, each, as_of, year)
    ]
    return [*told, *found.mismatched_stages([each.row for each in built])]


def _finish(about: list[Subject], built: list[Built], told: list[Finding], as_of: str, year: int) -> None:
    """Write into each row its reason, its earlier value and the rules of its findings."""
    rules: dict[str, list[str]] = {}
    for one in told:
        rules.setdefault(one.subject, []).append(one.rule)
    for subject, each in zip(about, built, strict=True):
        each.row["reason"] = reason(subject, each.row)
        each.row["identity_gap"] = identity_miss(subject.balance, subject.item, year)
        each.row.update(previous(subject, as_of, year))
        each.row["findings"] = "; ".join(dict.fromkeys(rules.get(each.row["item"], []))) or None


def _result(
    rows: list[Row],
    about: list[Subject],
    built: list[Built],
    told: list[Finding],
    parameters: dict[str, Any],
) -> Result:
    """The answer with its details, findings, sources and headlines."""
    details = {
        "series": Frame(SERIES, tuple(row for subject in about for row in series(subject))),
        "sources": Frame(SOURCES, tuple(row for each in built for row in each.sources.rows)),
        "producers": Frame(PRODUCERS, tuple(row for each in built for row in each.producers.rows)),
    }
    table = Frame(DEPENDENCE, tuple(rows))
    return Result(
        study="dependence",
        question=QUESTION,
        title=f"United States import dependence, {parameters['year']}",
        table=table,
        details=details,
        findings=tuple(told),
        sources=_publications(parameters["as_of"]),
        headlines=headlines(table, parameters["year"]),
        method=METHOD,
        parameters=parameters,
        version=_version(),
        notes=_notes(details["sources"]),
    )


def _notes(sources: Frame) -> tuple[str, ...]:
    """What a reader must know before reading the figures."""
    notes = ["World production is often of the mine stage, also beside refined forms: see world_measure."]
    if sources.rows and all(row["low"] is None for row in sources):
        told = "This edition's data release gives the order of import sources and no shares,"
        notes.append(f"{told} so the concentration of sources cannot be computed from it.")
    return tuple(notes)


def _publications(as_of: str) -> tuple[Source, ...]:
    """The edition shown, then the others it is compared with."""
    found_: dict[str, list[Row]] = {}
    for row in snapshots():
        found_.setdefault(row["as_of"], []).append(row)
    order = sorted(found_, key=lambda held: (held != as_of, held))
    return tuple(
        Source(
            held,
            found_[held][0]["title"],
            found_[held][0]["publisher"],
            found_[held][0]["doi"],
            found_[held][0]["licence"],
            tuple(row["snapshot"] for row in found_[held]),
        )
        for held in order
    )


def _version() -> str:
    """The installed version of monazite."""
    from importlib.metadata import version  # noqa: PLC0415 - slow to import

    return version("monazite")
