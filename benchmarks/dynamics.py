"""Measures the inventory model of industries over 36 months; writes docs/speed.md.

Run with ``make bench``, or ``python benchmarks/dynamics.py``. The exit code is 1 if a promise is missed.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import NamedTuple

import numpy as np
from measure import MEGABYTE, Target, machine, promises, write

from monazite.methods.ario import ario

MONTHS, MATERIALS = 36, 3
SECONDS = 2.0
CASES = (402, 1), (71, 1), (71, 2_000), (402, 100)
PROMISED = 402, 1
TURNS = 5


class Measured(NamedTuple):
    """One size of the model."""

    industries: int
    draws: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    result_mb: float
    still: float


def economy(industries: int) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients without a zero, half of output bought from others; output."""
    random = np.random.default_rng(0)
    table = random.uniform(0, 1, (industries, industries))
    table *= 0.5 / table.sum(axis=0)
    return table, np.linalg.solve(np.eye(industries) - table, random.uniform(1, 10, industries))


def materials(industries: int, draws: int, *, cut: bool) -> dict[str, np.ndarray]:
    """Materials that every industry needs, cut for half of the months or not at all."""
    random = np.random.default_rng(1)
    available = np.ones((draws, MONTHS, MATERIALS))
    if cut:
        available[:, : MONTHS // 2] = random.uniform(0, 1, (draws, 1, MATERIALS))
    return {
        "available": available,
        "need": random.uniform(0, 1, (industries, MATERIALS)),
        "dependent": random.uniform(0, 1, (draws, industries, MATERIALS)),
        "cover": random.uniform(0, 6, (draws, MATERIALS)),
    }


def measure(industries: int, draws: int) -> Measured:
    """Median of a few turns, after one that does not count; how far an economy without a cut moves."""
    table, output = economy(industries)
    given = materials(industries, draws, cut=True)
    walls, cpus = [], []
    for _ in range(TURNS + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        found = ario(table, output, **given)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    alone = ario(table, output, **materials(industries, 1, cut=False))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (MEGABYTE if sys.platform == "darwin" else MEGABYTE / 1024)
    size = (found.output.nbytes + found.stock.nbytes + found.first_month.nbytes) / MEGABYTE
    spent = float(np.median(walls[1:])), float(np.median(cpus[1:]))
    return Measured(industries, draws, *spent, peak_mb, size, float(np.abs(alone.output - 1).max()))


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    every = [measure(*case) for case in CASES]
    first = next(one for one in every if (one.industries, one.draws) == PROMISED)
    told = f"{MONTHS} months of {first.industries} industries, {MATERIALS} materials, one draw"
    targets = [
        Target(told, SECONDS, first.wall_s, "s"),
        Target("without a cut, output moves by", 1e-12, max(one.still for one in every), "of normal"),
    ]
    lines = [
        f"Measured on {machine()}; median of {TURNS} runs; no zero among the coefficients.",
        "",
        *promises(targets),
        "",
        "| industries | draws | wall | CPU | peak memory so far | of it the result |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in every:
        took = f"{one.wall_s:.3f} s | {one.cpu_s:.3f} s | {one.peak_mb:.0f} MB | {one.result_mb:.1f} MB"
        lines.append(f"| {one.industries} | {one.draws:,} | {took} |")
    page = "\n".join(lines)
    print(page)
    write("dynamics.py", page)
    return 0 if all(one.met for one in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
