"""What is doubtful about a trace: hubs, loops, surpluses, stages, bases, codes that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.results.words import listed, percent, percent_range
from monazite.schema.findings import finding
from monazite.studies.trace.words import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.schema.findings import Finding
    from monazite.studies.trace.contents import Ends
    from monazite.studies.trace.goods import Goods
    from monazite.studies.trace.networks import Network
    from monazite.studies.trace.origins import Traced
    from monazite.studies.trace.supply import Made

NOTABLE = 0.01
"""Share of the imports from which a hub or a surplus is told."""


def findings(  # noqa: PLR0913 - what may be doubtful, by name
    material: str,
    network: Network,
    traced: Traced,
    *,
    goods: tuple[tuple[Goods, ...], tuple[Goods, ...]],
    source: Made | None,
    content: Ends | None,
    alarmed: list[dict[str, Any]],
    asked: str,
) -> tuple[Finding, ...]:
    """Every finding of one trace; ``goods`` are the codes used, and those that might have been."""
    where = f"trace of {material}"
    return (
        *_of_codes(material, goods[1], where),
        *_of_production(material, goods[0], source, content, where, asked=asked),
        *_of_quantities(material, network, source, where),
        *_of_countries(network, traced, where),
        *_of_alarms(alarmed, where),
    )


def _of_codes(material: str, every: tuple[Goods, ...], where: str) -> Iterator[Finding]:
    """Codes that are missing, dead or shared."""
    gone = [one.code for one in every if one.used == "not in the data"]
    if gone:
        told = f"not in the data: {', '.join(gone[:5])}{f' and {len(gone) - 5} more' if gone[5:] else ''}"
        yield finding(
            "coverage-partial", material, where=where, found=told, expected="every code", rows=len(gone)
        )
    for one in every:
        told = f"{one.code} {one.used}"
        if one.used.startswith("lost"):
            yield finding("code-dead", material, where=where, found=told, expected="a code that lives")
        if one.used.startswith("shared"):
            yield finding("code-basket", material, where=where, found=told, expected="a code of its own")


def _of_production(  # noqa: PLR0913 - what may be doubtful, by name
    material: str,
    used: tuple[Goods, ...],
    source: Made | None,
    content: Ends | None,
    where: str,
    *,
    asked: str,
) -> Iterator[Finding]:
    """Production that is missing or of another stage; gross weight beside content."""
    if source is None:
        if asked == "mass":
            told = "no production by country in t; traced by value"
            yield finding("data-missing", material, where=where, found=told, expected="production by country")
        return
    if source.production.stage != used[0].pool:
        told = f"production is of stage {source.production.stage}, trade of {used[0].pool}"
        yield finding("stage-mismatch", material, where=where, found=told, expected="one stage")
    gross = [one.code for one in used if one.gross]
    if gross and (source.content or source.production.basis in ("content", "oxide")):
        counted = source.production.formula or source.production.basis
        ends = f": {name_of(content.country)} {percent_range(content.low, content.high)}" if content else ""
        told = f"gross weight under {', '.join(gross)} beside production in {counted}{ends}"
        yield finding("basis-mixed", material, where=where, found=told, expected="content on both sides")


def _of_quantities(material: str, network: Network, source: Made | None, where: str) -> Iterator[Finding]:
    """Flows without a mass, and producers without a figure."""
    if network.imputed >= NOTABLE:
        told = (
            f"{percent(network.imputed)} of the value has no mass; estimated from the usual value per tonne"
        )
        yield finding("quantity-missing", material, where=where, found=told, expected="a mass of every flow")
    others = {*network.countries} - {network.countries[network.home]}
    silent = [one for one in source.production.silent if one in others] if source else []
    if silent:
        told = f"production of {listed(map(name_of, silent))} is not given: its exports stand as not recorded"
        yield finding("withheld", material, where=where, found=told, expected="a figure", rows=len(silent))


def _of_countries(network: Network, traced: Traced, where: str) -> Iterator[Finding]:
    """Loops, hubs and surpluses that matter to the importer."""
    for members in network.loops:
        names = ", ".join(map(name_of, members))
        told = "they take only from one another and none produces; their flows were taken out"
        yield finding("loop-closed", names, where=where, found=told, expected="a producer that reaches them")
    for at, country in enumerate(network.countries):
        if at in (network.home, network.abroad):
            continue
        sent, name = float(traced.direct[at]), name_of(country)
        passed = network.flows[at].any() and network.flows[:, at].any()
        if sent >= NOTABLE and passed and not network.production[at]:
            makes = (
                "exports no more than it imports" if network.unit == "USD" else "has no recorded production"
            )
            told = f"sends {percent(sent)} of the imports and {makes}"
            yield finding("hub", name, where=where, found=told, expected="production, or another origin")
        mine = float(traced.bands[len(network.countries) + at].sum())
        if mine >= NOTABLE:
            told = (
                f"exports {network.unrecorded[at]:,.0f} {network.unit} beyond production and imports, at the"
                f" contents taken: {percent(mine)} of the imports"
            )
            yield finding("supply-unrecorded", name, where=where, found=told, expected="exports covered")


def _of_alarms(alarmed: list[dict[str, Any]], where: str) -> Iterator[Finding]:
    """One finding for each country goods may have been shipped through."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for one in alarmed:
        seen.setdefault(one["through"], []).append(one)
    for through, each in seen.items():
        first = each[0]
        told = (
            f"{first['year']}: {first['fall_usd'] / 1e6:,.1f} M USD less from {name_of(first['origin'])},"
            f" {percent(first['covered'])} of that more through {name_of(through)}"
        )
        yield finding(
            "transshipment", name_of(through), where=where, found=told, expected="a producer", rows=len(each)
        )
