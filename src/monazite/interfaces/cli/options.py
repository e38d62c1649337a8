"""Arguments and options several commands share."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from monazite.errors import UsageError
from monazite.interfaces.cli.parameters import Setting
from monazite.interfaces.cli.terminal import emit, refuse_binary, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem

    from monazite.store.home import Store

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


STDOUT = "-"
option = partial(click.option, cls=Setting)


def _complete(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of materials that begin as typed, for the shell."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes needs it

    from monazite.codes.materials import materials  # noqa: PLC0415 - as above

    return [CompletionItem(one.id, help=one.name) for one in materials() if one.id.startswith(begun)]


def _file_name(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse an empty name for a file."""
    if value is not None and not value.strip():
        raise UsageError(f"{parameter.opts[-1]}: {value!r} is no name of a file.")
    return value


materials_argument = click.argument("materials", metavar="[MATERIAL]...", nargs=-1, shell_complete=_complete)
material_argument = click.argument("material", metavar="MATERIAL", shell_complete=_complete)
all_option = option(
    "--all",
    "everything",
    is_flag=True,
    help="Every commodity of the edition, listed or not; so does the word all.",
)
as_of_option = option(
    "--as-of",
    metavar="EDITION",
    default="mcs2026",
    show_default=True,
    envvar="MONAZITE_AS_OF",
    help="Edition the figures are taken from: mcs2025 or mcs2026. The same year differs between them.",
)
year_option = option(
    "--year", type=int, metavar="YEAR", help="Year of the figures.  [default: the edition's latest]"
)
color_option = option(
    "--color/--no-color",
    default=None,
    help="Colour the output.  [default: on a terminal, unless NO_COLOR is set]",
)
store_option = option(
    "--store",
    type=click.Path(),
    metavar="FOLDER",
    envvar="MONAZITE_STORE",
    callback=lambda _ctx, _parameter, value: _store(value),
    help="Folder of the loaded data.  [default: the user's data folder]",
)
output_option = option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE",
    callback=_file_name,
    help="Write to a file, whole or not at all; its ending says the form. - is standard output.",
)
report_option = option(
    "--report",
    type=click.Path(),
    metavar="FILE.html",
    callback=_file_name,
    help="Also write the report: one HTML file. - is standard output, if -o takes the rest.",
)


def _store(folder: str | None) -> Store:
    """The store in a folder; nothing is touched."""
    from monazite.store.home import Store, default_folder  # noqa: PLC0415 - help needs no store

    return Store(Path(folder).expanduser() if folder else default_folder())


def format_option(forms: Sequence[str]) -> Decorator:
    """The form of the output; the file's ending decides when it is not given."""
    return option(
        "--format",
        "form",
        type=click.Choice(forms),
        help=f"Form of the output.  [default: the ending of FILE, otherwise {forms[0]}]",
    )


def form_for(form: str | None, output: str | None, forms: Sequence[str]) -> str:
    """The form asked for; else what the file's ending says; else the first of the forms.

    A form that was set, not typed, gives way to the ending of a file.

    Raises
    ------
    UsageError
        If the file's ending stands for no form this command writes.
    """
    if output in (None, STDOUT) or (form and _typed("form")):
        return form or forms[0]
    from monazite.results.files import form_of  # noqa: PLC0415 - help needs no writers

    found = "table" if str(output).endswith(".txt") else form_of(str(output))
    if found not in forms:
        raise UsageError(f"{output}: this command writes {', '.join(forms)}, not {found}.")
    return found


def _typed(name: str) -> bool:
    """Whether an option stands on the command line."""
    ctx = click.get_current_context(silent=True)
    return ctx is None or ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


def check_report(report: str | None, output: str | None) -> None:
    """Refuse a report that is no HTML file, or that would go where the other output goes.

    Raises
    ------
    UsageError
        So that nothing is written at all.
    """
    if report is None:
        return
    if report == STDOUT:
        if output in (None, STDOUT):
            raise UsageError("--report -: standard output takes the table; send that to a file with -o.")
    elif Path(report).suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"--report: {report!r} does not end in .html; the report is an HTML file.")
    elif output not in (None, STDOUT) and Path(report).resolve() == Path(str(output)).resolve():
        raise UsageError(f"-o and --report both name {report!r}; give the report another name.")


def color_for(color: bool | None, output: str | None) -> bool | None:  # noqa: FBT001 - the value of --color
    """What was asked for; else no colour in a file, and for standard output what the terminal can."""
    return False if color is None and output not in (None, STDOUT) else color


def deliver(data: bytes, form: str, output: str | None, told: str = "wrote") -> None:
    """Put bytes where the user wants them: a file, or standard output."""
    from monazite.results.files import BINARY, replace_file  # noqa: PLC0415 - help needs no writers

    if output in (None, STDOUT):
        if form in BINARY:
            refuse_binary(form)
        emit(data)
    else:
        say(f"{told} {replace_file(str(output), data)}")
