"""The stages a material passes through, from ore to scrap; a controlled vocabulary."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from collections.abc import Mapping

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "ore": "Ores and concentrates.",
        "intermediate": "Oxides, compounds and chemical intermediates.",
        "refined": "Refined or unwrought metal, and processed mineral.",
        "product": "Manufactured product.",
        "scrap": "Waste and scrap.",
        "all": "All forms the source counts together.",
    },
)
"""Stage and its meaning, in the order of processing."""


def stage(query: str) -> str:
    """Return the stage of this name, whatever its case.

    Raises
    ------
    UnknownCodeError
        If there is no such stage.

    Examples
    --------
    >>> stage("Refined")
    'refined'
    """
    wanted = query.strip().casefold()
    if wanted not in STAGES:
        raise UnknownCodeError("stage", query, STAGES, f"Stages: {', '.join(STAGES)}")
    return wanted
