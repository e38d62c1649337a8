"""Two thousand malformed inputs: a typed error or an account that closes, never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from monazite.errors import MonaziteError
from monazite.sources.own import read_mapping, source_for, suggest
from monazite.sources.own.kinds import TARGETS
from monazite.sources.source import Account, Given, Rows

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Protocol

    from tests.sources.own.conftest import Case

    class Attempt(Protocol):
        """Reads, or proposes a mapping for, the bytes of a file of that name."""

        def __call__(self, content: bytes, name: str, *, proposing: bool) -> str:
            """Tell what came of it."""


HOSTILE = (
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b",",
    b";",
    b"\t",
    b"\xff",
    b"\xc3",
    b"1e999",
    b"NaN",
    b"-inf",
    b"9" * 400,
    b"=1+1",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"(",
    b"%",
    b"2024-13-45",
    b"Total",
    b"''",
    b"\\",
    b"\x85",
    "١٢٣".encode(),
    b"<a>",
    b"0" * 50,
    b"\xed\xa0\x80",
    b"1_000",
    b"\x1a",
    b" " * 30,
    b"-",
    b".",
    b"\xe2\x80\xa8",
)
MAPPING = """\
mapping: 1
table: trade
as_of: a
columns:
  reporter: {value: USA}
  flow: {value: import}
  period: Year
  partner: {from: Country}
  code: {from: Code, digits: 6}
  value_usd: {from: Value, unit: USD, missing: ["-"]}
  mass_t: {from: Mass, unit: kg, zero_is: missing}
  quantity: {from: Qty}
  quantity_unit: {from: Unit}
"""
TEXT = b"Year,Country,Code,Value,Mass,Qty,Unit\n" + b"".join(
    b"20%02d,China,280530,%d.5,%d,7,KG\n" % (number, 100 + number, number) for number in range(10, 16)
)


def damaged(content: bytes, seed: int) -> bytes:
    """A copy with a few bytes cut out, doubled, changed or put in."""
    chance = random.Random(seed)  # noqa: S311 - reproducible damage
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.choice((1, 2, 7, 40)))
        done = chance.randrange(4)
        if done == 0:
            content = content[:at] + content[to:]
        elif done == 1:
            content = content[:at] + chance.choice(HOSTILE) + content[at:]
        elif done == 2:
            content = content[:at] + content[at:to] * 3 + content[to:]
        else:
            content = content[:at] + chance.randbytes(to - at) + content[to:]
    return content


def repacked(content: bytes, seed: int) -> bytes:
    """A workbook one of whose parts is damaged inside a sound zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        names = [name for name in old.namelist() if name.endswith(".xml")]
        chosen = names[seed % len(names)]
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, seed) if name == chosen else part)
    return target.getvalue()


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory) -> Attempt:
    """Read bytes through a mapping, or propose one for them; tells what came of it."""
    folder = tmp_path_factory.mktemp("malformed")
    (folder / "mine.yaml").write_text(MAPPING)
    source = source_for(read_mapping(folder / "mine.yaml"))

    def attempting(content: bytes, name: str, *, proposing: bool) -> str:
        path: Path = folder / name
        path.write_bytes(content)
        account = Account()
        try:
            if proposing:
                (folder / "own.yaml").write_text(suggest(path, TARGETS["trade"]).yaml, encoding="utf-8")
            given = Given(path, name, "0" * 16, None, folder)  # type: ignore[arg-type]
            batches = [] if proposing else list(source.read(given, account))
            stored = sum(len(list(each.rows)) for each in batches if isinstance(each, Rows))
        except MonaziteError:
            return "refused"
        if proposing:
            read_mapping(folder / "own.yaml")
            return "proposed"
        assert account.records == stored + len(account.refused)
        return "read"

    return attempting


def test_damaged_texts(attempt: Attempt) -> None:
    came = {attempt(damaged(TEXT, seed), "mine.csv", proposing=seed % 50 == 0) for seed in range(1500)}
    assert came == {"read", "refused", "proposed"}


def test_any_bytes_at_all(attempt: Attempt) -> None:
    chance = random.Random(7)  # noqa: S311 - reproducible
    for number in range(190):
        assert attempt(chance.randbytes(number * 3), "mine.bin", proposing=number % 4 == 0) in {
            "refused",
            "proposed",
        }


def test_damaged_workbooks(attempt: Attempt, gallery: dict[str, Case]) -> None:
    content = gallery["ledger"].path.read_bytes()
    came = {attempt(repacked(content, seed), "mine.xlsx", proposing=seed % 3 == 0) for seed in range(240)}
    came |= {attempt(damaged(content, seed), "mine.xlsx", proposing=True) for seed in range(60)}
    assert came >= {"refused", "proposed"}


def test_damaged_parquet(attempt: Attempt, gallery: dict[str, Case]) -> None:
    content = gallery["exports_monthly"].path.read_bytes()
    came = {attempt(damaged(content, seed), "mine.parquet", proposing=seed % 5 == 0) for seed in range(60)}
    assert "refused" in came


@pytest.mark.parametrize(
    "content",
    [
        b"a" * 3_000_000,
        b'"' + b"a,\n" * 100_000,
        b"\n" * 100_000,
        b"a,b\n" + b"," * 500_000,
        b"a;b\n" + b"1;2\n" * 50_000,
        b"Year,Country,Code,Value,Mass,Qty,Unit\n" + b"2024,Nowhere %d,280530,1,1,1,KG\n" * 1,
        b"\xff\xfe" + b"a" * 10_001,
        b"a\0b,c\n1,2\n",
    ],
    ids=["line", "quote", "blank", "wide", "long", "unknown", "utf-16", "nul"],
)
@pytest.mark.parametrize("proposing", [False, True])
def test_large_and_odd_texts(attempt: Attempt, content: bytes, proposing: bool) -> None:  # noqa: FBT001
    assert attempt(content, "mine.csv", proposing=proposing) in {"refused", "proposed", "read"}
