"""What a scenario file allows to be done against its cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from monazite.sources.own.outline import Series, choice, entries
from monazite.studies.stress.scenario import names
from monazite.studies.stress.scenario.amounts import MONTHS, SHARE, amount, switch, switch_or
from monazite.studies.stress.scenario.value import RATIONING, AlliedSupply, Recycling, Responses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monazite.sources.own.outline import Node
    from monazite.studies.stress.scenario.problems import Problems
    from monazite.studies.stress.scenario.value import Rationing


def responses_of(node: Node, problems: Problems) -> Responses:
    """What may be done; what is wrong is added to the problems."""
    given = problems.keys(node, KEYS)
    read: dict[str, Any] = {}
    for key, value in given.items():
        found = problems.attempt(lambda key=key, value=value: _READERS[key](value), None)  # type: ignore[misc]
        read |= {} if found is None else {key: found}
    return Responses(**read)


def _allied(node: Node) -> AlliedSupply:
    """New supply from friends."""
    return AlliedSupply(**_parts(node, _ALLIED))


def _recycling(node: Node) -> Recycling:
    """More recycling."""
    return Recycling(**_parts(node, _RECYCLING))


def _parts(node: Node, readers: Mapping[str, Callable[[Node], Any]]) -> dict[str, Any]:
    return {key: readers[key](value) for key, value in entries(node, readers).items()}


def _share(node: Node) -> Any:  # noqa: ANN401 - a judgement, as the keyword it fills
    return amount(node, SHARE)


def _months(node: Node) -> Any:  # noqa: ANN401 - as above
    return amount(node, MONTHS)


def _countries(node: Node) -> tuple[str, ...]:
    nobody = isinstance(node, Series) and not node.items
    return () if nobody else names.several(node, names.country_ids)


_ALLIED = {"share": _share, "delay_months": _months, "build_months": _months, "countries": _countries}
_RECYCLING = {"share": _share, "ramp_months": _months}
_READERS: dict[str, Callable[[Node], Any]] = {
    "idle_capacity": lambda node: switch_or(node, _share),
    "allied_supply": lambda node: switch_or(node, _allied),
    "stock_release": lambda node: switch_or(node, _months),
    "substitution": switch,
    "recycling": lambda node: switch_or(node, _recycling),
    "thrift": switch,
    "rerouting": switch,
    "rationing": lambda node: cast("Rationing", choice(node, RATIONING)),
}
KEYS = tuple(_READERS)
"""What the responses may say, in the order in which it is written."""
