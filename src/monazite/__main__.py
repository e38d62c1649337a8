"""``python -m monazite``: the command line, where the ``monazite`` script is not on the path."""

from __future__ import annotations

import sys

from monazite.interfaces.cli import main

if __name__ == "__main__":
    sys.exit(main())
