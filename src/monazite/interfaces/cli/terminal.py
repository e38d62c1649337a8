"""The terminal: what goes to it, how wide it is, whether it has colours."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from typing import TYPE_CHECKING
from unicodedata import category

import click

from monazite.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, TextIO

    from rich.console import Console, RenderableType

USUAL_WIDTH = 100
_STEERING = ("Cc", "Cf")  # control and format characters, as Unicode calls them
_PLAIN = str.maketrans("█▉▊▋▌▍▎▏▒─–−→…×·", "#####   .--->~x|")
READER_GONE = 141  # what shells call a process whose reader has left, as in ``| head``


def emit(data: bytes) -> None:
    """Write bytes to standard output.

    A reader that leaves early, as ``head`` does, ends the command quietly with exit code 141.

    Raises
    ------
    OutputError
        If standard output takes no more, as on a full disk, or is closed.
    """
    if _closed(sys.stdout):
        raise OutputError("cannot write to standard output: it is closed.")
    try:
        _write_all(sys.stdout.buffer, data)
    except BrokenPipeError as error:
        _close_stdout()
        raise click.exceptions.Exit(READER_GONE) from error
    except OSError as error:
        _close_stdout()
        raise OutputError(f"cannot write to standard output: {error.strerror}.") from error


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write every byte; an unbuffered stream may take fewer than it is given at a time."""
    waiting = memoryview(data)
    while waiting:
        taken = stream.write(waiting)
        if not taken:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        waiting = waiting[taken:]
    stream.flush()


def _closed(stream: TextIO | None) -> bool:
    """Whether a standard stream is closed, as after ``>&-``; Python has none then."""
    return stream is None or stream.closed


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream goes to a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def refuse_binary(form: str) -> None:
    """Refuse to pour a binary form over a terminal."""
    if _is_terminal(sys.stdout):
        raise UsageError(f"{form} is no text for a terminal; give a file with -o, or send it through a pipe.")


@contextlib.contextmanager
def writable_stdout() -> Iterator[None]:
    """Tell what click cannot write, such as help on a full disk.

    Raises
    ------
    OutputError
        For the system's refusal that names no file; who reads or writes one names it.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        _close_stdout()
        raise OutputError(f"cannot write to standard output: {error.strerror}.") from error


def _close_stdout() -> None:
    """Send what is still buffered nowhere, so that the end of the process says nothing more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Tell the user something that is no data: on standard error."""
    click.echo(message, err=True)


@contextlib.contextmanager
def progress(message: str) -> Iterator[None]:
    """Show what is being done, only while it is being done and only on a terminal."""
    shown = _is_terminal(sys.stderr)
    if shown:
        click.echo(f"{message} …", err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\x1b[2K", err=True, nl=False)


@contextlib.contextmanager
def measured(what: str, total: int | None, then: str = "") -> Iterator[Callable[[int], None]]:
    """A progress bar in bytes with rate and time left, on a terminal's standard error only.

    Gives the function to call with the bytes done since the last call. When the last byte is done the
    bar says what comes ``then``, of which nobody knows how long it takes.
    """
    if not _is_terminal(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only who draws pays for it
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    console, name = Console(stderr=True), TextColumn("{task.description}")
    amounts = (DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    counted = Progress(name, BarColumn(), *amounts, console=console, transient=True)
    waiting = Progress(name, BarColumn(), TimeElapsedColumn(), console=console, transient=True)
    task = counted.add_task(what, total=total)
    waiting.add_task(f"{what}: {then}", total=None)

    def advance(done: int) -> None:
        counted.advance(task, done)
        if then and counted.finished:
            counted.stop()
            waiting.start()

    counted.start()
    try:
        yield advance
    finally:
        counted.stop()
        waiting.stop()


@contextlib.contextmanager
def counted(what: str) -> Iterator[tuple[Callable[[int], None], Callable[[str], None]]]:
    """A progress bar in things done, on a terminal's standard error only.

    Gives what to call with how many there are, and what to call with the name of each that is done.
    """
    if not _is_terminal(sys.stderr):
        yield lambda _: None, lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only who draws pays for it
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield (
            lambda total: shown.update(task, total=total),
            lambda name: shown.update(task, advance=1, description=f"{what}: {name}"),
        )


def width() -> int:
    """Columns of the terminal; 100 where there is none.

    The environment variable COLUMNS overrides it.
    """
    return shutil.get_terminal_size((USUAL_WIDTH, 24)).columns


def coloured(wanted: bool | None) -> bool:  # noqa: FBT001 - the value of --color
    """Whether to colour: what was asked for, otherwise on a terminal unless NO_COLOR is set.

    https://no-color.org: set and not empty means no colour.
    """
    if wanted is not None:
        return wanted
    return _is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def drawn(parts: list[RenderableType], *, color: bool | None) -> bytes:
    """Draw with rich, for a terminal of this width, in its encoding."""
    from rich.console import Console  # noqa: PLC0415 - only who draws pays for it
    from rich.segment import Segment, Segments  # noqa: PLC0415 - as above

    stream = io.StringIO()
    colour = coloured(color)
    console = Console(
        file=stream,
        width=width(),
        force_terminal=colour,
        color_system="256" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        told = (Segment(_inert(one.text), one.style) for one in console.render(part))
        console.print(Segments(told), end="")
    text = _without_trailing_space(stream.getvalue(), console)
    return encoded(text, getattr(sys.stdout, "encoding", None) or "utf-8")


def encoded(text: str, encoding: str) -> bytes:
    """Text in a terminal's encoding; where that lacks the signs of a table, plain ones stand in.

    >>> encoded("████▒ 0.20–0.22 …", "ascii")
    b'####. 0.20-0.22 ~'
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace")


def _inert(text: str) -> str:
    r"""Text without the signs that would steer a terminal; data may hold them.

    >>> _inert("tin\x1b[31m\n")
    'tin�[31m\n'
    """
    return "".join("\ufffd" if category(sign) in _STEERING and sign != "\n" else sign for sign in text)


def _without_trailing_space(text: str, console: Console) -> str:
    """Plain text without the blanks rich fills lines up with; coloured text as it is."""
    if console.color_system:
        return text
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
