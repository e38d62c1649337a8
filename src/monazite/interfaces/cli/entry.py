"""The way in: the group of commands, the settings, and what an error looks like."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.exceptions import NoArgsIsHelpError

from monazite.errors import MonaziteError
from monazite.interfaces.cli.lazy import Entry, LazyGroup
from monazite.interfaces.cli.terminal import writable_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    Entry(
        "assess",
        "monazite.interfaces.cli.assess:assess",
        "Import dependence, mineral by mineral; the report.",
    ),
    Entry("show", "monazite.interfaces.cli.show:show", "All that is known of one material, on one screen."),
    Entry("codes", "monazite.interfaces.cli.codes:codes", "Trade codes: search, convert, check, reform."),
    Entry("risk", "monazite.interfaces.cli.risk:risk", "Which dependences matter most, by every measure."),
    Entry("compare", "monazite.interfaces.cli.compare:compare", "Two importers, years or editions."),
    Entry(
        "stress",
        "monazite.interfaces.cli.stress:stress",
        "What breaks if supply stops, and how sure that is.",
    ),
    Entry("trace", "monazite.interfaces.cli.trace:trace", "Where imports really come from, with bounds."),
    Entry(
        "exposure", "monazite.interfaces.cli.exposure:exposure", "Imports hidden in suppliers, by industry."
    ),
    Entry(
        "measure",
        "monazite.interfaces.cli.measure:measure",
        "Concentration for every importer, product and year.",
    ),
    Entry("findings", "monazite.interfaces.cli.findings:findings", "What is doubtful, missing or revised."),
    Entry("cite", "monazite.interfaces.cli.cite:cite", "How to cite the figures."),
    Entry(
        "sources",
        "monazite.interfaces.cli.sources:sources",
        "What can be fetched and loaded, on which terms.",
    ),
    Entry("fetch", "monazite.interfaces.cli.fetch:fetch", "From a publisher into the store."),
    Entry("load", "monazite.interfaces.cli.load:load", "Load files into the store: customs data, yours, ..."),
    Entry("map", "monazite.interfaces.cli.map:map_group", "Describe your own file: propose a mapping."),
    Entry("tables", "monazite.interfaces.cli.tables:tables", "What the store holds."),
    Entry("history", "monazite.interfaces.cli.history:history", "The versions of a table."),
    Entry("query", "monazite.interfaces.cli.query:query", "One SELECT over the tables of the store."),
    Entry("audit", "monazite.interfaces.cli.audit:audit", "May I trust what is loaded? Findings with rows."),
    Entry("vacuum", "monazite.interfaces.cli.vacuum:vacuum", "Join small files, delete old versions."),
    Entry("doctor", "monazite.interfaces.cli.doctor:doctor", "Versions, keys, disk, store: is all well?"),
)
INTERRUPTED = 130  # what shells call a process that Ctrl-C ended

_HELP = """Where the United States depends on too few suppliers of critical minerals.

Every figure comes from an official publication and says which one; a figure that is
a bound is shown as a bound, and a missing one says why. assess, show, findings and
cite need no key and no network; fetch and load bring in more.

\b
Examples:
  monazite assess                               the 60 minerals of the 2025 list
  monazite assess --report report.html          the same as a report to forward
  monazite assess gallium germanium -o two.xlsx
  monazite show "rare earths"
  monazite load DataWeb-Query-Export.xlsx       customs data, your suppliers, ...
  monazite audit                                what is wrong with what is loaded

\b
Settings: flag > environment MONAZITE_<COMMAND>_<OPTION> > monazite.toml here or in a
folder above > the user's monazite.toml > default.
Exit codes: 0 done, 1 not written, 2 usage, 3 data missing, 4 publisher's file,
5 licence, 130 interrupted.
"""


def _print_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's
    """Print the version and leave."""
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and seldom asked

        click.echo(f"monazite {version('monazite')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    help=_HELP,
    context_settings={
        "auto_envvar_prefix": "MONAZITE",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.pass_context
def group(ctx: click.Context) -> None:
    """Read the settings before a command reads its options."""
    from monazite.interfaces.cli.settings import configured  # noqa: PLC0415 - help needs no settings

    ctx.default_map = configured(ctx)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code.

    Every error raised on purpose is one plain message on stderr, never a traceback.

    Examples
    --------
    >>> main(["--help"])  # doctest: +ELLIPSIS
    Usage: monazite [OPTIONS] COMMAND [ARGS]...
    ...
    0
    """
    try:
        with writable_stdout():
            return group.main(arguments, prog_name="monazite", standalone_mode=False) or 0
    except MonaziteError as error:
        return _told(str(error), error.exit_code)
    except NoArgsIsHelpError as error:
        return _told(error.format_message(), error.exit_code, name="")
    except click.UsageError as error:
        return _told(f"{error.format_message()}{_try_help(error.ctx)}", error.exit_code)
    except click.ClickException as error:
        return _told(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _told("interrupted.", INTERRUPTED)


def _told(message: str, code: int, name: str = "monazite: ") -> int:
    """Print a message on stderr; the exit code."""
    click.echo(f"{name}{message}", err=True, file=sys.stderr)
    return code


def _try_help(ctx: click.Context | None) -> str:
    """Where to read more."""
    return f" Try {ctx.command_path} --help." if ctx else ""
