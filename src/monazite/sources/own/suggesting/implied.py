"""What a file says between the lines: the flow in its title, the nomenclature in a header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from monazite.sources.own.suggesting import headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.schema.tables import Table
    from monazite.sources.own.suggesting.samples import Look
    from monazite.sources.own.suggesting.weighing import Proposal

_FLOWS = {
    "import": re.compile(r"\bimports?\b|\beinfuhr|\bimportation|\bimportac", re.IGNORECASE),
    "export": re.compile(r"\bexports?\b|\bausfuhr|\bexportation|\bexportac", re.IGNORECASE),
}
_VALUATIONS = ("cif", "fob", "fas", "customs")
_REGIMES = {"consumption": "consumption", "general": "general"}
_HS = re.compile(r"\bhs ?-?(?:19|20)?(92|96|02|07|12|17|22)\b|\bh([0-6])\b", re.IGNORECASE)
_EDITIONS = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
_TARIFF_LINE, _SUBHEADING = 10, 6
_MEASURES = (
    "production",
    "imports",
    "exports",
    "consumption",
    "reserves",
    "capacity",
    "stocks",
    "price",
    "employment",
)


class Constant(NamedTuple):
    """The same value for all rows: how sure, and why."""

    column: str
    value: str
    sure: float
    why: str


def implied(look: Look, table: Table, chosen: Mapping[str, Proposal]) -> list[Constant]:
    """Constants the file implies for columns it does not hold."""
    if table.name == "trade":
        found = _trade(look, chosen)
    elif table.name == "mineral_statistic":
        found = _statistic(look, chosen)
    else:
        found = []
    return [each for each in found if each.column not in chosen]


def _trade(look: Look, chosen: Mapping[str, Proposal]) -> list[Constant]:
    """Nomenclature, flow, reporter, valuation, regime."""
    found = [*_nomenclature(chosen, " ".join(look.titles)), *_valued(chosen)]
    american = any(each.value in ("HTS", "ScheduleB") for each in found)
    found += _flow(look, chosen)
    if american and {"partner", "exporter", "importer"} & chosen.keys():
        home = _home(chosen, next((each.value for each in found if each.column == "flow"), ""))
        found.append(Constant(home, "USA", 0.8, "codes of the United States' tariff"))
    return found


def _home(chosen: Mapping[str, Proposal], flow: str) -> str:
    """The column the reporting country fills."""
    if "partner" in chosen:
        return "reporter"
    if "exporter" in chosen and "importer" not in chosen:
        return "importer"
    if "importer" in chosen and "exporter" not in chosen:
        return "exporter"
    return "importer" if flow == "import" else "exporter"


def _nomenclature(chosen: Mapping[str, Proposal], titles: str) -> list[Constant]:
    """Which list the codes belong to, by their header, the titles and their length."""
    code = chosen.get("code")
    if code is None:
        return []
    header, digits = code.sample.header, code.options.get("digits")
    found = _by_name(headers.fold(header), digits) or _by_edition(header, 0.85)
    if not found and digits == _SUBHEADING:
        found = _by_edition(titles.replace("_", " "), 0.7) or ("HS", 0.7, "six digits, edition not stated")
    if not found and headers.fold(header).startswith("hs"):
        found = ("HS", 0.7, "the header says HS, edition not stated")
    return [Constant("nomenclature", *found)] if found else []


def _by_name(header: str, digits: int | None) -> tuple[str, float, str] | None:
    """A nomenclature that the header names."""
    line = digits == _TARIFF_LINE
    if "hts" in header.replace(" ", ""):
        return "HTS", 0.9, "the header names the Harmonized Tariff Schedule"
    if header.startswith("schedule b"):
        return "ScheduleB", 0.9, "the header names Schedule B"
    if header in {"i commodity", "e commodity"}:
        name = ("HTS" if header == "i commodity" else "ScheduleB") if line else "HS"
        return name, 0.9, "the header is the Census Bureau's"
    return None


def _by_edition(text: str, sure: float) -> tuple[str, float, str] | None:
    """An edition of the Harmonized System that a text names."""
    match = _HS.search(text)
    if match is None:
        return None
    years = (each for each in _EDITIONS if each.endswith(match[1] or "-"))
    name = _EDITIONS[int(match[2])] if match[2] else next(years)
    return name, sure, f'"{match[0]}" names the edition'


def _flow(look: Look, chosen: Mapping[str, Proposal]) -> list[Constant]:
    """The direction, by the headers of the figures, then by titles, sheet and file, then by the tariff."""
    figures = " ".join(
        chosen[name].sample.header for name in ("value_usd", "mass_t", "quantity") if name in chosen
    )
    code = headers.fold(chosen["code"].sample.header) if "code" in chosen else ""
    texts = (
        (figures, 0.85, "the figures' header"),
        (" ".join(look.titles).replace("_", " "), 0.75, "title, sheet or file name"),
    )
    for text, sure, where in texts:
        said = [flow for flow, pattern in _FLOWS.items() if pattern.search(text)]
        if len(said) == 1:
            return [Constant("flow", said[0], sure, f"{where} says {said[0]}")]
        if said:
            return [Constant("flow", each, 0.4, f"{where} names both") for each in said]
    if code.startswith("schedule b") or code == "e commodity":
        return [Constant("flow", "export", 0.7, "Schedule B is for exports")]
    if "hts" in code.replace(" ", "") or code == "i commodity":
        return [Constant("flow", "import", 0.7, "the tariff schedule is for imports")]
    return [Constant("flow", each, 0.3, "nothing in the file says") for each in _FLOWS]


def _valued(chosen: Mapping[str, Proposal]) -> list[Constant]:
    """What the value includes, and what counts as trade, by the header of the value."""
    value = chosen.get("value_usd")
    words = headers.fold(value.sample.header).split() if value else []
    why = "the value's header says so"
    valuations = [Constant("valuation", word, 0.85, why) for word in words if word in _VALUATIONS]
    regimes = [Constant("regime", regime, 0.8, why) for word, regime in _REGIMES.items() if word in words]
    return [*valuations[:1], *regimes[:1]]


def _statistic(look: Look, chosen: Mapping[str, Proposal]) -> list[Constant]:
    """What is measured, by the header of the figures or the titles."""
    header = headers.fold(chosen["value"].sample.header) if "value" in chosen else ""
    for text, sure in ((header, 0.85), (headers.fold(" ".join(look.titles)), 0.7)):
        said = [measure for measure in _MEASURES if measure in text.split()]
        if len(said) == 1:
            return [Constant("measure", said[0], sure, "the header or title says so")]
    return [Constant("measure", "production", 0.3, "nothing in the file says")]
