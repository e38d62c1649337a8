"""What a source is: how its files are recognised, read and fetched, and on which terms.

A source is one module that ends in ``SOURCE = Source(...)`` and one line in
:data:`monazite.sources.SOURCES`. It answers three questions: *locate* (which addresses hold what
the user asks for), *recognises* (is this file mine), *read* (which rows are in it). Everything
else, the network, the snapshots, the checks, the tables, is done once for all of them by
:mod:`monazite.sources.load`.

A reader turns the publisher's units, codes and marks into ours, and accounts for every record:
what it reads is stored, or refused with a reason. It yields :class:`Rows` (small files, read in
Python) or :class:`Select` (large ones, read by the engine).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from monazite.errors import SourceError
from monazite.schema.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from monazite.schema.findings import Finding
    from monazite.schema.tables import Table

Row = dict[str, Any]
Redistribution = Literal["free", "attribution", "unclear", "forbidden"]


REFUSED_LIMIT = 100_000
"""A file of which more records are refused is refused as a whole."""


def too_many_refused(file: str) -> SourceError:
    """The error for a file that cannot be what it is read as."""
    found = f"more than {REFUSED_LIMIT:,} records that break a rule"
    return SourceError(file, found=found, expected="records of the source's layout")


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of a source: their name, where they stand, and whether rows may be passed on."""

    name: str
    url: str
    redistribution: Redistribution


@dataclass(frozen=True, slots=True)
class Sample:
    """What a file looks like from outside: its name and its first 64 KiB."""

    name: str
    head: bytes
    path: Path

    @property
    def text(self) -> str:
        """The first bytes as text, whatever they are; never fails."""
        return self.head.decode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class Given:
    """A file handed to a reader: the snapshot's bytes, its name as published, and where it came from.

    ``as_of`` is the edition the user named, if any; ``scratch`` is an empty folder for what must be
    unpacked, removed when the load ends. ``parameters`` are those the file was fetched with.
    """

    path: Path
    name: str
    snapshot: str
    retrieved: date
    scratch: Path
    as_of: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """One record a reader will not store, and why."""

    table: str
    rule: str
    found: str
    expected: str
    content: str
    line: int | None = None
    column: str = ""
    part: str = ""


@dataclass(slots=True)
class Account:
    """What becomes of the records of a file: findings, refusals; the load counts what is stored.

    ``records`` is what the reader says it found, counted where it reads and not where it writes,
    so that rows in = rows stored + rows refused can be checked.
    """

    records: int = 0
    refused: list[Refused] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def refuse(  # noqa: PLR0913 - the places an analyst looks at, by name
        self,
        table: Table,
        rule: str,
        *,
        found: str,
        expected: str,
        content: object,
        line: int | None = None,
        column: str = "",
        part: str = "",
    ) -> None:
        """Keep a record aside; ``part`` is the member of an archive or the sheet of a workbook.

        Raises
        ------
        SourceError
            If so many are refused that the file cannot be the source's.
        """
        if len(self.refused) >= REFUSED_LIMIT:
            raise too_many_refused(part or table.name)
        self.refused.append(
            Refused(
                table.name, rule, found, expected, str(content), line=line or None, column=column, part=part
            )
        )

    def tell(  # noqa: PLR0913 - the fields of a finding, by name
        self, rule: str, subject: str, *, where: str, found: str, expected: str, rows: int = 1, hint: str = ""
    ) -> None:
        """Record a finding under a declared rule."""
        self.findings.append(
            finding(rule, subject, where=where, found=found, expected=expected, rows=rows, hint=hint)
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a core table, read in Python.

    Each row holds the columns that differ from row to row; ``stamps`` hold those that are the same
    for all, and win over a row's. ``source``, ``as_of`` and ``snapshot`` are stamped by the load
    unless the stamps have them; a column that is named nowhere is empty. ``_line`` is the row's line in
    the file, for the rejects.
    """

    table: Table
    rows: Iterable[Row]
    stamps: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Select:
    """Rows of a core table, read by the engine: one SELECT over the file.

    ``sql`` gives the columns that differ from row to row under the table's names, already in our
    units and codes; it may also give ``_line``, and the reason a row is refused as ``_column``,
    ``_found`` and ``_expected`` (a row whose ``_expected`` is not null is refused). ``stamps`` are
    as in :class:`Rows`. ``setup`` runs before: small tables of codes, ENUM types. What a ``read_csv``
    with ``store_rejects = true`` cannot read is refused with line, column and content. ``numbered`` is
    the same SELECT with ``_line``, if that costs: it is asked for only when a row breaks a rule.
    ``records`` is how many the reader counted in the file by other means, where it can.

    Over millions of rows: write text columns of few values as ENUM; make what can be made from other
    columns ``late``, after the sort; and let a narrow column stand for a text in it (``sort``).
    """

    table: Table
    sql: str
    stamps: Mapping[str, Any] = field(default_factory=dict)
    setup: tuple[str, ...] = ()
    numbered: str = ""
    records: int | None = None
    late: Mapping[str, str] = field(default_factory=dict)
    sort: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something the user chooses when fetching: its name, meaning, an example, and its default.

    Without a default it must be given. ``codes`` lists the only values it may take.
    """

    name: str
    meaning: str
    example: str
    default: str | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to fetch. The address holds no key: ``key_in`` says where the key goes.

    ``accepts`` lists the content types that may come; ``check`` looks at the first bytes and the
    whole file before anything is believed, and raises :class:`~monazite.errors.SourceError` if it is
    not what it should be. ``file`` is the name it is kept under. A request with ``json`` is a POST.
    ``empty`` are statuses that mean "no rows" and not a failure (204 at the Census).
    """

    url: str
    file: str
    accepts: tuple[str, ...]
    check: Callable[[Path], None]
    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    key_in: Literal["", "query:key", "header:Authorization", "header:Ocp-Apim-Subscription-Key"] = ""
    limit: int = 2 * 2**30
    empty: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's data set: what it is, on which terms, how it is recognised, read and fetched.

    ``key`` is the environment variable that holds the key, if one is needed; ``per_second`` is the
    publisher's rate limit. ``locate`` turns the user's parameters into requests; a source that can
    only be downloaded by hand has none, and ``by_hand`` says where. ``redact`` writes a copy of a file
    without personal data, which is then kept as its snapshot.

    A source that reads the same file in several ways (by a user's mapping) names the way: files are
    loaded once for each ``slot``, and ``variant`` says when a slot is read otherwise than before.
    """

    id: str
    title: str
    publisher: str
    homepage: str
    licence: Licence
    tables: tuple[Table, ...]
    recognises: Callable[[Sample], bool]
    read: Callable[[Given, Account], Iterator[Rows | Select]]
    edition: Callable[[Given], str]
    doi: str = ""
    hosts: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    locate: Callable[[Mapping[str, str]], tuple[Request, ...]] | None = None
    key: str = ""
    key_from: str = ""
    per_second: float = 1.0
    by_hand: str = ""
    redact: Callable[[Path, Path], None] | None = None
    slot: str = ""
    variant: str = ""
