"""Settings files: ``monazite.toml`` here or in a folder above, then the user's own.

::

    as_of = "mcs2025"        # for every command

    [assess]
    sort = "name"
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monazite.errors import UnknownCodeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "monazite.toml"
SHARED = ("as_of", "color")


def configured(ctx: click.Context) -> dict[str, Any]:
    """Defaults for the commands from the settings files, the nearer file first.

    Raises
    ------
    UsageError
        If a file cannot be read or understood, or holds a name or a value no command knows;
        the message names file, line and column.
    """
    merged: dict[str, Any] = {}
    for path in reversed(settings_files()):
        for command, options in _defaults(path, ctx).items():
            merged[command] = merged.get(command, {}) | options
    return merged


def settings_files() -> list[Path]:
    """The settings files that count, the one that wins first."""
    above = (folder / NAME for folder in Path.cwd().parents)
    near = next((path for path in (Path(NAME), *above) if path.is_file()), None)
    user = Path(click.get_app_dir("monazite")) / NAME
    return [path for path in (near, user) if path and path.is_file()]


def _defaults(path: Path, ctx: click.Context) -> dict[str, dict[str, Any]]:
    """One file's defaults by command; what is set for all comes before what is set for one."""
    text = _text(path)
    told = _parsed(path, text)
    shared = {name: value for name, value in told.items() if not isinstance(value, dict)}
    commands = ctx.command.list_commands(ctx) if isinstance(ctx.command, click.Group) else []
    for name in told:
        known = SHARED if name in shared else commands
        if name not in known:
            raise _unknown(path, text, "", name, (*SHARED, *commands))
    defaults = {command: shared | told.get(command, {}) for command in commands}
    _check(path, text, defaults, ctx)
    return defaults


def _text(path: Path) -> str:
    """The file as text."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the settings in {path}: {error}.") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    """The file as nested dictionaries."""
    import tomllib  # noqa: PLC0415 - only who has a settings file pays for its reader

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f'{path}: {error}. Settings are TOML, such as sort = "name".') from error


def _check(path: Path, text: str, defaults: dict[str, dict[str, Any]], ctx: click.Context) -> None:
    """Refuse a name or a value that the command about to run does not know."""
    running = ctx.invoked_subcommand or ""
    command = ctx.command.get_command(ctx, running) if isinstance(ctx.command, click.Group) else None
    if command is None:
        return
    options = {one.name: one for one in command.params if isinstance(one, click.Option) and one.name}
    for name, value in defaults.get(running, {}).items():
        if name in options:
            _convert(path, text, options[name], value, ctx)
        elif name not in SHARED:
            raise _unknown(path, text, running, name, map(str, options))


def _convert(path: Path, text: str, option: click.Option, value: object, ctx: click.Context) -> None:
    """Refuse a value the option does not take."""
    try:
        option.type_cast_value(ctx, value)
    except (click.BadParameter, TypeError) as error:
        reason = error.message if isinstance(error, click.BadParameter) else str(error)
        place = _place(path, text, ctx.invoked_subcommand or "", str(option.name))
        raise UsageError(f"{place}: {option.name}: {reason}") from error


def _unknown(path: Path, text: str, command: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for a name no command knows."""
    kind = f"setting of {command}" if command else "setting or command"
    return UsageError(f"{_place(path, text, command, name)}: {UnknownCodeError(kind, name, known)}")


def _place(path: Path, text: str, section: str, name: str) -> str:
    """File, line and column of a setting, looked for in its section first."""
    heading = (
        re.search(rf"^[ \t]*\[[ \t]*{re.escape(section)}[ \t]*\]", text, re.MULTILINE) if section else None
    )
    setting = re.compile(rf"^[ \t]*\[?[ \t]*(?P<name>[\"']?{re.escape(name)})\b", re.MULTILINE)
    found = setting.search(text, heading.end() if heading else 0) or setting.search(text)
    if found is None:
        return str(path)
    at = found.start("name")
    return f"{path}, line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"
