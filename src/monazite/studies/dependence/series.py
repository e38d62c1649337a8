"""The annual series behind a row, edition by edition, and what an earlier edition said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.studies.dependence.figures import balances, latest_shared
from monazite.studies.dependence.row import OUTPUT, ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.dependence.figures import Balance, Figure
    from monazite.studies.dependence.row import Subject

Row = dict[str, Any]
TERMS = {
    "net-import-reliance": ("net-import-reliance",),
    "production": OUTPUT,
    "imports": ("imports",),
    "exports": ("exports",),
    "consumption": ("consumption",),
    "stocks": ("stocks",),
    "price": ("price",),
}


def series(subject: Subject) -> list[Row]:
    """Rows of ``dependence_series`` for one subject, in every edition that holds it.

    Prices come from the subject's own edition: another may quote another form.
    """
    held = [balance for (_, item), balance in sorted(balances().items()) if item == subject.balance.item]
    rows = [row for balance in held for row in _of(balance, subject.item["item"])]
    own = [row for row in rows if row["term"] != "price" or row["as_of"] == subject.balance.as_of]
    return own + (_group(subject) if subject.group else [])


def _group(subject: Subject) -> list[Row]:
    """The group's reliance in every edition, under the subject's own item."""
    item = subject.group.item if subject.group else ""
    held = [balance for (_, name), balance in sorted(balances().items()) if name == item]
    rows = [row for balance in held for row in _of(balance, subject.item["item"])]
    return [row for row in rows if row["term"] == "net-import-reliance"]


def _of(balance: Balance, item: str) -> Iterator[Row]:
    """Rows of one balance, term by term and year by year."""
    for term, parts in TERMS.items():
        years = sorted({year for part in parts for year in balance.terms[part]})
        for year in years:
            figure = balance.total(parts, year)
            if figure is not None:
                yield _row(figure, item, term, balance.as_of)


def _row(figure: Figure, item: str, term: str, as_of: str) -> Row:
    """One figure of a series."""
    low, high = ends(figure.interval)
    return {
        "item": item,
        "term": term,
        "series": figure.series,
        "as_of": as_of,
        "year": figure.year,
        "low": low,
        "high": high,
        "unit": figure.unit,
        "obs_status": figure.obs_status,
        "estimated": figure.estimated,
        "published": figure.published,
    }


def previous(subject: Subject, as_of: str, year: int) -> Row:
    """What the edition before said of the year, or of the latest year both give."""
    told = subject.group or subject.balance
    earlier = [held for (held, item), _ in balances().items() if item == told.item and held < as_of]
    if not earlier:
        return {}
    other = balances()[max(earlier), told.item]
    compared = latest_shared(told, other, year)
    if compared is None:
        return {}
    then, now = other.one("net-import-reliance", compared), told.one("net-import-reliance", compared)
    return {"previous_as_of": other.as_of, **_compared(then, now)} if then and now else {}


def _compared(then: Figure, now: Figure) -> Row:
    """The earlier and the present figure of one year, and their difference where both are exact."""
    exact = then.value is not None and now.value is not None
    return {
        "previous_year": now.year,
        "previous_published": then.published,
        "revised_published": now.published,
        "revision": round((now.value or 0) - (then.value or 0), 10) if exact else None,
    }
