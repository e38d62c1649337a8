"""Options named outside the command line as they are typed, and commands that tell where one was set.

``--format`` of ``assess`` is ``MONAZITE_ASSESS_FORMAT`` in the environment and ``format`` under
``[assess]`` in a settings file, whatever the code calls it.
"""

from __future__ import annotations

import os
import re
from typing import Any

import click
from click.core import ParameterSource

from monazite.errors import UsageError

PLACES = "monazite.settings.places"


class Setting(click.Option):
    """An option with the name it is typed by, in environment and settings files too."""

    @property
    def typed(self) -> str:
        """The long name without its dashes in front, such as ``as_of``."""
        long = next(flag for flag in self.opts if flag.startswith("--"))
        return long.removeprefix("--").replace("-", "_")

    def variables(self, ctx: click.Context) -> tuple[str, ...]:
        """Variables of the environment that set the option, the one of this command first."""
        shared = (self.envvar,) if isinstance(self.envvar, str) else ()
        own = f"{ctx.auto_envvar_prefix}_{self.typed.upper()}"
        return (own, *shared) if ctx.auto_envvar_prefix else shared

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """What the environment sets; an empty variable sets nothing."""
        return next((os.environ[name] for name in self.variables(ctx) if os.environ.get(name)), None)

    def get_error_hint(self, ctx: click.Context | None, /) -> str:
        """The option's name, and where its value came from if it was not typed."""
        place = self.place(ctx) if ctx else ""
        return super().get_error_hint(ctx) + (f" ({place})" if place else "")

    def place(self, ctx: click.Context) -> str:
        """Where the value was set: a variable, a line of a settings file, or nothing if it was typed."""
        source = ctx.get_parameter_source(str(self.name))
        if source is ParameterSource.ENVIRONMENT:
            return next((f"set by {name}" for name in self.variables(ctx) if os.environ.get(name)), "")
        if source is ParameterSource.DEFAULT_MAP:
            return f"set in {ctx.meta[PLACES][self.name]}"
        return ""


class Command(click.Command):
    """A command whose misuse is told with the place of the setting that caused it."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's
        """Run; an error that names a value no one typed says where that value is set."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            places = _places(self, ctx, str(error))
            if not places:
                raise
            raise UsageError(f"{error} {places}") from error


def _places(command: click.Command, ctx: click.Context, message: str) -> str:
    """Where the values that a message names were set."""
    options = (one for one in command.params if isinstance(one, Setting))
    found = [
        f"--{one.typed.replace('_', '-')} is {one.place(ctx)}."
        for one in options
        if one.place(ctx) and _named(ctx.params[str(one.name)], message)
    ]
    return " ".join(found)


def _named(value: object, message: str) -> bool:
    """Whether a message names a value, or one of several."""
    values = value if isinstance(value, tuple) else (value,)
    return any(re.search(rf"(?<!\w){re.escape(str(one))}(?!\w)", message) for one in values)
