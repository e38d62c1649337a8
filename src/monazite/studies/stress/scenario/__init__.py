"""Scenarios: what a user writes down, what is shipped, and a sweep over every single supplier."""

from __future__ import annotations

from monazite.studies.stress.scenario.read import read_scenario, scenario_of
from monazite.studies.stress.scenario.shipped import Shipped, scenario, shipped
from monazite.studies.stress.scenario.sweep import sweep
from monazite.studies.stress.scenario.template import template
from monazite.studies.stress.scenario.value import (
    ALL,
    KINDS,
    RATIONING,
    STAGES,
    AlliedSupply,
    Cut,
    Rationing,
    Recycling,
    Responses,
    Scenario,
)
from monazite.studies.stress.scenario.write import write
from monazite.studies.stress.scenario.written import written

__all__ = [
    "ALL",
    "KINDS",
    "RATIONING",
    "STAGES",
    "AlliedSupply",
    "Cut",
    "Rationing",
    "Recycling",
    "Responses",
    "Scenario",
    "Shipped",
    "read_scenario",
    "scenario",
    "scenario_of",
    "shipped",
    "sweep",
    "template",
    "write",
    "written",
]
