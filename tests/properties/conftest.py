"""Laws are tried on the same examples every time, and take as long as they take."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("laws", deadline=None, derandomize=True, database=None, max_examples=200)
settings.load_profile("laws")
