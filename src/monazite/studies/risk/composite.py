"""A composite of measures, by weights the user writes down; there is none by default."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from monazite.errors import UsageError
from monazite.schema.risk import MEASURES
from monazite.studies.risk.value import Value, missing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LIMIT = 64 * 1024
SLACK = 1e-6
_MOST = {one.name: one.most for one in MEASURES}
_HEADINGS = {one.name: one.heading for one in MEASURES}


def weights_of(path: Path) -> dict[str, float]:
    """Weights by measure: a file with ``weights:`` and a number for each measure that counts.

    Raises
    ------
    UsageError
        If it cannot be read, names a measure nobody knows, or the weights are negative or do not sum to 1.
    """
    import yaml  # noqa: PLC0415 - only who weighs needs it

    try:
        with path.open("rb") as stream:
            told = yaml.safe_load(stream.read(LIMIT))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise UsageError(f"cannot read the weights {path.name}: {reason}.") from error
    given = told.get("weights") if isinstance(told, dict) and set(told) == {"weights"} else None
    if not isinstance(given, dict) or not given:
        raise UsageError(f"{path.name}: expected weights: and a number for each measure, {', '.join(_MOST)}.")
    return checked({str(name): value for name, value in given.items()})


def checked(weights: Mapping[str, object]) -> dict[str, float]:
    """Weights that are at least 0 and sum to 1.

    Raises
    ------
    UsageError
        If they do not, or one is of no measure.
    """
    if unknown := sorted(set(weights) - set(_MOST)):
        raise UsageError(f"no measure {', '.join(unknown)}; there are {', '.join(_MOST)}.")
    found = {}
    for name, value in weights.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise UsageError(f"the weight of {name} is {value!r}; each is a number from 0 to 1.")
        found[name] = float(value)
    if not math.isclose(total := math.fsum(found.values()), 1.0, abs_tol=SLACK):
        raise UsageError(f"the weights sum to {total:g}, not to 1.")
    return found


def composite(weights: Mapping[str, float], values: Mapping[str, Value]) -> Value:
    """Weighted mean of the measures, each over the most it can be; one not known is anything from 0 to 1.

    >>> known = {"reliance": Value(0.8, 0.8), "world_hhi": Value()}
    >>> found = composite({"reliance": 0.5, "world_hhi": 0.5}, known)
    >>> found.ends, found.basis
    ((0.4, 0.9), 'not known, so anything: World HHI')
    """
    if not any(values[name].known for name in weights):
        return missing("none of the measures that weigh is known")
    ends = {name: values[name].ends if values[name].known else (0.0, _MOST[name]) for name in weights}

    def compute(one: Mapping[str, float]) -> float:
        return min(1.0, sum(weights[name] * one[_HEADINGS[name]] / _MOST[name] for name in weights))

    inputs = {_HEADINGS[name]: each for name, each in ends.items()}
    low, high = (compute({name: each[end] for name, each in inputs.items()}) for end in (0, 1))
    gone = ", ".join(_HEADINGS[name] for name in weights if not values[name].known)
    told = f"not known, so anything: {gone}" if gone else "weights of the user"
    return Value(low, high, basis=told, source="weights of the user", inputs=inputs, compute=compute)
