"""Arguments and options several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from monazite.errors import UsageError
from monazite.interfaces.cli.terminal import emit, refuse_binary, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


BINARY = ("parquet", "xlsx")


def _complete(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Names of materials that begin as typed, for the shell."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes needs it

    from monazite.codes.materials import materials  # noqa: PLC0415 - as above

    return [CompletionItem(one.id, help=one.name) for one in materials() if one.id.startswith(begun)]


materials_argument = click.argument("materials", metavar="[MATERIAL]...", nargs=-1, shell_complete=_complete)
material_argument = click.argument("material", metavar="MATERIAL", shell_complete=_complete)
as_of_option = click.option(
    "--as-of",
    metavar="EDITION",
    default="mcs2026",
    show_default=True,
    envvar="MONAZITE_AS_OF",
    help="Edition the figures are taken from: mcs2025 or mcs2026. The same year differs between them.",
)
year_option = click.option(
    "--year", type=int, metavar="YEAR", help="Year of the figures.  [default: the edition's latest]"
)
color_option = click.option(
    "--color/--no-color",
    default=None,
    help="Colour the output.  [default: on a terminal, unless NO_COLOR is set]",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE",
    help="Write to a file, whole or not at all; its ending says the form. - is standard output.",
)


def format_option(forms: Sequence[str]) -> Decorator:
    """The form of the output; the file's ending decides when it is not given."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        help=f"Form of the output.  [default: the ending of FILE, otherwise {forms[0]}]",
    )


def form_for(form: str | None, output: str | None, forms: Sequence[str]) -> str:
    """The form asked for; else what the file's ending says; else the first of the forms.

    Raises
    ------
    UsageError
        If the file's ending stands for no form this command writes.
    """
    if form or output in (None, "-"):
        return form or forms[0]
    from monazite.results.files import form_of  # noqa: PLC0415 - help needs no writers

    found = "table" if str(output).endswith(".txt") else form_of(str(output))
    if found not in forms:
        raise UsageError(f"{output}: this command writes {', '.join(forms)}, not {found}.")
    return found


def color_for(color: bool | None, output: str | None) -> bool | None:  # noqa: FBT001 - the value of --color
    """What was asked for; else no colour in a file, and for standard output what the terminal can."""
    return False if color is None and output not in (None, "-") else color


def deliver(data: bytes, form: str, output: str | None) -> None:
    """Put bytes where the user wants them: a file, or standard output."""
    if output in (None, "-"):
        if form in BINARY:
            refuse_binary(form)
        emit(data)
    else:
        from monazite.results.files import replace_file  # noqa: PLC0415 - only who writes a file needs it

        say(f"wrote {replace_file(str(output), data)}")
