"""Records of UN Comtrade made up in its layout, and the files they come in."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monazite.schema.trade import TRADE
from monazite.sources.comtrade import SOURCE
from monazite.sources.load import read_file
from monazite.sources.source import Account, Given, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.sources.load import Reading

SPECIMENS = Path(__file__).parents[2] / "specimens" / "comtrade"
RECORD: dict[str, Any] = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": 20220101, "refYear": 2022, "refMonth": 52,
    "period": "2022", "reporterCode": 842, "flowCode": "M", "partnerCode": 156, "partner2Code": 0,
    "classificationCode": "H6", "isOriginalClassification": True, "cmdCode": "284690", "aggrLevel": 6,
    "isLeaf": True, "customsCode": "C00", "mosCode": "0", "motCode": 0, "qtyUnitCode": 8, "qty": 1000.0,
    "isQtyEstimated": False, "altQtyUnitCode": -1, "altQty": None, "isAltQtyEstimated": False,
    "netWgt": 1000.0, "isNetWgtEstimated": False, "grossWgt": None, "isGrossWgtEstimated": False,
    "cifvalue": 5000.0, "fobvalue": None, "primaryValue": 5000.0, "legacyEstimationFlag": 0,
    "isReported": True, "isAggregate": False,
}  # fmt: skip


def text(value: object) -> str:
    """A cell of a table."""
    return "" if value is None else str(value)


class Files:
    """Writes records into files of each form, and reads them."""

    def __init__(self, folder: Path) -> None:
        """Write into a folder."""
        self.folder, self.day = folder, date(2024, 5, 1)

    def record(self, **changes: object) -> dict[str, Any]:
        """One record, with changes."""
        return {**RECORD, **changes}

    def answer(self, records: Sequence[object], **envelope: object) -> Path:
        """An answer of the API."""
        path = self.folder / "answer.json"
        told = {"elapsedTime": "0.1 secs", "count": len(records), "data": records, "error": "", **envelope}
        path.write_text(json.dumps(told), encoding="utf-8")
        return path

    def bulk(self, records: Sequence[dict[str, Any]], name: str = "bulk.txt.gz") -> Path:
        """A bulk file, gzipped if its name says so."""
        lines = ["\t".join(RECORD), *("\t".join(text(one[key]) for key in RECORD) for one in records)]
        return self.raw("".join(f"{line}\r\n" for line in lines).encode(), name)

    def raw(self, content: bytes, name: str) -> Path:
        """A file of these bytes, gzipped if its name says so."""
        path = self.folder / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    def saved(self, records: Sequence[dict[str, Any]]) -> Path:
        """A table as saved from the web, a comma at the end of each line."""
        path = self.folder / "TradeData.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerows([[*RECORD, ""], *([*(text(one[key]) for key in RECORD), ""] for one in records)])
        return path

    def read(self, path: Path, **parameters: str) -> Reading:
        """Read a file as a load does."""
        return read_file(SOURCE, path, **parameters)

    def row(self, **changes: object) -> dict[str, Any]:
        """The row a reader gives for one record in an answer; a column it does not name is empty."""
        path, account = self.answer([self.record(**changes)]), Account()
        given = Given(path, path.name, "0" * 16, self.day, self.folder)
        (row,) = (
            row for batch in SOURCE.read(given, account) if isinstance(batch, Rows) for row in batch.rows
        )
        assert (account.records, account.refused) == (1, [])
        return dict.fromkeys(TRADE.names) | row


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Files of records, in a folder of their own."""
    return Files(tmp_path)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the specimens."""
    return SPECIMENS
