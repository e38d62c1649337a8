"""Measures GeoPolRisk for every importer and the risk study; writes docs/speed.md.

Run with ``make bench``, or ``python benchmarks/risking.py``, on what is shipped. The exit code is 1 if a
promise is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

from measure import MONAZITE, Target, cost, machine, promises, write

from monazite.codes.geopolrisk_codes import geopolrisk_codes
from monazite.methods.geopolrisk import geopolrisk_score, risk_of_sums
from monazite.studies.geopolrisk.matrix import score_matrix

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
SCORES_SECONDS, RISK_SECONDS = 1.0, 3.0
YEAR = 2024
NOWHERE = "no-store-here"


def seconds(call: Callable[[], object]) -> tuple[float, float]:
    """Median wall and CPU seconds of several calls."""
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def one_by_one(size: int) -> None:
    """The scores of as many materials and importers in a loop of the plain formula, nothing read."""
    for _ in range(size):
        geopolrisk_score(0.3, risk_of_sums(1000, 2000, 500))


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    found = score_matrix(YEAR, NOWHERE)
    scores = seconds(lambda: score_matrix(YEAR, NOWHERE))
    plain = seconds(lambda: one_by_one(found.scores.size))
    risk = cost((*MONAZITE, "risk", "--store", NOWHERE, "--format", "csv"))
    size = f"{len(found.materials)} of {len(geopolrisk_codes())} materials × {len(found.importers)} importers"
    targets = [
        Target(f"GeoPolRisk, {size}, one year, read and scored", SCORES_SECONDS, scores[0], "s"),
        Target("monazite risk, the list of 2025", RISK_SECONDS, risk.wall_s, "s"),
    ]
    lines = [f"Measured on {machine()}; median of {RUNS} runs.", "", *promises(targets), ""]
    lines += ["| case | wall | CPU |", "| --- | ---: | ---: |"]
    lines.append(f"| GeoPolRisk, all importers, reading included | {scores[0]:.2f} s | {scores[1]:.2f} s |")
    lines.append(f"| the formula alone, one score after the other | {plain[0]:.2f} s | {plain[1]:.2f} s |")
    lines.append(f"| monazite risk | {risk.wall_s:.2f} s | {risk.cpu_s:.2f} s |")
    told = "\n".join(lines)
    print(told)
    write("risking.py", told)
    return 0 if all(one.met for one in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
