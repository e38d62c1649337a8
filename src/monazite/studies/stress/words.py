"""The answer in words: headlines that rest on published figures, notes that say what rests on judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.result import Headline
from monazite.results.shown import dollar_range
from monazite.results.words import percent_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from monazite.studies.stress.model import Model

    Row = Mapping[str, Any]

JUDGED = "rests on judgement"
HELD = 10.0
"""From this multiple on prices may be held: the lowest end of the largest rise on record."""
METHOD = (
    "A cut lowers what the market outside the restricting countries gets; price and quantity follow from"
    " elasticities of demand and supply and from idle capacity, month by month. Users draw on stocks and fall"
    " short when these are gone; industries lose the output that needs the material, less what they save, and"
    " their suppliers lose with them (input-output multipliers). Every uncertain input is drawn from a"
    " triangle at scrambled Sobol points; results are the median and the 5 % and 95 % quantiles."
)


def headlines(
    model: Model, rows: Sequence[Row], industries: Sequence[Row], covers: Sequence[Row], loss: Row | None
) -> tuple[Headline, ...]:
    """Who runs short first, what it costs, which industry is hit, what about defence."""
    worst = max(rows, key=lambda row: (row["shortage_median"] or 0.0, row["shortage_high"] or 0.0))
    dearest = max(rows, key=lambda row: row["price_median"] or 0.0)
    found = [_shortage(worst), _stocks(rows), _price(dearest)]
    if loss is not None and industries:
        ends = dollar_range(loss["loss_low"], loss["loss_high"])
        found.append(
            Headline("Value added lost", ends, f"over {model.scenario.horizon_months} months; {JUDGED}")
        )
        first = industries[0]
        found.append(
            Headline(
                "Hit most", first["name"], f"{dollar_range(first['loss_low'], first['loss_high'])}; {JUDGED}"
            )
        )
    found += _defence(worst, covers)
    return tuple(found)


def _defence(worst: Row, covers: Sequence[Row]) -> Iterator[Headline]:
    """Defence's need of the material that is shortest."""
    for row in covers:
        if (row["material"], row["stage"], row["sector"]) == (worst["material"], worst["stage"], "defence"):
            ends = percent_range(row["unmet_priority_low"] or 0.0, row["unmet_priority_high"] or 0.0)
            alike = percent_range(row["unmet_alike_low"] or 0.0, row["unmet_alike_high"] or 0.0)
            yield Headline("Defence unmet, if first in line", ends, f"{alike} if all are cut alike; {JUDGED}")


def _shortage(row: Row) -> Headline:
    """The deepest shortage."""
    ends = percent_range(row["shortage_low"] or 0.0, row["shortage_high"] or 0.0)
    return Headline(f"Shortage of {row['name']}", ends, f"of normal use, in the worst month; {JUDGED}")


def _stocks(rows: Sequence[Row]) -> Headline:
    """Whose stocks are gone first."""
    gone = [row for row in rows if row["stock_out_month_median"] is not None]
    if not gone:
        return Headline("Stocks run out", "not in most draws", f"within the horizon; {JUDGED}")
    first = min(gone, key=lambda row: row["stock_out_month_median"])
    return Headline(
        "Stocks run out",
        month(first["stock_out_month_median"]),
        f"{first['name']}, median of the draws; {JUDGED}",
    )


def _price(row: Row) -> Headline:
    """The largest rise of price."""
    held = " and held at the largest rise on record" if (row["price_high"] or 0.0) >= HELD else ""
    return Headline(
        f"Price of {row['name']}",
        times(row["price_low"], row["price_high"]),
        f"of before, outside the restricting countries{held}; {JUDGED}",
    )


def month(number: float) -> str:
    """A month after the cut in words.

    >>> month(0), month(2.0)
    ('in the first month', 'after 2 months')
    """
    if number < 1:
        return "in the first month"
    return f"after {number:.0f} month{'s' * (round(number) != 1)}"


def times(low: float | None, high: float | None) -> str:
    """A multiple between two ends.

    >>> times(1.0, 1.04), times(1.2, 26.4), times(2.0, 2.0)
    ('1.0 to 1.0 times', '1.2 to 26 times', '2.0 times')
    """
    if low is None or high is None:
        return "not known"
    ends = [f"{one:.1f}" if one < 10 else f"{one:,.0f}" for one in (low, high)]  # noqa: PLR2004 - two digits
    return f"{ends[0]} times" if low == high else f"{ends[0]} to {ends[1]} times"


def notes(model: Model, rows: Sequence[Row]) -> Iterator[str]:
    """What a reader must know to defend the figures."""
    scenario = model.scenario
    if scenario.about:
        yield " ".join(scenario.about.split())
    tags = [one.judgement.tag for one in model.inputs]
    judged = sum(tag == "U" for tag in tags)
    yield f"{judged} of {len(tags)} inputs are judgement (U); the table of inputs names reasons and sources."
    if any((row["price_high"] or 0.0) >= HELD for row in rows):
        yield (
            "Elasticities were never measured at such prices: above the largest rise on record users are"
            " taken to be rationed, not outbid, and the price is held there."
        )
    accounts = model.economy.accounts
    if model.users:
        yield (
            f"Industries are those of BEA's {accounts.detail} accounts of {accounts.year}; they hold no"
            " employment. Losses are gross: nobody else makes up for them, and no demand moves elsewhere."
        )
