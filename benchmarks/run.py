"""Measures what a user waits for and what an installation weighs; writes docs/speed.md.

Run with ``make bench``, or ``python benchmarks/run.py [RUNS]``. The exit code is 1 if a target
is missed. Each case runs in its own process; the cases take turns, so that a busy moment of the
machine does not fall on one of them alone; the median counts.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
from collections import defaultdict
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from measure import MEGABYTE, MONAZITE, ROOT, Cost, Target, cost, machine, promises, write

if TYPE_CHECKING:
    from importlib.metadata import Distribution

BARE, HELP, ASSESS, REPORT = "bare Python", "monazite --help", "monazite assess", "monazite assess --report"
HELP_TIMES_BARE, ASSESS_SECONDS, REPORT_SECONDS, INSTALLED_MEGABYTES = 6.0, 1.5, 6.0, 650


def measured(runs: int) -> dict[str, Cost]:
    """Median cost of each case, after one run of each that does not count."""
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            BARE: (sys.executable, "-c", "pass"),
            HELP: (*MONAZITE, "--help"),
            ASSESS: (*MONAZITE, "assess", "--format", "csv"),
            REPORT: (*MONAZITE, "assess", "--format", "csv", "--report", str(Path(folder, "report.html"))),
        }
        costs: dict[str, list[Cost]] = defaultdict(list)
        for turn in range(runs + 1):
            for name, command in cases.items():
                once = cost(command)
                if turn:
                    costs[name].append(once)
    return {name: Cost(*map(statistics.median, zip(*every, strict=True))) for name, every in costs.items()}


def core_distributions() -> dict[str, Distribution]:
    """The package and everything its core needs, by name; extras, and what other systems need, left out."""
    found: dict[str, Distribution] = {}
    waiting = ["monazite"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # needed on another system, or by another Python
            continue
        needed = [one for one in found[name].requires or [] if "extra ==" not in one]
        waiting += [re.split(r"[^\w.-]", one, maxsplit=1)[0].lower().replace("_", "-") for one in needed]
    return found


def installed_megabytes() -> dict[str, float]:
    """Size of the files each distribution of the core has put on disk."""
    return {name: sum(_sizes(one)) / MEGABYTE for name, one in core_distributions().items()}


def _sizes(one: Distribution) -> list[int]:
    """Sizes of a distribution's files; an editable installation counts its source folder."""
    files = [Path(str(file.locate())) for file in one.files or []]
    if one.metadata["Name"] == "monazite":
        files = [file for file in (ROOT / "src").rglob("*") if "__pycache__" not in file.parts]
    return [file.stat().st_size for file in files if file.is_file()]


def targets(costs: dict[str, Cost], megabytes: float) -> list[Target]:
    """The promises of the project, with what was measured."""
    return [
        Target(
            "help, in starts of bare Python", HELP_TIMES_BARE, costs[HELP].wall_s / costs[BARE].wall_s, "×"
        ),
        Target("assess, warm, without the report", ASSESS_SECONDS, costs[ASSESS].wall_s, "s"),
        Target("assess, warm, with the report", REPORT_SECONDS, costs[REPORT].wall_s, "s"),
        Target("core installation", INSTALLED_MEGABYTES, megabytes, "MB"),
    ]


def section(costs: dict[str, Cost], sizes: dict[str, float], runs: int) -> str:
    """The measurements as Markdown."""
    lines = [f"Measured on {machine()}; median of {runs} runs in turns.", ""]
    lines += promises(targets(costs, sum(sizes.values())))
    lines += ["", "| command | wall | CPU | peak memory |", "| --- | ---: | ---: | ---: |"]
    for name, spent in costs.items():
        wall, cpu = 1000 * spent.wall_s, 1000 * spent.cpu_s
        lines.append(f"| {name} | {wall:,.0f} ms | {cpu:,.0f} ms | {spent.peak_mb:.0f} MB |")
    largest = sorted(sizes.items(), key=lambda one: -one[1])
    listed = ", ".join(f"{name} {size:.1f}" for name, size in largest if size >= 1)
    return "\n".join([*lines, "", f"Installed, in MB: {listed}; {len(sizes)} distributions in all."])


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    costs, sizes = measured(runs), installed_megabytes()
    told = section(costs, sizes, runs)
    print(told)
    write("run.py", told)
    return 0 if all(one.met for one in targets(costs, sum(sizes.values()))) else 1


if __name__ == "__main__":
    sys.exit(main())
