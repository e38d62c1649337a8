"""THE PUBLISHERS: one file or folder each; a new one is one line here."""

from __future__ import annotations

from monazite.sources import usgs_mcs

SOURCES = (usgs_mcs,)
