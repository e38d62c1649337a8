"""The assumptions about one subject: published figures where there are any, judgements where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.codes.elasticities import elasticities
from monazite.codes.own_use import own_use
from monazite.codes.rerouting import rerouting
from monazite.errors import DataMissingError
from monazite.results.words import edition
from monazite.schema.judgement import Judgement
from monazite.studies.stress.inputs import NONE, between, certain
from monazite.studies.stress.scenario import ALL, AlliedSupply, Recycling
from monazite.studies.stress.scenario.names import importers
from monazite.studies.stress.stocks import government_stock, stock_to_use
from monazite.studies.stress.supply import Aimed
from monazite.studies.world.capacity import idle_outside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from monazite.studies.stress.inputs import Inputs
    from monazite.studies.stress.scenario import Cut, Responses, Scenario
    from monazite.studies.stress.subjects import Ends, Subject

OUR = "our judgement: "
REFINES = 0.9
"""Most of the world's refining that one country is taken to do where no shares are read."""
CHOKE = Judgement(
    10.0,
    26.0,
    60.0,
    "1",
    "dysprosium oxide rose 26-fold from January 2009 to August 2011 (91 to 2,377 USD/kg), the largest rise"
    " of a restricted material we read of; ends are ours. Elasticities say nothing of dearer prices",
    "S",
)
UNCOUNTED = certain(0.0, "1", "nobody says how much: none is counted unless the scenario gives a share", "C")
NO_SUBSTITUTES = certain(
    0.0, "1", "the scenario allows no substitution: it stays what it is within a year", "C"
)
NO_MONTHS = certain(0.0, "month", "the scenario does not allow it", "C")
REDIRECTED = Judgement(
    0.4, 0.8, 1.0, "1", OUR + "who is cut off from one market sells most of it in others within months", "U"
)
DIVERTIBLE = Judgement(
    0.05,
    0.25,
    0.6,
    "1",
    OUR + "contracts and grades tie other producers to their buyers for a year or more",
    "U",
)
MARKET = Judgement(0.03, 0.1, 0.25, "1", OUR + "share of one large importer in what is traded", "U")
UNTOLD = Judgement(0.05, 0.3, 0.8, "1", OUR + "nobody publishes this supplier's share", "U")
NONE_MADE = certain(0.0, "1", "it is not among the producers that are published", "C")
ALL_USE = Judgement(
    0.3, 0.5, 0.8, "1", OUR + "about half of the world's output is used where it is made", "U"
)
SHORT_LIVED = Judgement(6, 12, 24, "month", OUR + "recycling plants and contracts take a year or two", "U")
DELAYS = Judgement(12, 24, 36, "month", OUR + "friendly projects that are permitted take two years", "U")
HORIZON = "the scenario: to the end of the horizon"


def assume(inputs: Inputs, subject: Subject, cuts: Sequence[Cut], scenario: Scenario) -> tuple[Aimed, ...]:
    """Tell every input of a subject; its cuts, each with the name its inputs begin with."""
    key = subject.key
    cutters = sorted({one for cut in cuts for one in cut.countries if one != ALL})
    _market(inputs, subject, cutters, scenario.responses)
    _responses(inputs, key, subject, scenario.responses)
    return tuple(
        _aimed(inputs, subject, cut, f"cut{number}" if len(cuts) > 1 else "cut", scenario)
        for number, cut in enumerate(cuts, start=1)
    )


