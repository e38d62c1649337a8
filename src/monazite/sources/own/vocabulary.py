"""Words for codes: what people write where a column takes one of a few codes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from monazite.codes import reviewed

if TYPE_CHECKING:
    from monazite.schema.columns import Column

YES = frozenset(("yes", "y", "true", "t", "1", "x", "ja", "oui", "si", "sí"))
NO = frozenset(("no", "n", "false", "f", "0", "nein", "non"))


@cache
def _words() -> dict[tuple[str, str], str]:
    """Codes by column and folded word."""
    return {(row["column"], row["text"]): row["code"] for row in reviewed.rows("words.csv", __package__)}


def code(column: Column, text: str) -> str | None:
    """The code a word stands for; ``None`` if it stands for none.

    >>> from monazite.schema.trade import TRADE
    >>> [code(TRADE.column("flow"), text) for text in ("Imports", "X", "export", "sideways")]
    ['import', 'export', 'export', None]
    """
    folded = " ".join(text.casefold().replace("_", " ").split())
    own = {each.casefold(): each for each in column.codes}
    found = own.get(folded) or own.get(folded.replace(" ", "-")) or _words().get((column.name, folded))
    return found if found in column.codes else None
