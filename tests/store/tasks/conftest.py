"""Tasks over a small year of trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.store.engine import connect, text
from monazite.store.tasks import Select

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = 300_000
TOTALS = """
SELECT importer, product, count(*) AS flows, sum(cents)::DECIMAL(38,0) AS cents,
  max(exporter) AS last
FROM flow WHERE product % {0} <> 1 GROUP BY ALL ORDER BY ALL
"""


@pytest.fixture(scope="session")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Parquet file of trade."""
    path = tmp_path_factory.mktemp("flows") / "flows.parquet"
    digits = "(hash(i, {0}) % {1})::BIGINT"
    with connect() as connection:
        connection.execute(
            f"COPY (SELECT {digits.format(1, 200)} AS importer, {digits.format(2, 900)} AS product,"  # noqa: S608 - numbers of this test
            f" {digits.format(3, 200)} AS exporter, {digits.format(4, 10**9)} AS cents"
            f" FROM range({ROWS}) t(i)) TO {text(path)} (FORMAT parquet)"
        )
    return path


@pytest.fixture
def tasks(flows: Path, tmp_path: Path) -> Callable[..., list[Select]]:
    """So many tasks over the file, in a folder of this test."""

    def make(count: int = 4, folder: str = "out", **how: object) -> list[Select]:
        views = (("flow", (str(flows),)),)
        return [
            Select(str(n), TOTALS.format(n + 2), views, str(tmp_path / folder / f"{n}.parquet"), **how)  # type: ignore[arg-type]
            for n in range(count)
        ]

    return make
