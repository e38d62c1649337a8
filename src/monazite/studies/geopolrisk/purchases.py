"""A company's own purchases: ``material, country, amount_t`` in a file with a header."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import numpy as np

from monazite.codes.countries import country
from monazite.errors import SourceError, UnknownCodeError, UsageError
from monazite.results.result import Source
from monazite.schema.world_trade import NOMENCLATURE
from monazite.studies.geopolrisk.asked import called
from monazite.studies.world.flows import Flows

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.codes.geopolrisk_codes import GeoPolRiskCode
    from monazite.codes.groups import Importer

Bought = dict[str, dict[str, float]]
"""Amounts in t by material and country."""
HEADER = ("material", "country", "amount_t")
LIMIT = 16 * 2**20


def purchases_of(path: Path) -> Bought:
    """Amounts in t by material, as the method calls it, and country; of the same goods each.

    Raises
    ------
    SourceError
        If the file cannot be read; the message names line, column, what was found and expected.
    """
    found: Bought = {}
    for line, row in _rows(path):
        name = _known(path, line, row)
        amounts = found.setdefault(name[0], {})
        amounts[name[1]] = amounts.get(name[1], 0.0) + _amount(path, line, row["amount_t"])
    if not found:
        raise SourceError(path.name, found="no purchase", expected="rows under material, country, amount_t")
    return found


def bought_of(listed: list[GeoPolRiskCode], bought: Bought) -> list[GeoPolRiskCode]:
    """Of some materials those that a company buys.

    Raises
    ------
    UsageError
        If it buys none of them.
    """
    if found := [one for one in listed if one.name in bought]:
        return found
    raise UsageError(f"none of {', '.join(sorted(bought))} is a material of GeoPolRisk, or was asked for.")


def at_home(bought: Bought, buyer: Importer) -> dict[str, float]:
    """What a company buys of each material in its own country or group, in t."""
    return {
        name: sum(amount for place, amount in each.items() if place in buyer.members)
        for name, each in bought.items()
    }


def from_abroad(bought: Bought, names: list[str], buyer: Importer, year: int) -> Flows:
    """What a company buys abroad, as flows under the names of the materials."""
    rows = [
        (name, place, amount)
        for name in names
        for place, amount in sorted(bought[name].items())
        if place not in buyer.members
    ]
    return Flows(
        year=np.full(len(rows), year),
        importer=np.full(len(rows), buyer.members[0], dtype=object),
        exporter=np.array([row[1] for row in rows], dtype=object),
        code=np.array([row[0] for row in rows], dtype=object),
        value_usd=np.zeros(len(rows)),
        mass_t=np.array([row[2] for row in rows], dtype=float),
        nomenclature=NOMENCLATURE,
        held=frozenset(names),
        source=Source("own", "Own purchases", "the user", "", "own", ()),
    )


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Rows of the file with their lines."""
    try:
        if path.stat().st_size > LIMIT:
            raise SourceError(
                path.name, found=f"{path.stat().st_size:,} bytes", expected="a list of purchases"
            )
        text = path.read_text(encoding="utf-8-sig")
        lines = csv.DictReader(text.splitlines(), strict=True)
        if tuple(lines.fieldnames or ()) != HEADER:
            told = ", ".join(lines.fieldnames or ()) or "nothing"
            raise SourceError(path.name, line=1, found=told, expected=", ".join(HEADER))
        return [(lines.line_num, {name: row[name] or "" for name in HEADER}) for row in lines]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise SourceError(path.name, found=found, expected="a table of purchases in UTF-8") from error


def _known(path: Path, line: int, row: dict[str, str]) -> tuple[str, str]:
    """Name of the material in the method, else its id; id of the country of a row."""
    try:
        name = called(row["material"])[0]
    except UnknownCodeError as error:
        told = str(error).removeprefix("no material named ")
        raise SourceError(
            path.name, line=line, column="material", found=told, expected="a material"
        ) from error
    try:
        place = country(row["country"])
    except UnknownCodeError as error:
        told = repr(row["country"])
        raise SourceError(path.name, line=line, column="country", found=told, expected="a country") from error
    if place.kind not in ("country", "former"):
        raise SourceError(
            path.name, line=line, column="country", found=place.name, expected="a country, not an aggregate"
        )
    return name, place.id


def _amount(path: Path, line: int, text: str) -> float:
    """An amount, finite and at least 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise SourceError(path.name, line=line, column="amount_t", found=repr(text), expected="t, at least 0")
    return value
