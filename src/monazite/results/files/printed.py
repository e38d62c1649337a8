"""A row of the dependence table in the few words a line of text has room for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from monazite.results import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Row = Mapping[str, Any]


def material(row: Row) -> str:
    """The material and, in brackets, the stage of the chain.

    >>> material({"name": "antimony", "stage": "refined"}), material({"name": "beryllium", "stage": "all"})
    ('Antimony (refined)', 'Beryllium')
    """
    stage = row["stage"] if row["stage"] != "all" else ""
    return words.sentence(row["name"]) + (f" ({stage})" if stage else "")


def labels(rows: Iterable[Row]) -> list[str]:
    """What each row is called: material and stage, or what is counted where these do not tell rows apart.

    >>> told = {"name": "silicon", "stage": "refined"}
    >>> labels([told | {"form": "silicon metal"}, told | {"form": "all forms, silicon content"}])
    ['Silicon metal', 'Silicon (all forms)']
    >>> labels([told | {"form": "silicon metal"}])
    ['Silicon (refined)']
    """
    listed = list(rows)
    times = Counter(material(row) for row in listed)
    return [_counted(row) if times[material(row)] > 1 and row["form"] else material(row) for row in listed]


def _counted(row: Row) -> str:
    """The material and what exactly is counted."""
    form = row["form"].partition(",")[0]
    return words.sentence(form if row["name"] in form else f"{row['name']} ({form})")


def reliance(row: Row) -> str:
    """Net import reliance in percent, as a bound, or the word that says why there is none.

    >>> reliance({"reliance_published": ">50", "reliance_status": "censored"})
    '>50%'
    """
    return words.published_percent(row["reliance_published"], row["reliance_status"])


def share(low: float | None, high: float | None) -> str:
    """A share in percent, or its bounds; empty where none is known.

    >>> share(0.55, 0.55), share(0.3, 0.36), share(None, None)
    ('55%', '30–36%', '')
    """
    return words.percent_range(low, high) if low is not None or high is not None else ""


def index(low: float | None, high: float | None) -> str:
    """An index of concentration between 0 and 1, or its bounds; empty where none is known.

    >>> index(0.34, 0.34), index(0.3, 0.36), index(None, None)
    ('0.34', '0.30–0.36', '')
    """
    return words.index_range(low, high) if low is not None and high is not None else ""


def supplier(row: Row, role: str) -> str:
    """The country that leads, with its share; ``role`` is ``leading_source`` or ``world_leader``.

    >>> told = {"leading_source_name": "China", "leading_source_low": 0.55, "leading_source_high": 0.55}
    >>> supplier(told, "leading_source")
    'China 55%'
    """
    name = row[f"{role}_name"]
    return f"{name} {share(row[f'{role}_low'], row[f'{role}_high'])}".rstrip() if name else ""


def rules(row: Row) -> tuple[str, ...]:
    """The rules of the findings on a row.

    >>> rules({"findings": "censored; withheld"}), rules({"findings": None})
    (('censored', 'withheld'), ())
    """
    return tuple(one.strip() for one in (row["findings"] or "").split(";") if one.strip())


def price(row: Row) -> str:
    """The year's price with its unit; empty where none is known."""
    return (
        f"{words.quantity(row['price'])} {row['price_unit'] or ''}".rstrip()
        if row["price"] is not None
        else ""
    )


def revision(row: Row) -> str:
    """What the earlier edition gave for the last year both give, and what this one gives.

    >>> told = {"previous_year": 2024, "previous_published": "80", "revised_published": "53"}
    >>> revision(told)
    '2024: 80 → 53'
    """
    earlier, later = row["previous_published"], row["revised_published"]
    return f"{row['previous_year']}: {earlier} → {later}" if earlier and later and earlier != later else ""
