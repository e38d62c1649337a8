"""Measures codes convert; writes docs/speed.md: ``python benchmarks/converting.py [ROWS]``.

A year in the form of BACI (11 million rows, see baci_shaped.py) under 5,000 codes of HS 2012 is
converted to HS 2022. Beside it DuckDB reads the same rows, joins them with the same links, sums them
by the same keys and writes them: no bounds, no report, no totals held to the cent, no limit of memory.
Each case runs in a process of its own; the least of several turns counts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
from baci_shaped import ROWS, SUBHEADINGS
from measure import MONAZITE, Cost, Target, cost, machine, promises, write

from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.concordance import concordance

START, END = "HS2012", "HS2022"
TIMES, SECONDS, TURNS = 2.0, 0.2, 3
LOADING = """
import time
from itertools import pairwise
from monazite.studies.nomenclature import links
from monazite.store import shipped
shipped.query("SELECT 1 AS one FROM snapshot LIMIT 1")
begun = time.process_time()
for before, after in pairwise(links.EDITIONS):
    links.between(after, before)
print(time.process_time() - begun)
"""


def made(folder: Path, rows: int) -> dict[str, Path]:
    """The file as CSV and as Parquet, and the links as Parquet."""
    script = Path(__file__).with_name("baci_shaped.py")
    subprocess.run([sys.executable, script, folder, "1", str(rows)], check=True, stdout=subprocess.DEVNULL)
    raw = next(folder.glob("BACI*.csv"))
    files = {
        "csv": folder / "trade.csv",
        "parquet": folder / "trade.parquet",
        "links": folder / "links.parquet",
    }
    with duckdb.connect() as connection:
        _links(connection, files["links"])
        _trade(connection, raw, files)
    raw.unlink()
    return files


def _links(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Where every code goes, with the middle of its bounds as its weight."""
    rows = [
        (code, one.target, (one.low + one.high) / 2)
        for code, shares in concordance(START, END).shares.items()
        for one in shares
    ]
    connection.execute("CREATE TABLE link (code VARCHAR, target VARCHAR, weight DOUBLE)")
    connection.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)
    connection.execute(f"COPY link TO '{path}'")


def _trade(connection: duckdb.DuckDBPyConnection, raw: Path, files: dict[str, Path]) -> None:
    """Put codes of the edition in the place of the made ones."""
    codes = sorted(links.codes_in(START) - {"999999"})
    step = len(codes) / SUBHEADINGS
    pairs = [(f"{10110 + place * 195:06d}", codes[int(place * step)]) for place in range(SUBHEADINGS)]
    connection.execute("CREATE TABLE code (made VARCHAR, code VARCHAR)")
    connection.executemany("INSERT INTO code VALUES (?, ?)", pairs)
    read = f"read_csv('{raw}', header = true, all_varchar = true)"
    put = f"SELECT t, i, j, code AS k, v, q FROM {read} JOIN code ON made = k"
    connection.execute(f"COPY ({put}) TO '{files['csv']}' (HEADER)")
    typed = "t::INT AS t, i::INT AS i, j::INT AS j, code AS k, v::DOUBLE AS v, nullif(q, 'NA')::DOUBLE AS q"
    connection.execute(f"COPY ({put.replace('t, i, j, code AS k, v, q', typed)}) TO '{files['parquet']}'")


def joined(files: dict[str, Path], form: str, folder: Path) -> Cost:
    """DuckDB's own join and sum."""
    source = f"'{files['parquet']}'"
    if form == "csv":
        source = f"read_csv('{files['csv']}', types = {{'k': 'VARCHAR'}}, nullstr = 'NA')"
    sums = "sum(v * weight) AS v, sum(q * weight) AS q"
    select = f"SELECT t, i, j, target, {sums} FROM {source} JOIN '{files['links']}' ON code = k GROUP BY ALL"
    sql = f"COPY ({select}) TO '{folder / f'joined.{form}'}'"
    return cost((sys.executable, "-c", f"import duckdb; duckdb.sql({sql!r})"))


def converted(files: dict[str, Path], form: str, folder: Path) -> Cost:
    """The command."""
    asked = ("--from", START, "--to", END, "-o", str(folder / f"converted.{form}"))
    return cost((*MONAZITE, "codes", "convert", str(files[form]), *asked))


def least(costs: list[Cost]) -> Cost:
    """The least of each figure."""
    return Cost(*map(min, zip(*costs, strict=True)))


def loading() -> float:
    """Seconds of processor time in which all links of all editions load, the engine being there."""
    runs = (
        subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True)
        for _ in range(5)
    )
    return min(float(run.stdout) for run in runs)


def section(costs: dict[str, Cost], targets: list[Target], rows: int) -> str:
    """The measurements as Markdown."""
    lines = [f"Measured on {machine()}; {rows:,} rows, {START} to {END}; least of {TURNS} turns.", ""]
    lines += [*promises(targets), "", "| case | wall | CPU | peak memory |", "| --- | ---: | ---: | ---: |"]
    for name, spent in costs.items():
        lines.append(f"| {name} | {spent.wall_s:.1f} s | {spent.cpu_s:.1f} s | {spent.peak_mb:,.0f} MB |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory(prefix="monazite-bench-") as name:
        folder = Path(name)
        files = made(folder, rows)
        with duckdb.connect() as connection:
            lines = (connection.execute(f"SELECT count(*) FROM '{files['parquet']}'").fetchone() or (0,))[0]
        for form in ("parquet", "csv"):
            told = form.upper() if form == "csv" else form.capitalize()
            costs[f"DuckDB, join and sum, {told}"] = least(
                [joined(files, form, folder) for _ in range(TURNS)]
            )
            costs[f"monazite codes convert, {told}"] = least(
                [converted(files, form, folder) for _ in range(TURNS)]
            )
    spent = list(costs.values())
    targets = [
        Target(
            "convert a year, Parquet, in DuckDB's join and sum (CPU)",
            TIMES,
            spent[1].cpu_s / spent[0].cpu_s,
            "×",
        ),
        Target(
            "convert a year, CSV, in DuckDB's join and sum (CPU)", TIMES, spent[3].cpu_s / spent[2].cpu_s, "×"
        ),
        Target("all links of all editions (CPU)", SECONDS, loading(), "s"),
    ]
    told = section(costs, targets, lines)
    print(told)
    write("converting.py", told)
    return 0 if all(target.met for target in targets) else 1


if __name__ == "__main__":
    sys.exit(main())
