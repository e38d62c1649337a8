"""The world as small maps need it: shapes, and where a country's name goes."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

Ring = list[list[float]]
# Equal Earth: Šavrič, Patterson & Jenny (2018), doi:10.1080/13658816.2018.1504949
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_WIDTH = 2.7066299836960748
LEFT_OUT = frozenset({"ATA"})


@cache
def world() -> dict[str, Any]:
    """Shapes and points by country; see the file's README for where they come from."""
    text = (Path(__file__).parent.parent / "data" / "world.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def feature(code: str, properties: dict[str, Any]) -> dict[str, Any]:
    """A country's shape as GeoJSON, with what is to be shown of it."""
    shape = {"type": "MultiPolygon", "coordinates": world()["shapes"][code]}
    return {"type": "Feature", "code": code, **properties, "geometry": shape}


def place(code: str) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of a country's largest part."""
    drawn = world()
    if code in drawn["shapes"]:
        return middle(
            max((part[0] for part in drawn["shapes"][code]), key=lambda ring: abs(doubled_area(ring)))
        )
    point = drawn["points"].get(code)
    return (point[0], point[1]) if point else None


def doubled_area(ring: Ring) -> float:
    """Twice the signed area of a ring, in square degrees."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def middle(ring: Ring) -> tuple[float, float]:
    """Centroid of a ring."""
    edges = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    scale = 3 * doubled_area(ring)
    return (
        round(sum((a[0] + b[0]) * cross for a, b, cross in edges) / scale, 2),
        round(sum((a[1] + b[1]) * cross for a, b, cross in edges) / scale, 2),
    )


def projected(longitude: float, latitude: float, scale: float) -> tuple[float, float]:
    """Where Equal Earth puts a place, in pixels from the middle of the map."""
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    across = math.radians(longitude) * math.cos(angle) * 2 / (math.sqrt(3) * slope)
    up = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return scale * across, -scale * up
