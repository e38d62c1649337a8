"""Who imports: a country, a union of countries, or a group that somebody writes down.

``EU27`` is the European Union of today, ``EU28`` that of 2013 to 2019; other groups whose members
``data/members.csv`` lists go by their names. A file ends in ``.yaml`` or ``.yml``::

    name: Allies
    members: [USA, Japan, South Korea, AUS]
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monazite.codes import reviewed
from monazite.codes.countries import PLACES, countries, country
from monazite.errors import UnknownCodeError, UsageError

ENDINGS = (".yaml", ".yml")
LIMIT = 64 * 1024
"""Bytes of a file of members: one of all countries of the world has a tenth of that."""
KEYS = {"name", "members"}
UNION = "european-union"
_UNIONS = {"eu": None, "eu27": None, "european union": None, UNION: None, "eu28": 2019}
"""Names of the European Union, and the year whose members are meant if not today's."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A country, or countries whose imports count as one and whose trade among themselves does not.

    ``id`` is the code of a country, or the name of a group; ``members`` are ISO 3166-1 alpha-3 codes in
    alphabetical order, one for a country.
    """

    id: str
    name: str
    members: tuple[str, ...]

    @property
    def is_group(self) -> bool:
        """Whether it holds several countries."""
        return len(self.members) > 1


def importer(asked: str) -> Importer:
    """The importer that a code, a name or a file stands for.

    Parameters
    ----------
    asked
        A country by code or name; ``EU27``, ``EU28``; another group of ``data/members.csv``; or the path
        of a file of members.

    Raises
    ------
    UnknownCodeError
        If nobody knows it; the message names the nearest.
    UsageError
        If a file cannot be read, or is not ``name`` and ``members``.

    Examples
    --------
    >>> importer("Japan")
    Importer(id='JPN', name='Japan', members=('JPN',))
    >>> len(importer("EU27").members), importer("EU28").name
    (27, 'EU28')
    """
    wanted = asked.strip()
    if wanted.lower().endswith(ENDINGS):
        return _of_file(Path(wanted))
    if wanted.lower() in _UNIONS:
        return _of_union(wanted.lower())
    if wanted.lower() in _groups():
        return Importer(wanted.lower(), wanted.upper(), _members(wanted.lower(), None))
    return _one(wanted)


def _one(asked: str) -> Importer:
    """A country of today or of the past, whose trade is recorded under its own code.

    Raises
    ------
    UnknownCodeError
        If there is none of that name, or it is an area or an aggregate.
    """
    try:
        found = country(asked)
    except UnknownCodeError as error:
        known = (*(one.name for one in countries() if one.kind in PLACES), "EU27", *_groups())
        raise UnknownCodeError("importer", asked, known, "A group may be a file: allies.yaml") from error
    if found.kind not in PLACES:
        hint = f"{found.name} is no country whose members are known; write its members into a file"
        raise UnknownCodeError("importer", asked, (), hint)
    return Importer(found.id, found.name, (found.id,))


def _of_union(asked: str) -> Importer:
    """The European Union of today or of an earlier year."""
    year = _UNIONS[asked]
    name = "EU28" if year else "EU27"
    return Importer(name, name, _members(UNION, year))


def _groups() -> frozenset[str]:
    """Groups whose members are listed."""
    return frozenset(row["id"] for row in reviewed.rows("members.csv"))


def _members(group: str, year: int | None) -> tuple[str, ...]:
    """Members of a group in a year; today's without one."""
    when = year or date.max.year
    rows = (row for row in reviewed.rows("members.csv") if row["id"] == group)
    held = {row["member"] for row in rows if int(row["first"]) <= when <= int(row["last"] or date.max.year)}
    return tuple(sorted(held))


def _of_file(path: Path) -> Importer:
    """The group that a file describes.

    Raises
    ------
    UsageError
        If it cannot be read, or is not ``name`` and ``members``.
    """
    import yaml  # noqa: PLC0415 - only a file of members needs it

    try:
        with path.open("rb") as stream:
            content = stream.read(LIMIT + 1)
        told = yaml.safe_load(content) if len(content) <= LIMIT else None
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise UsageError(f"cannot read the group {path.name}: {reason}.") from error
    if not isinstance(told, dict) or set(told) != KEYS or not isinstance(told["members"], list):
        raise UsageError(
            f"{path.name} is no group: expected two keys, name: Allies and members: [USA, Japan]."
        )
    return Importer(path.stem, str(told["name"]), _named(path.name, told["members"]))


def _named(file: str, members: list[object]) -> tuple[str, ...]:
    """Codes of the countries a file lists, each once.

    Raises
    ------
    UsageError
        If it lists none, one twice, or one that nobody knows.
    """
    codes = []
    for one in members:
        try:
            codes.append(_one(str(one)).id)
        except UnknownCodeError as error:
            raise UsageError(f"{file}: {error}") from error
    twice = sorted({one for one in codes if codes.count(one) > 1})
    if not codes or twice:
        found = f"{', '.join(twice)} twice" if twice else "no member"
        raise UsageError(f"{file}: found {found}; expected countries, each once.")
    return tuple(sorted(codes))
