"""Nomenclature: what the trade codes cannot tell, and how that can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monazite.studies.nomenclature.answer import Answer

QUESTION = "What can the trade codes not tell us? Which are dead, split or baskets, and what should be split?"
TOP = 20


def ask(heading: str = "", *, top: int | None = TOP) -> Answer:
    """Answer with the codes whose splitting would tell most; see :func:`reform.reform`."""
    from monazite.studies.nomenclature.reform import reform  # noqa: PLC0415 - most commands need no reform

    return reform(heading, top=top)
