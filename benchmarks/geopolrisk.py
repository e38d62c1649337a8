"""Measures GeoPolRisk for all 53 materials and every importer of a year; writes docs/speed.md.

Trade and scores are those shipped. Production is made up in the form of World Mining Data, which is not
shipped, and loaded into a store: sixty producers a material. Beside it stands the plain loop, material by
material and importer by importer over the same flows in memory; both give the same scores.
"""

from __future__ import annotations

import math
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from measure import Target, machine, promises, write

from monazite.codes.geopolrisk_codes import geopolrisk_codes
from monazite.methods.geopolrisk import geopolrisk_score, import_risk
from monazite.methods.governance import instability
from monazite.sources import SOURCES
from monazite.sources.load import load
from monazite.store.home import Store
from monazite.studies.geopolrisk.matrix import score_matrix
from monazite.studies.world.flows import world_flows
from monazite.studies.world.governance import political_stability

YEAR, PRODUCERS, RUNS, SECONDS = 2024, 60, 5, 1.0
UNSCORED, NOWHERE = 0.5, "no-store-here"

Made = dict[str, dict[str, int]]


def produced(countries: list[str]) -> Made:
    """Made-up production in t by chapter and country; the same countries give the same figures."""
    random = np.random.default_rng(0)
    found: Made = {}
    for one in geopolrisk_codes():
        who = random.choice(countries, PRODUCERS, replace=False)
        found[one.chapter] = {str(name): 1 + int(random.lognormal(8, 2)) for name in who}
    return found


def stored(folder: Path, made: Made) -> Store:
    """A store that holds the production."""
    lines = [f"mineral,Country,Country_Code,Country_ISO,{YEAR},unit,data_source"]
    lines += [
        f'"{chapter}",{name},0,{name},{amount},metr. t,r'
        for chapter, each in made.items()
        for name, amount in each.items()
    ]
    file, store = folder / "world_mining_data.csv", Store(folder / "store")
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    (source,) = (one for one in SOURCES if one.id == "wmd")
    with store.writing() as scratch:
        load(store, file, source, scratch=scratch)
    return store


def looped(made: Made, importers: tuple[str, ...]) -> tuple[list[list[float]], float]:
    """The scores in a loop over materials and importers, and its seconds; reading is not counted."""
    flows = world_flows(sorted({code for one in geopolrisk_codes() for code in one.codes}), [YEAR], NOWHERE)
    scores = political_stability(YEAR, NOWHERE).scores
    rows = list(zip(flows.importer, flows.exporter, flows.code, flows.mass_t, strict=True))
    begun, found = time.perf_counter(), []
    for one in geopolrisk_codes():
        own, wanted = made[one.chapter], [row for row in rows if row[2] in one.codes]
        hhi = sum((amount / sum(own.values())) ** 2 for amount in own.values())
        line = []
        for importer in importers:
            sent = [(who, mass) for into, who, _, mass in wanted if into == importer and not math.isnan(mass)]
            weights = [float(instability(scores[who])) if who in scores else UNSCORED for who, _ in sent]
            if not sent and importer not in own:
                line.append(math.nan)
                continue
            risk = import_risk([mass for _, mass in sent], weights, own.get(importer, 0))
            line.append(geopolrisk_score(hhi, min(1.0, risk)))
        found.append(line)
    return found, time.perf_counter() - begun


def main() -> int:
    """Measure, print, write the page; 1 if a promise is not kept or the two differ."""
    made, walls = produced(sorted(political_stability(YEAR, NOWHERE).scores)), []
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder), made)
        for _ in range(RUNS):
            begun = time.perf_counter()
            found = score_matrix(YEAR, store)
            walls.append(time.perf_counter() - begun)
    plain, seconds = looped(made, found.importers)
    if not np.allclose(found.scores, plain, rtol=1e-9, equal_nan=True):
        sys.exit("the table and the loop differ")
    size = f"{len(found.materials)} materials × {len(found.importers)} importers"
    promise = f"GeoPolRisk, {size}, one year, read and scored"
    target = Target(promise, SECONDS, statistics.median(walls), "s")
    made_up = f"production made up, {PRODUCERS} producers a material; median of {RUNS} runs"
    lines = [f"Measured on {machine()}; {made_up}.", "", *promises([target]), ""]
    told = "\n".join([*lines, f"The same scores one by one in a plain loop, nothing read: {seconds:.2f} s."])
    print(told)
    write("geopolrisk.py", told)
    return 0 if target.met else 1


if __name__ == "__main__":
    sys.exit(main())
