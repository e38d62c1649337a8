"""How sure a proposal says it is agrees with how often it is right, on headers nobody listed.

The headers are synonyms slightly changed: a letter lost, a word put before or behind, other case; one
in twelve says nothing at all. ``docs/decisions/mapping.md`` gives the shares for a larger number.
"""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

from monazite.sources.own import suggest
from monazite.sources.own.suggesting.headers import synonyms
from monazite.sources.own.suggesting.weighing import PROPOSED

if TYPE_CHECKING:
    from pathlib import Path

PLACES = ("China", "Japan", "Chile", "Peru", "Germany", "Canada", "Australia", "Brazil")
FILES = 30


def row(chance: random.Random) -> dict[str, str]:
    """One row of trade, with two columns no table wants."""
    return {
        "period": f"2024-{chance.randint(1, 12):02}",
        "partner": chance.choice(PLACES),
        "code": str(chance.randint(250_000, 299_999)),
        "value_usd": f"{chance.randint(1000, 10**7)}.25",
        "mass_t": str(chance.randint(100, 10**6)),
        "rank": str(chance.randint(1, 999)),
        "remark": chance.choice(("ok", "check", "late")),
    }


def header(column: str, chance: random.Random) -> str:
    """A name for a column that is like one of its synonyms."""
    known = synonyms("trade").get(column)
    if known is None or chance.random() < 1 / 12:
        return chance.choice(("Lot", "Rating", "Days", "Contact", "F")) + str(chance.randint(1, 99))
    text = chance.choice(sorted(known))
    at = chance.randrange(1, max(2, len(text) - 1))
    slip = text[:at] + text[at + 1 :] if len(text) > 5 else text
    shapes = (text.title(), text.upper().replace(" ", "_"), f"Total {text}", f"{text} (est.)", slip)
    return chance.choice(shapes) + (" (kg)" if column == "mass_t" else "")


def outcomes(path: Path, seed: int) -> list[tuple[float, bool]]:
    """How sure each proposal for one file is, and whether it is right."""
    chance = random.Random(seed)  # noqa: S311 - reproducible
    rows = [row(chance) for _ in range(chance.randint(5, 30))]
    names = {column: header(column, chance) for column in rows[0]}
    order = chance.sample(sorted(names), len(names))
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=chance.choice(";,\t"))
        writer.writerow([names[column] for column in order])
        writer.writerows([[each[column] for column in order] for each in rows])
    meant = {source: column for column, source in names.items()}
    same = {"quantity": "mass_t"}
    return [
        (one.sure, same.get(one.column, one.column) == meant.get(one.source))
        for one in suggest(path).columns
        if one.source
    ]


def share(outcomes_: list[bool]) -> float:
    """Share of what is right."""
    return sum(outcomes_) / len(outcomes_)


def test_what_is_proposed_is_right(tmp_path: Path) -> None:
    every = [each for seed in range(FILES) for each in outcomes(tmp_path / "trade.csv", seed)]
    made = [right for sure, right in every if sure >= PROPOSED]
    assert len(made) > 3.5 * FILES
    assert share(made) >= 0.97


def test_numbers_under_a_header_that_says_nothing_are_not_proposed(tmp_path: Path) -> None:
    path = tmp_path / "trade.csv"
    path.write_text("Year,Partner,HS6,Lot,F2\n2024,Japan,280530,5,7\n2023,Chile,280530,6,8\n")
    assert {one.source for one in suggest(path).columns if one.made and one.source} == {
        "Year",
        "Partner",
        "HS6",
    }
