"""Settings files: ``monazite.toml`` here or in a folder above, then the user's own.

::

    as_of = "mcs2025"        # for every command

    [assess]
    sort = "name"            # options as they are typed: format, stage, all, ...
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monazite.errors import UnknownCodeError, UsageError
from monazite.interfaces.cli.parameters import PLACES, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "monazite.toml"
SHARED = ("as_of", "color", "store")


def configured(ctx: click.Context) -> dict[str, Any]:
    """Defaults for the command about to run from the settings files, the nearer file first.

    Raises
    ------
    UsageError
        If a file cannot be read or understood, or holds a name or a value no command knows;
        the message names file, line and column.
    """
    running = ctx.invoked_subcommand or ""
    command = ctx.command.get_command(ctx, running) if isinstance(ctx.command, click.Group) else None
    defaults: dict[str, Any] = {}
    places: dict[str, str] = {}
    if command is not None:
        options = {one.typed: one for one in command.params if isinstance(one, Setting)}
        for path in reversed(settings_files()):
            for option, value, place in _set(path, options, ctx):
                defaults[str(option.name)], places[str(option.name)] = value, place
    ctx.meta[PLACES] = places
    return {running: defaults}


def settings_files() -> list[Path]:
    """The settings files that count, the one that wins first."""
    above = (folder / NAME for folder in Path.cwd().parents)
    near = next((path for path in (Path(NAME), *above) if path.is_file()), None)
    user = Path(click.get_app_dir("monazite")) / NAME
    return [path for path in (near, user) if path and path.is_file()]


def _set(path: Path, options: dict[str, Setting], ctx: click.Context) -> Iterable[tuple[Setting, Any, str]]:
    """What one file sets for a command: option, value and place; what is for all commands comes first."""
    text, running = _text(path), ctx.invoked_subcommand or ""
    told = _parsed(path, text)
    _check_names(path, text, told, ctx)
    shared = {name: value for name, value in told.items() if not isinstance(value, dict)}
    for section, named in (("", shared), (running, told.get(running, {}))):
        for name, value in named.items():
            option = options.get(_folded(name))
            if option is not None:
                place = _place(path, text, section, name)
                yield option, _converted(option, value, place, ctx), place
            elif section:
                raise _unknown(path, text, section, name, options)


def _folded(name: str) -> str:
    """A name as options are kept: ``as-of`` is ``as_of``."""
    return name.replace("-", "_")


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


def _check_names(path: Path, text: str, told: dict[str, Any], ctx: click.Context) -> None:
    """Refuse, at the top of the file, a name no command knows, and a section and a setting mixed up."""
    commands = ctx.command.list_commands(ctx) if isinstance(ctx.command, click.Group) else []
    for name, value in told.items():
        if name in commands and not isinstance(value, dict):
            raise UsageError(
                f"{_place(path, text, '', name)}: {name} is a command; its settings stand below [{name}]."
            )
        if _folded(name) in SHARED and isinstance(value, dict):
            raise UsageError(f"{_place(path, text, '', name)}: {name} is a setting, no section.")
        if name not in commands and _folded(name) not in SHARED:
            raise _unknown(path, text, "", name, (*SHARED, *commands))


def _converted(option: Setting, value: object, place: str, ctx: click.Context) -> object:
    """The value, several where several may be given; refused if the option does not take it."""
    given = [value] if option.multiple and isinstance(value, str) else value
    try:
        option.type_cast_value(ctx, given)
    except (click.BadParameter, TypeError) as error:
        reason = error.message if isinstance(error, click.BadParameter) else str(error)
        raise UsageError(f"{place}: {option.typed}: {reason}") from error
    return given


def _unknown(path: Path, text: str, command: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for a name no command knows."""
    kind = f"setting of {command}" if command else "setting or command"
    return UsageError(f"{_place(path, text, command, name)}: {UnknownCodeError(kind, name, known)}")


def _place(path: Path, text: str, section: str, name: str) -> str:
    """File, line and column of a setting, looked for in its section."""
    first, last = _section(text, section)
    setting = re.compile(rf"^[ \t]*\[*[ \t]*(?P<name>[\"']?{re.escape(name)})(?![\w-])", re.MULTILINE)
    dotted = re.compile(rf"\b{re.escape(section)}\b.*?(?P<name>\b{re.escape(name)})(?![\w-])")
    found = setting.search(text, first, last) or (dotted.search(text) if section else setting.search(text))
    if found is None:
        return str(path)
    at = found.start("name")
    return f"{path}, line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


def _section(text: str, section: str) -> tuple[int, int]:
    """Where a section of the file begins and ends; what stands above all sections has no name."""
    heads = [*re.finditer(r"^[ \t]*\[+[ \t]*[\"']?([^\"'\]\s]*)", text, re.MULTILINE)]
    ends = [*(head.start() for head in heads[0 if not section else 1 :]), len(text)]
    if not section:
        return 0, ends[0]
    spans = ((head.end(), end) for head, end in zip(heads, ends, strict=False) if head[1] == section)
    return next(spans, (0, 0))
