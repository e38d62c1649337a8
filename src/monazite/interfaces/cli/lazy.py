"""A group of commands that imports a command only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Entry(NamedTuple):
    """A command before it is loaded: its name, where it is, and what the list of commands says."""

    name: str
    place: str
    help: str


class LazyGroup(click.Group):
    """Commands declared in a tuple; the list of commands needs none of them."""

    def __init__(self, *args: Any, entries: Sequence[Entry] = (), **attributes: Any) -> None:  # noqa: ANN401 - click's
        """Keep the entries, in the order in which they are listed."""
        super().__init__(*args, **attributes)
        self.entries = {entry.name: entry for entry in entries}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of the commands, as declared."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load one command; a name nobody knows is told with the nearest ones."""
        if cmd_name.startswith("-"):
            return None
        if cmd_name not in self.entries:
            raise UnknownCodeError("command", cmd_name, self.entries, "Try monazite --help")
        module, _, function = self.entries[cmd_name].place.partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.help) for entry in self.entries.values()])
