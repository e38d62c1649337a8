"""Names, headlines and notes of the answer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monazite.codes.countries import countries
from monazite.results.result import Headline
from monazite.results.words import listed, percent, percent_range, sentence
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.trace.goods import ORE, REFINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.results.frame import Frame
    from monazite.studies.trace.contents import Ends
    from monazite.studies.trace.goods import Goods
    from monazite.studies.trace.networks import Network
    from monazite.studies.trace.supply import Made

MOST_ASIDE = 3
"""Products named that are not traced."""


def name_of(code: str) -> str:
    """Name of a country or area; a code or group no list holds is its own name.

    >>> name_of("CHN"), name_of("EU27")
    ('China', 'EU27')
    """
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    """Names by id."""
    return {one.id: one.name for one in countries()}


def headlines(table: Frame, material: str, importer: str) -> tuple[Headline, ...]:
    """The leading direct partner, the leading origin, and what has no recorded origin."""
    partner = max(table, key=lambda row: row["direct"])
    origin = max(table, key=lambda row: (row["role"] != "own", row["origin"]))
    ends = percent_range(origin["possible_low"], origin["possible_high"])
    unknown = sum(row["origin"] for row in table if row["kind"] != "recorded")
    return (
        Headline(
            f"{sentence(material)}: leading partner of {importer}",
            percent(partner["direct"]),
            partner["name"],
        ),
        Headline("Leading origin", percent(origin["origin"]), f"{origin['name']}; possible {ends}"),
        Headline("Origin not recorded", percent(unknown), "exports beyond production and imports"),
    )


def notes(
    used: tuple[Goods, ...],
    every: tuple[Goods, ...],
    source: Made | None,
    network: Network,
    content: Ends | None,
) -> tuple[str, ...]:
    """What a reader must know before reading the shares."""
    codes = ", ".join(one.code for one in used)
    told = [f"Traced: {', '.join(dict.fromkeys(one.stage for one in used))} under {codes}."]
    if source:
        where = f"{source.production.label} ({source.production.source.as_of}), {source.production.year}"
        told.append(f"Origin is where the material was produced at stage {source.production.stage}: {where}.")
    else:
        told.append("By value: who exports more than it imports counts as producer; production is not used.")
    if network.imputed:
        told.append(
            f"{percent(network.imputed)} of the world's value has no recorded mass; it is estimated from the"
            " code's usual value per tonne."
        )
    return (*told, *_of_content(content, used), *_aside(every))


def _of_content(content: Ends | None, used: tuple[Goods, ...]) -> Iterator[str]:
    """How far the leading share hangs on the content taken."""
    if content:
        gross = [one.code for one in used if one.gross]
        unknown = (
            f"; that of {listed(gross)} is not known: gross weight is taken, as the least a tenth (judgement)"
            if gross
            else ""
        )
        name = name_of(content.country) + (", not recorded" if content.kind != "recorded" else "")
        yield (
            f"With the least and the most the goods may contain, {name} is"
            f" {percent_range(content.low, content.high)} of the imports{unknown}."
        )


def _aside(every: tuple[Goods, ...]) -> Iterator[str]:
    """Products and scrap, which are not traced."""
    aside = [one for one in every if one.pool not in (ORE, REFINED)]
    if aside:
        named = [f"{dotted(one.code, NOMENCLATURE)} ({one.form.partition(';')[0]})" for one in aside]
        more = [f"{len(named) - MOST_ASIDE} more"] if len(named) > MOST_ASIDE else []
        yield f"Not traced: products and scrap under {listed([*named[:MOST_ASIDE], *more])}."
