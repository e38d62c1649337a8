"""A row of the dependence table in the few words a line of text has room for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from monazite.results import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Row = Mapping[str, Any]

_STEM = 5  # letters a material shares with its products: aluminum and alumina
_MARKS = {"s": "<0.5", "Less than 1/2 unit.": "<0.5", "NA": "n.a.", "E": "net exporter", "W": "withheld"}


def material(row: Row) -> str:
    """The material and, in brackets, the stage of the chain.

    >>> material({"name": "antimony", "stage": "refined"}), material({"name": "beryllium", "stage": "all"})
    ('Antimony (refined)', 'Beryllium')
    """
    stage = row["stage"] if row["stage"] != "all" else ""
    return words.sentence(row["name"]) + (f" ({stage})" if stage else "")


def labels(rows: Iterable[Row]) -> list[str]:
    """What each row is called: material and stage, or what is counted where these do not tell rows apart.

    >>> told = {"name": "titanium", "stage": "product"}
    >>> labels([told | {"form": "titanium dioxide pigment"}, told | {"form": "sponge metal"}])
    ['Titanium dioxide pigment', 'Titanium (sponge metal)']
    >>> labels([told | {"form": "sponge metal"}])
    ['Titanium (product)']
    """
    listed = list(rows)
    times = Counter(row["name"] for row in listed)
    return [counted(row) if times[row["name"]] > 1 and row["form"] else material(row) for row in listed]


def counted(row: Row) -> str:
    """What exactly is counted, without the measure; the form in brackets where it does not name the material.

    >>> counted({"name": "silicon", "form": "ferrosilicon, silicon content"})
    'Ferrosilicon'
    >>> counted({"name": "aluminum", "form": "alumina, calcined equivalent"})
    'Alumina'
    >>> counted({"name": "zinc", "form": "ores and concentrates, zinc content"})
    'Zinc (ores and concentrates)'
    """
    name, form = row["name"], row["form"].partition(",")[0]
    named = name[:_STEM] in form or name.split()[-1] in form
    return words.sentence(form if named else f"{name} ({form})")


def reliance(row: Row) -> str:
    """Net import reliance in percent, as a bound, or the word that says why there is none.

    >>> reliance({"reliance_published": ">50", "reliance_status": "censored"})
    '>50%'
    """
    return percent(row["reliance_published"], row["reliance_status"])


def percent(published: str | None, status: str | None) -> str:
    """A percentage as published; one below half a unit is less than half a percent.

    >>> percent("s", "below-half-unit"), percent("E", "net-exporter"), percent("91", "normal")
    ('<0.5%', 'net exporter', '91%')
    """
    return "<0.5%" if status == "below-half-unit" else words.published_percent(published, status)


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


def produced(row: Row) -> str:
    """What the world leader leads in, in two words where the publisher's label allows.

    >>> produced({"world_measure": "Bauxite, mine production (without withheld United States output)"})
    'mine production'
    >>> produced({"world_measure": "Ferrosilicon + Silicon metal"})
    'ferrosilicon + silicon metal'
    """
    measure = (row["world_measure"] or "production").casefold()
    kind = next((one for one in ("mine", "refinery", "smelter", "plant") if one in measure), "")
    plain = measure.partition(" (")[0]
    return f"{kind} production" if kind else plain


def without_home(row: Row) -> bool:
    """Whether the United States' own output is withheld, and so left out of the world.

    >>> without_home({"world_measure": "Mine production (without withheld United States output)"})
    True
    """
    return "without withheld" in (row["world_measure"] or "")


def rules(row: Row) -> tuple[str, ...]:
    """The rules of the findings on a row.

    >>> rules({"findings": "censored; withheld"}), rules({"findings": None})
    (('censored', 'withheld'), ())
    """
    return tuple(one.strip() for one in (row["findings"] or "").split(";") if one.strip())


def price(row: Row) -> str:
    """The year's price with its unit; empty where none is known."""
    return (
        f"{words.number(row['price'])} {row['price_unit'] or ''}".rstrip() if row["price"] is not None else ""
    )


def revision(row: Row) -> str:
    """What the earlier edition gave for the last year both give, and what this one gives.

    >>> told = {"previous_year": 2024, "previous_published": "80", "revised_published": "53"}
    >>> revision(told)
    '2024: 80 → 53'
    >>> revision(told | {"previous_published": "1", "revised_published": "s"})
    '2024: 1 → <0.5'
    """
    ends = (row["previous_published"], row["revised_published"])
    earlier, later = (_MARKS.get(end, end) for end in ends)
    return f"{row['previous_year']}: {earlier} → {later}" if earlier and later and earlier != later else ""
