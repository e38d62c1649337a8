"""Measures what a user waits for and what an installation weighs; writes docs/speed.md.

Run with ``make bench``, or ``python benchmarks/run.py [RUNS]``. The exit code is 1 if a target
is missed. Each case runs in its own process; the cases take turns, so that a busy moment of the
machine does not fall on one of them alone; the median counts.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import Distribution

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "speed.md"
BEGIN, END = "<!-- measured by benchmarks/run.py -->", "<!-- end of measured -->"
MEGABYTE = 1_000_000
MONAZITE = (sys.executable, "-m", "monazite")
BARE, HELP, ASSESS, REPORT = "bare Python", "monazite --help", "monazite assess", "monazite assess --report"
HELP_TIMES_BARE, ASSESS_SECONDS, REPORT_SECONDS, INSTALLED_MEGABYTES = 6.0, 1.5, 6.0, 650


class Cost(NamedTuple):
    """What one run of a command took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


class Target(NamedTuple):
    """What was promised, and what was measured."""

    promise: str
    limit: float
    measured: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        return self.measured <= self.limit


def cost(command: tuple[str, ...]) -> Cost:
    """Run a command once, in its own process."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    per_megabyte = MEGABYTE if sys.platform == "darwin" else MEGABYTE / 1024
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / per_megabyte)


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
    """The package and everything its core needs, by name; extras left out."""
    found: dict[str, Distribution] = {}
    waiting = ["monazite"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = distribution(name)
        needed = [one for one in found[name].requires or [] if "extra ==" not in one and _wanted(one)]
        waiting += [re.split(r"[^\w.-]", one, maxsplit=1)[0].lower().replace("_", "-") for one in needed]
    return found


def _wanted(requirement: str) -> bool:
    """Whether a requirement holds here; those for another system do not."""
    marker = requirement.partition(";")[2]
    return "win32" not in marker and "Windows" not in marker and "python_version <" not in marker


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
    lines += ["| promise | at most | measured | |", "| --- | ---: | ---: | --- |"]
    for one in targets(costs, sum(sizes.values())):
        told = "met" if one.met else "**missed**"
        lines.append(f"| {one.promise} | {one.limit:g} {one.unit} | {one.measured:.3g} {one.unit} | {told} |")
    lines += ["", "| command | wall | CPU | peak memory |", "| --- | ---: | ---: | ---: |"]
    for name, spent in costs.items():
        wall, cpu = 1000 * spent.wall_s, 1000 * spent.cpu_s
        lines.append(f"| {name} | {wall:,.0f} ms | {cpu:,.0f} ms | {spent.peak_mb:.0f} MB |")
    largest = sorted(sizes.items(), key=lambda one: -one[1])
    listed = ", ".join(f"{name} {size:.1f}" for name, size in largest if size >= 1)
    return "\n".join([*lines, "", f"Installed, in MB: {listed}; {len(sizes)} distributions in all."])


def machine() -> str:
    """What the measurements were taken on: system, processors, interpreter; no names."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    interpreter = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{platform.system()} {platform.machine()}, {cores} cores, {interpreter}"


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    costs, sizes = measured(runs), installed_megabytes()
    told = section(costs, sizes, runs)
    print(told)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8")
    return 0 if all(one.met for one in targets(costs, sum(sizes.values()))) else 1


if __name__ == "__main__":
    sys.exit(main())
