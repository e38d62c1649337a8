"""Which codes could be split, with what they say and the trade there is under them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from monazite.codes.material_codes import material_codes
from monazite.methods.information import expected_information, split_entropy
from monazite.store import shipped
from monazite.store.engine import text
from monazite.studies.nomenclature.health.changes import national
from monazite.studies.nomenclature.reform.committee import COMMITTEE, WORLD
from monazite.studies.nomenclature.reform.lines import NEWEST, SIX, TARIFF, proposal, reviewed_codes
from monazite.studies.nomenclature.us_imports import YEAR, imports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.schema.interval import Interval
    from monazite.studies.nomenclature.reform.lines import Proposal
    from monazite.studies.nomenclature.us_imports import Imports

LINE, HEADING = 10, 4
MILLION = 1_000_000
TOGETHER = 8
"""Digits that a line shares with those it was split from or together with."""
SPLIT = ("split", "re-cut")


@dataclass(frozen=True)
class Candidate:
    """A code that could be split: its words, the lines proposed, its trade, what was done since."""

    said: str
    proposal: Proposal
    imports: Imports | None
    split_since: str
    before: str

    @property
    def code(self) -> str:
        """The code."""
        return self.proposal.code

    @property
    def body(self) -> str:
        """Who decides on it."""
        return WORLD if len(self.code) == SIX else COMMITTEE

    @cached_property
    def bits(self) -> Interval:
        """What telling the lines apart gives on one dollar."""
        return split_entropy([line.share for line in self.proposal.lines])

    @property
    def information(self) -> Interval | None:
        """What the split would tell, bits × million USD × HHI; nothing where there was no trade."""
        hhi = self.imports.hhi if self.imports else None
        if self.imports is None or hhi is None:
            return None
        return expected_information(self.bits, self.imports.value_usd / MILLION, hhi)


@cache
def candidates() -> tuple[Candidate, ...]:
    """Every code that holds several materials, or for which lines were written."""
    codes = _codes()
    said = _said(codes)
    proposed = [(code, one) for code in codes if code in said and (one := proposal(code, said[code][1]))]
    traded = imports(code for code, _ in proposed)
    return tuple(
        Candidate(said[code][0], one, traded.get(code), _since(code), "" if code in traded else _before(code))
        for code, one in proposed
    )


def _codes() -> list[str]:
    """Codes of the map and of the reviewed lines: ten digits of the tariff, six of the Harmonized System."""
    lengths = {TARIFF: LINE, NEWEST: SIX}
    mapped = {row.code for row in material_codes() if len(row.code) == lengths.get(row.nomenclature, -1)}
    return sorted(mapped | set(reviewed_codes()))


def _said(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The words and first unit of each code in the tariff."""
    listed = ", ".join(map(text, codes)) or "''"
    rows = shipped.query(
        "SELECT code, description, unit FROM nomenclature_code"
        f" WHERE nomenclature = '{TARIFF}' AND code IN ({listed})"
    )
    return {row["code"]: (row["description"], row["unit"] or "kg") for row in rows}


def _since(code: str) -> str:
    """The split a later tariff made, in words; empty if none is known."""
    splits = [one for one in national(TARIFF, code) if one.kind in SPLIT and one.year > YEAR]
    return "; ".join(
        f"{one.year}: {one.note} ({', '.join(one.codes) or 'codes not at hand'}) [{one.tag}]"
        for one in splits
    )


def _before(code: str) -> str:
    """Codes of the same eight digits that had trade in 2024 and are gone: what a new line was part of."""
    if len(code) != LINE:
        return ""
    rows = shipped.query(
        "SELECT code, sum(value_usd)::BIGINT AS value_usd FROM us_import"
        f" WHERE year = {YEAR} AND code[:{TOGETHER}] = ? AND NOT aggregate AND code NOT IN"
        f" (SELECT code FROM nomenclature_code WHERE nomenclature = '{TARIFF}') GROUP BY code ORDER BY code",
        [code[:TOGETHER]],
    )
    found = imports(row["code"] for row in rows)
    return "; ".join(f"{one.code} with {one.value_usd / 1e6:,.0f} million USD" for one in found.values())
