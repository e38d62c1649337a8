"""``monazite doctor``: whether everything is as it should be."""

from __future__ import annotations

import os
import platform
import shutil
from typing import TYPE_CHECKING, Any

import click

from monazite.errors import MonaziteError
from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.parameters import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.store.home import Store

_LIBRARIES = (
    "duckdb",
    "deltalake",
    "httpx2",
    "hishel",
    "stamina",
    "numpy",
    "python-calamine",
    "vl-convert-python",
)
_GIGABYTE = 1e9
_LOW_GB = 5.0
_STYLES = {"ok": "green", "note": "", "problem": "bold red"}

_HELP = """Look at versions, keys, disk and store, and say what to do about what is wrong.

No key is shown, only whether there is one. The exit code is 1 if there is a problem.

\b
Examples:
  monazite doctor
  monazite doctor --store /data/trade --format json
"""


@click.command(cls=Command, help=_HELP)
@options.store_option
@options.format_option(listing.FORMS)
@options.output_option
@options.color_option
def doctor(*, store: Store, form: str | None, output: str | None, color: bool | None) -> None:
    """Look at everything, then list it."""
    from monazite.schema.store import HEALTH  # noqa: PLC0415 - help needs no schema

    rows = [*_versions(), *_keys(), *_disk(store), *_tables(store)]
    cells = [[one["outcome"], one["check"], one["found"], one["hint"]] for one in rows]
    drawn = [listing.listing(("", "Check", "Found", "What to do"), cells, fold=("Found", "What to do"))]
    listing.deliver(drawn, HEALTH, rows, form=form, output=output, color=color)
    if any(one["outcome"] == "problem" for one in rows):
        raise click.exceptions.Exit(1)


def _row(check: str, outcome: str, found: str, hint: str = "") -> dict[str, Any]:
    """One thing looked at."""
    return {"check": check, "outcome": outcome, "found": found, "hint": hint}


def _versions() -> Iterator[dict[str, Any]]:
    """Versions of Python, monazite and the libraries that matter."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, and seldom asked

    yield _row("python", "ok", f"{platform.python_version()}, {platform.system()} {platform.machine()}")
    for name in ("monazite", *_LIBRARIES):
        try:
            yield _row(name, "ok", version(name))
        except PackageNotFoundError:
            yield _row(name, "problem", "not installed", f"pip install {name}")


def _keys() -> Iterator[dict[str, Any]]:
    """Whether there is a key for each source that takes one."""
    from monazite.sources import sources  # noqa: PLC0415 - help needs no readers
    from monazite.sources.http.keys import key_for  # noqa: PLC0415 - as above

    for source in sources():
        if source.key:
            held = bool(key_for(source))
            hint = "" if held else f"set {source.key} or use the keyring. {source.key_from}"
            yield _row(
                f"key of {source.id}", "ok" if held else "note", "there is one" if held else "none", hint
            )


def _disk(store: Store) -> Iterator[dict[str, Any]]:
    """Room where the store lies, and whether it may be written."""
    near = next(folder for folder in (store.folder, *store.folder.parents) if folder.exists())
    free = shutil.disk_usage(near).free / _GIGABYTE
    fit = free >= _LOW_GB and os.access(near, os.W_OK)
    hint = "" if fit else "make room, allow writing, or name another folder with --store"
    told = f"{free:,.1f} GB free at {near}" + ("" if os.access(near, os.W_OK) else ", which is read-only")
    yield _row("disk", "ok" if fit else "problem", told, hint)


def _tables(store: Store) -> Iterator[dict[str, Any]]:
    """Whether each table opens, and whether every snapshot is still what it was."""
    from monazite.store.reading import missing  # noqa: PLC0415 - as above
    from monazite.store.snapshots import damaged  # noqa: PLC0415 - help needs no store

    held = store.tables()
    if not held:
        yield _row("store", "note", f"{store.folder}: nothing loaded", "monazite load, monazite fetch")
        return
    from monazite.interfaces.cli.tables import held as counted  # noqa: PLC0415 - as above

    for table in held:
        try:
            row = counted(store, table)
            yield _row(f"table {table.name}", "ok", f"{row['rows']:,} rows, version {row['version']}")
        except MonaziteError as error:
            yield _row(f"table {table.name}", "problem", str(error), "load the files again into a new store")
    bad = [*damaged(store.folder), *missing(store)]
    found = f"{len(bad)} are not what their names say: {', '.join(bad[:3])}" if bad else "every one is whole"
    yield _row("snapshots", "problem" if bad else "ok", found, "load those files again" if bad else "")
