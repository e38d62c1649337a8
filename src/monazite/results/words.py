"""Figures and marks in the words a reader sees: percent, ranges, and why a figure is missing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

MISSING = {
    "withheld": "withheld",
    "not-available": "not available",
    "not-collected": "not collected",
    "not-applicable": "not applicable",
    "described": "in words only",
    "unreadable": "unreadable",
    "below-half-unit": "under half a unit",
}
THOUSAND, MILLION = 1_000, 1_000_000


def percent(share: float) -> str:
    """A share in [−∞, 1] as whole percent; a trace is not rounded to nothing.

    >>> percent(0.674), percent(0.004), percent(0.0)
    ('67%', '0.4%', '0%')
    >>> percent(1e-7)
    '0.00001%'
    """
    hundredth = 0.01
    if 0 < abs(share) < hundredth:
        return f"{plain(100 * share, 1)}%".replace("-", "−")
    return f"{round(100 * share)}%".replace("-", "−")


def percent_range(low: float | None, high: float | None) -> str:
    """A share known as an interval, as percent; one figure where the ends meet.

    >>> percent_range(0.55, 0.55), percent_range(0.2, 0.254), percent_range(None, 0.25)
    ('55%', '20–25%', '25% or less')
    >>> percent_range(-0.17, -0.05)
    '−17% to −5%'
    """
    if low is None and high is None:
        return "not published"
    if low is None:
        return f"{percent(high or 0)} or less"
    if high is None:
        return f"{percent(low)} or more"
    left, right = percent(low), percent(high)
    if left == right:
        return left
    return f"{left} to {right}" if low < 0 else f"{left.removesuffix('%')}–{right}"


def index_range(low: float | None, high: float | None) -> str:
    """An index of concentration in [0, 1], or its bounds.

    >>> index_range(0.25, 0.25), index_range(0.3, 0.312), index_range(None, None)
    ('0.25', '0.30–0.31', 'not published')
    """
    if low is None or high is None:
        return "not published"
    left, right = f"{low:.2f}", f"{high:.2f}"
    return left if left == right else f"{left}–{right}"


def published_percent(published: str | None, status: str | None) -> str:
    """A net import reliance as its publisher prints it, marks spelt out.

    >>> published_percent(">50", "censored"), published_percent("E", "net-exporter")
    ('>50%', 'net exporter')
    >>> published_percent("NA", "not-available"), published_percent(None, None)
    ('not available', 'not published')
    >>> published_percent("—", "below-half-unit")
    'under 0.5%'
    """
    if status == "net-exporter":
        return "net exporter"
    if status == "below-half-unit":
        return "under 0.5%"
    if status in MISSING:
        return MISSING[status]
    return f"{published}%" if published else "not published"


def quantity(value: float | None) -> str:
    """A quantity with thousands separated; millions above 10 million.

    >>> quantity(27000.0), quantity(0.355), quantity(53373.2), quantity(45_100_000.0)
    ('27,000', '0.355', '53,373', '45.1 million')
    """
    if value is None:
        return "not published"
    if abs(value) >= 10 * MILLION:
        return f"{plain(value / MILLION)} million"
    return number(value)


def number(value: float) -> str:
    """A number with thousands separated, four digits of it where it is small, and never as 1e-05.

    >>> number(27000.0), number(0.355), number(53373.2), number(0.00001), number(1.5e9)
    ('27,000', '0.355', '53,373', '0.00001', '1,500,000,000')
    """
    return f"{value:,.0f}" if abs(value) >= THOUSAND else plain(value)


def plain(value: float, digits: int = 4) -> str:
    """So many significant digits of a number with thousands separated, and never as 1e-05.

    >>> plain(0.00001234), plain(0.35), plain(12345.6)
    ('0.00001234', '0.35', '12,350')
    """
    return f"{Decimal(f'{value:.{digits}g}'):,f}"


def figure(low: float | None, high: float | None, status: str | None) -> str:
    """A figure that may be an interval or missing, in words.

    >>> figure(5, 5, "normal"), figure(None, None, "withheld"), figure(500, 16000, "range")
    ('5', 'withheld', '500–16,000')
    """
    if status in MISSING:
        return MISSING[status]
    if low is not None and high is not None:
        return quantity(low) if low == high else f"{quantity(low)}–{quantity(high)}"
    if low is not None:
        return f"more than {quantity(low)}"
    return f"less than {quantity(high)}" if high is not None else "not published"


def edition(as_of: str) -> str:
    """The name of an edition.

    >>> edition("mcs2026")
    'MCS 2026'
    """
    return re.sub(r"^([a-z]+)(\d+)$", lambda found: f"{found[1].upper()} {found[2]}", as_of)


def editions(text: str) -> str:
    """The text with every edition under its name; file names stay as they are.

    >>> editions("53 in mcs2026, mcs2026-tin_salient.csv, line 6")
    '53 in MCS 2026, mcs2026-tin_salient.csv, line 6'
    """
    alone = re.compile(r"(?<![\w./-])[a-z]+\d{4}(?![\w/-]|\.\w)")
    return alone.sub(lambda found: edition(found[0]), text)


def sentence(text: str) -> str:
    """The text with a capital at its start.

    >>> sentence("rare earths")
    'Rare earths'
    """
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str], joined: str = "and") -> str:
    """Names as a sentence lists them.

    >>> listed(["tin"]), listed(["tin", "lead", "zinc"]), listed(["tin", "lead"], "or")
    ('tin', 'tin, lead and zinc', 'tin or lead')
    """
    *firsts, last = names
    return f"{', '.join(firsts)} {joined} {last}" if firsts else last


def item_name(row: Mapping[str, Any]) -> str:
    """A row's material and, where it is told apart by it, what exactly is counted.

    >>> item_name({"name": "zinc", "form": "refined zinc"})
    'Refined zinc'
    >>> item_name({"name": "rare earths", "form": "Compounds and metals"})
    'Rare earths, compounds and metals'
    """
    name, form = str(row["name"]), str(row["form"] or "")
    if form.casefold().startswith(name.casefold()) or form.casefold().endswith(f" {name.casefold()}"):
        return sentence(form)
    return sentence(name) + (f", {form[:1].lower()}{form[1:]}" if form else "")


def imports_meant(form: str | None, name: str, *, whole: bool = False) -> str:
    """Which imports a share is a share of; remarks in brackets only in ``whole``.

    >>> imports_meant("All", "barite"), imports_meant("Hafnium, unwrought", "hafnium")
    ('imports', 'imports of hafnium, unwrought')
    >>> imports_meant("Combined total (includes scrap)", "magnesium")
    'imports'
    >>> imports_meant("Combined total (includes scrap)", "magnesium", whole=True)
    'imports (includes scrap)'
    >>> imports_meant("Manganese contained in principal manganese imports", "manganese")
    'manganese contained in principal manganese imports'
    >>> imports_meant("RARE EARTHS, compounds and metals", "cerium")
    'imports of rare earths, compounds and metals'
    """
    words = re.sub(r"[A-Za-z0-9]+", lambda found: plain_word(found[0]), form or "")
    kind, bracket, remark = words.partition(" (")
    kind = re.sub(r"^(combined )?total\b ?", "", kind)
    if kind.endswith(" imports"):
        return kind
    told = "imports" if kind in ("", "all", "imports", name) else f"imports of {kind}"
    return told + bracket + remark if whole else told


def plain_word(word: str) -> str:
    """A word without the capitals of a heading; formulas keep theirs.

    >>> plain_word("TITANIUM"), plain_word("Sponge"), plain_word("TiO2")
    ('titanium', 'sponge', 'TiO2')
    """
    return word.lower() if word.istitle() or (word.isupper() and word.isalpha()) else word


def series_label(series: str) -> str:
    """The publisher's label of a series; nothing where it is only the heading of a column.

    >>> series_label("Tin | Consumption, apparent, refined"), series_label("Tin | NIR_pct")
    ('Consumption, apparent, refined', '')
    """
    label = series.split(" | ", 1)[-1]
    return "" if "_" in label else label
