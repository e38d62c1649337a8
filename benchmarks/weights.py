"""Measures families and weights over the real links; writes docs/speed.md: ``weights.py [DRAWS]``.

The links are those shipped, with the reviewed cuts; the trade is made: a hundred countries of all sizes,
four codes of five traded, planted weights, a fifth of noise. Each pair of editions is weighed in a
process of its own, which counts whole: the start, the making of the trade, and the weights of every
component with their intervals.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from itertools import pairwise

from measure import MEGABYTE, Target, machine, promises, write

BEGUN = time.perf_counter()
EDITIONS = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
COUNTRIES, DRAWS = 100, 200
WEIGHTS_SECONDS, FAMILIES_MILLISECONDS = 120.0, 50.0


def weigh(old: str, new: str, draws: int) -> None:
    """Weigh every component between two editions; print how much there was, and how much was covered."""
    import numpy as np  # noqa: PLC0415 - the parent process stays small, see benchmarks/README.md

    from monazite.methods.weights import conversion_weights  # noqa: PLC0415 - the same
    from monazite.studies.nomenclature.links import kept  # noqa: PLC0415 - the same

    links = [(one.code, one.other_code) for one in kept(old, new)]
    sources, source = np.unique([one for one, _ in links], return_inverse=True)
    targets, target = np.unique([other for _, other in links], return_inverse=True)
    chance = np.random.default_rng(0)
    shape = (COUNTRIES, sources.size)
    before = chance.lognormal(0, 1.5, (COUNTRIES, 1)) * chance.lognormal(0, 2, sources.size)
    before = before * chance.lognormal(0, 1.5, shape) * (chance.random(shape) < 0.8)  # noqa: PLR2004 - four of five
    planted = chance.gamma(0.5, size=source.size)
    planted /= np.bincount(source, planted)[source]
    after = np.zeros((COUNTRIES, targets.size))
    np.add.at(after.T, target, (before[:, source] * planted).T)
    after *= chance.lognormal(0, 0.2, after.shape)
    found = conversion_weights(source, target, before, after, draws=draws)
    free = np.bincount(source)[source] > 1
    components = np.unique(found.family[free]).size
    largest = np.bincount(found.family[free]).max()
    covered = (found.low <= planted + 1e-9) & (planted <= found.high + 1e-9)
    told = (len(links), int(free.sum()), components, int(largest), components * (draws + 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (MEGABYTE if sys.platform == "darwin" else MEGABYTE / 1024)
    print(*told, time.perf_counter() - BEGUN, time.process_time(), peak_mb, covered[free].mean())


def families_milliseconds() -> tuple[int, float]:
    """How many links there are between all editions, and how long their families take."""
    import numpy as np  # noqa: PLC0415 - this runs in a process of its own

    from monazite.methods.families import families  # noqa: PLC0415 - the same
    from monazite.studies.nomenclature.links import between  # noqa: PLC0415 - the same

    rows = [
        (old + one.code, new + one.other_code) for old, new in pairwise(EDITIONS) for one in between(old, new)
    ]
    codes, ends = np.unique(np.array(rows), return_inverse=True)
    left, right = ends.reshape(-1, 2).T
    spent = []
    for _ in range(9):
        begun = time.process_time()
        families(left, right, codes.size)
        spent.append(time.process_time() - begun)
    return len(rows), 1000 * min(spent)


def asked(*arguments: object) -> list[float]:
    """Numbers this script answers when it is asked for one thing, in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(number) for number in told.split()]


def section(answers: dict[str, list[float]], targets: list[Target], draws: int) -> str:
    """The measurements as Markdown."""
    lines = [f"Measured on {machine()}; {COUNTRIES} countries, {draws} draws, trade with planted weights."]
    lines += ["", *promises(targets), ""]
    lines += [
        "| editions | links | to weigh | components | largest | programs | wall | CPU | peak | covered |"
    ]
    lines += ["| --- " + "| ---: " * 9 + "|"]
    for pair, answer in answers.items():
        counts = " | ".join(f"{count:,.0f}" for count in answer[:5])
        wall_s, cpu_s, peak_mb, covered = answer[5:]
        took = f"{wall_s:.0f} s | {cpu_s:.0f} s | {peak_mb:,.0f} MB | {100 * covered:.0f} %"
        lines.append(f"| {pair} | {counts} | {took} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    answers = {f"{old} to {new}": asked("weigh", old, new, draws) for old, new in pairwise(EDITIONS)}
    links, milliseconds = asked("families")
    longest = max(answer[6] for answer in answers.values())
    targets = [
        Target("weights of all components between two editions (CPU)", WEIGHTS_SECONDS, longest, "s"),
        Target(f"families of all editions, {links:,.0f} links", FAMILIES_MILLISECONDS, milliseconds, "ms"),
    ]
    told = section(answers, targets, draws)
    print(told)
    write("weights.py", told)
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["weigh"]:
        weigh(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    elif sys.argv[1:2] == ["families"]:
        print(*families_milliseconds())
    else:
        sys.exit(main())
