"""Measures monazite measure at scale; writes docs/speed.md: ``measuring.py [YEARS] [ROWS] [--full]``.

Years in the form of BACI (11 million rows each, see baci_store.py) are measured: totals, suppliers,
leaders, indices with bounds, GeoDep, for every importer and product. Beside it stand a bare Parquet scan
by the same engine, which decodes the same columns of the same files and only looks for the first importer,
last exporter and first code and adds the values up (the sum cannot come from the files' statistics, so
every row is read), and pandas, which makes the same columns for one year. Each case runs in a
process of its own; processor time is that of the work, without starting Python and importing. The least
of several turns counts, as other work on the machine only ever adds.

``--full`` measures thirty years with the command itself. ``--keep FOLDER`` keeps the made years there, and
finds them again. ``--cluster URL`` has a Dask cluster measure them too and compares the digests.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from baci_shaped import ROWS
from measure import MONAZITE, Cost, Target, cost, machine, promises, write

YEARS, THIRTY, TURNS = 3, 30, 3
SCAN_TIMES, PANDAS_TIMES, FULL_S, PEAK_MB = 4.0, 8.0, 30.0, 600.0

TIMED = """
import json, resource, sys, time
from pathlib import Path
from monazite.schema.trade import TRADE
from monazite.store.home import Store
store, folder = Store(Path(sys.argv[1])), Path(sys.argv[2])
files = store.files(TRADE)[-int(sys.argv[3]):]
{ready}
wall, cpu = time.perf_counter(), time.process_time()
{work}
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024)
print(json.dumps([wall, cpu, peak / 1e6]))
"""
SCAN = TIMED.format(
    ready="""
import duckdb
connection = duckdb.connect(config={"threads": 1})
connection.execute("SET enable_progress_bar = false")
""",
    work="""
for file in files:
    connection.execute(
        f"SELECT min(importer), max(exporter), min(code), sum(value_usd) FROM read_parquet('{file}')"
    ).fetchall()
""",
)
MEASURE = TIMED.format(
    ready="""
from monazite.store.tasks import run
from monazite.studies.measure.planning import editions, tasks
from monazite.studies.measure.year import measure_year
given = tasks(store, editions(store)[-len(files):], folder)
""",
    work="""
run(measure_year, given, workers=1)
""",
)
PANDAS = TIMED.format(
    ready="""
import numpy as np
import pandas as pd
from monazite.studies.measure.planning import instability
unstable = pd.Series(instability(store)[2024]) / 1e6
""",
    work="""
