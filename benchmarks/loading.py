"""Measures loading at full scale; writes docs/speed.md: ``python benchmarks/loading.py [YEARS] [ROWS]``.

A year in the form of BACI (11 million rows, see baci_shaped.py) is loaded into an empty store. Beside
it stands DuckDB's own COPY of the same CSV to Parquet, which neither sorts, checks, converts nor keeps
the file, and a bare read of the bytes. A bulk month of the Census (see census_shaped.py) shows whether
memory grows with a file that is streamed. Each case runs in a process of its own; the least of several
turns counts, as other work on the machine only ever adds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from baci_shaped import ROWS
from measure import MONAZITE, Cost, Target, cost, machine, promises, write

COPY_TIMES, PEAK_MB, LINEAR = 3.0, 1500.0, 1.25
MONTHS = (1_500_000, 3_000_000)
CONSTANT = 1.15
TURNS = 3


def least(costs: list[Cost]) -> Cost:
    """The least of each figure."""
    return Cost(*map(min, zip(*costs, strict=True)))


def made(folder: Path, years: int, rows: int) -> list[Path]:
    """The files, made by another process, whose memory then does not count as this one's."""
    script = Path(__file__).with_name("baci_shaped.py")
    subprocess.run(
        [sys.executable, script, folder, str(years), str(rows)], check=True, stdout=subprocess.DEVNULL
    )
    return sorted(folder.glob("*.csv"))


def copied(path: Path, folder: Path) -> Cost:
    """DuckDB's own COPY of a CSV to Parquet."""
    sql = f"COPY (FROM '{path}') TO '{folder / 'copy.parquet'}'"
    return cost((sys.executable, "-c", f"import duckdb; duckdb.sql({sql!r})"))


def read(path: Path) -> Cost:
    """A bare read of the bytes."""
    return cost(
        (
            sys.executable,
            "-c",
            f"for _ in iter(lambda f=open({str(path)!r}, 'rb'): f.read(1 << 22), b''): pass",
        )
    )


def loaded(paths: list[Path], folder: Path) -> Cost:
    """Load files into an empty store, in one command."""
    store = folder / "store"
    shutil.rmtree(store, ignore_errors=True)
    return cost((*MONAZITE, "load", *map(str, paths), "--store", str(store), "--format", "json"))


def month(records: int, folder: Path) -> Cost:
    """Load a bulk month of the Census, made by another process, into an empty store."""
    path = folder / "IMDB2504.ZIP"
    subprocess.run(
        [sys.executable, Path(__file__).with_name("census_shaped.py"), path, str(records)], check=True
    )
    return loaded([path], folder)


def section(costs: dict[str, Cost], targets: list[Target], rows: int) -> str:
    """The measurements as Markdown."""
    lines = [
        f"Measured on {machine()}; {rows:,} rows a year; least of {TURNS} turns.",
        "",
        *promises(targets),
        "",
    ]
    lines += ["| case | wall | CPU | peak memory |", "| --- | ---: | ---: | ---: |"]
    for name, spent in costs.items():
        lines.append(f"| {name} | {spent.wall_s:.1f} s | {spent.cpu_s:.1f} s | {spent.peak_mb:,.0f} MB |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    years, rows = (*map(int, sys.argv[1:3]), *(3, ROWS)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="monazite-bench-") as name:
        folder = Path(name)
        files = made(folder, years, rows)
        with files[0].open("rb") as file:
            lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 22), b"")) - 1
        turns = range(TURNS)
        costs = {
            "read the bytes": least([read(files[0]) for _ in turns]),
            "DuckDB COPY to Parquet, 1 year": least([copied(files[0], folder) for _ in turns]),
            "monazite load, 1 year": least([loaded(files[:1], folder) for _ in turns]),
            f"monazite load, {years} years": loaded(files, folder),
        }
        for records in MONTHS:
            costs[f"monazite load, Census month of {records:,} records"] = month(records, folder)
    copy, one, all_years, half, whole = list(costs.values())[1:]
    targets = [
        Target("load a year, in DuckDB's own COPY to Parquet (CPU)", COPY_TIMES, one.cpu_s / copy.cpu_s, "×"),
        Target("load a year, peak memory", PEAK_MB, max(one.peak_mb, all_years.peak_mb), "MB"),
        Target(
            f"load {years} years, in {years} times one year (CPU)",
            LINEAR,
            all_years.cpu_s / years / one.cpu_s,
            "×",
        ),
        Target(
            "Census month, peak memory with twice the records", CONSTANT, whole.peak_mb / half.peak_mb, "×"
        ),
    ]
    told = section(costs, targets, lines)
    print(told)
    write("loading.py", told)
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
