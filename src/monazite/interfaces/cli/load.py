"""``monazite load``: files into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monazite.errors import DataMissingError, MonaziteError, SourceError, UsageError
from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import measured, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monazite.schema.findings import Finding
    from monazite.sources.load import Loaded
    from monazite.sources.source import Source
    from monazite.store.home import Store

    Row = dict[str, Any]

_HELP = """Load files as published into the store; what is loaded already changes nothing.

The source is recognised by the file itself. Each row is checked: those that break a
rule are kept aside in table reject with file, line, column, found and expected. A load
can be interrupted; the next goes on where it stopped. A folder loads the files in it.

\b
Examples:
  monazite load BACI_HS92_V202401b.zip
  monazite load DataWeb-Query-Export.xlsx census/*.parquet
  monazite load mine.xlsx --map mine.yaml
  monazite query "SELECT * FROM reject"
"""


@click.command(cls=Command, help=_HELP)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@options.option("--source", "source", metavar="SOURCE", help="Read as this source; see monazite sources.")
@options.option(
    "--map", "mapping", type=click.Path(), metavar="MAPPING.yaml", help="Read your own file by this mapping."
)
@options.option(
    "--edition", metavar="EDITION", help="The publisher's edition, where the file does not say it."
)
@options.option(
    "--again", is_flag=True, help="Read a loaded file again, and put its rows in place of the old."
)
@options.store_option
@options.format_option(listing.FORMS)
@options.output_option
@options.color_option
def load(  # noqa: PLR0913 - the options of the command, by name
    *,
    files: tuple[str, ...],
    source: str | None,
    mapping: str | None,
    edition: str | None,
    again: bool,
    store: Store,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Load each file, then say what became of it."""
    from monazite.schema.store import LOADED  # noqa: PLC0415 - help needs no schema

    asked = _asked(source, mapping)
    rows, failures, found = [], [], []
    for path in _files(files):
        with store.writing(told_to_wait) as scratch:
            try:
                done = _load(store, path, asked, scratch=scratch, edition=edition or "", again=again)
            except MonaziteError as error:
                failures.append(error)
                rows.append({"file": path.name, "outcome": "failed", "error": str(error)})
            else:
                rows.append(row(done))
                found.append(done)
    settle(store)
    listing.deliver(parts(rows, found), LOADED, rows, form=form, output=output, color=color)
    if failures:
        raise _failure(failures, len(rows))
    if any(one["outcome"] == "refused" for one in rows):
        raise click.exceptions.Exit(SourceError.exit_code)


def _asked(source: str | None, mapping: str | None) -> Source | None:
    """The source that was named, or made from a mapping."""
    if mapping:
        if source:
            raise UsageError("--map describes your own file; leave out --source.")
        from monazite.sources.own import read_mapping, source_for  # noqa: PLC0415 - help needs no readers

        return source_for(read_mapping(Path(mapping)))
    if source is None:
        return None
    from monazite.sources import source_named  # noqa: PLC0415 - as above

    return source_named(source)


def _files(names: Iterable[str]) -> list[Path]:
    """The files that were named, and those in folders that were, in order of name."""
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        elif path.exists():
            found.append(path)
        else:
            raise DataMissingError(f"there is no file {path}.")
    if not found:
        raise DataMissingError(f"there is no file in {', '.join(names)}.")
    return found


def _load(  # noqa: PLR0913 - what a load is told, by name
    store: Store, path: Path, source: Source | None, *, scratch: Path, edition: str, again: bool
) -> Loaded:
    """Load one file under a progress bar."""
    from monazite.sources import sources  # noqa: PLC0415 - help needs no readers
    from monazite.sources.load import load as loaded  # noqa: PLC0415 - as above
    from monazite.sources.load import recognised  # noqa: PLC0415 - as above

    reader = source or recognised(path, sources())
    with measured(path.name, path.stat().st_size, "checking and storing") as progress:
        return loaded(store, path, reader, as_of=edition, again=again, scratch=scratch, progress=progress)


def told_to_wait() -> None:
    """Say that another process is writing."""
    say("another monazite is writing to the store; waiting for it …")


def settle(store: Store) -> None:
    """Join the small files that many loads leave; what cannot be joined now is joined by the next load."""
    from monazite.store.compact import MANY, compact  # noqa: PLC0415 - help needs no store

    try:
        with store.writing(told_to_wait) as scratch:
            for table in store.tables():
                compact(store, table, scratch, more_than=MANY)
    except MonaziteError as error:
        say(f"monazite: the small files were not joined: {error}")


def row(done: Loaded) -> Row:
    """What became of a file, as a row."""
    return {
        "file": done.file,
        "source": done.source,
        "as_of": done.as_of,
        "snapshot": done.snapshot,
        "outcome": _outcome(done),
        "records": done.records,
        "stored": sum(done.stored.values()),
        "refused": done.refused,
        "tables": ", ".join(f"{table} {count:,}" for table, count in done.stored.items()),
        "findings": len(done.findings),
    }


def _outcome(done: Loaded) -> str:
    """What was done: a file of which every record was refused is not loaded."""
    if done.already:
        return "already loaded"
    return "refused" if done.refused and not any(done.stored.values()) else "loaded"


def parts(rows: Sequence[Row], found: Sequence[Loaded]) -> list[Any]:
    """The list to draw, then what the readers found, then where to look."""
    from rich.text import Text  # noqa: PLC0415 - rich, only when it draws

    columns = ("file", "source", "as_of", "outcome", "records", "stored", "refused")
    headings = ("File", "Source", "Edition", "Outcome", "Records", "Stored", "Refused")
    drawn: list[Any] = [
        listing.listing(headings, [[one.get(key) for key in columns] for one in rows], fold=("File",))
    ]
    if len(rows) > 1:
        drawn += [Text(one["error"], style="red") for one in rows if one.get("error")]
    told = [finding for one in found for finding in one.findings]
    if told:
        drawn.append(_told(told))
        drawn.append(Text("All of them stand in table finding; see monazite query."))
    if any(one.get("refused") for one in rows):
        drawn.append(Text("The refused rows and the reasons stand in table reject; see monazite query."))
    return drawn


def _told(findings: Sequence[Finding]) -> Any:  # noqa: ANN401 - something rich draws
    """The findings rule by rule: how many there are, and the first."""
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    cells = [
        (rule, few[0].severity, len(few), f"{few[0].subject}: {few[0].found}; expected {few[0].expected}")
        for rule, few in sorted(by_rule.items())
    ]
    return listing.listing(("Finding", "Severity", "Times", "The first"), cells, fold=("The first",))


def _failure(failures: Sequence[MonaziteError], files: int) -> MonaziteError:
    """The error that ends the command: the only one as it is, or how many there were."""
    if files == 1:
        return failures[0]
    say(f"monazite: {len(failures)} of {files} files were not loaded; the others are. The first:")
    return failures[0]
