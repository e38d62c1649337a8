"""Every declared finding rule is raised by the code."""

from __future__ import annotations

from pathlib import Path

import monazite
from monazite.schema.findings import RULES

SOURCE = Path(monazite.__file__).parent


def test_every_rule_is_raised_somewhere() -> None:
    """A rule nobody raises is a page about nothing."""
    paths = (path for path in SOURCE.rglob("*.py") if path.name != "findings.py" or "cli" in path.parts)
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert [rule.id for rule in RULES if f'"{rule.id}"' not in code] == []
