"""The model of one scenario: its subjects, inputs, and what happens for any values of the inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from monazite.codes.materials import materials
from monazite.errors import DataMissingError, UnknownCodeError
from monazite.schema.findings import finding
from monazite.studies.stress import costs, cover
from monazite.studies.stress.accounts import accounts
from monazite.studies.stress.assumptions import assume
from monazite.studies.stress.inputs import Inputs
from monazite.studies.stress.losses import Economy, losses
from monazite.studies.stress.scenario import ALL
from monazite.studies.stress.subjects import abroad, subject
from monazite.studies.stress.supply import path
from monazite.studies.stress.uses import users

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.schema.findings import Finding
    from monazite.studies.stress.losses import Losses
    from monazite.studies.stress.scenario import Cut, Scenario
    from monazite.studies.stress.subjects import Subject
    from monazite.studies.stress.supply import Aimed, Path
    from monazite.studies.stress.uses import Users

    Array = NDArray[np.float64]

OTHERS = "those of the United States only: prices and shortage are told, with the stocks of US users"
BLOCK = 1024
"""Points evaluated at a time."""
ECONOMY_OF = "USA"
"""Whose industries the accounts hold."""


@dataclass(slots=True)
class Model:
    """A scenario's subjects by key, their cuts and users, and every input."""

    scenario: Scenario
    inputs: Inputs
    subjects: Mapping[str, Subject]
    aimed: Mapping[str, tuple[Aimed, ...]]
    users: Mapping[str, Users]
    economy: Economy
    findings: tuple[Finding, ...]

    def paths(self, values: Mapping[str, Array]) -> Mapping[str, Path]:
        """What happens to every subject."""
        months = self.scenario.horizon_months
        return {key: path(key, self.aimed[key], values, months) for key in self.subjects}

    def losses(
        self, paths: Mapping[str, Path], values: Mapping[str, Array], *, each: bool = True
    ) -> Losses | None:
        """What industries lose; None where no end use is known or the industries are not the importer's."""
        rule = self.scenario.responses.rationing
        if not self.users:
            return None
        return losses(self.economy, self.users, paths, values, rule, each=each)

    def total(self, points: Array, *, loss: bool = True) -> Array:
        """Loss of all industries at points of the unit cube; without industries, or it, the mean shortage."""
        blocks = range(0, len(points), BLOCK)
        return np.concatenate([self._total(points[begin : begin + BLOCK], loss=loss) for begin in blocks])

    def _total(self, points: Array, *, loss: bool) -> Array:
        """Of one block of points."""
        values = self.inputs.values(points)
        paths = self.paths(values)
        lost = self.losses(paths, values, each=False) if loss else None
        if lost is not None:
            return np.asarray(lost.value_added.sum(1))
        return np.asarray(sum(one.shortage.mean(1) for one in paths.values()))


def model(scenario: Scenario, detail: str = "summary") -> Model:
    """Gather everything a scenario needs.

    Raises
    ------
    DataMissingError
        If nothing is published about any of its materials.
    """
    inputs, told = Inputs(), []
    at_home = scenario.importer == ECONOMY_OF
    subjects: dict[str, Subject] = {}
    cuts = _by_material(scenario)
    for identifier, asked in cuts.items():
        try:
            found = subject(identifier, tuple(stage for cut in asked for stage in cut.stages))
            subjects[identifier] = found if at_home else abroad(found)
        except (DataMissingError, UnknownCodeError) as error:
            told.append(_told("no-data", identifier, str(error), "figures of it"))
    if not subjects:
        raise DataMissingError(f"{scenario.title}: {told[0].found if told else 'nothing is cut'}")
    aimed = {key: assume(inputs, one, cuts[key], scenario) for key, one in subjects.items()}
    books = Economy.of(accounts(detail))
    using = _users(inputs, subjects, books, thrift=scenario.responses.thrift) if at_home else {}
    costs.tell(inputs, subjects)
    for one in subjects.values() if at_home else ():
        cover.tell(inputs, one)
    told += _findings(scenario, subjects, using)
    return Model(scenario, inputs, subjects, aimed, using, books, tuple(told))


def _users(
    inputs: Inputs, subjects: Mapping[str, Subject], books: Economy, *, thrift: bool
) -> dict[str, Users]:
    """Users of every subject of which any are known."""
    fine = accounts("detail")
    output = dict(zip(fine.industries, fine.output.tolist(), strict=True))
    found = {}
    for key, one in subjects.items():
        using = users(
            inputs, key, one.material, one.name, accounts=books.accounts, output=output, thrift=thrift
        )
        if using is not None:
            found[key] = using
    return found


def _by_material(scenario: Scenario) -> dict[str, list[Cut]]:
    """Cuts of each material; ``all`` are those of the 2025 list that have figures of their own."""
    found: dict[str, list[Cut]] = {}
    for cut in scenario.cuts:
        for one in _everything() if cut.materials == (ALL,) else cut.materials:
            found.setdefault(one, []).append(cut)
    return found


def _everything() -> Sequence[str]:
    """Listed materials, single rare earths as their group."""
    listed = [one for one in materials() if one.list_2025]
    return tuple(dict.fromkeys("rare_earths" if one.rare_earth else one.id for one in listed))


def _findings(
    scenario: Scenario, subjects: Mapping[str, Subject], found: Mapping[str, Users]
) -> list[Finding]:
    """What a reader must know: groups' figures, shares nobody publishes, industries not modelled."""
    told = []
    for key, one in subjects.items():
        if not one.producers and not one.sources:
            told.append(
                _told("data-missing", key, "no shares of suppliers", "world production or import sources")
            )
        if one.mined({stage for cut in scenario.cuts if key in cut.materials for stage in cut.stages}):
            told.append(
                _told("data-missing", key, "shares of mining", "shares of refining: judged, and wide")
            )
        if scenario.importer == ECONOMY_OF and key not in found:
            told.append(
                _told("data-missing", key, "no end uses by industry", "end uses: no loss is counted for it")
            )
    if scenario.importer != ECONOMY_OF:
        told.append(
            _told("data-missing", scenario.importer, "no accounts, imports or stocks of its own", OTHERS)
        )
    return told


def _told(rule: str, who: str, found: str, expected: str) -> Finding:
    """A finding about a subject."""
    return finding(rule, who, where="stress", found=found, expected=expected)
