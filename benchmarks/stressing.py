"""Measures the economy step and whole stress tests; writes docs/speed.md.

The programme of an economy short of two materials, over the shipped accounts of 71 and of 402 industries;
then ``monazite stress`` as a command, with 2,000 draws.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from measure import MONAZITE, Target, cost, machine, promises, write

from monazite.methods.allocation import Economy, allocate
from monazite.studies.stress.accounts import accounts

TURNS, USERS = 5, 20
SECONDS = {"summary": 0.5, "detail": 5.0}
SCENARIOS = ("rare-earths-2025", "gallium-germanium-2024", "port-closure")
WHOLE_S = 30.0


def programme(detail: str) -> tuple[int, float, float]:
    """Industries, and the median wall time of the linear and of the convex programme."""
    books = accounts(detail)
    m = len(books.industries)
    random = np.random.default_rng(0)
    use = np.zeros((2, m))
    users = random.choice(m, USERS, replace=False)
    use[:, users] = random.random((2, USERS))
    use /= use.sum(1, keepdims=True)
    walls = []
    for price in (0.0, 1e10):
        economy = Economy(
            books.industries, ("one", "other"), books.output, books.value_added, books.final,
            books.coefficients, use, (use > 0) * 0.3, (use > 0) * 0.1, (use > 0) * price, np.zeros(m),
        )  # fmt: skip
        spent = []
        for _ in range(TURNS):
            begun = time.perf_counter()
            allocate(economy, [0.5, 0.7])
            spent.append(time.perf_counter() - begun)
        walls.append(float(np.median(spent)))
    return m, walls[0], walls[1]


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    targets, rows = [], []
    for detail, most in SECONDS.items():
        m, linear, convex = programme(detail)
        targets.append(Target(f"economy step, {m} industries", most, max(linear, convex), "s"))
        rows.append(f"| programme, {m} industries | {linear:.3f} s linear, {convex:.3f} s convex | |")
    for name in SCENARIOS:
        spent = cost((*MONAZITE, "stress", name, "--format", "json"))
        targets.append(Target(f"monazite stress {name}, 2,000 draws", WHOLE_S, spent.wall_s, "s"))
        rows.append(f"| monazite stress {name} | {spent.wall_s:.1f} s | {spent.peak_mb:.0f} MB |")
    lines = [f"Measured on {machine()}.", "", *promises(targets), "", "| case | wall | peak memory |",
             "| --- | ---: | ---: |", *rows]  # fmt: skip
    page = "\n".join(lines)
    print(page)
    write("stressing.py", page)
    return 0 if all(one.met for one in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
