"""Risk on the terminal: places by every measure, reasons, and what a measure comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.interfaces.cli.terminal import width
from monazite.schema.risk import COMPOSITE, MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer

ALL = (*MEASURES, COMPOSITE)
SHOWN = (
    "reliance",
    "source_hhi",
    "world_hhi",
    "governance_hhi",
    "geopolrisk",
    "early_warning",
    "eu_supply_risk",
)
FEW = ("reliance", "world_hhi", "eu_supply_risk")
"""Measures by which places stand side by side: on a wide screen, on a narrow one."""
AGREE = "The measures that are known agree"
LONG = 12
"""Rows from which materials with nothing to say are told on one line."""
NONE = "–"
WIDE = 96


def parts(result: Answer, named: tuple[str, ...]) -> Iterator[RenderableType]:
    """The materials with their places, or with the measures named; reasons, findings."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    yield Text(result.title, style="bold")
    methods = result.parameters["method"]
    yield _measures(result, named) if named else _overview(result)
    if not named:
        yield Text("Why the measures disagree", style="bold")
        yield from _reasons(list(result.table))
        yield Text()
    yield from _found(result, named)
    for one in (each for each in ALL if each.name in methods):
        yield Text(f"{one.heading}: {one.meaning} Formula: {one.formula}.", style="dim")
    if not named:
        yield Text(f"{_LEGEND} {_years(result)}", style="dim")


_LEGEND = (
    "Place: what the interval may have, 1 being riskiest; the rows are ordered by its lower end. The other"
    " columns are places by other measures, of as many as are ranked. --method NAME tells a measure's inputs."
)


def _years(result: Answer) -> str:
    """Of which years the measures are."""
    by_name = {each.name: each.heading for each in ALL}
    years: dict[str, set[str]] = {}
    for row in result.details["measures"]:
        if row["year"] and row["measure"] in SHOWN:
            years.setdefault(by_name[row["measure"]], set()).add(row["year"].partition(",")[0])
    told = (f"{heading} {', '.join(sorted(each))}" for heading, each in years.items())
    return f"Years: {'; '.join(told)}."


def _overview(result: Answer) -> RenderableType:
    """Places by every measure, and the figure of the one ordered by."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - rich, only when it draws

    first = result.parameters["method"][0]
    shown = [each for each in (SHOWN if width() >= WIDE else FEW) if each != first]
    ranked = {row["measure"]: row["ranked"] for row in result.details["measures"]}
    by_name = {each.name: each for each in ALL}
    shown = [each for each in shown if ranked[each]]
    headings = [f"Place\nof {ranked[first]}", "Material", by_name[first].heading.replace(" ", "\n", 1)]
    headings += [f"{_broken(by_name[each].heading)}\nof {ranked[each]}" for each in shown]
    lines = [
        [_places(row, first), row["name"], ends(row[f"{first}_low"], row[f"{first}_high"]),
         *(_places(row, each) for each in shown)]
        for row in result.table
    ]  # fmt: skip
    return listing(headings, lines, fold=("Material",))


def _broken(heading: str) -> str:
    """A heading of two words on two lines."""
    return heading.replace(" ", "\n").replace("GeoPolRisk", "GeoPol-\nRisk")


def _measures(result: Answer, named: tuple[str, ...]) -> RenderableType:
    """The measures named: figure and places; of one alone also what it comes from."""
    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    by_name = {each.name: each for each in ALL}
    if len(named) > 1:
        headings = ["Material", *(by_name[each].heading for each in named)]
        lines = [[row["name"], *(_cell(row, each) for each in named)] for row in result.table]
        return listing(headings, lines, fold=headings if width() < WIDE else ("Material",))
    (one,) = named
    behind = {row["material"]: row for row in result.details["measures"] if row["measure"] == one}
    lines = [
        [_places(row, one), row["name"], ends(row[f"{one}_low"], row[f"{one}_high"]),
         behind[row["material"]]["inputs"] or behind[row["material"]]["reason"],
         behind[row["material"]]["year"]]
        for row in result.table
    ]  # fmt: skip
    headings = ["Place", "Material", by_name[one].heading.replace(" ", "\n", 1), "From", "Year"]
    cut = None if width() >= WIDE else -1
    return listing(headings[:cut], [line[:cut] for line in lines], fold=("Material", "From", "Year"))


def _cell(row: Row, name: str) -> str:
    """A value and its places."""
    value, places = ends(row[f"{name}_low"], row[f"{name}_high"]), _places(row, name)
    return value if places == NONE else f"{value} [{places}]"


def _places(row: Row, name: str) -> str:
    """The places a material may have."""
    first, last = row[f"{name}_rank_low"], row[f"{name}_rank_high"]
    if first is None:
        return NONE
    return str(first) if first == last else f"{first}–{last}"


def _reasons(rows: list[Row]) -> Iterator[RenderableType]:
    """A sentence each, alike ones once; in a long list, materials with nothing to say on one line."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    agree = [row for row in rows if row["reason"].startswith(AGREE)] if len(rows) > LONG else []
    said: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row not in agree:
            moved = f" Place moves by {row['sensitive_places']} with {row['sensitive_to']}."
            told = moved if row["sensitive_to"] else ""
            said.setdefault((row["reason"], told), []).append(row["name"])
    for (why, moved), names in said.items():
        yield Text.assemble((f"{', '.join(names)}: ", "bold"), why, (moved, "dim"))
    if agree:
        names = [row["name"] for row in agree]
        yield Text.assemble(("No certain disagreement: ", "bold"), f"{', '.join(names)}.")


