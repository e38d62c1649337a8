"""The publisher's own rows, and stores made up record by record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from monazite.schema.trade import TRADE
from monazite.sources.load import load
from monazite.sources.source import Licence, Rows, Source
from monazite.store.home import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from monazite.sources.source import Account, Given

RECORD = {
    "year": 2023, "period": "2023", "reporter": "USA", "flow": "import", "importer": "USA", "exporter": "CHN",
    "nomenclature": "HTS", "code": "8507600020", "regime": "consumption", "breakdown": "", "value_usd": 1e6,
    "valuation": "customs", "value_status": "normal", "quantity_status": "not-collected", "mass_t": 10.0,
    "mass_status": "normal", "estimated": False, "aggregate": False,
}  # fmt: skip


def read(given: Given, account: Account) -> Iterator[Rows]:
    """Records as they stand in a file of JSON lines."""
    lines = given.path.read_text(encoding="utf-8").splitlines()
    account.records += len(lines)
    yield Rows(TRADE, [json.loads(line) for line in lines], {})


MADE = Source(
    id="made",
    title="Made up trade",
    publisher="Nobody",
    homepage="https://example.org",
    licence=Licence("Terms", "https://example.org", "free"),
    tables=(TRADE,),
    recognises=lambda _: True,
    read=read,
    edition=lambda given: given.as_of or "first",
)


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., Store]:
    """Load records, each told by what matters of it, into a store."""

    def keep(*records: dict[str, Any]) -> Store:
        store, path = Store(tmp_path / "store"), tmp_path / "trade.jsonl"
        rows = [json.dumps({**RECORD, **record}) for record in records]
        path.write_text("\n".join(rows), encoding="utf-8")
        with store.writing() as scratch:
            assert not load(store, path, MADE, as_of="first", scratch=scratch).refused
        return store

    return keep
