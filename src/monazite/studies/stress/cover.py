"""Essential demand: defence and health first in line, or cut like everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.codes.essential import essential
from monazite.errors import UnknownCodeError
from monazite.methods.stocks import draw_down
from monazite.methods.stocks.drawing import first_month
from monazite.schema.material_map import TAGS
from monazite.studies.stress.inputs import MARKET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from monazite.studies.stress.inputs import Inputs
    from monazite.studies.stress.subjects import Subject
    from monazite.studies.stress.supply import Path

    Array = NDArray[np.float64]

OTHER = "other"
MOST = 0.99
"""Essential uses together take no more of a material, so that others remain."""
ROUNDING = 1e-9


class Cover(NamedTuple):
    """One sector's essential demand, for every draw: t a year, months of cover, deepest shares unmet."""

    material: str
    stage: str
    sector: str
    demand: Array
    cover: Array
    alike: Array
    priority: Array
    tag: str


def tell(inputs: Inputs, subject: Subject) -> None:
    """Tell essential shares of a subject."""
    for one in _essential(subject):
        inputs.add(f"{subject.key}:{one.sector}", f"{subject.name}: share of use for {one.sector}", one.share)


def cover(
    subjects: Mapping[str, Subject], paths: Mapping[str, Path], values: Mapping[str, Array], inputs: Inputs
) -> Iterator[Cover]:
    """Every sector of every subject: defence, health, and all others after them."""
    for key, subject in subjects.items():
        told = [one for one in _essential(subject) if f"{key}:{one.sector}" in values]
        path = paths[key]
        taken = np.zeros(len(path.cut))
        tags = inputs.tags(key, (*MARKET, "stock", "release"))
        alike = path.shortage.max(1)
        for one in told:
            share = np.minimum(values[f"{key}:{one.sector}"], MOST - taken)
            tags.append(one.share.tag)
            yield _first(subject, path, one.sector, taken, share, alike, max(tags, key=TAGS.index))
            taken = taken + share
        if told:
            yield _rest(subject, path, taken, alike, max(tags, key=TAGS.index))


def _first(  # noqa: PLR0913, PLR0917 - a sector and its place in the line
    subject: Subject, path: Path, sector: str, before: Array, share: Array, alike: Array, tag: str
) -> Cover:
    """A sector that comes after those before it, and before all others; all stocks serve it in its turn."""
    unmet, month = _unmet(_met(path, before + share) - _met(path, before), share)
    return Cover(
        subject.material, subject.stage, sector, _tonnes(subject, share), month, alike, unmet.max(1), tag
    )


def _unmet(used: Array, share: Array) -> tuple[Array, Array]:
    """Share of a demand that is unmet, draws by months, and the its first month; NaN where there is none."""
    unmet = np.clip(1.0 - used / np.maximum(share, ROUNDING)[:, None], 0.0, 1.0)
    unmet = np.where(unmet > ROUNDING, unmet, 0.0)
    return unmet, first_month(unmet > 0)


def _opening(path: Path) -> Array:
    """Stocks before the first month, in months of normal use."""
    return np.maximum(path.stock[:, 0] + path.used[:, 0] - np.minimum(path.supply[:, 0], 1.0), 0.0)


def _met(path: Path, share: Array) -> Array:
    """What a demand of that share of normal use gets if it is first in line, draws by months."""
    demand = np.broadcast_to(share[:, None], path.supply.shape)
    return draw_down(_opening(path), demand, np.minimum(path.supply, 1.0)).used


def left_over(path: Path, taken: Array) -> Array:
    """What others get after a demand that comes first, draws by months.

    They draw on stocks only down to what the first will still need within the horizon: no tonne is used
    twice.
    """
    arrives, left = np.minimum(path.supply, 1.0), _opening(path)
    kept = np.zeros((arrives.shape[0], arrives.shape[1] + 1))
    for month in reversed(range(arrives.shape[1])):
        kept[:, month] = np.maximum(kept[:, month + 1] + taken - arrives[:, month], 0.0)
    kept = np.minimum(kept, left[:, None])
    found = np.empty(arrives.shape)
    for month in range(arrives.shape[1]):
        rest = left + arrives[:, month] - np.minimum(taken, left + arrives[:, month])
        found[:, month] = np.clip(rest - kept[:, month + 1], 0.0, 1.0 - taken)
        left = rest - found[:, month]
    return found


def _rest(subject: Subject, path: Path, taken: Array, alike: Array, tag: str) -> Cover:
    """All other users, who get what is left."""
    unmet, month = _unmet(left_over(path, taken), 1.0 - taken)
    return Cover(
        subject.material, subject.stage, OTHER, _tonnes(subject, 1.0 - taken), month, alike, unmet.max(1), tag
    )


def _tonnes(subject: Subject, share: Array) -> Array:
    """Tonnes in a year; NaN where consumption is not published."""
    return np.asarray(share * (subject.consumption_t if subject.consumption_t is not None else np.nan))


def _essential(subject: Subject) -> tuple:  # type: ignore[type-arg]
    """Essential demand of a subject, if any is judged."""
    try:
        return essential(subject.material, subject.stage)
    except UnknownCodeError:
        return ()
