"""A stress test on the terminal: materials, industries, cover of essential users, costs, what drives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.interfaces.cli.terminal import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer

WIDE = 96
FEW, MOST = 8, 12
COVERED = 3
"""Materials, the shortest first, whose essential uses are shown."""
NONE = "–"


def parts(result: Answer) -> Iterator[RenderableType]:
    """The answer, the most telling tables first; files hold all of them."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    yield Text(result.title, style="bold")
    for one in result.headlines:
        yield Text.assemble(f"{one.label}: ", (one.value, "bold"), f" ({one.detail})")
    yield Text()
    yield _materials(result)
    for name, draw in (
        ("industries", _industries),
        ("cover", _cover),
        ("costs", _costs),
        ("drivers", _drivers),
    ):
        if len(result.details[name]):
            yield draw(result)
    for note in result.notes:
        yield Text(note, style="dim")
    yield Text()
    yield from _found(result)
    told = result.parameters
    yield Text(
        f"{told['draws']} draws, seed {told['seed']}, {told['months']} months; after each median"
        " stand the 5 % and 95 % quantiles. --report FILE.html draws it; -o FILE.xlsx holds every table.",
        style="dim",
    )


def swept(result: Answer) -> Iterator[RenderableType]:
    """The worst of a sweep."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    for one in result.headlines:
        yield Text.assemble(f"{one.label}: ", (one.value, "bold"), f" ({one.detail})")
    shown = result.table.rows[: 3 * MOST]
    lines = [
        (
            row["name"],
            row["supplier_name"],
            percents(row, "shortage"),
            times(row, "price"),
            dollars(row, "loss"),
        )
        for row in shown
    ]
    yield listing(("Material", "Without", "Shortage", "Price", "Loss"), lines, fold=("Material", "Without"))
    if len(result.table) > len(shown):
        yield Text(f"{len(result.table) - len(shown)} more: -o FILE, or --format csv", style="dim")
    for note in result.notes:
        yield Text(note, style="dim")


def weighed(result: Answer) -> Iterator[RenderableType]:
    """Scenarios of a portfolio, the largest expected loss first."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above
    from monazite.results.words import percent, percent_range  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    for one in result.headlines:
        yield Text.assemble(f"{one.label}: ", (one.value, "bold"), f" ({one.detail})")
    lines = []
    for row in result.table:
        low, central, high = (row[f"probability_{end}"] for end in ("low", "central", "high"))
        likely = percent(central) if low == high else f"{percent(central)} ({percent_range(low, high)})"
        lines.append((row["title"], likely, *(_weighed(row, name) for name in ("loss", "expected"))))
    yield listing(("Scenario", "Probability", "Loss", "Expected in a year"), lines, fold=("Scenario",))
    for note in result.notes:
        yield Text(note, style="dim")


def _weighed(row: Row, name: str) -> str:
    """Mean amount and its ends."""
    from monazite.results.shown import dollar_range  # noqa: PLC0415 - rich, only when it draws

    low, central, high = (row[f"{name}_{end}"] for end in ("low", "central", "high"))
    return NONE if central is None else f"{money(central)} ({dollar_range(low, high)})"


def _materials(result: Answer) -> RenderableType:
    """Every material: share cut, shortage, price, stocks."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    wide = width() >= WIDE
    headings = ("Material", "Short by", "Price", "Stocks gone", "Supply cut", "Loss")
    lines = [
        (
            row["name"],
            percents(row, "shortage"),
            times(row, "price"),
            months(row, "stock_out_month"),
            percents(row, "cut_share"),
            dollars(row, "loss"),
        )
        for row in result.table
    ]
    kept = None if wide else 4
    return listing(headings[:kept], [line[:kept] for line in lines], fold=("Material",))


def _industries(result: Answer) -> RenderableType:
    """Industries that lose most."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    wide = width() >= WIDE
    headings = ("Industry", "Loses", "From month", "Least", "Likely", "Worst")
    lines = [
        (
            row["name"],
            dollars(row, "loss"),
            months(row, "first_month"),
            *(money(row[f"case_{case}"]) for case in ("low", "central", "worst")),
        )
        for row in result.details["industries"].rows[:FEW]
    ]
    kept = None if wide else 3
    return listing(headings[:kept], [line[:kept] for line in lines], fold=("Industry",))


