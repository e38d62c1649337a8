"""A scenario file, read: every problem with its line and column, told at once.

The format is ``docs/scenarios.md``. A scenario is data: nothing in it is run, no other file is opened,
and anchors, aliases, tags, repeated keys and deep nesting are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.errors import UsageError
from monazite.sources.own.composing import outline_of
from monazite.sources.own.outline import Series, Word, what, word, wrong
from monazite.studies.stress.scenario import names
from monazite.studies.stress.scenario.amounts import SHARE, amount, day, whole
from monazite.studies.stress.scenario.conflicts import conflicts
from monazite.studies.stress.scenario.cuts import cuts_of
from monazite.studies.stress.scenario.problems import Problems, all_told
from monazite.studies.stress.scenario.responses import responses_of
from monazite.studies.stress.scenario.value import LONGEST, VERSION, Scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.sources.own.outline import Entries, Node
    from monazite.studies.stress.scenario.cuts import Placed, Places

LARGEST = 256 * 1024
"""Bytes of a scenario file: one of a page has a hundredth of that."""
FORMAT = f"scenario/{VERSION}"
KEYS = ("monazite", "id", "title", "about", "importer", "starts", "horizon_months", "probability", "sources",
        "cuts", "responses")  # fmt: skip


def read_scenario(path: Path) -> Scenario:
    """The scenario a file holds; one without an id is called like its file.

    Raises
    ------
    UsageError
        If it cannot be read, or anything in it is wrong; the message holds every problem with file, line
        and column, what was found and what was expected, and the nearest names.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise UsageError(f"cannot read the scenario {path}: {reason}.") from error
    if len(content) > LARGEST:
        raise UsageError(f"{path.name}: more than {LARGEST:,} bytes; a scenario is a page or two.")
    return scenario_of(content, path.name, path.stem)


def scenario_of(content: bytes | str, name: str = "scenario.yaml", identifier: str = "scenario") -> Scenario:
    """The scenario a YAML text holds; messages call it ``name``, and ``identifier`` is its id if it has none.

    Raises
    ------
    UsageError
        As :func:`read_scenario`.

    Examples
    --------
    >>> scenario_of('''monazite: scenario/1
    ... title: China halts gallium
    ... cuts:
    ...   - {materials: galium, countries: China, months: 12}
    ... ''')
    Traceback (most recent call last):
    monazite.errors.UsageError: scenario.yaml, line 4, column 17: found 'galium', expected a material ...
    """
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    top = outline_of(name, encoded, f"monazite: {FORMAT}, title, cuts")
    _refuse_other_versions(top)
    problems = Problems(name)
    return all_told(problems, lambda: _scenario(top, problems, identifier))


def _refuse_other_versions(top: Entries) -> None:
    """Go on only with a file of the version that is read here."""
    found = next((value for key, value in top.items if key.text == "monazite"), None)
    if found is None:
        raise wrong(top.place, "no key monazite", f"monazite: {FORMAT}, which says what the file is")
    if not (isinstance(found, Word) and found.text == FORMAT):
        raise wrong(found.place, what(found), f"{FORMAT}, the version read here")


def _scenario(top: Entries, problems: Problems, identifier: str) -> Scenario:
    """The scenario of an outline; what is wrong is added to the problems."""
    given = problems.keys(top, KEYS, ("title", "cuts"))
    read: dict[str, Any] = {"id": identifier, "title": ""}
    for key, reader in _READERS.items():
        if key in given:
            value = problems.attempt(lambda reader=reader, key=key: reader(given[key]), None)  # type: ignore[misc]
            read |= {} if value is None else {key: value}
    if "responses" in given:
        read["responses"] = responses_of(given["responses"], problems)
    cuts: tuple[Placed, ...] = ()
    if "cuts" in given:
        cuts = problems.attempt(lambda: cuts_of(given["cuts"], problems), cuts)
    scenario = Scenario(cuts=tuple(cut for cut, _ in cuts), **read)
    if {"importer", "horizon_months"} & given.keys() <= read.keys():
        _add_conflicts(scenario, [places for _, places in cuts], problems)
    return scenario


def _add_conflicts(scenario: Scenario, places: list[Places], problems: Problems) -> None:
    """Add what contradicts itself, each at its place."""
    for one in conflicts(scenario):
        where = places[one.cut]
        problems.add(wrong(where.get(one.key, where[""]), one.found, one.expected))


def _text(node: Node) -> str:
    return word(node).text


def _sources(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Series):
        raise wrong(node.place, what(node), "a list of what was read")
    return tuple(map(_text, node.items))


_READERS: dict[str, Callable[[Node], Any]] = {
    "id": _text,
    "title": _text,
    "about": _text,
    "importer": lambda node: names.importer_id(word(node)),
    "starts": day,
    "horizon_months": lambda node: whole(node, 1, LONGEST, "months"),
    "probability": lambda node: amount(node, SHARE),
    "sources": _sources,
}
