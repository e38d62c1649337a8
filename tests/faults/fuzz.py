"""Gives readers damaged files, each in bounds of time and memory, and says what became of them.

Run as ``python -m tests.faults.fuzz COUNT SOURCE...``; it writes one JSON object for each source. The
same number always makes the same input: ``@NUMBER`` in place of COUNT tries one again. Children do the
work: one that takes more than 5 s of processor time or asks for more than a gigabyte is ended by the
system, its input counts as a failure, and another goes on behind it.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import MonaziteError, SourceError, StoreError, UsageError
from monazite.sources import reading
from monazite.sources.source import Given, Sample
from monazite.store.staging import Part, Stage, Staged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.faults.seeds import Seed

    from monazite.schema.tables import Table
    from monazite.sources.source import Source

CPU_S, MEMORY = 5, 2**30
CHUNK = 250
STAGED_EACH = 10
"""Of how many inputs one is staged as a load does; of the others the rows are looked at cell by cell."""

BIGINT = 2**63
FITS: dict[str, tuple[type, ...]] = {
    "text": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "date": (str,),
}  # fmt: skip


class Looked(Stage):
    """Looks at rows made in Python instead of writing them."""

    def rows(self, table: Table, given: Iterable[Mapping[str, Any]], stamps: Mapping[str, Any]) -> Staged:
        """Count rows whose cells their columns can hold."""
        types = {one.name: one.type for one in table.columns}
        for name, value in stamps.items():
            _check(types[name], name, value)
        count = 0
        for row in given:
            count += 1
            for name, value in row.items():
                if value is not None and name in types:
                    _check(types[name], name, value)
        return Staged((Part(self.folder, count),) if count else (), ())

    def apart(self, table: Table, parts: list[Part]) -> tuple[list[Part], list[Any]]:  # noqa: ARG002 - as Stage
        """Rows that were only looked at have no twins in another batch."""
        return parts, []


def _check(type_: str, column: str, value: Any) -> None:  # noqa: ANN401 - a cell may be anything
    """Refuse a value that its column cannot hold."""
    try:
        good = value is None or isinstance(value, FITS[type_])
        if type_ == "text" and good:
            str(value).encode()
        elif type_ == "date" and good and value:
            date.fromisoformat(value)
        elif type_ == "integer" and good and value is not None:
            good = -BIGINT <= value < BIGINT
    except ValueError:
        good = False
    if not good:
        raise TypeError(f"{column} cannot hold {value!r:.100}")


@dataclass
class Told:
    """What became of the inputs of one source."""

    source: str
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str]] = field(default_factory=list)
    peak_mb: float = 0.0
    longest_s: float = 0.0


def given_for(seeds: list[Seed], number: int, folder: Path) -> tuple[str, bytes, str]:
    """The input of a number: its name, its damaged content, the edition the user names."""
    from tests.faults.mutations import mutated  # noqa: PLC0415 - beside this script
    from tests.faults.seeds import packed  # noqa: PLC0415 - as above

    chance = random.Random(number)  # noqa: S311 - reproducible damage
    seed = seeds[number % len(seeds)]
    if seed.form != "plain" and chance.random() < 0.25:
        content = mutated(packed(seed.content, seed.form, folder), chance)
    else:
        content = packed(mutated(seed.content, chance), seed.form, folder)
    return seed.name, content, chance.choice(("2026", "2026", "2026", ""))


def tried(source: Source, entry: tuple[str, bytes, str], folder: Path, stage: Stage) -> str:
    """Read one input, its name, content and edition, as a load does; what became of it."""
    name, content, as_of = entry
    path, scratch = folder / name, folder / "unpacked"
    path.write_bytes(content)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    _recognised(source, Sample(name, content[: 64 * 2**10], path))
    try:
        if source.id == "own":
            _proposed(path)
        if source.redact is not None:
            source.redact(path, folder / "redacted")
            (folder / "redacted").replace(path)
        sha = hashlib.sha256(content).hexdigest()[:16]
        done = reading.read(source, Given(path, name, sha, date(2026, 1, 1), scratch, as_of), stage)
    except MonaziteError as error:
        if isinstance(error, StoreError) or "Out of Memory" in str(error):
            raise
        return type(error).__name__ if "\n" not in str(error) else f"{type(error).__name__} of several lines"
    finally:
        path.unlink(missing_ok=True)
    return "read" if done.stored else "all refused"


def _proposed(path: Path) -> None:
    """Propose a mapping for a file, as a user asks for one before it is read."""
    from monazite.sources.own import suggest  # noqa: PLC0415 - heavy, and only for the user's own files

    with suppress(SourceError, UsageError):
        suggest(path)


def _recognised(source: Source, sample: Sample) -> None:
    """Ask whether the file is the source's; that never fails, as every source is asked about every file."""
    try:
        source.recognises(sample)
    except MonaziteError as error:
        raise AssertionError(str(error)) from error


