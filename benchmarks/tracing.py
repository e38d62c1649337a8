"""Measures origin tracing of a year's products; writes docs/speed.md: ``tracing.py [PRODUCTS]``.

The year is made in the form of BACI: 220 countries, some 2,200 flows a product. A pair of countries trades
a good as often as their ranks and the exporter's advantage in it say. Two worlds differ in how
unequal that advantage is:

* *as in BACI*: some 120 of 145 exporters of a good only pass it on, as in the real files of 2022;
* *everybody exports*: nearly all 220 export each good, and half of them produce it.

CPU time counts, which other work on the machine changes least. Each case runs in a process of its
own, with as many threads of the linear algebra library as it chooses by itself. More than one worker
means processes: steps of microseconds gain nothing from threads, which queue for the interpreter.
"""

from __future__ import annotations

import multiprocessing
import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from measure import MEGABYTE, Target, machine, promises, write

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from monazite.methods.tracing import FlowLists

COUNTRIES, PRODUCTS, FLOWS = 220, 5_000, 2_200
WORLDS = {"as in BACI": 2.2, "everybody exports": 0.0}  # spread of the log of exporters' advantage
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
WALL_SECONDS, CPU_MILLISECONDS, INVERSES = 6.0, 0.75, 200


class Measured(NamedTuple):
    """What tracing a year took."""

    flows: float
    exporters: float
    producers: float
    refused: float
    wall_s: float
    cpu_s: float
    peak_mb: float
    inverse_ms: float


def year(products: int, spread: float) -> FlowLists:
    """Flow lists of a year; the same arguments give the same lists."""
    import numpy as np  # noqa: PLC0415 - the parent process stays small, see benchmarks/README.md

    from monazite.methods.tracing import FlowLists  # noqa: PLC0415 - the same

    chance = np.random.default_rng(0)
    size = np.arange(1, COUNTRIES + 1) ** -0.6
    pairs = np.multiply.outer(size, size)
    np.fill_diagonal(pairs, 0)
    room = int(1.02 * FLOWS * products) + 1_000
    importers, exporters = np.empty((2, room), dtype=np.int16)
    amounts, offsets = np.empty(room), [0]
    for _ in range(products):
        advantage = chance.lognormal(0, spread, COUNTRIES)
        wanted = pairs * advantage
        rate = FLOWS / wanted.sum()
        for _ in range(6):  # until as many flows are expected as are wanted
            rate *= FLOWS / -np.expm1(-rate * wanted).sum()
        trades = chance.random(pairs.shape, dtype=np.float32) < -np.expm1(-rate * wanted)
        cells = np.flatnonzero(trades)
        importer, exporter = np.divmod(cells, COUNTRIES)
        place = slice(offsets[-1], offsets[-1] + cells.size)
        importers[place], exporters[place] = importer, exporter
        weight = advantage[exporter] * np.sqrt(pairs.ravel()[cells])
        amounts[place] = np.exp(2 * chance.standard_normal(cells.size)) * weight
        offsets.append(place.stop)
    kept = slice(offsets[-1])
    return FlowLists(np.array(offsets), importers[kept], exporters[kept], amounts[kept])


def measure(world: str, products: int, workers: int) -> Measured:
    """Trace a year with so many workers, and invert some matrices beside it."""
    import numpy as np  # noqa: PLC0415 - the same

    from monazite.methods.tracing import origins_of_many  # noqa: PLC0415 - the same

    lists = year(products, WORLDS[world])
    exporters = np.mean([np.unique(one.exporter).size for one in lists.each()])
    wall, cpu = time.perf_counter(), cpu_seconds()
    with pool(workers) as executor:
        traced = origins_of_many(lists, COUNTRIES, executor=executor)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # holds all the lists
    peak_mb = peak / (MEGABYTE if sys.platform == "darwin" else MEGABYTE / 1024)
    producers = COUNTRIES - (traced.leading_origin >= 0).sum(axis=1).mean()  # who does not consume
    told = lists.amount.size, exporters, producers, len(traced.refused), wall, cpu, peak_mb
    return Measured(*told, inverse_milliseconds())


def pool(workers: int) -> AbstractContextManager[Executor | None]:
    """Processes that trace, started with it; none for one worker, who is the caller."""
    if workers == 1:
        return nullcontext()
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


def cpu_seconds() -> float:
    """CPU of this process and of those it started that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, WHO))


def inverse_milliseconds() -> float:
    """CPU of a plain inverse of 220 by 220."""
    import numpy as np  # noqa: PLC0415 - the same

    matrix = np.eye(COUNTRIES) - np.random.default_rng(0).random((COUNTRIES, COUNTRIES)) / (COUNTRIES + 1)
    begun = time.process_time()
    for _ in range(INVERSES):
        np.linalg.inv(matrix)
    return 1000 * (time.process_time() - begun) / INVERSES


def asked(world: str, products: int, workers: int) -> Measured:
    """What this script answers for one world, in a process of its own."""
    command = [sys.executable, __file__, "one", world, str(products), str(workers)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Measured(*map(float, told.split()))


def section(cases: dict[tuple[str, int], Measured], targets: list[Target], products: int) -> str:
    """The measurements as Markdown."""
    told = f"{products:,} products, {COUNTRIES} countries, CPU counts every process"
    lines = [f"Measured on {machine()}; {told}.", "", *promises(targets), ""]
    lines += ["| year | workers | flows | exporters | producers | wall | CPU a product | peak memory |"]
    lines += ["| --- " + "| ---: " * 7 + "|"]
    for (world, workers), one in cases.items():
        counts = f"{one.flows:,.0f} | {one.exporters:.0f} | {one.producers:.0f}"
        took = f"{one.wall_s:.1f} s | {1000 * one.cpu_s / products:.2f} ms | {one.peak_mb:,.0f} MB"
        lines.append(f"| {world} | {workers} | {counts} | {took} |")
    plain = min(one.inverse_ms for one in cases.values())
    return "\n".join([*lines, "", f"A plain inverse of 220 × 220 takes {plain:.2f} ms of CPU beside it."])


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    products = int(sys.argv[1]) if len(sys.argv) > 1 else PRODUCTS
    cases = {(world, workers): asked(world, products, workers) for world in WORLDS for workers in (1, 2)}
    both, alone = cases["as in BACI", 2], cases["as in BACI", 1]
    targets = [
        Target(f"trace {products:,} products of a year, two workers", WALL_SECONDS, both.wall_s, "s"),
        Target("trace a product (CPU)", CPU_MILLISECONDS, 1000 * alone.cpu_s / products, "ms"),
        Target("trace a product, two workers (CPU)", CPU_MILLISECONDS, 1000 * both.cpu_s / products, "ms"),
    ]
    told = section(cases, targets, products)
    print(told)
    write("tracing.py", told)
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        print(*measure(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
    else:
        sys.exit(main())
