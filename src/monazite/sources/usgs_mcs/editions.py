"""Editions of the Mineral Commodity Summaries and the files each consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LICENCE = "US public domain"
PUBLISHER = "U.S. Geological Survey"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its data release, its layout and its files under the edition's folder.

    ``latest`` is the year the edition estimates; its series run over the five years up to it.
    ``rows`` counts the rows of a long file, which nothing else would show to be cut short.
    """

    id: str
    latest: int
    title: str
    doi: str
    layout: Literal["long", "wide"]
    files: tuple[str, ...]
    encoding: str
    rows: int = 0

    @property
    def years(self) -> range:
        """The five years of the salient statistics."""
        return range(self.latest - 4, self.latest + 1)

    @property
    def window(self) -> tuple[int, int]:
        """First and last year import sources are averaged over."""
        return self.latest - 4, self.latest - 1


MCS_2025 = Edition(
    id="mcs2025",
    latest=2024,
    title="Mineral Commodity Summaries 2025 data release",
    doi="10.5066/P13XCP3R",
    layout="wide",
    files=("Salient_Commodity.zip", "World_Data.zip", "Industry_Trends.zip"),
    encoding="utf-8-sig",
)
MCS_2026 = Edition(
    id="mcs2026",
    latest=2025,
    title="Mineral Commodity Summaries 2026 data release",
    doi="10.5066/P1WKQ63T",
    layout="long",
    files=("usgs_mcs2026_commodities_data.csv",),
    encoding="cp1252",
    rows=8886,
)
EDITIONS = (MCS_2025, MCS_2026)