def work(seeds: list[Seed], numbers: Iterable[int], folder: Path, out: int) -> None:
    """Try inputs one after the other, each told before and after."""
    from tests.faults.seeds import source_of  # noqa: PLC0415 - beside this script

    folder.mkdir()
    source = source_of(seeds[0], folder)
    with Stage(folder) as whole:
        looked = Looked.__new__(Looked)
        looked.__dict__.update(whole.__dict__)
        for number in numbers:
            os.write(out, b"%d\n" % number)
            entry = given_for(seeds, number, folder)
            signal.setitimer(signal.ITIMER_PROF, CPU_S)
            begun = _cpu_s()
            told = _outcome(source, entry, folder, looked if number % STAGED_EACH else whole)
            signal.setitimer(signal.ITIMER_PROF, 0)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            told = "FAILED: more than a gigabyte" if peak > MEMORY else told
            os.write(out, json.dumps([number, told, _cpu_s() - begun, peak / 1e6]).encode() + b"\n")
            if peak > MEMORY or _reserved() > 2 * MEMORY:
                return
            for left in folder.glob("*.parquet"):
                left.unlink()


def _outcome(source: Source, entry: tuple[str, bytes, str], folder: Path, stage: Stage) -> str:
    """What became of one input; anything but an error of ours is a failure."""
    try:
        return tried(source, entry, folder, stage)
    except BaseException as error:  # noqa: BLE001 - a failure, whatever it is
        ours = [one for one in traceback.extract_tb(error.__traceback__) if "monazite" in one.filename]
        where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
        return f"FAILED {type(error).__name__}: {str(error)[:300]} ({where}; {entry[0]})"


def _reserved() -> int:
    """Address space of this process. The engine reserves what a damaged Parquet file says it holds, and
    keeps it though it is never used: the next input is not to pay for that out of its own bound.
    """
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _cpu_s() -> float:
    """Processor time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def forked(seeds: list[Seed], numbers: range, folder: Path) -> tuple[int, int]:
    """A child that tries inputs; its number and where it tells."""
    telling, out = os.pipe()
    pid = os.fork()
    if pid:
        os.close(out)
        return pid, telling
    os.close(telling)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic of a library says so there
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (8 * MEMORY, 8 * MEMORY))
    try:
        work(seeds, numbers, folder, out)
    except BaseException:  # noqa: BLE001 - a fault of this script is told too
        os.write(out, f"!{traceback.format_exc()[-400:]!r}\n".encode())
    finally:
        os._exit(0)


def heard(pid: int, telling: int, numbers: range, told: Told) -> range:
    """Wait for a child and take down what it told; what is left to do behind the input that ended it."""
    last, done, why = numbers.start, False, ""
    with os.fdopen(telling) as lines:
        for line in lines:
            done = line.startswith("[")
            if not done:
                last, why = (last, line) if line.startswith("!") else (int(line), "")
                continue
            last, outcome, cpu_s, peak_mb = json.loads(line)
            told.longest_s, told.peak_mb = max(told.longest_s, cpu_s), max(told.peak_mb, peak_mb)
            _take(told, last, outcome)
    status = os.waitpid(pid, 0)[1]
    if not done:
        ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else why
        _take(told, last, f"FAILED: ended by {ended}")
    return range(last + 1, numbers.stop)


def _take(told: Told, number: int, outcome: str) -> None:
    """Count an outcome; keep a failure."""
    if outcome.startswith("FAILED"):
        told.failures.append((number, outcome))
        outcome = "FAILED"
    told.outcomes[outcome] += 1


def fuzzed(source: str, seeds: list[Seed], numbers: range, folder: Path) -> Told:
    """Try inputs of one source, as many children at once as there are processors."""
    told, made = Told(source), 0
    waiting = [range(at, min(at + CHUNK, numbers.stop)) for at in range(numbers.start, numbers.stop, CHUNK)]
    while waiting:
        now, waiting = waiting[: len(os.sched_getaffinity(0))], waiting[len(os.sched_getaffinity(0)) :]
        running = [(forked(seeds, one, folder / f"{source}-{made + n}"), one) for n, one in enumerate(now)]
        made += len(now)
        for (pid, telling), one in running:
            left = heard(pid, telling, one, told)
            waiting = [left, *waiting] if left else waiting
        for done in folder.glob(f"{source}-*"):
            shutil.rmtree(done)
    return told


def seeds_in(folder: Path) -> dict[str, list[Seed]]:
    """Files to damage; made in a child, as an engine that was started cannot be forked."""
    from tests.faults import seeds  # noqa: PLC0415 - beside this script

    pid = os.fork()
    if not pid:
        try:
            (folder / "seeds").write_bytes(pickle.dumps(seeds.seeds(folder)))
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    found: dict[str, list[Seed]] = pickle.loads((folder / "seeds").read_bytes())  # noqa: S301 - our own
    return found


def main() -> None:
    """Try so many inputs of each source, or one again."""
    count, *chosen = sys.argv[1:]
    numbers = range(int(count)) if not count.startswith("@") else range(int(count[1:]), int(count[1:]) + 1)
    with tempfile.TemporaryDirectory() as name:
        held = seeds_in(Path(name))
        for source in chosen or held:
            told = fuzzed(source, held[source], numbers, Path(name)) if held[source] else Told(source)
            sys.stdout.write(json.dumps({**vars(told), "seeds": len(held[source])}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
