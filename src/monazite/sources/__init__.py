"""THE PUBLISHERS: one file or folder each; a new one is one line here.

Others may add a source of their own: an installed package that names a
:class:`~monazite.sources.source.Source` under the entry-point group ``monazite.sources``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import UnknownCodeError
from monazite.sources import (
    baci,
    bea,
    bgs,
    census,
    census_codes,
    comtrade,
    crosswalks,
    dataweb,
    fda,
    hts,
    manifests,
    unsd,
    wgi,
    wmd,
)
from monazite.sources.usgs_mcs import loading as summaries

if TYPE_CHECKING:
    from monazite.sources.source import Source

SOURCES: tuple[Source, ...] = (
    census.SOURCE,
    dataweb.SOURCE,
    comtrade.SOURCE,
    baci.SOURCE,
    summaries.SOURCE,
    bgs.SOURCE,
    wmd.SOURCE,
    wgi.SOURCE,
    bea.SOURCE,
    fda.SOURCE,
    manifests.SOURCE,
    unsd.SOURCE,
    hts.SOURCE,
    census_codes.SOURCE,
    crosswalks.SOURCE,
)
GROUP = "monazite.sources"


def sources() -> tuple[Source, ...]:
    """Every source: those of monazite, then those other packages bring."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and seldom asked

    return (*SOURCES, *(one.load() for one in entry_points(group=GROUP)))


def source_named(name: str) -> Source:
    """The source of that name.

    Raises
    ------
    UnknownCodeError
        If there is none; the message gives the nearest names.

    Examples
    --------
    >>> source_named("baci").publisher
    'CEPII'
    """
    known = {one.id: one for one in sources()}
    if name not in known:
        raise UnknownCodeError("source", name, known, f"There are {', '.join(known)}")
    return known[name]
