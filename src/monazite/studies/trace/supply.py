"""Production behind a trace: which series, in which year, as content where its formula is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.codes.material_codes import content_of
from monazite.codes.materials import material as material_of
from monazite.errors import DataMissingError, MethodError, UnknownCodeError
from monazite.studies.trace.goods import ORE, REFINED
from monazite.studies.world.production import world_production

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.store.home import Store
    from monazite.studies.world.production import Production


class Made(NamedTuple):
    """What each country produces in t as it is counted here, and the series it is of."""

    amounts: Mapping[str, float]
    production: Production
    content: bool


def made(name: str, pool: str, year: int, store: Store) -> Made | None:
    """Production of the stage that is traced, else of the mine; nothing where none is known in t."""
    for stage in (ORE,) if pool == ORE else (REFINED, None):
        try:
            found = world_production(name, year, store, stage=stage)
        except DataMissingError:
            continue
        if found.unit == "t":
            factor, known = _content(name, found.formula)
            return Made({one: factor * amount for one, amount in found.amounts().items()}, found, known)
    return None


def _content(name: str, formula: str) -> tuple[float, bool]:
    """Content of what is counted; 1 where no formula tells it."""
    try:
        return content_of(material_of(name).id, formula), True
    except (MethodError, UnknownCodeError):
        return 1.0, False
