"""The European list of critical raw materials, from a table of results: thresholds and groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.methods.supply_risk import is_critical
from monazite.methods.supply_risk.eu import IMPORTANT, RISKY
from monazite.results.frame import Frame
from monazite.results.result import Headline, Source
from monazite.schema.eu_list import EU_LIST
from monazite.studies.eu_list.defects import defects
from monazite.studies.eu_list.entries import ALIASES, GROUPS, OFFICIAL, STRATEGIC, bare, entry_of
from monazite.studies.eu_list.reading import results
from monazite.studies.nomenclature.answer import answer

if TYPE_CHECKING:
    from monazite.schema.findings import Finding
    from monazite.studies.eu_list.reading import Result
    from monazite.studies.nomenclature.answer import Answer

__all__ = ["QUESTION", "eu_list"]

QUESTION = "Which materials are critical by the European Union's thresholds, and which figures decide it?"
METHOD = (
    "A material is critical if its supply risk is at least 1.0 and its economic importance at least 2.8"
    " (Blengini et al. 2017; study of 2023). Ten heavy and five light rare earths and five platinum-group"
    " metals count as one entry each. Copper and nickel are listed as strategic without meeting the threshold"
    " of supply risk. Figures are taken as they stand in the table; a defect is told, never repaired."
)


def eu_list(path: Path | str) -> Answer:
    """The list as a table of results gives it.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with a header: ``material``, ``SR`` (supply risk), ``EI`` (economic importance),
        and if at hand ``stage`` (E extraction, P processing), ``SI_EI``, ``SI_SR``, and in percent
        ``IR_primary``, ``IR_refined``, ``EoL_RIR``. Decimals are written with a point.

    Returns
    -------
    Answer
        One row an entry, critical ones first; defects of the table are findings. A note names the entries
        of the official list that the table cannot judge.

    Raises
    ------
    SourceError
        If the file cannot be read or lacks a column.
    """
    file = Path(path)
    rows = results(file)
    told = defects(rows, file.name)
    table = Frame(EU_LIST, tuple(_entries(rows, told)))
    listed = [row for row in table if row["verdict"] in ("critical", "strategic")]
    return answer(
        f"Critical raw materials of the European Union, by {file.name}",
        table,
        method=METHOD,
        parameters={"file": file.name},
        findings=told,
        sources=(
            Source("as given", "Results of the European Union's study", "the user's file", "", "own", ()),
        ),
        headlines=(Headline("Listed", str(len(listed)), f"the official list of 2023 has {len(OFFICIAL)}"),),
        notes=_missing(table),
        question=QUESTION,
        study="eu_list",
    )


def _missing(table: Frame) -> tuple[str, ...]:
    """A note on the entries of the official list that have no verdict."""
    judged = {row["entry"].casefold() for row in table if row["verdict"] != "not known"}
    judged |= {ALIASES.get(name, name) for name in judged}
    missing = [name for name in OFFICIAL if name.casefold() not in judged]
    told = "Of the official list of 2023 the table has no figures of"
    return (f"{told} {', '.join(missing)}.",) if missing else ()


def _entries(rows: tuple[Result, ...], told: list[Finding]) -> list[dict[str, Any]]:
    """Entries with verdicts, critical first, then by supply risk."""
    rules: dict[str, list[str]] = {}
    for one in told:
        rules.setdefault(one.subject, []).append(one.rule)
    by_entry: dict[str, list[Result]] = {}
    for row in rows:
        by_entry.setdefault(entry_of(row.material).casefold(), []).append(row)
    found = [_row(entry_of(each[0].material), each, rules) for each in by_entry.values()]
    order = {verdict: at for at, verdict in enumerate(("critical", "strategic", "not critical", "not known"))}
    return sorted(found, key=lambda row: (order[row["verdict"]], -(row["supply_risk"] or 0), row["entry"]))


def _row(entry: str, rows: list[Result], rules: dict[str, list[str]]) -> dict[str, Any]:
    """One entry: of a group its own row, else the riskiest member, critical ones first."""
    known = [row for row in rows if row.figures.get("SR") is not None and row.figures.get("EI") is not None]
    own = [row for row in known if bare(row.material) == entry.casefold()]
    best = max(own or known, key=_standing, default=None)
    verdict, reason = _verdict(entry, best)
    if len({_standing(row) for row in own}) > 1:
        best, verdict, reason = None, "not known", "it stands twice in the table, with figures that differ"
    members = [row.material for row in rows if bare(row.material) != entry.casefold() and entry in GROUPS]
    named = [rule for row in rows for rule in rules.get(row.material, [])]
    return {
        "entry": entry,
        "verdict": verdict,
        "supply_risk": best.figures["SR"] if best else None,
        "economic_importance": best.figures["EI"] if best else None,
        "members": ", ".join(members) or None,
        "reason": reason,
        "findings": "; ".join(dict.fromkeys(named)) or None,
    }


def _standing(row: Result) -> tuple[bool, float, float]:
    """Whether a material is critical, its supply risk and its economic importance."""
    risk, importance = float(row.figures["SR"] or 0), float(row.figures["EI"] or 0)
    return is_critical(risk, importance), risk, importance


def _verdict(entry: str, row: Result | None) -> tuple[str, str]:
    """The verdict on an entry, and why."""
    if row is None:
        return "not known", "supply risk or economic importance is not in the table"
    critical, risk, importance = _standing(row)
    told = f"supply risk {risk:.1f} ({RISKY}), economic importance {importance:.1f} ({IMPORTANT})"
    if critical:
        return "critical", told
    if entry.casefold() in STRATEGIC:
        return "strategic", f"{told}; listed as a strategic material"
    return "not critical", told
