"""How a shortage spreads: industries that buy from one another and hold inventories, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.methods.ario import ario
from monazite.studies.stress.inputs import at_level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from monazite.studies.stress.losses import Economy, Losses
    from monazite.studies.stress.supply import Path
    from monazite.studies.stress.uses import Users

    Array = NDArray[np.float64]

DRAWS = 128
"""Draws the inventory model runs: the first of the sequence, which fill the cube evenly too."""
YEAR = 12.0


class Spread(NamedTuple):
    """Value added lost in each month, USD, draws by months: at users only, and with what spreads."""

    direct: Array
    spread: Array


def spread(
    economy: Economy,
    users: Mapping[str, Users],
    paths: Mapping[str, Path],
    values: Mapping[str, Array],
    lost: Losses,
) -> Spread:
    """Run the inventory model over the first draws.

    Industries hold 90 days of what they buy of one another, and of the cut materials the stocks drawn for
    them; what users can save counts as if so much more arrived. Where several materials are short in an
    industry the scarcest binds.
    """
    n = min(DRAWS, len(lost.value_added))
    keys = list(users)
    accounts = economy.accounts
    first = {name: one[:n] for name, one in values.items()}
    need = np.zeros((len(accounts.industries), len(keys)))
    free = np.ones((n, len(accounts.industries), len(keys)))
    arrives = np.empty((n, lost.share.shape[1], len(keys)))
    for at, key in enumerate(keys):
        one = users[key]
        part = one.need(key, first)
        np.add.at(need[:, at], one.places, np.maximum(part.mean(0), np.finfo(float).tiny))
        dependent = at_level(first[f"{key}:dependence"], one.dependent)
        for row, place in enumerate(one.places.tolist()):
            free[:, place, at] *= 1.0 - dependent[:, row]
        saved = (part * at_level(first[f"{key}:thrift"], one.thrift)).sum(1)
        arrives[:, :, at] = np.minimum(paths[key].supply[:n] / (1.0 - saved)[:, None], 1.0)
    cover = np.stack([first[f"{key}:stock"] + first[f"{key}:release"] for key in keys], axis=1)
    found = ario(
        accounts.coefficients, accounts.output, arrives, need=need, dependent=1.0 - free, cover=cover
    )
    monthly = accounts.value_added / YEAR
    direct = lost.share[:n] @ monthly[lost.places]
    return Spread(direct, (1.0 - found.output) @ monthly)
