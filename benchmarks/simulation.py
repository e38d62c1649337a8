"""Measures quantiles of many losses, and Sobol points beside random ones; writes docs/speed.md.

The job is 84 materials × 402 industries × 10,000 draws × 1,200 scenarios; mean and 5 %, 50 % and 95 %
quantiles of every industry's loss. Beside it, in turns, stand the bare float32 matrix product of that size
and numpy with ``percentile``. Each scenario takes the same time and none knows of another, so that 40 are
measured unless told otherwise (``--full``: all), and the table says how long all would take.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import argparse
import resource
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from measure import MEGABYTE, Target, machine, promises, write

from monazite.methods.simulation import Losses, random_points, sobol_points, triangular_quantile

if TYPE_CHECKING:
    from collections.abc import Callable

MATERIALS, INDUSTRIES, DRAWS, ALL = 84, 402, 10_000, 1_200
SCENARIOS, SEEDS = 40, 24
TIMES, LESS, FEWER = 2.0, 1 / 8, 50.0
POINTS, EXACT = 2_048, 2**18
INPUTS = np.array(
    [
        [0.2, 0.4, 0.6],  # share cut
        [0.1, 0.2, 0.4],  # elasticity of demand
        [0.1, 0.2, 0.5],  # of supply
        [0.5, 2.0, 4.0],  # months of stocks
        *[[0.02, 0.1, 0.3]] * 8,  # shares of output that need it
        *[[0.0, 0.1, 0.3]] * 8,  # what can be saved
    ]
)


def cpu(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def quantiles(scenarios: int) -> tuple[list[float], float]:
    """Least CPU a scenario of product, quantiles and percentile; what the quantiles miss by."""
    random = np.random.default_rng(0)
    weights = random.gamma(0.5, 1e9, (MATERIALS, INDUSTRIES))
    single = weights.astype(np.float32)
    held = np.empty((DRAWS, INDUSTRIES), dtype=np.float32)
    losses = Losses(weights)
    least, missed = [np.inf] * 3, 0.0
    for number in range(scenarios):
        draws = random.beta(0.5, 2.0, (MATERIALS, DRAWS)).astype(np.float32).T

        def mine(draws: np.ndarray = draws) -> None:
            losses.clear()
            losses.add(draws)
            losses.summary()

        rowwise = np.ascontiguousarray(draws)
        spent = [cpu(lambda given=rowwise: np.matmul(given, single, out=held)), cpu(mine), np.inf]
        if number % 10 == 0:
            spent[2] = cpu(lambda given=rowwise: np.percentile(given @ single, (5, 50, 95), axis=0))
            exact = np.percentile(draws.astype(float) @ weights, (5, 50, 95), axis=0)
            off = np.abs(losses.summary().quantiles - exact)
            missed = max(missed, float((off / np.maximum(exact, weights.sum(0) * 2.0**-8)).max()))
        least = [min(pair) for pair in zip(least, spent, strict=True)]
    return least, missed


def loss(points: np.ndarray) -> float:
    """Mean loss of a market and its users at points of the cube."""
    cut, demand, supply, stock, *rest = triangular_quantile(points, *INPUTS.T).T
    dependent, thrift = np.array(rest[:8]), np.array(rest[8:])
    left = (1 - cut) ** (demand / (demand + supply))
    short = np.maximum(1 - left / (1 - thrift), 0.0)
    months = np.maximum(12 - stock / np.maximum(1 - left, 1e-3), 0.0)
    return float((dependent * short * months).sum(0).mean())


def fewer() -> float:
    """How many times fewer Sobol points give the same error of the mean as random ones."""
    inputs = len(INPUTS)
    exact = loss(sobol_points(EXACT, inputs, seed=10_000))
    even = np.mean([(loss(sobol_points(POINTS, inputs, seed=seed)) - exact) ** 2 for seed in range(SEEDS)])
    loose = np.mean(
        [(loss(random_points(POINTS, inputs, seed=seed)) - exact) ** 2 for seed in range(4 * SEEDS)]
    )
    return float(loose / even)  # the square of a random error falls with their number


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scenarios", nargs="?", type=int, default=SCENARIOS)
    parser.add_argument("--full", action="store_true")
    told = parser.parse_args()
    scenarios = ALL if told.full else told.scenarios
    (product, mine, percentile), missed = quantiles(scenarios)
    times = fewer()
    targets = [
        Target("CPU of the bare float32 product of that size", TIMES, mine / product, "×"),
        Target("share of the CPU of numpy with percentile", LESS, mine / percentile, "×"),
        Target("quantiles miss by at most a share of", 2.0**-7, missed, ""),
        Target(
            "share of the random points that Sobol points need for the same error", 1 / FEWER, 1 / times, "×"
        ),
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024)
    lines = [
        f"Measured on {machine()}, one thread; least of {scenarios} scenarios, percentile of every tenth.",
        "",
        *promises(targets),
        "",
        f"| case | CPU a scenario | {ALL:,} scenarios |",
        "| --- | ---: | ---: |",
    ]
    cases = (("bare product", product), ("mean and three quantiles", mine), ("numpy, percentile", percentile))
    lines += [f"| {name} | {1e3 * spent:.1f} ms | {ALL * spent:.0f} s |" for name, spent in cases]
    lines += ["", f"Peak memory {peak / MEGABYTE:.0f} MB, most of it the draws made up and the yardsticks."]
    page = "\n".join(lines)
    print(page)
    write("simulation.py", page)
    return 0 if all(one.met for one in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
