"""What was found: partners missing or counted twice, baskets, codes that changed, quantities not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.countries import country
from monazite.codes.products import national_codes
from monazite.results.shown import dollars
from monazite.results.words import listed, number, percent
from monazite.schema.findings import finding
from monazite.store import shipped
from monazite.studies.imports.partners import complete, missing
from monazite.studies.imports.rows import traded
from monazite.studies.imports.words import absent, coverage
from monazite.studies.nomenclature.union import UNION, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.codes.products import Product
    from monazite.schema.findings import Finding
    from monazite.studies.imports.partners import Untangled
    from monazite.studies.imports.rows import Built

TARIFF = "HTS2025"
EIGHT = 8
"""Digits of a rate line, below which the statistical codes are cut anew without notice."""


def findings(group: str, goods: Sequence[Product], told: Untangled, made: Built) -> list[Finding]:
    """Findings on the group, then on its products."""
    whole = (*_coverage(group, told), *_doubled(group, told), *_silent(group, told))
    return [*whole, *_baskets(goods, told, made), *_changed(goods, told)]


def _coverage(group: str, told: Untangled) -> Iterator[Finding]:
    """Partners that are not listed."""
    out = missing(group, told)
    if out and not complete(told):
        yield finding(
            "coverage-partial",
            group,
            where=_where(told),
            found=f"{coverage(told)}; not {absent(group, told)}",
            expected="all partners",
            rows=len(out),
        )


def _doubled(group: str, told: Untangled) -> Iterator[Finding]:
    """Members beside their union, and aggregates left out."""
    if told.members:
        inside = listed(country(one).name for one in told.members)
        whole = sum(one.amount for one in told.imports.flows)
        share = percent(told.removed / whole) if whole else "0%"
        yield finding(
            "double-count",
            group,
            where=_where(told),
            found=f"the {name(UNION)} beside {inside}: {_amount(told.removed, told)} of {inside} stand in"
            f" both ({share} of the imports counted); taken out of the {name(UNION)}",
            expected="the aggregate, or its members",
            rows=len(told.members),
        )
    if told.dropped:
        yield finding(
            "double-count",
            group,
            where=_where(told),
            found=f"{listed(name(one) for one in told.dropped)} beside their members; left out",
            expected="countries",
            rows=len(told.dropped),
        )


def _silent(group: str, told: Untangled) -> Iterator[Finding]:
    """Records without the weight asked for."""
    if told.imports.silent:
        yield finding(
            "quantity-missing",
            group,
            where=_where(told),
            found=f"{told.imports.silent} records without a weight",
            expected="a weight in every record",
            rows=told.imports.silent,
        )


def _baskets(goods: Sequence[Product], told: Untangled, made: Built) -> Iterator[Finding]:
    """Products that share a code with other goods."""
    behind = {(row["product"], row["code"]): row for row in made.codes}
    for one in goods:
        shared = [row for row in traded(one.id, told) if row.share_low != row.share_high]
        if shared:
            column = "value_usd" if told.imports.basis == "value" else "mass_t"
            sums = [f"{row.code} ({_amount(behind[one.id, row.code][column], told)})" for row in shared]
            yield finding(
                "code-basket",
                one.id,
                where=_where(told),
                found=f"{listed(sums)} also hold{'s' if len(sums) == 1 else ''} other goods",
                expected="a code for this product alone",
                rows=len(shared),
            )


def _changed(goods: Sequence[Product], told: Untangled) -> Iterator[Finding]:
    """Codes of the tariff at hand that the year's trade does not use, where it uses one since cut anew."""
    rows = shipped.query(f"SELECT code FROM nomenclature_code WHERE nomenclature = '{TARIFF}'")
    known, in_use = {row["code"] for row in rows}, told.imports.codes_in_use
    ended: dict[str, list[str]] = {}
    for code in sorted(in_use - known):
        ended.setdefault(code[:EIGHT], []).append(code)
    for one in goods:
        new = sorted({row.code for row in national_codes(one.id)} & known - in_use)
        old = [each for line in dict.fromkeys(code[:EIGHT] for code in new) for each in ended.get(line, ())]
        if old:
            yield finding(
                "code-changed",
                one.id,
                where=_where(told),
                found=f"{listed(old)} in {told.imports.year}, which {TARIFF[:3]} {TARIFF[3:]} has cut into"
                f" {listed(new)} and others",
                expected=listed(new),
                rows=len(old),
            )


def _amount(value: float, told: Untangled) -> str:
    """Dollars or tonnes in words."""
    return dollars(value) if told.imports.basis == "value" else f"{number(value)} t"


def _where(told: Untangled) -> str:
    """Where the figures stand."""
    return f"imports by code and partner, {told.imports.year}"