def ends(low: float | None, high: float | None) -> str:
    """Two ends, once where they print alike.

    >>> ends(0.5, 0.504), ends(0.1, 0.25)
    ('0.50', '0.10–0.25')
    """
    if low is None or high is None:
        return NONE
    told = f"{low:.2f}", f"{high:.2f}"
    return told[0] if told[0] == told[1] else "–".join(told)


def scores(result: Answer) -> Iterator[RenderableType]:
    """GeoPolRisk: scores, then what is refused and why."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    from monazite.interfaces.cli.listing import listing  # noqa: PLC0415 - as above

    yield Text(result.title, style="bold")
    known = sorted(
        (row for row in result.table if row["score_high"] is not None), key=lambda r: -r["score_high"]
    )
    lines = [
        (row["name"], ends(row["score_low"], row["score_high"]), ends(row["hhi_low"], row["hhi_high"]),
         ends(row["import_risk_low"], row["import_risk_high"]), ends(row["cf_low"], row["cf_high"]),
         row["findings"] or "")
        for row in known
    ]  # fmt: skip
    headings = ("Material", "Score", "World HHI", "Import risk", "CF", "Findings")
    cut = None if width() >= WIDE else 2
    yield listing(headings[:cut], [line[:cut] for line in lines], fold=("Material", "Findings"))
    refused = [row for row in result.table if row["score_high"] is None]
    if refused:
        yield Text("No score", style="bold")
        for row in refused:
            yield Text.assemble((f"{row['name']}: ", "bold"), str(row["reason"]))
        yield Text()
    yield Text("Score: world HHI × import risk, 0 to 1. CF: kg copper equivalents per kg.", style="dim")


def _found(result: Answer, named: tuple[str, ...]) -> Iterator[RenderableType]:
    """What is missing by measure in words; findings about materials by rule."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    headings = {one.heading: one.name for one in MEASURES} | {"measures": "" if len(named) != 1 else NONE}
    of_measures: dict[tuple[str, str], list[str]] = {}
    of_materials: dict[str, list[str]] = {}
    for one in result.findings:
        if one.subject not in headings:
            of_materials.setdefault(one.rule, []).append(one.subject)
        elif not named or headings[one.subject] in ("", *named):
            of_measures.setdefault((one.rule, one.found), []).append(one.subject)
    for (rule, found), subjects in of_measures.items():
        yield Text.assemble((f"{rule} ", "bold"), f"{', '.join(subjects)}: {found}")
    for rule, subjects in of_materials.items() if not named else ():
        yield Text.assemble((f"{rule} ", "bold"), ", ".join(dict.fromkeys(subjects)))
    if result.findings:
        yield Text()
