"""Why a row has no reliance, in a sentence; or whose figure it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.materials import material

if TYPE_CHECKING:
    from monazite.studies.dependence.row import Subject

Row = dict[str, Any]
ENERGY_MINERALS = ("metallurgical_coal", "uranium")


def reason(subject: Subject, row: Row) -> str | None:
    """Say why there is no figure, or that it is a group's; ``None`` where the figure speaks for itself."""
    if subject.group is not None:
        return f"Published for {material(subject.group_id).name}, of which {row['name']} is one."
    if row["reliance_published"] is not None and row["reliance_status"] != "not-available":
        return None
    if row["chapter"] is None:
        return _outside(subject, row)
    if row["reliance_status"] == "not-available":
        return (
            f"{_edition(row)} prints NA: a meaningful net import reliance could not be given.{_instead(row)}"
        )
    if subject.balance.terms["net-import-reliance"]:
        years = ", ".join(str(year) for year in sorted(subject.balance.terms["net-import-reliance"]))
        return f"{_edition(row)} gives a net import reliance for {years} only.{_instead(row)}"
    return f"{_edition(row)} publishes no net import reliance for {row['name']}.{_instead(row)}"


def _outside(subject: Subject, row: Row) -> str:
    """Why the publication has no chapter on it, and where energy minerals are counted instead."""
    energy = row["material"] in ENERGY_MINERALS
    elsewhere = " It is an energy mineral: see the U.S. Energy Information Administration." if energy else ""
    return f"{_edition(row)} has no chapter on {subject.material.name}.{elsewhere}"


def _edition(row: Row) -> str:
    """The edition as people write it."""
    return str(row["as_of"]).replace("mcs", "MCS ")


def _instead(row: Row) -> str:
    """What is published instead."""
    told = [
        f"{name} {row[name]:,.4g} {row['quantity_unit']}"
        for name in ("production", "imports", "exports", "consumption")
        if row[name] is not None
    ]
    return f" Published instead: {', '.join(told)}." if told else ""
