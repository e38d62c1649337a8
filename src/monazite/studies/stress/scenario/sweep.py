"""Every single-supplier cut for every material: a year without one country, for each that supplies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monazite.codes import groups
from monazite.codes.countries import countries, country
from monazite.codes.materials import material
from monazite.schema.judgement import Judgement
from monazite.studies.dependence.figures import balances, items
from monazite.studies.stress.scenario.amounts import MONTHS, SHARE
from monazite.studies.stress.scenario.value import Cut, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.dependence.figures import Balance

WHY = "the question asked of every supplier, a full halt for a year"
YEAR = 12


def sweep(importer: str = "USA") -> Iterator[Scenario]:
    """One scenario for each material and each country that supplies it, made when asked for.

    A country supplies a material if the latest shipped Mineral Commodity Summaries name it among the
    producers of the latest year, with a figure above zero or a withheld one, or among the sources of
    imports of the United States, whoever the importer of the scenario is. Materials without such figures
    of their own (single rare earths, which are counted together) are swept with their group. The
    importer's own supply is not cut.

    Examples
    --------
    >>> first = next(sweep())
    >>> first.id, first.title
    ('aluminum.ARE', 'United Arab Emirates sells no aluminum for a year')
    >>> sum(1 for _ in sweep())
    907
    """
    buyer = groups.importer(importer)
    for identifier, supplier in suppliers():
        if supplier not in buyer.members:
            yield _halt(identifier, supplier, buyer.id)


@cache
def suppliers() -> tuple[tuple[str, str], ...]:
    """Each material and each country that supplies it, in the order of their ids.

    >>> [code for name, code in suppliers() if name == "gallium"]
    ['CAN', 'CHN', 'DEU', 'JPN', 'RUS']
    """
    latest = max(as_of for as_of, _ in balances())
    today = {one.id for one in countries() if one.kind == "country"}
    found = {
        (str(items()[item]["material"]), code)
        for (as_of, item), balance in balances().items()
        if as_of == latest
        for code in (*_producers(balance), *(str(row["partner"]) for row in balance.sources))
        if code in today
    }
    return tuple(sorted(found))


def _producers(balance: Balance) -> Iterator[str]:
    """Countries that produce in the latest year, or may."""
    years = balance.terms.get("world-production", {})
    for figure in years[max(years)] if years else ():
        if figure.interval is None or figure.interval.high > 0:
            yield figure.country


def _halt(identifier: str, supplier: str, importer: str) -> Scenario:
    """One material without one country for a year."""
    depth = Judgement(1.0, 1.0, 1.0, SHARE, WHY, "U")
    months = Judgement(YEAR, YEAR, YEAR, MONTHS, WHY, "U")
    title = f"{country(supplier, 'iso3').name} sells no {material(identifier).name} for a year"
    cut = Cut((identifier,), (supplier,), depth, months=months)
    return Scenario(f"{identifier}.{supplier}", title, (cut,), importer=importer, horizon_months=2 * YEAR)
