"""Units of quantity of the schedule, and what ``trade`` calls them.

Most are what the Census Bureau counts the same code in; those of content (``W kg``, ``kg cmsc``) weigh
an element and not the goods.
"""

from __future__ import annotations

import json
import re

UNITS = {
    "No": "number",
    "No.": "number",
    "doz": "dozen",
    "doz.": "dozen",
    "prs.": "pair",
    "doz. prs.": "dozen pairs",
    "Dz Pcs": "dozen pieces",
    "pcs": "piece",
    "hundreds": "hundred",
    "thousands": "thousand",
    "gross": "gross (144)",
    "gr.lines": "gross lines",
    "doses": "dose",
    "Jwls.": "jewel",
    "square": "square (roofing)",
    "liters": "l",
    "pf.liters": "proof l",
    "bbl": "barrel",
    "lin. m": "linear m",
    "Fiber m": "fibre m",
    "m²": "m2",
    "kg amc": "kg",
    "kg cmsc": "kg content",
    "kg msc": "kg content",
    "kg ttl sug": "kg total sugars",
    "cy kg": "kg clean yield",
    "t adw": "t content",
    "t dwb": "t",
}
"""Units that are written otherwise; the others (kg, t, g, m2, carat, W, GBq, ...) are written alike."""

MOST = 2
BOTH = " and "
_CONTENT = re.compile(r"[A-Z][A-Za-z0-9]* (kg|g|t)", re.ASCII)


def readable(text: str) -> bool:
    """Whether a cell lists units, at most two; an empty one lists none.

    >>> [readable(one) for one in ('["kg","W kg"]', "", "kg", '["kg", 7]')]
    [True, True, False, False]
    """
    try:
        return len(units(text)) <= MOST
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False


def units(text: str) -> tuple[str, ...]:
    """Units of a line, the first one first.

    >>> [units(one) for one in ('["kg","W kg"]', '["No. and kg"]', '[""]', "")]
    [('kg', 'kg content'), ('number', 'kg'), (), ()]
    """
    told = json.loads(text) if text else []
    return tuple(_unit(one.strip()) for pair in told for one in pair.split(BOTH) if one.strip())


def _unit(published: str) -> str:
    """A unit as ``trade`` has it."""
    content = _CONTENT.fullmatch(published)
    return f"{content[1]} content" if content else UNITS.get(published, published)
