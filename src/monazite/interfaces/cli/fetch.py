"""``monazite fetch``: from the publisher into the store."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monazite.errors import UsageError
from monazite.interfaces.cli import listing, options
from monazite.interfaces.cli.load import parts, row, settle, told_to_wait
from monazite.interfaces.cli.parameters import Command
from monazite.interfaces.cli.terminal import measured, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monazite.sources.load import Loaded
    from monazite.sources.retrieve import Retrieved
    from monazite.sources.source import Request, Source
    from monazite.store.home import Store

_HELP = """Fetch what a publisher offers and load it; monazite sources NAME lists the parameters.

An answer is believed only whole and checked. A download that broke goes on where it
stopped; what is loaded already changes nothing. Keys come from the environment or the
keyring and are never shown.

\b
Examples:
  monazite fetch baci version=202401b
  monazite fetch census flow=imports time=2025-04 commodity=2846 --dry-run
  monazite fetch comtrade reporter=842 period=2023 commodity=2846 --to downloads --no-load
"""


@click.command(cls=Command, help=_HELP)
@click.argument("source", metavar="SOURCE")
@click.argument("parameters", metavar="[NAME=VALUE]...", nargs=-1)
@options.option("--dry-run", is_flag=True, help="Say what would be fetched; no network is used.")
@options.option("--offline", is_flag=True, help="Answer from what was fetched before; no network is used.")
@options.option("--to", "folder", type=click.Path(), metavar="FOLDER", help="Keep the files here as well.")
@options.option("--load/--no-load", "loading", default=True, help="Load what was fetched.  [default: load]")
@options.store_option
@options.format_option(listing.FORMS)
@options.output_option
@options.color_option
def fetch(  # noqa: PLR0913 - the options of the command, by name
    *,
    source: str,
    parameters: tuple[str, ...],
    dry_run: bool,
    offline: bool,
    folder: str | None,
    loading: bool,
    store: Store,
    form: str | None,
    output: str | None,
    color: bool | None,
) -> None:
    """Locate, fetch, load, then say what became of it."""
    from monazite.schema.store import LOADED  # noqa: PLC0415 - help needs no schema
    from monazite.sources import source_named  # noqa: PLC0415 - help needs no readers
    from monazite.sources.retrieve import located  # noqa: PLC0415 - as above

    named = source_named(source)
    requests = located(named, _given(parameters))
    if dry_run:
        for request in requests:
            say(f"{'POST' if request.json is not None else 'GET'} {request.url} → {request.file}")
        return
    if not loading and folder is None:
        raise UsageError("--no-load keeps nothing unless --to names a folder.")
    if not loading:
        for one in _retrieved(named, requests, Path(str(folder)), offline=offline):
            say(f"fetched {one.fetched.path}, {one.fetched.bytes:,} bytes")
        return
    found: list[Loaded] = []
    try:
        found.extend(_loaded(store, named, requests, folder, offline=offline))
    finally:
        if found:
            settle(store)
            rows = [row(one) for one in found]
            listing.deliver(parts(rows, found), LOADED, rows, form=form, output=output, color=color)


def _given(parameters: Iterable[str]) -> dict[str, str]:
    """Parameters as typed.

    >>> _given(["time=2025-04"])
    {'time': '2025-04'}
    """
    told = {}
    for one in parameters:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"found {one!r}, expected NAME=VALUE, such as time=2025-04.")
        if name in told:
            raise UsageError(f"{name} is given twice.")
        told[name.strip()] = value.strip()
    return told


def _retrieved(
    source: Source, requests: tuple[Request, ...], folder: Path, *, offline: bool
) -> Iterator[Retrieved]:
    """Fetch each request under a progress bar."""
    from monazite.sources.retrieve import retrieved  # noqa: PLC0415 - help needs no network

    with ExitStack() as shown:

        def bar(request: Request) -> Callable[[int, int | None], None]:
            shown.pop_all().close()
            advance, done = shown.enter_context(measured(request.file, None)), 0

            def told(so_far: int, _total: int | None) -> None:
                nonlocal done
                advance(so_far - done)
                done = so_far

            return told

        yield from retrieved(source, requests, folder, offline=offline, progress=bar)


def _loaded(
    store: Store, source: Source, requests: tuple[Request, ...], folder: str | None, *, offline: bool
) -> Iterator[Loaded]:
    """Fetch into the given folder, or one of the store's, and load each file as it comes."""
    from filelock import FileLock  # noqa: PLC0415 - help needs no lock

    from monazite.store.home import told_as_output_error  # noqa: PLC0415 - as above

    home = Path(folder) if folder else store.folder / "downloads"
    with told_as_output_error(home):
        home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / f".{source.id}.lock"):  # two fetches of one source would share a broken download
        yield from _loaded_from(
            store, source, _retrieved(source, requests, home, offline=offline), keep=bool(folder)
        )


def _loaded_from(
    store: Store, source: Source, retrieved: Iterable[Retrieved], *, keep: bool
) -> Iterator[Loaded]:
    """Load each file as it comes."""
    from monazite.sources.load import load  # noqa: PLC0415 - help needs no readers

    for one in retrieved:
        got = one.fetched
        if got.empty:
            say(f"{one.request.file}: the publisher says there are no rows")
            continue
        with store.writing(told_to_wait) as scratch:
            yield load(
                store, got.path, source, url=got.url, retrieved=got.retrieved,
                parameters=one.request.parameters, scratch=scratch,
            )  # fmt: skip
        if not keep:
            got.path.unlink(missing_ok=True)
