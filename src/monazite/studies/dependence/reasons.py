"""Why a row has no reliance, in a sentence; or whose figure it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.materials import material
from monazite.results.words import edition, quantity

if TYPE_CHECKING:
    from monazite.studies.dependence.row import Subject

Row = dict[str, Any]
INSTEAD = ("production", "imports", "exports", "consumption")


def reason(subject: Subject, row: Row) -> str | None:
    """Say why there is no figure, or that it is a group's; ``None`` where the figure speaks for itself."""
    if subject.group is not None:
        return f"Published for {material(subject.group_id).name}, of which {row['name']} is one."
    if row["reliance_published"] is not None and row["reliance_status"] != "not-available":
        return None
    told = _silence(subject, row)
    instead = [
        f"{name} {quantity(row[name])} {row['quantity_unit']}" for name in INSTEAD if row[name] is not None
    ]
    return f"{told} Published instead: {', '.join(instead)}." if instead else told


def _silence(subject: Subject, row: Row) -> str:
    """What the edition says, or does not, in place of a figure."""
    named, years = edition(row["as_of"]), sorted(subject.balance.terms["net-import-reliance"])
    if row["chapter"] is None:
        elsewhere = f" It is counted by {subject.material.elsewhere}." if subject.material.elsewhere else ""
        return f"{named} has no chapter on {row['name']}.{elsewhere}"
    if row["reliance_status"] == "not-available":
        return f"{named} prints NA: a meaningful net import reliance could not be given."
    if years:
        only = ", ".join(str(year) for year in years)
        return f"{named} gives a net import reliance for {only} only."
    return f"{named} publishes no net import reliance for {row['name']}."
