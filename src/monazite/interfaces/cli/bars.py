"""A share drawn as a bar of text."""

from __future__ import annotations

from rich.text import Text

CELLS = 8


def bar(low: float | None, high: float | None) -> Text:
    """A share as a bar of eight cells: what is certain is full, what is possible is shaded.

    >>> bar(0.67, 0.67).plain, bar(0.5, 1.0).plain, bar(None, 0.0).plain
    ('█████▍  ', '████▒▒▒▒', '        ')
    """
    if low is None and high is None:
        return Text(" " * CELLS)
    certain, possible = (min(max(end, 0.0), 1.0) for end in (low or 0.0, 1.0 if high is None else high))
    full = _blocks(certain)
    shaded = "▒" * (round(possible * CELLS) - len(full))
    return Text.assemble((full, "cyan"), (shaded, "cyan dim"), " " * (CELLS - len(full + shaded)))


def _blocks(share: float) -> str:
    """Full blocks, and what is left in eighths of one."""
    whole, eighths = divmod(round(share * CELLS * 8), 8)
    return "█" * whole + ("▏▎▍▌▋▊▉"[eighths - 1] if eighths else "")
