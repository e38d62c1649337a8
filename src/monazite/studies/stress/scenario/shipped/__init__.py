"""Scenarios that come with monazite: dates and depths as reported, or the question asked; none is fitted."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import UnknownCodeError
from monazite.studies.stress.scenario.read import read_scenario, scenario_of

if TYPE_CHECKING:
    from monazite.studies.stress.scenario.value import Scenario

ENDINGS = (".yaml", ".yml")


class Shipped(NamedTuple):
    """A scenario that comes with monazite."""

    id: str
    title: str


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every shipped scenario, in the order of its id.

    Examples
    --------
    >>> [one.id for one in shipped() if one.id.startswith("g")]
    ['gallium-2024', 'gallium-germanium-2023', 'gallium-germanium-2024', 'germanium-2024', 'graphite-2023']
    """
    return tuple(Shipped(name, _read(name).title) for name in _names())


def scenario(asked: str | Path) -> Scenario:
    """The scenario of that name, or in that file.

    Raises
    ------
    UnknownCodeError
        If none is called that; the message names the nearest.
    UsageError
        If a file cannot be read, or anything in it is wrong.

    Examples
    --------
    >>> scenario("gallium-2024").cuts[0].depth.central
    1.0
    >>> scenario("galium-2024")
    Traceback (most recent call last):
    monazite.errors.UnknownCodeError: no scenario named 'galium-2024'; nearest: gallium-2024, ...
    """
    if isinstance(asked, Path) or asked.lower().endswith(ENDINGS):
        return read_scenario(Path(asked))
    name = "-".join(asked.casefold().replace("_", " ").replace("-", " ").split())
    if name not in _names():
        raise UnknownCodeError("scenario", asked, _names(), "A file of yours ends in .yaml")
    return _read(name)


@cache
def _names() -> tuple[str, ...]:
    """Ids of the shipped scenarios."""
    found = (Path(one.name) for one in files(__package__).iterdir())
    return tuple(sorted(one.stem for one in found if one.suffix in ENDINGS))


@cache
def _read(name: str) -> Scenario:
    """A shipped scenario."""
    content = files(__package__).joinpath(f"{name}.yaml").read_bytes()
    return scenario_of(content, f"{name}.yaml", name)
