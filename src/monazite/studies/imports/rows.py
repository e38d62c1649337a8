"""The rows of the answer: one a product and one for the group, with the codes and partners behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from monazite.codes.products import national_codes
from monazite.results.words import percent, sentence
from monazite.schema.group_imports import GROUP, IMPORTS
from monazite.schema.interval import Interval
from monazite.studies.imports.partners import the
from monazite.studies.imports.shares import concentration, parts, total
from monazite.studies.nomenclature.union import name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monazite.codes.material_codes import MaterialCode
    from monazite.codes.products import Product
    from monazite.studies.imports.partners import Untangled
    from monazite.studies.imports.shares import Part

Row = dict[str, Any]
NAMES = {"batteries": "all batteries and parts", "pharmaceuticals": "all medicines", "magnets": "all magnets"}


class Built(NamedTuple):
    """The answer's rows, and the tables behind them."""

    rows: tuple[Row, ...]
    codes: tuple[Row, ...]
    partners: tuple[Row, ...]


def built(group: str, goods: Sequence[Product], told: Untangled) -> Built:
    """Rows of a group and its products, the group first, then kind by kind the largest first."""
    maps = {one.id: traded(one.id, told) for one in goods}
    whole = _row(
        group, told, _together(maps.values()), name=f"{NAMES[group]} listed here", kind=GROUP, group=group
    )
    rows = [
        _row(
            one.id,
            told,
            _shares(maps[one.id]),
            name=one.name,
            kind=one.kind,
            group=group,
            note=one.note or None,
        )
        for one in goods
    ]
    kinds = list(dict.fromkeys(one.kind for one in goods))
    size = "value_high_usd" if told.imports.basis == "value" else "mass_high_t"
    rows.sort(key=lambda row: (kinds.index(row["kind"]), -(row[size] or 0), row["name"]))
    named = {row["product"]: row["name"] for row in (whole, *rows)}
    codes = [_code(one.id, row, told) | _named(one.id, named) for one in goods for row in maps[one.id]]
    known = {group: _together(maps.values()), **{one.id: _shares(maps[one.id]) for one in goods}}
    partners = [row | _named(one, named) for one in known for row in _partners(one, told, known[one])]
    return Built((whole, *rows), tuple(codes), tuple(partners))


def _named(product: str, names: Mapping[str, str]) -> Row:
    """A product's name beside its id."""
    return {"product_name": names[product]}


def traded(product: str, told: Untangled) -> list[MaterialCode]:
    """Codes of a product that were in use in the year."""
    return [row for row in national_codes(product) if row.code in told.imports.codes_in_use]


def _shares(codes: Sequence[MaterialCode]) -> dict[str, Interval]:
    """What share of each code is the product."""
    return {
        row.code: Interval(row.share_low or 0.0, 1.0 if row.share_high is None else row.share_high)
        for row in codes
    }


def _together(maps: Any) -> dict[str, Interval]:  # noqa: ANN401 - the codes of each product
    """What share of each code is any of the products: never more than all of it."""
    whole: dict[str, Interval] = {}
    for codes in maps:
        for code, share in _shares(codes).items():
            before = whole.get(code, Interval.exact(0.0))
            whole[code] = Interval(min(1.0, before.low + share.low), min(1.0, before.high + share.high))
    return whole


def _row(product: str, told: Untangled, shares: Mapping[str, Interval], **about: object) -> Row:
    """One row of the answer."""
    row: Row = dict.fromkeys(IMPORTS.names)
    found = parts(told.imports.flows, shares)
    row |= {"product": product, "year": told.imports.year, "basis": told.imports.basis, **about}
    row["name"] = sentence(str(row["name"]))
    row |= amounts(total(found), told) | {"partners": len(found)}
    used = {one.code for one in told.imports.flows if one.code in shares}
    row["codes"] = "; ".join(sorted(used)) if row["kind"] != GROUP else None
    if found:
        row |= _leader("leading_partner", "leading_share", found[0], told)
        row["leading_share_of_codes"] = found[0].share_of_codes
        row["note"] = " ".join(filter(None, (row["note"], _of_codes(row, found[0], told)))) or None
    alone = [one for one in found if not one.aggregate]
    if alone:
        row |= _leader("leading_country", "leading_country_share", alone[0], told)
    index = concentration(found, told.hidden)
    return row | ({"hhi_low": index.low, "hhi_high": index.high} if index else {})


def _of_codes(row: Row, one: Part, told: Untangled) -> str:
    """What the leading partner sends under codes that hold other goods too; nothing if its share is exact."""
    if one.share.is_exact or row["kind"] == GROUP:
        return ""
    whose = name(one.partner, told.members)
    return f"Of everything under its codes, {percent(one.share_of_codes)} comes from {the(whose)}."


def _leader(who: str, share: str, one: Part, told: Untangled) -> Row:
    """A partner that leads, with its share."""
    return {
        who: one.partner,
        f"{who}_name": name(one.partner, told.members),
        f"{share}_low": one.share.low,
        f"{share}_high": one.share.high,
    }


def amounts(amount: Interval, told: Untangled) -> Row:
    """An amount in the columns of its unit."""
    ends = (
        ("value_low_usd", "value_high_usd")
        if told.imports.basis == "value"
        else ("mass_low_t", "mass_high_t")
    )
    empty = dict.fromkeys(("value_low_usd", "value_high_usd", "mass_low_t", "mass_high_t"))
    return empty | dict(zip(ends, (amount.low, amount.high), strict=True))


def _code(product: str, row: MaterialCode, told: Untangled) -> Row:
    """One code of one product, and everything imported under it."""
    found = parts(told.imports.flows, {row.code: Interval.exact(1.0)})
    amount = total(found).low
    return {
        "product": product,
        "code": row.code,
        "nomenclature": row.nomenclature,
        "form": row.form,
        "known": row.known,
        "share_low": row.share_low,
        "share_high": row.share_high,
        "value_usd": amount if told.imports.basis == "value" else None,
        "mass_t": amount if told.imports.basis == "weight" else None,
        "leading_partner_name": name(found[0].partner, told.members) if found else None,
        "leading_share": found[0].share_of_codes if found else None,
        "partners": len(found),
        "comment": row.comment or None,
    }


def _partners(product: str, told: Untangled, shares: Mapping[str, Interval]) -> list[Row]:
    """Every partner of a product."""
    return [
        {
            "product": product,
            "partner": one.partner,
            "name": name(one.partner, told.members),
            "aggregate": one.aggregate,
            **amounts(one.amount, told),
            "share_low": one.share.low,
            "share_high": one.share.high,
        }
        for one in parts(told.imports.flows, shares)
    ]
