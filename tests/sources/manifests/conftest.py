"""Made-up manifests: one good row of every form, and what comes out of a file in any way."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from monazite.errors import MonaziteError
from monazite.sources.manifests import SOURCE, redact
from monazite.sources.source import Account, Given, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monazite.sources.manifests.layouts import Form

GOOD = {
    "bill": "2018010212345",
    "whole": "3",
    "number": "12.5",
    "day": "2018-01-02",
    "goods": "850760.0",
    "line": "8507.60.00",
    "code": "KLMN",
    "country": "DE",
    "text": "BRICKS",
    "hidden": "",
    "person": "",
}


@dataclass(frozen=True)
class Outcome:
    """Everything that came out of one file: rows, account, error; and the copy that would be kept."""

    rows: list[dict[str, object]]
    account: Account
    error: str
    kept: str

    @property
    def told(self) -> str:
        """All of it as one text."""
        return "\n".join([repr(self.rows), repr(self.account), self.error, self.kept])


@dataclass(frozen=True)
class Maker:
    """Writes files of a form and tells what comes out of them."""

    folder: Path

    def good(self, form: Form) -> list[str]:
        """A row without anything personal."""
        return [GOOD[field.kind] for field in form.fields]

    def written(self, form: Form, rows: Sequence[Sequence[str]], name: str = "manifest.csv") -> Path:
        """A file of the form."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([[field.name for field in form.fields], *rows])
        path = self.folder / name
        path.write_bytes(text.getvalue().encode())
        return path

    def read(self, path: Path) -> Outcome:
        """What comes out of a file, straight and by way of the copy that is kept."""
        account, rows, errors = Account(), [], []
        kept = self.folder / "kept"
        kept.unlink(missing_ok=True)
        try:
            for batch in SOURCE.read(Given(path, path.name, "", date(2026, 1, 5), self.folder), account):
                assert isinstance(batch, Rows)
                rows += list(batch.rows)
        except MonaziteError as error:
            errors.append(str(error))
        try:
            redact(path, kept)
        except MonaziteError as error:
            errors.append(str(error))
        text = kept.read_bytes().decode() if kept.exists() else ""
        return Outcome(rows, account, "\n".join(errors), text)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """Writes and reads made-up manifests."""
    return Maker(tmp_path)


@pytest.fixture(scope="session")
def lasting_maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """The same, for tests of many examples."""
    return Maker(tmp_path_factory.mktemp("manifests"))
