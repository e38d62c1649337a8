"""What is known about one material before any measure: figures, partners, producers, trade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.studies.risk.factors import Factors

    Row = dict[str, Any]
    Ends = tuple[float, float]

HOME = "USA"
"""Of whom reliance and import sources are published."""


class Traded(NamedTuple):
    """What trade says of a material under its own codes: partners, the world's exporters, own exports.

    ``partners`` are shares of imports by value, ``exports`` those of the world's exports, of countries that
    are named only; ``imports_usd`` and ``exports_usd`` are the importer's. ``refused`` says why trade says
    nothing: no code of its own, a dead one, one of another stage, or, ``skipped``, not looked up.
    """

    codes: tuple[str, ...]
    partners: Mapping[str, Ends]
    exports: Mapping[str, Ends]
    imports_usd: float
    exports_usd: float
    refused: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is gathered about one material: its row of the dependence study, partners, producers.

    ``sources`` and ``producers`` are shares between two ends by country, of those that are named. ``growth``
    is that of world production in a year; ``eu`` are factors of the European Union where the user gives them;
    ``traded`` what trade of ``trade_year`` says of the material's own codes.
    """

    material: str
    name: str
    row: Row
    home: tuple[str, ...]
    sources: Mapping[str, Ends]
    producers: Mapping[str, Ends]
    growth: float | None
    eu: Factors | None
    traded: Traded
    trade_year: int
