"""The command line: ``monazite``."""

from __future__ import annotations

from monazite.interfaces.cli.entry import main

__all__ = ["main"]