def _market(inputs: Inputs, subject: Subject, cutters: Collection[str], allowed: Responses) -> None:
    """Elasticities and idle capacity."""
    key, name, stage = subject.key, subject.name, subject.stage
    found = elasticities(subject.material, stage)
    for one, told in (
        ("demand_short", "elasticity of demand within a year"),
        ("demand_long", "elasticity of demand in the long run"),
        ("supply_short", "elasticity of other producers' supply within a year"),
        ("supply_long", "elasticity of other producers' supply in the long run"),
        ("adjustment", "months from short to long run"),
    ):
        stays = one == "demand_long" and not allowed.substitution
        inputs.add(f"{key}:{one}", f"{name}: {told}", NO_SUBSTITUTES if stays else getattr(found, one))
    idle = idle_outside(subject.material, stage, cutters)
    allow = allowed.idle_capacity
    share = allow if isinstance(allow, Judgement) else idle.idle if allow else NONE
    inputs.add(f"{key}:idle", f"{name}: idle capacity of other producers, as a share of their output", share)
    inputs.add(f"{key}:idle_ramp", f"{name}: months until idle capacity runs", idle.ramp)


def _responses(inputs: Inputs, key: str, subject: Subject, allowed: Responses) -> None:
    """Stocks, and what comes on besides: allied supply and recycling, if the scenario tells how much."""
    name = subject.name
    inputs.add(f"{key}:stock", f"{name}: months of use in users' stocks", stock_to_use(subject.material))
    allow = allowed.stock_release
    release = (
        allow if isinstance(allow, Judgement) else government_stock(subject.material) if allow else NO_MONTHS
    )
    inputs.add(f"{key}:release", f"{name}: months of use released from public stocks", release)
    allied = allowed.allied_supply if isinstance(allowed.allied_supply, AlliedSupply) else AlliedSupply()
    for one, told, judged, other in (
        (
            "allied",
            "allied supply once built, as a share of use",
            allied.share,
            _uncounted(allowed.allied_supply),
        ),
        ("allied_delay", "months before allied supply begins", allied.delay_months, DELAYS),
        ("allied_build", "months until allied supply is built", allied.build_months, DELAYS),
    ):
        if one == "allied" or allied.share:
            inputs.add(f"{key}:{one}", f"{name}: {told}", judged or other)
    more = allowed.recycling if isinstance(allowed.recycling, Recycling) else Recycling()
    inputs.add(
        f"{key}:recycling",
        f"{name}: more recycling, as a share of use",
        more.share or _uncounted(allowed.recycling),
    )
    if more.share:
        inputs.add(
            f"{key}:recycling_ramp", f"{name}: months until it recycles more", more.ramp_months or SHORT_LIVED
        )


def _uncounted(allowed: object) -> Judgement:
    """Nothing: because it is forbidden, or because nobody says how much."""
    return UNCOUNTED if allowed else NONE


def _aimed(inputs: Inputs, subject: Subject, cut: Cut, label: str, scenario: Scenario) -> Aimed:
    """A cut, its inputs told.

    Raises
    ------
    DataMissingError
        If its price has a floor and no price is known.
    """
    key, name = f"{subject.key}:{label}", subject.name
    inputs.add(
        f"{subject.key}:choke", f"{name}: price multiple at which users are rationed, not outbid", CHOKE
    )
    who = ", ".join("all countries" if one == ALL else country(one).name for one in cut.countries)
    horizon = certain(scenario.horizon_months, "month", HORIZON, "C")
    inputs.add(f"{key}:depth", f"{name}: share of sales withheld by {who}", cut.depth)
    inputs.add(f"{key}:months", f"{name}: months the measure lasts", cut.months or horizon)
    if cut.rate:
        inputs.add(f"{key}:rate", f"{name}: duty", cut.rate)
    if cut.floor and not subject.price:
        raise DataMissingError(
            f"no price of {name} per mass is published, to compare a floor with: leave {name} out of the cut."
        )
    if cut.floor and subject.price:
        inputs.add(
            f"{key}:floor", f"{name}: floor as a multiple of the price", _relative(cut.floor, subject.price)
        )
    for told, meaning, judged in _shares(subject, cut, importers(scenario.importer)):
        inputs.add(f"{key}:{told}", f"{name}: {meaning} ({who})", judged)
    everybody = not cut.against
    hit = everybody or not set(importers(scenario.importer)).isdisjoint(cut.against)
    leak = rerouting(subject.material, subject.stage)
    judged = leak.everywhere if everybody else leak.targeted
    inputs.add(
        f"{key}:leak",
        f"{name}: share of the cut that arrives through third countries",
        cut.leakage or (judged if scenario.responses.rerouting else NONE),
    )
    if not everybody:
        _bloc(inputs, key, subject, scenario)
    return Aimed(label, cut, hit, everybody)


