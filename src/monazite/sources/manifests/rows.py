"""Records of a form as rows of its table; what cannot be read is refused without a word of its text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monazite.errors import SourceError
from monazite.sources.manifests.cells import NotOneError, clean, is_place, place, tonnes, value
from monazite.sources.manifests.layouts import FORMS, form_of, named
from monazite.sources.manifests.personal import REDACTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monazite.sources.manifests.cells import Value
    from monazite.sources.manifests.layouts import Field, Form
    from monazite.sources.separated import Record
    from monazite.sources.source import Account, Row

TYPED = ("bill", "whole", "number", "day", "goods", "line")
"""Kinds of which nothing but numbers, or their shape, is left by :func:`clean`."""

_HINT = "Only the tables whose columns are known are read: in others nobody knows which column is about whom"


def laid_out(file: str, header: Sequence[str]) -> tuple[Form, list[Field]]:
    """The form of a header, and its fields in the header's order.

    Raises
    ------
    SourceError
        If it is none's; its cells are not told, because a table without a header begins with data.
    """
    if (form := form_of(header)) is None:
        tables = ", ".join(dict.fromkeys(form.table.name for form in FORMS))
        found = f"a first line of {len(header)} cells that is no table's header"
        raise SourceError(file, line=1, found=found, expected=f"the header of {tables}", hint=_HINT)
    by_name = {field.name: field for field in form.fields}
    return form, [by_name[name] for name in named(header)]


def without_persons(file: str, records: Iterator[Record]) -> Iterator[list[str]]:
    """Records of a table, its header first, without personal data; a torn one says nothing.

    Raises
    ------
    SourceError
        If the header is no table's.
    """
    header = next(records)[1]
    _, fields = laid_out(file, header)
    yield list(header)
    for _, cells in records:
        if len(cells) == len(fields):
            yield [clean(one.kind, cell) for one, cell in zip(fields, cells, strict=True)]
        else:
            yield [REDACTED] * len(cells)


@dataclass(slots=True)
class Reader:
    """Reads the records of one table and keeps what it finds."""

    file: str
    part: str
    account: Account
    form: Form
    fields: list[Field]
    number: int = 0
    redactions: Counter[str] = field(default_factory=Counter)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    shortened: int = 0
    repeated: int = 0
    last: tuple[Any, ...] = ()

    def rows(self, records: Iterator[Record]) -> Iterator[Row]:
        """Row of each record; then what was found."""
        for line, cells in records:
            self.account.records += 1
            self.number += 1
            if row := self._row(line, cells):
                yield row
        self._tell()

    def _row(self, line: int, cells: Sequence[str]) -> Row | None:
        """The row of a record; nothing if it is refused."""
        if len(cells) != len(self.fields):
            self._refuse(line, "", f"{len(cells)} cells", f"{len(self.fields)}", REDACTED)
            return None
        cleaned = [clean(one.kind, cell) for one, cell in zip(self.fields, cells, strict=True)]
        held: dict[str, list[Value]] = {}
        for one, cell in zip(self.fields, cleaned, strict=True):
            try:
                self._hold(held, one, cell)
            except NotOneError as error:
                content = "; ".join(
                    f"{each.name}={text}"
                    for each, text in zip(self.fields, cleaned, strict=True)
                    if each.kind in TYPED
                )
                self._refuse(line, one.name, repr(cell), str(error), content)
                return None
        return self._finished(line, {name: self._joined(values) for name, values in held.items()})

    def _hold(self, held: dict[str, list[Value]], one: Field, cell: str) -> None:
        """Add what a clean cell says to its column."""
        self.redactions[one.name] += REDACTED in cell
        said = value(one.kind, cell)
        if one.kind == "bill" and said is None:
            raise NotOneError("the number of a bill")
        if one.kind == "country" and is_place(cell):
            said, known = place(cell)
            self.unknown[one.name, said] += not known
        if one.kind == "goods" and said is not None:
            self.shortened += str(said).startswith("0") and not cell.startswith("0")
        if said is not None:
            held.setdefault(one.column, []).append(said)

    def _joined(self, values: list[Value]) -> Value:
        """What the columns that go to one say together."""
        return values[0] if len(values) == 1 else self.form.joint.join(map(str, values))

    def _finished(self, line: int, row: Row) -> Row:
        """A row with its number, its weight in tonnes, and a look at the row before."""
        if "weight_t" in self.form.table.names:
            which = "weight" if "weight" in self.form.table.names else "harmonized_weight"
            row["weight_t"] = tonnes(row.get(which), row.get(f"{which}_unit"))
        if row.get("harmonized_weight"):
            now = tuple(row.get(name) for name in ("identifier", "harmonized_number", "harmonized_weight"))
            self.repeated += self.last[:-1] == now and self.last[-1] != row.get("container_number")
            self.last = (*now, row.get("container_number"))
        return {**row, "row": self.number, "_line": line}

    def _refuse(self, line: int, column: str, found: str, expected: str, content: str) -> None:
        """Keep a record aside, by what has passed :func:`clean`."""
        self.account.refuse(
            self.form.table, "reader", found=found, expected=expected, content=content, line=line,
            column=column, part=self.part,
        )  # fmt: skip

    def _tell(self) -> None:
        """Record what was found."""
        place_ = f"{self.file}/{self.part}" if self.part else self.file
        for column, rows in (+self.redactions).items():
            self.account.tell(
                "personal-data-redacted", column, where=f"{place_}, column {column}",
                found="what looked like personal data", expected="none", rows=rows,
            )  # fmt: skip
        for (column, code), rows in (+self.unknown).items():
            self.account.tell(
                "country-unknown", code, where=f"{place_}, column {column}", found=repr(code),
                expected="an ISO 3166-1 alpha-2 code", rows=rows,
            )  # fmt: skip
        if self.shortened:
            self.account.tell(
                "code-shortened", self.form.table.name, where=f"{place_}, column harmonized_number",
                found="codes with an odd number of digits", expected="an even number", rows=self.shortened,
                hint="The file types the codes as numbers; a zero is put before an odd number of digits.",
            )  # fmt: skip
        if self.repeated:
            self.account.tell(
                "weight-repeated", self.form.table.name, where=f"{place_}, column harmonized_weight",
                found="the weight of the row before, in another container", expected="a weight of its own",
                rows=self.repeated,
            )  # fmt: skip
