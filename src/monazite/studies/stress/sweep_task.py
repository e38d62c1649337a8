"""One material without each of its suppliers in turn, as a task: run once, written as one JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import country
from monazite.codes.materials import material
from monazite.errors import DataMissingError
from monazite.methods.simulation import sobol_points
from monazite.schema.findings import finding
from monazite.schema.stress import STRESS_SWEEP
from monazite.store.tasks import once
from monazite.studies.stress import rows
from monazite.studies.stress.model import model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.results.result import Source
    from monazite.schema.findings import Finding
    from monazite.store.tasks import Done
    from monazite.studies.stress.model import Model
    from monazite.studies.stress.scenario import Scenario

METHOD = 1
"""Number of the method: another one makes every material be swept again."""

PACKAGE = Path(__file__).parents[2]
PARTS = ("codes", "methods", "store/shipped", "studies/dependence", "studies/stress")
"""Folders of the package that rows rest on: shipped tables, reviewed lists, and what reckons with them."""

ENGINES = ("numpy", "scipy", "duckdb")
_NOT_OF_ROWS = ("target", "reads")


@dataclass(frozen=True, slots=True)
class Halts:
    """Scenarios of one material, each without one supplier, and the file their rows go to.

    Parameters
    ----------
    material
        Its id, which the task goes by.
    scenarios
        What is run, in order.
    draws, seed, detail
        As :func:`monazite.studies.stress.stress` takes them.
    target
        The file that is written.
    reads
        Files besides those of the package: none.
    """

    material: str
    scenarios: tuple[Scenario, ...]
    draws: int
    seed: int
    detail: str
    target: str
    reads: tuple[str, ...] = ()


def sweep_material(task: Halts) -> Done:
    """Run the scenarios of a material, or find them done.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    return once(task.material, Path(task.target), _depends(task), partial(_write, task))


def _depends(task: Halts) -> dict[str, object]:
    """What the rows depend on: what is asked, the method, the engines, the data and code of the package."""
    told = {key: value for key, value in asdict(task).items() if key not in _NOT_OF_ROWS}
    return {**told, "method": METHOD, "package": package(), **{one: version(one) for one in ENGINES}}


@cache
def package() -> str:
    """Digest of the files of the package that rows rest on, by name and content."""
    told = sha256()
    files = (file for part in PARTS for file in sorted((PACKAGE / part).rglob("*")))
    for file in files:
        if file.is_file() and file.suffix != ".pyc":
            content = sha256(file.read_bytes()).digest()
            told.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + content)
    return told.hexdigest()


def _write(task: Halts, path: Path) -> int:
    """Write rows, findings and sources of a material; how many rows."""
    halted = [_halted(one, task) for one in task.scenarios]
    told = {
        "rows": [row for row, _, _ in halted],
        "findings": _once(one for _, found, _ in halted for one in found),
        "sources": _once(one for _, _, sources in halted for one in sources),
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return len(halted)


def _once(found: Iterable[Finding | Source]) -> list[dict[str, Any]]:
    """Each only once, as JSON holds it."""
    return [asdict(one) for one in dict.fromkeys(found)]


def _halted(scenario: Scenario, task: Halts) -> tuple[rows.Row, tuple[Finding, ...], tuple[Source, ...]]:
    """The row of a scenario, what was found, what was read; a row without figures where nothing is known."""
    try:
        gathered = model(scenario, task.detail)
    except DataMissingError as error:
        missing = finding(
            "no-data", task.material, where="stress", found=str(error), expected="figures of it"
        )
        return _row(scenario, task.material, {}, (missing,)), (missing,), ()
    bands = _bands(gathered, task)
    read = [one for each in gathered.subjects.values() for one in each.publications]
    row = _row(scenario, task.material, bands, gathered.findings)
    return row, gathered.findings, (*read, *(gathered.economy.accounts.sources if gathered.users else ()))


def _bands(gathered: Model, task: Halts) -> rows.Row:
    """Median and quantiles of what happens to the material, and of what industries lose."""
    inputs = gathered.inputs
    values = inputs.values(sobol_points(task.draws, len(inputs.uncertain), task.seed))
    paths = gathered.paths(values)
    (path,) = paths.values()
    lost = gathered.losses(paths, values)
    return {
        **rows.band("cut_share", path.cut),
        **rows.band("shortage", path.shortage.max(1)),
        **rows.band("price", path.price.max(1)),
        **rows.band("stock_out_month", path.stock_out),
        **({} if lost is None else rows.band("loss", lost.value_added.sum(1))),
    }


def _row(scenario: Scenario, identifier: str, bands: rows.Row, found: Iterable[Finding]) -> rows.Row:
    """One row of the sweep; what is not known is empty."""
    (supplier,) = scenario.cutters
    known = {
        "material": identifier,
        "supplier": supplier,
        "name": material(identifier).name,
        "supplier_name": country(supplier, "iso3").name,
        **bands,
        "findings": ", ".join(dict.fromkeys(one.rule for one in found if one.subject == identifier)) or None,
    }
    return {name: known.get(name) for name in STRESS_SWEEP.names}
