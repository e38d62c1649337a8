"""What a producing country uses itself: the market is the world without that.

``data/own_use.csv`` holds the share by material, stage and country.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.codes.judged import ANY, judged

if TYPE_CHECKING:
    from monazite.codes.judged import Found

TABLE = "own_use.csv"


def own_use(material: str, stage: str, producer: str) -> Found:
    """Share of its own production that a country uses itself; unit 1.

    Rows are on leading producers. For a country without one the default counts, which knows nothing and
    is wide.

    Parameters
    ----------
    material
        A material by any of its names, or a product by its id.
    stage
        Stage of the chain.
    producer
        The country, by code or name.

    Raises
    ------
    UnknownCodeError
        If there is no such material, stage or country.

    Examples
    --------
    >>> found = own_use("gallium", "refined", "China")
    >>> found.judgement.central, found.judgement.tag, found.level
    (0.92, 'C', 'own')
    >>> own_use("gallium", "refined", "JPN").level
    'default'
    """
    names = [country(producer).id, ANY]
    return judged(TABLE, names, material, stage, column="country")
