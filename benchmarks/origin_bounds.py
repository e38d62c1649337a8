"""Measures the bounds of origins of single importers and of a group; writes docs/speed.md.

Run with ``make bench``, or ``python benchmarks/origin_bounds.py``. The exit code is 1 if a promise is missed.
"""

from __future__ import annotations

import sys
import time
from typing import NamedTuple

import numpy as np
from measure import Target, machine, promises, write

from monazite.methods.origin_bounds import group_origin_bounds

SECONDS = 5.0
COUNTRIES, PRODUCERS = 220, 60
FLOWS = 6_000, 20_000
PROMISED = 6_000
IMPORTERS = range(5, COUNTRIES, 27)
GROUP = range(100, 127)


class Measured(NamedTuple):
    """One importer or group in one network."""

    origins: int
    wall_s: float
    cpu_s: float
    open_share: float


def network(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Production and flows of a market: sixty producers, everybody passes goods on."""
    random = np.random.default_rng(0)
    flows = np.zeros((COUNTRIES, COUNTRIES))
    flows.flat[random.choice(flows.size, size, replace=False)] = random.lognormal(0, 2, size)
    np.fill_diagonal(flows, 0)
    production = np.zeros(COUNTRIES)
    production[:PRODUCERS] = random.lognormal(4, 2, PRODUCERS)
    return production + np.maximum(0, flows.sum(axis=0) - production - flows.sum(axis=1)), flows


def measure(production: np.ndarray, flows: np.ndarray, members: list[int]) -> Measured:
    """What the bounds of some members take, and how far apart they are, as a share of consumption."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = group_origin_bounds(production, flows, members)
    took = time.perf_counter() - wall, time.process_time() - cpu
    consumed = (production + flows.sum(axis=1) - flows.sum(axis=0))[members].sum()
    apart = (found.high - found.low)[production > 0].mean() / consumed if consumed > 0 else 0.0
    return Measured(int((production > 0).sum()), *took, float(apart))


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    targets, rows = [], []
    for size in FLOWS:
        production, flows = network(size)
        alone = [measure(production, flows, [one]) for one in IMPORTERS]
        worst, group = max(alone, key=lambda one: one.wall_s), measure(production, flows, list(GROUP))
        count = int((flows > 0).sum())
        if size == PROMISED:
            told = f"bounds, slowest of {len(alone)} importers: {COUNTRIES} countries, {count:,} flows"
            targets.append(Target(told, SECONDS, worst.wall_s, "s"))
        cases = (f"slowest of {len(alone)} importers", worst), (f"a group of {len(GROUP)}", group)
        for who, one in cases:
            took = f"{one.wall_s:.2f} s | {one.cpu_s:.2f} s | {one.open_share:.2f}"
            rows.append(f"| {count:,} | {one.origins} | {who} | {took} |")
    lines = [f"Measured on {machine()}; {COUNTRIES} countries, {PRODUCERS} large producers.", ""]
    lines += [*promises(targets), "", "| flows | origins | importer | wall | CPU | high less low, mean |"]
    lines += ["| ---: | ---: | --- | ---: | ---: | ---: |", *rows]
    told = "\n".join(lines)
    print(told)
    write("origin_bounds.py", told)
    return 0 if all(one.met for one in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