flows = pd.read_parquet(files[0], columns=["importer", "exporter", "code", "value_usd"])
flows["value_usd"] = flows["value_usd"].round()
keys = ["importer", "code"]
flows["square"] = flows["value_usd"] ** 2
weight = flows["exporter"].map(unstable)
flows["weighted"] = flows["square"] * weight.fillna(0.0)
flows["unscored"] = flows["square"].where(weight.isna(), 0.0)
groups = flows.groupby(keys, sort=True)
table = groups[["value_usd", "square", "weighted", "unscored"]].sum()
table["suppliers"] = groups.size()
first = flows.sort_values(["value_usd", "exporter"], ascending=[False, True]).drop_duplicates(keys)
table = table.join(first.set_index(keys)[["exporter", "value_usd"]].rename(columns={"value_usd": "most"}))
total = table["value_usd"] ** 2
table["leading_share"] = table["most"] / table["value_usd"]
table["n_minus_one"] = 1 - table["leading_share"]
table["hhi_low"] = table["hhi_high"] = table["square"] / total
table["governed_low"] = table["weighted"] / total
table["governed_high"] = (table["weighted"] + table["unscored"]) / total
sold = flows.groupby(["exporter", "code"])["value_usd"].sum().rename("exports_usd")
shares = sold / sold.groupby("code").transform("sum")
table["export_hhi"] = (shares**2).groupby("code").sum().reindex(table.index, level="code")
table = table.join(sold.rename_axis(keys)).fillna({"exports_usd": 0.0})
ratio = table["value_usd"] / table["exports_usd"].where(table["exports_usd"] > 0)
table["ratio"] = ratio.fillna(9999.0)
table["geodep"] = (table["hhi_low"] > 0.4) & (table["export_hhi"] > 0.4) & (table["ratio"] > 1)
table.reset_index().to_parquet(folder / "pandas.parquet")
""",
)


def timed(script: str, store: Path, years: int, folder: Path) -> Cost:
    """Run a script over the last years into an emptied folder; what its work took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [sys.executable, "-c", script, store, folder, str(years)]
    return Cost(*json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def least(script: str, store: Path, years: int, folder: Path, turns: int = TURNS) -> Cost:
    """The least of each figure, over several turns."""
    costs = [timed(script, store, years, folder) for _ in range(turns)]
    return Cost(*map(min, zip(*costs, strict=True)))


def made(folder: Path, years: int, rows: int) -> Path:
    """The store, made by another process, whose memory then does not count as this one's."""
    script = Path(__file__).with_name("baci_store.py")
    told = [sys.executable, script, folder, str(years), str(rows)]
    subprocess.run(told, check=True, stdout=subprocess.DEVNULL)
    return folder


def whole(store: Path, folder: Path, *options: str) -> Cost:
    """The command, every year, into an emptied folder."""
    shutil.rmtree(folder, ignore_errors=True)
    asked = ("--store", str(store), "-o", str(folder), "--format", "json", *options)
    return cost((*MONAZITE, "measure", "--all", *asked))


def digests(folder: Path) -> list[str]:
    """Of the years' files."""
    return [json.loads(one.read_text())["digest"] for one in sorted(folder.glob("[0-9]*.json"))]


def section(costs: dict[str, Cost], targets: list[Target], told: str) -> str:
    """The measurements as Markdown."""
    lines = [f"Measured on {machine()}; {told}.", "", *promises(targets), ""]
    lines += ["| case | wall | CPU | peak memory |", "| --- | ---: | ---: | ---: |"]
    for name, spent in costs.items():
        lines.append(f"| {name} | {spent.wall_s:.2f} s | {spent.cpu_s:.2f} s | {spent.peak_mb:,.0f} MB |")
    return "\n".join(lines)


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("years", nargs="?", type=int, default=YEARS)
    parser.add_argument("rows", nargs="?", type=int, default=ROWS)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--cluster")
    return parser.parse_args()


def measured(told: argparse.Namespace, years: int, folder: Path) -> tuple[dict[str, Cost], list[Target]]:
    """Costs of every case, and the promises."""
    store, out, few = made(told.keep or folder / "store", years, told.rows), folder / "out", min(years, YEARS)
    scan, mine = (least(script, store, few, out) for script in (SCAN, MEASURE))
    single, pandas = least(MEASURE, store, 1, out), least(PANDAS, store, 1, out, turns=1)
    every = whole(store, folder / "every")
    costs = {
        f"bare Parquet scan, {few} years, one thread": scan,
        f"measure, {few} years, one thread": mine,
        "measure, 1 year, one thread": single,
        "pandas, 1 year": pandas,
        f"monazite measure --all, {years} years": every,
    }
    if told.cluster:
        there = folder / "there"
        costs[f"the same on {told.cluster}"] = whole(store, there, "--cluster", told.cluster)
        if digests(there) != digests(folder / "every"):
            sys.exit("the cluster wrote other bytes")
    targets = [
        Target("in bare Parquet scans of the same columns (CPU)", SCAN_TIMES, mine.cpu_s / scan.cpu_s, "×"),
        Target(
            "one year, share of the time of pandas (wall)",
            1 / PANDAS_TIMES,
            single.wall_s / pandas.wall_s,
            "×",
        ),
        Target(f"peak memory, {years} years", PEAK_MB, every.peak_mb, "MB"),
    ]
    if years >= THIRTY:
        targets.append(Target(f"{years} years on this machine (wall)", FULL_S, every.wall_s, "s"))
    return costs, targets


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    told = asked()
    years = THIRTY if told.full else told.years
    with tempfile.TemporaryDirectory(prefix="monazite-bench-") as name:
        costs, targets = measured(told, years, Path(name))
    text = section(
        costs, targets, f"some {told.rows:,} rows a year; least of {TURNS} turns, pandas and all years once"
    )
    print(text)
    write("measuring.py", text)
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