def _cover(result: Answer) -> RenderableType:
    """Defence and health: what they need, and what is unmet alike and first in line."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    worst = [(row["material"], row["stage"]) for row in result.table.rows[:COVERED]]
    names = {(row["material"], row["stage"]): row["name"] for row in result.table}
    rows = [row for row in result.details["cover"] if (row["material"], row["stage"]) in worst]
    rows.sort(key=lambda row: worst.index((row["material"], row["stage"])))
    lines = [
        (
            f"{names[row['material'], row['stage']]}: {row['sector']}",
            percents(row, "unmet_alike"),
            percents(row, "unmet_priority"),
            months(row, "cover"),
        )
        for row in rows
    ]
    headings = ("Essential use", "Unmet, all alike", "Unmet, they first", "Unmet from month")
    return listing(headings, lines, fold=("Essential use",))


def _costs(result: Answer) -> RenderableType:
    """What products cost more."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    lines = [
        (row["name"], amounts(row, "cost"), row["unit"], row["tag"])
        for row in result.details["costs"].rows[:MOST]
    ]
    return listing(("Product", "Costs more", "Unit", "Tag"), lines, fold=("Product",))


def _drivers(result: Answer) -> RenderableType:
    """What the spread comes from."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    lines = [
        (row["meaning"], f"{max(row['first_order'], 0.0):.0%}", f"{max(row['total_order'], 0.0):.0%}")
        for row in result.details["drivers"].rows[:FEW]
        if row["total_order"] > 0.005  # noqa: PLR2004 - half a percent prints as 1
    ]
    return listing(
        ("What drives the spread", "Alone", "With others"), lines, fold=("What drives the spread",)
    )


def _found(result: Answer) -> Iterator[RenderableType]:
    """Findings, one a line."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    for one in result.findings:
        yield Text.assemble((f"{one.rule} ", "bold"), f"{one.subject}: {one.found}")
    if result.findings:
        yield Text()


def percents(row: Row, name: str) -> str:
    """Median share and its band."""
    from monazite.results.words import percent, percent_range  # noqa: PLC0415 - rich, only when it draws

    median, low, high = (row[f"{name}_{end}"] for end in ("median", "low", "high"))
    if median is None:
        return NONE
    return f"{percent(median)} ({percent_range(low, high)})" if low != high else percent(median)


def times(row: Row, name: str) -> str:
    """Median multiple and its band."""
    median, low, high = (row[f"{name}_{end}"] for end in ("median", "low", "high"))
    if median is None:
        return NONE
    return f"{_multiple(median)}× ({_multiple(low)}–{_multiple(high)})"


def _multiple(value: float | None) -> str:
    """A multiple with two digits."""
    if value is None:
        return "?"
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"  # noqa: PLR2004 - two digits


def months(row: Row, name: str) -> str:
    """Median month and its band; later than the horizon is never."""
    median, low, high = (row[f"{name}_{end}"] for end in ("median", "low", "high"))
    if low is None:
        return NONE
    end = "never" if high is None else f"{high:.0f}"
    middle = "never" if median is None else f"{median:.0f}"
    return middle if middle == end == f"{low:.0f}" else f"{middle} ({low:.0f}–{end})"


def dollars(row: Row, name: str) -> str:
    """Median loss and its band."""
    from monazite.results.shown import dollar_range  # noqa: PLC0415 - rich, only when it draws

    median, low, high = (row[f"{name}_{end}"] for end in ("median", "low", "high"))
    return NONE if median is None else f"{money(median)} ({dollar_range(low, high)})"


def money(value: float | None) -> str:
    """An amount in words."""
    from monazite.results.shown import dollars as told  # noqa: PLC0415 - rich, only when it draws

    return NONE if value is None else told(value)


def amounts(row: Row, name: str) -> str:
    """Median amount and its band, three digits."""
    median, low, high = (row[f"{name}_{end}"] for end in ("median", "low", "high"))
    return NONE if median is None else f"{_three(median)} ({_three(low)} to {_three(high)})"


def _three(value: float) -> str:
    """A number with three digits.

    >>> _three(0.01234), _three(1234567.0), _three(12.345)
    ('0.0123', '1,230,000', '12.3')
    """
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:g}"  # noqa: PLR2004 - three digits
