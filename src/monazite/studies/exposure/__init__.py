"""Imported inputs behind a product: what its maker buys abroad, and what all its suppliers buy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.errors import UnknownCodeError
from monazite.methods.import_content import import_content
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.results.words import percent
from monazite.schema.exposure import EXPOSURE, EXPOSURE_COMMODITY
from monazite.schema.findings import finding
from monazite.studies.exposure.accounts import accounts
from monazite.studies.nomenclature.answer import answer, shipped_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from monazite.schema.findings import Finding
    from monazite.studies.exposure.accounts import Accounts
    from monazite.studies.nomenclature.answer import Answer

__all__ = ["QUESTION", "exposure"]

QUESTION = "How much of what a product is made of was imported, by its maker and by all domestic suppliers?"
METHOD = (
    "Direct: imported inputs the industry buys, per dollar of its output (import matrix over output). Looked"
    " through: the same for every industry that supplies it at home, weighted by the domestic requirements"
    " the Bureau of Economic Analysis publishes (Leontief inverse of the domestic table): the share of"
    " vertical specialisation of Hummels, Ishii and Yi (2001).\n\n"
    "By value, of the whole of an industry's inputs, at the summary level of 71 industries: a magnet inside a"
    " motor is part of electrical equipment here. Imports are spread over users by the publisher in"
    " proportion to their use, so that an industry's own imports are an estimate."
)


def exposure(industries: str | Sequence[str] = ()) -> Answer:
    """Imported inputs of United States industries: bought directly, and looked through to all suppliers.

    Parameters
    ----------
    industries
        BEA summary codes or words of their names (``335``, ``motor vehicles``); none means all 71.

    Returns
    -------
    Answer
        One row an industry, the most exposed first; ``details["commodities"]`` names what is imported.

    Raises
    ------
    UnknownCodeError
        If no industry is called that; the message names the nearest.

    Examples
    --------
    >>> row = exposure("motor vehicles, bodies").table.rows[0]
    >>> f"{row['direct']:.3f} {row['looked_through']:.3f}"
    '0.175 0.270'
    """
    held = accounts()
    asked = (industries,) if isinstance(industries, str) else tuple(industries)
    chosen = [held.industries.index(code) for code in _chosen(held, asked)]
    direct = np.maximum(held.imports, 0.0) / held.output
    through = import_content(direct, np.maximum(held.requirements, 0.0))
    rows = sorted((_row(held, at, direct, through) for at in chosen), key=_most_exposed)
    details = Frame(EXPOSURE_COMMODITY, tuple(_commodities(held, rows, direct, through)))
    return answer(
        f"Imported inputs of United States industries, {held.year}",
        Frame(EXPOSURE, tuple(rows)),
        method=METHOD,
        parameters={"industries": asked, "year": held.year},
        details={"commodities": details},
        findings=_findings(held),
        sources=shipped_sources("bea"),
        headlines=_headlines(rows),
        question=QUESTION,
        study="exposure",
    )


def _chosen(held: Accounts, asked: tuple[str, ...]) -> list[str]:
    """Codes of the industries asked for, each once.

    Raises
    ------
    UnknownCodeError
        If one is not known.
    """
    found: list[str] = []
    for one in asked:
        word = one.strip().casefold()
        fitting = [code for code in held.industries if code.casefold() == word]
        fitting = fitting or [
            code for code in held.industries if word and word in held.names[code].casefold()
        ]
        if not fitting:
            raise UnknownCodeError("industry", one, [held.names[code] for code in held.industries])
        found += fitting
    return list(dict.fromkeys(found)) or list(held.industries)


def _row(
    held: Accounts, at: int, direct: NDArray[np.float64], through: NDArray[np.float64]
) -> dict[str, Any]:
    """The row of one industry."""
    code, total = held.industries[at], float(through[:, at].sum())
    leader = int(np.argmax(through[:, at]))
    return {
        "industry": code,
        "name": held.names[code],
        "output_usd": float(held.output[at]),
        "direct": float(direct[:, at].sum()),
        "looked_through": total,
        "hidden": total - float(direct[:, at].sum()),
        "leading_commodity": held.names[held.commodities[leader]] if total else None,
        "leading_share": float(through[leader, at]) / total if total else None,
    }


def _most_exposed(row: dict[str, Any]) -> tuple[float, str]:
    """The order of the rows."""
    return (-row["looked_through"], row["industry"])


def _commodities(
    held: Accounts,
    rows: list[dict[str, Any]],
    direct: NDArray[np.float64],
    through: NDArray[np.float64],
) -> list[dict[str, Any]]:
    """What is imported for each industry, the weightiest first."""
    found = []
    for row in rows:
        at = held.industries.index(row["industry"])
        for one in np.argsort(-through[:, at], kind="stable"):
            code = held.commodities[one]
            if through[one, at] > 0:
                ends = {"direct": float(direct[one, at]), "looked_through": float(through[one, at])}
                found.append(
                    {"industry": row["industry"], "commodity": code, "name": held.names[code], **ends}
                )
    return found


def _findings(held: Accounts) -> list[Finding]:
    """Cells that are below zero: counted as nothing."""
    published = (("imports", held.imports, "million USD", 1e6), ("requirements", held.requirements, "", 1.0))
    return [
        finding(
            "figure-implausible",
            f"BEA summary {name}, {held.year}",
            where=f"{int((matrix < 0).sum())} of {matrix.size:,} cells",
            found=f"as little as {matrix.min() / scale:.2g} {unit}".strip(),
            expected="at least 0; counted as 0",
            rows=int((matrix < 0).sum()),
        )
        for name, matrix, unit, scale in published
        if (matrix < 0).any()
    ]


def _headlines(rows: list[dict[str, Any]]) -> tuple[Headline, ...]:
    """The industry whose suppliers hide most."""
    if not rows:
        return ()
    most = max(rows, key=lambda row: row["hidden"])
    detail = f"{percent(most['direct'])} bought directly, the rest by its suppliers at home"
    return (Headline(f"{most['name']}: imported inputs", percent(most["looked_through"]), detail),)
