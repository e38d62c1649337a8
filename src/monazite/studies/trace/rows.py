"""Rows of the answer: origins, bands, codes, alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.studies.trace.origins import RECORDED, UNRECORDED, Share
from monazite.studies.trace.words import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monazite.codes.groups import Importer
    from monazite.schema.findings import Finding
    from monazite.studies.trace.goods import Goods
    from monazite.studies.trace.networks import Network
    from monazite.studies.trace.origins import Traced
    from monazite.studies.world.flows import Flows

Row = dict[str, Any]
NOTABLE = 0.0005
"""Shares below it on every count are left out of the table: five hundredths of a percent."""
BAND = 0.00001
"""Thinner bands are left out."""
MOST_WAYS = 3


def rows(network: Network, traced: Traced, told: Iterable[Finding]) -> list[Row]:
    """One row an origin, and one for a direct partner that is none; the largest first."""
    rules: dict[str, list[str]] = {}
    for one in told:
        rules.setdefault(one.subject, []).append(one.rule)
    found: dict[tuple[int, str], Share] = {(one.place, one.kind): one for one in traced.shares}
    for at in np.flatnonzero(traced.direct).tolist():
        if (at, RECORDED) not in found and (at, UNRECORDED) not in found:
            found[at, RECORDED] = Share(at, RECORDED, 0.0, 0.0, 0.0)  # a hub: nothing was produced there
    made = [_row(network, traced, share, rules) for share in found.values()]
    kept = [row for row in made if max(row["direct"], row["origin"], row["possible_high"]) >= NOTABLE]
    return sorted(kept, key=_largest)


def _largest(row: Row) -> tuple[float, float, str, str]:
    """Who sends or produces most comes first."""
    return (-max(row["direct"], row["origin"]), -row["possible_high"], row["country"], row["kind"])


def _row(network: Network, traced: Traced, share: Share, rules: dict[str, list[str]]) -> Row:
    """The row of one origin."""
    at, kind = share.place, share.kind
    country = network.countries[at]
    first = kind == RECORDED or not network.production[at]
    return {
        "country": country,
        "kind": kind,
        "name": _name(network, at, kind),
        "direct": float(traced.direct[at]) if first else 0.0,
        "origin": min(1.0, share.share),
        "possible_low": min(1.0, share.low),
        "possible_high": min(1.0, share.high),
        "amount": share.share * traced.imports,
        "unit": network.unit,
        "production": _production(network, at, kind),
        "role": _role(network, at),
        "through": _ways(network, traced, at, kind) or None,
        "findings": "; ".join(dict.fromkeys(rules.get(name_of(country), []))) or None,
    }


def _name(network: Network, at: int, kind: str) -> str:
    """The name of an origin, with what kind of supply it is."""
    told = name_of(network.countries[at])
    if at == network.abroad:
        return f"{told}, own exports returned"
    return told if kind == RECORDED else f"{told}, not recorded"


def _production(network: Network, at: int, kind: str) -> float | None:
    """What a country is recorded to produce; of the importer only its exports are in the network."""
    if network.unit != "t" or kind != RECORDED or at == network.abroad:
        return None
    return float(network.production[at])


def _role(network: Network, at: int) -> str:
    """What a country is in the network."""
    if at == network.abroad:
        return "own"
    if network.production[at]:
        return "producer"
    passes = network.flows[at].any() and network.flows[:, at].any()
    return "hub" if passes else "other"


def _ways(network: Network, traced: Traced, at: int, kind: str) -> str:
    """Direct partners an origin's goods come through, other than itself."""
    bands = traced.bands[at + (len(network.countries) if kind == UNRECORDED else 0)]
    order = [one for one in np.argsort(-bands, kind="stable").tolist() if bands[one] >= NOTABLE and one != at]
    return ", ".join(name_of(network.countries[one]) for one in order[:MOST_WAYS])


def band_rows(network: Network, traced: Traced) -> Iterator[Row]:
    """Origin, partner, share; the largest first."""
    n = len(network.countries)
    order = np.argsort(-traced.bands, axis=None, kind="stable")
    for place in order.tolist():
        row, partner = divmod(place, traced.bands.shape[1])
        share = float(traced.bands[row, partner])
        if share < BAND:
            return
        kind = UNRECORDED if row >= n else RECORDED
        origin = network.countries[row % n]
        yield {
            "origin": origin,
            "kind": kind,
            "partner": network.countries[partner],
            "origin_name": name_of(origin) + (", not recorded" if kind == UNRECORDED else ""),
            "partner_name": name_of(network.countries[partner]),
            "share": min(1.0, share),
        }


def code_rows(
    every: tuple[Goods, ...], used: tuple[Goods, ...], flows: Flows, buyer: Importer
) -> Iterator[Row]:
    """Each code of the material with what it is used as, or why it is not."""
    mine = np.isin(flows.importer, buyer.members) & ~np.isin(flows.exporter, buyer.members)
    for one in sorted(every, key=lambda goods: (goods not in used, bool(goods.used), goods.code)):
        under = flows.code == one.code
        value = flows.value_usd[under].sum()
        missing = flows.value_usd[under & np.isnan(flows.mass_t)].sum()
        yield {
            "code": one.code,
            "nomenclature": flows.nomenclature,
            "stage": one.stage,
            "form": one.form,
            "used": "yes" if one in used else one.used or f"of another stage: {one.pool}",
            "content": one.content if one in used else None,
            "content_low": None if one.gross else one.low,
            "content_high": None if one.gross else one.high,
            "imports_usd": float(flows.value_usd[under & mine].sum()) if one in used else None,
            "without_mass": float(missing / value) if value else None,
        }


def alarm_rows(alarms: list[Row]) -> Iterator[Row]:
    """Alarms with names."""
    for one in alarms:
        names = {"origin_name": name_of(one["origin"]), "through_name": name_of(one["through"])}
        yield {**one, **names}
