"""Carrying a user's file from code to code: of any size, streamed, in bounded memory.

==============  =======================================================
:mod:`.given`   the file as the engine reads it
:mod:`.moving`  the SQL that splits, sums and writes
:mod:`.counting`  what it amounts to before and after
==============  =======================================================
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from monazite.errors import OutputError
from monazite.store.carrying import counting, given, moving
from monazite.store.carrying.counting import Carried, Found, Stock, Sum
from monazite.store.carrying.given import PARQUET, Field, Layout, fields, rows, sample
from monazite.store.carrying.moving import HIGH, KINDS, LOW, WAY, Move
from monazite.store.engine import connect, cores, text, told_plainly
from monazite.store.replace import replacing

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "HIGH", "KINDS", "LOW", "PARQUET", "WAY", "Carried", "Carrier", "Field", "Found", "Layout", "Move",
    "Stock", "Sum", "fields", "rows", "sample",
]  # fmt: skip


class Carrier:
    """One file on its way; what it needs on disk lies beside the output and goes with it."""

    def __init__(self, path: Path, layout: Layout, output: Path) -> None:
        """Say what is carried where; nothing is touched yet."""
        self.path, self.layout, self.output = path, layout, output

    def __enter__(self) -> Self:
        """Read the file.

        Raises
        ------
        SourceError
            If it cannot be read, or an amount is no number.
        OutputError
            If the folder of the output cannot be written to.
        """
        self._scratch = _scratch(self.output)
        folder = Path(self._scratch.name)
        self._connection = connect(threads=min(4, cores()), scratch=folder)
        try:
            given.opened(self._connection, self.path, self.layout, folder)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine and take its files away."""
        self._connection.close()
        self._scratch.cleanup()

    @told_plainly
    def stock(self) -> Stock:
        """What stands in the code column and what it amounts to."""
        return counting.stock(self._connection, self.layout)

    @told_plainly
    def write(self, moves: Sequence[Move], stock: Stock) -> Carried:
        """Write the file under its new codes, whole or not at all.

        Raises
        ------
        OutputError
            If it cannot be written.
        StoreError
            If the totals are not conserved; nothing is written then.
        """
        moving.prepared(self._connection, self.layout, moves, stock.decimals)
        counted = counting.carried(self._connection, stock, moving.alone(moves))
        parquet = given.is_parquet(self.output)
        selected = moving.written(self.layout, stock.decimals, as_text=not parquet)
        form = "FORMAT parquet, COMPRESSION zstd" if parquet else "FORMAT csv, HEADER"
        with replacing(self.output) as beside:
            self._copy(f"COPY ({selected}) TO {text(beside)} ({form})")
        return counted

    @told_plainly
    def _copy(self, sql: str) -> None:
        """Write; what the system refuses is told as the system's."""
        self._connection.execute(sql)


def _scratch(output: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder beside the output."""
    try:
        return tempfile.TemporaryDirectory(dir=output.parent, prefix=".monazite-")
    except FileNotFoundError as error:
        told = f"there is no folder {output.parent}; create it first"
        raise OutputError(f"cannot write {output}: {told}.") from error
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error.strerror}.") from error