def _bloc(inputs: Inputs, key: str, subject: Subject, scenario: Scenario) -> None:
    """What a cut aimed at some importers takes besides."""
    allowed, name = scenario.responses.rerouting, subject.name
    inputs.add(f"{key}:market", f"{name}: the importers' share of the market outside", MARKET)
    inputs.add(f"{key}:redirected", f"{name}: share of the cut that is sold elsewhere", REDIRECTED)
    inputs.add(
        f"{key}:divertible",
        f"{name}: share of others' sales elsewhere that can be won over",
        DIVERTIBLE if allowed else NONE,
    )


def _shares(subject: Subject, cut: Cut, home: Collection[str]) -> Iterator[tuple[str, str, Judgement]]:
    """Shares of who cuts: of the importer's supply directly, of the world's, and what it keeps."""
    made, sent = _sum(subject.producers, cut.countries, home), _sum(subject.sources, cut.countries)
    told = edition(subject.as_of)
    if sent is not None:
        reliance = subject.reliance or (0.0, 1.0)
        ends = (sent[0] * reliance[0], min(1.0, sent[1] * reliance[1]))
        yield (
            "direct",
            "share of supply shipped from who cuts",
            between(*ends, "1", f"USGS {told}: import sources times reliance", "C"),
        )
    if made is not None and made[1] > 0:
        mined = between(*made, "1", subject.producers_label or f"USGS {told}", "V1")
        if subject.mined(cut.stages):
            yield "production", "share of what the world refines", _refined(mined)
        else:
            yield "production", "share of world production", mined
        yield "own_use", "share of its output it uses itself", _own_use(subject, cut)
    if sent is None and (cut.against or made is None or made[1] == 0):
        makes_none = made is not None and made[1] == 0
        yield "direct", "share of supply shipped from who cuts", NONE_MADE if makes_none else UNTOLD


def _refined(mined: Judgement) -> Judgement:
    """Share of what is refined: from what it mines itself to nearly all, other countries' ores included."""
    high = max(mined.high, REFINES)
    ends = f"from its share of mine production ({mined.central:.0%}) to {high:.0%}"
    source = f"{OUR}{ends}; no shares of refining are read here, and who refines buys ores"
    return Judgement(mined.low, (mined.low + high) / 2, high, "1", source, "U")


def _own_use(subject: Subject, cut: Cut) -> Judgement:
    """What the largest of the producers that cut uses itself; of all countries together nothing is known."""
    named = [one for one in cut.countries if one in subject.producers]
    if not named:
        return ALL_USE
    leading = max(named, key=lambda one: subject.producers[one][1])
    return own_use(subject.material, subject.stage, leading).judgement


def _sum(shares: Mapping[str, Ends], countries: Collection[str], home: Collection[str] = ()) -> Ends | None:
    """Shares of several countries together; of all, those not at home. None where nothing is published."""
    everywhere = tuple(countries) == (ALL,)
    if not shares and not everywhere:
        return None
    found = [shares[one] for one in (home if everywhere else countries) if one in shares]
    low, high = (min(sum(one[at] for one in found), 1.0) for at in (0, 1))
    return (1.0 - high, 1.0 - low) if everywhere else (low, high)


def _relative(floor: Judgement, price: float) -> Judgement:
    """A floor in USD/kg as a multiple of a price in USD/t."""
    low, central, high = (1000.0 * end / price for end in (floor.low, floor.central, floor.high))
    return Judgement(low, central, high, "1", floor.source, floor.tag)
