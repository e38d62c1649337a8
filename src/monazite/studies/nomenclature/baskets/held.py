"""What the materials map says that the ten-digit codes of the US tariff hold."""

from __future__ import annotations

from typing import NamedTuple

from monazite.codes.material_codes import material_codes

TARIFF = "HTS2025"
"""The edition of the tariff that the materials map speaks of."""


class Held(NamedTuple):
    """A code holds a material: the lowest and highest share of its value that may be that material."""

    material: str
    code: str
    share_low: float
    share_high: float


def held_under(code: str) -> tuple[Held, ...]:
    """What the ten-digit codes under a code hold; a share nobody states of the value may be any."""
    return tuple(
        Held(one.material, one.code, one.share_low or 0.0, 1.0 if one.share_high is None else one.share_high)
        if one.share_of == "value"
        else Held(one.material, one.code, 0.0, 1.0)
        for one in material_codes()
        if one.nomenclature == TARIFF and one.code.startswith(code)
    )
