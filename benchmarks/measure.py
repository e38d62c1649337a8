"""What every measurement shares: the cost of a process, promises, the place on the page."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "speed.md"
MEGABYTE = 1_000_000
MONAZITE = (sys.executable, "-m", "monazite")


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


def promises(targets: list[Target]) -> list[str]:
    """The promises as lines of Markdown, each with what was measured."""
    lines = ["| promise | at most | measured | |", "| --- | ---: | ---: | --- |"]
    for one in targets:
        told = "met" if one.met else "**missed**"
        lines.append(f"| {one.promise} | {one.limit:g} {one.unit} | {one.measured:.3g} {one.unit} | {told} |")
    return lines


def write(script: str, told: str) -> None:
    """Put the measurements of a script into the page, between its marks."""
    begin, end = f"<!-- measured by benchmarks/{script} -->", f"<!-- end of {script} -->"
    before, mark, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    if not mark:
        sys.exit(f"{PAGE} has no place for {script}")
    PAGE.write_text(f"{before}{begin}\n\n{told}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def machine() -> str:
    """What the measurements were taken on: system, processors, interpreter; no names."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    interpreter = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{platform.system()} {platform.machine()}, {cores} cores, {interpreter}"
