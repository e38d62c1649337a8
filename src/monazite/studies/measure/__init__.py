"""Concentration of supply for every importer, product and year of BACI, or for those asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.groups import importer
from monazite.errors import UsageError
from monazite.results.frame import Frame
from monazite.results.result import Source
from monazite.schema.findings import finding
from monazite.schema.measure import MEASURE, MEASURE_CODE
from monazite.studies.measure.everything import Measured, measure_all
from monazite.studies.measure.selection import Asked, select
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.health.traded import publications
from monazite.studies.world import held
from monazite.studies.world.flows import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.measure.selection import Selected
    from monazite.studies.nomenclature.answer import Answer

__all__ = ["QUESTION", "Measured", "measure", "measure_all"]

QUESTION = "From how few countries does each importer buy each product, and how stable are they?"
METHOD = (
    "Values of BACI by importer, exporter and six-digit code, each rounded to whole dollars, summed exactly:"
    " the same bits on any machine. The Herfindahl–Hirschman index of an importer's suppliers has bounds"
    " where partners are not named: many small ones, or one. Weighted by governance, each square is"
    " multiplied by the supplier's political instability, (2.5 − score) / 5 of the World Bank's estimate,"
    " cut to 0 to 1; a country without a score counts from 0 to 1. N−1 is what remains of the imports"
    " without the leading supplier. GeoDep's criteria are CEPII's: index of imports above 0.4, index of the"
    " world's exports above 0.4, imports above exports; persistent where they hold in two of three years."
    " Of a group of importers, trade among its members is left out."
)

_BOUNDED = {
    "partner-unspecified": ("partners not named hold so much that indices have wide bounds", "countries"),
    "governance-missing": (
        "suppliers without a score hold so much that the index has wide bounds",
        "a score",
    ),
}


def measure(  # noqa: PLR0913 - what is asked for, by name
    importers: Sequence[str] = (),
    codes: Sequence[str] = (),
    years: Sequence[int] = (),
    *,
    nomenclature: str = "",
    as_of: str = "",
    store: Store | Path | str | None = None,
) -> Answer:
    """Concentration of supply of some importers and products: one row an importer, code and year.

    Parameters
    ----------
    importers
        Countries by code or name, ``EU27`` and other groups, or files of members; all countries if none.
    codes
        Six-digit codes; all if none.
    years
        Calendar years; the latest at hand if none.
    nomenclature, as_of
        Edition of the codes and vintage; the only one and the latest of each year if not given.
    store
        The store, or its folder; the user's own by default. Where it holds no BACI, the slice of
        minerals that is shipped answers.

    Returns
    -------
    Answer
        Rows of ``measure``; ``details["codes"]`` tells which codes live.

    Raises
    ------
    UsageError
        If neither an importer nor a code is named, or several nomenclatures are loaded.
    UnknownCodeError
        If nobody knows an importer.
    DataMissingError
        If a year is not at hand, or a code has no trade in any.

    References
    ----------
    .. [1] CEPII. BACI: International Trade Database at the Product Level.

    Examples
    --------
    Imports of natural graphite into the United States, of what is shipped [1]_:

    >>> row = measure(["USA"], ["250410"], [2022], store="nowhere").table.one()
    >>> row["leading_exporter"], round(row["leading_share"], 2), round(row["hhi_low"], 2), row["geodep"]
    ('CHN', 0.74, 0.56, False)
    """
    if not importers and not codes:
        raise UsageError("name an importer or a code; measure_all measures all of them.")
    place, who = held(store), tuple(importer(one) for one in importers)
    asked = Asked(who, tuple(dict.fromkeys(codes)), tuple(sorted(set(years))), nomenclature, as_of)
    found = select(place, asked)
    return answer(
        _title(asked, found),
        Frame(MEASURE, tuple(found.rows)),
        method=METHOD,
        parameters={
            "importers": [one.name for one in who],
            "codes": list(asked.codes),
            "years": [one.year for one in found.editions],
        },
        details={"codes": Frame(MEASURE_CODE, tuple(found.codes))},
        findings=_findings(asked, found),
        sources=_sources(place, found),
        question=QUESTION,
        study="measure",
    )


def _title(asked: Asked, found: Selected) -> str:
    """What was asked."""
    whose = ", ".join(one.name for one in asked.importers) or "every importer"
    what = ", ".join(asked.codes) or "every product"
    when = ", ".join(str(one.year) for one in found.editions)
    return f"Concentration of supply: {whose}; {what}; {when}"


def _findings(asked: Asked, found: Selected) -> Iterator[Finding]:
    """Codes that died, codes without a row, rows whose partners are not named."""
    last = found.editions[-1]
    where = f"BACI {last.nomenclature} {last.as_of}"
    for row in found.codes:
        if row["status"] == "dead" and row["dead_since"] <= last.year:
            told = f"its trade is below a tenth of ${row['usual_usd']:,.0f} since {row['dead_since']}"
            later = f"its goods under {row['taken_over_by']}" if row["taken_over_by"] else "another code"
            yield finding("code-dead", row["code"], where=where, found=told, expected=later)
    years = ", ".join(str(one.year) for one in found.editions)
    for whose, code in _absent(asked, found):
        told, expected = f"no import of it {whose}in {years}", "imports; none is not the same as safe"
        yield finding("no-data", code, where=where, found=told, expected=expected)
    for rule, (told, expected) in _BOUNDED.items():
        if rows := sum(rule in (row["findings"] or "") for row in found.rows):
            yield finding(rule, "measure", where=where, found=told, expected=expected, rows=rows)
    if len(several := sorted({one.as_of for one in found.editions})) > 1:
        told = f"years of the editions {', '.join(several)}"
        yield finding("not-comparable", "measure", where=where, found=told, expected="one edition")


def _absent(asked: Asked, found: Selected) -> list[tuple[str, str]]:
    """Importers and codes asked for of which there is no row."""
    there = {(row["importer"], row["code"]) for row in found.rows}
    if not asked.importers:
        return [("", code) for code in asked.codes if code not in {one for _, one in there}]
    return [
        (f"by {one.name} ", code)
        for one in asked.importers
        for code in asked.codes
        if (one.id, code) not in there
    ]


def _sources(store: Store, found: Selected) -> list[Source]:
    """What the rows were read from."""
    shipped = shipped_sources(SOURCE, "wgi")
    used = {one.as_of for one in found.editions}
    loaded = [
        Source(row["as_of"], row["title"], row["publisher"], row["doi"], row["licence"], tuple(row["files"]))
        for row in publications(store, [SOURCE, "wgi"])
    ]
    trade = [one for one in (*loaded, *shipped) if one.as_of in used][: len(used)]
    return [*trade, *[one for one in (*loaded, *shipped) if "overnance" in one.title][:1]]
