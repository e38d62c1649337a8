"""What in a scenario contradicts itself, or cuts nothing."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes import products
from monazite.codes.materials import members
from monazite.studies.stress.scenario.names import importers
from monazite.studies.stress.scenario.value import ALL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from monazite.studies.stress.scenario.value import Cut, Scenario


class Conflict(NamedTuple):
    """What contradicts: of which cut, under which key, what was found and what was expected."""

    cut: int
    key: str
    found: str
    expected: str


def conflicts(scenario: Scenario) -> Iterator[Conflict]:
    """Everything that contradicts itself, cut by cut, then pair by pair.

    Examples
    --------
    >>> from monazite.studies.stress.scenario.value import Cut, Scenario, certain
    >>> halt = Scenario("halt", "Halt", (Cut(("gallium",), ("USA",), certain(0.0, "1")),))
    >>> [(one.key, one.found) for one in conflicts(halt)]
    [('countries', 'the importer USA among those who cut'), ('depth', '0')]
    """
    importing = importers(scenario.importer)
    for at, cut in enumerate(scenario.cuts):
        yield from (Conflict(at, *told) for told in _who(cut, importing))
        yield from (Conflict(at, *told) for told in _how(cut))
        if cut.start_month >= scenario.horizon_months:
            found = f"month {cut.start_month}, after a horizon of {scenario.horizon_months} months"
            yield Conflict(at, "start_month", found, "a cut that begins within the horizon")
    yield from _pairs(scenario.cuts)


def _who(cut: Cut, importing: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Contradictions in who cuts whom."""
    if home := sorted(set(importing) & set(cut.countries)):
        yield "countries", f"the importer {home[0]} among those who cut", "other countries"
    if own := sorted(set(cut.countries) & set(cut.against)):
        yield "against", f"{own[0]}, which cuts, among those it cuts off", "other countries"
    if ALL in cut.against:
        yield "against", ALL, "named countries; leave it out for everybody"
    goods = {one.id for one in products.products()}.intersection(cut.materials)
    if goods and cut.stages and "product" not in cut.stages:
        told = f"{', '.join(cut.stages)} of {min(goods)}"
        yield "stages", told, "the stage product, or none, for a product"


def _how(cut: Cut) -> Iterator[tuple[str, str, str]]:
    """Contradictions in how deep and how long."""
    if not cut.of_price and cut.depth.high == 0:
        yield "depth", "0", "a share above 0: a cut of nothing is no cut"
    if cut.of_price and cut.depth.high > 0:
        yield "depth", f"a depth beside a {cut.kind}", f"none: a {cut.kind} removes nothing by itself"
    for kind, key, value in (("tariff", "rate", cut.rate), ("floor", "floor", cut.floor)):
        if cut.kind == kind and (value is None or value.high == 0):
            yield key, f"a {kind} without {'a rate' if key == 'rate' else 'a price'}", f"{key}: above 0"
        if cut.kind != kind and value is not None:
            yield key, f"{key} beside a {cut.kind}", f"it with kind: {kind} only"
    if cut.months is not None and cut.months.low <= 0:
        yield "months", f"{cut.months.low:g} months", "more than 0"


def _pairs(cuts: Sequence[Cut]) -> Iterator[Conflict]:
    """Two cuts of the same thing by the same country in the same months."""
    for (first, one), (second, other) in combinations(enumerate(cuts), 2):
        if one.of_price != other.of_price or not _together(one, other):
            continue
        if shared := _shared(one, other):
            found = f"{shared} cut by the same country in the same months as in cut {first + 1}"
            yield Conflict(second, "", found, "one cut of a thing at a time")


def _together(one: Cut, other: Cut) -> bool:
    """Whether two cuts overlap in time, in who cuts, whom and which stage."""
    in_time = one.start_month < other.last_month and other.start_month < one.last_month
    whom = not one.against or not other.against or set(one.against) & set(other.against)
    stage = not one.stages or not other.stages or set(one.stages) & set(other.stages)
    who = ALL in (*one.countries, *other.countries) or set(one.countries) & set(other.countries)
    return bool(in_time and whom and stage and who)


def _shared(one: Cut, other: Cut) -> str:
    """A material of both cuts, as a member of a group if need be; empty if there is none."""
    if ALL in (*one.materials, *other.materials):
        return "everything"
    first, second = (set().union(*map(_counted, cut.materials)) for cut in (one, other))
    return min(first & second, default="")


@cache
def _counted(identifier: str) -> frozenset[str]:
    """A material and the members of it, if it is a group."""
    if identifier in {one.id for one in products.products()}:
        return frozenset({identifier})
    return frozenset({identifier, *(one.id for one in members(identifier))})
