"""A scenario, written as the YAML text that reads back as the same scenario; and one to begin with."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from monazite.schema.judgement import Judgement
from monazite.studies.stress.scenario import cuts, responses
from monazite.studies.stress.scenario.value import WRITTEN, AlliedSupply, Recycling, Responses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.studies.stress.scenario.value import Scenario

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_LATIN, _BASIC = 0xFF, 0xFFFF


def write(scenario: Scenario) -> str:
    """The scenario as YAML; :func:`monazite.studies.stress.scenario.read.scenario_of` gives it back.

    Examples
    --------
    >>> from monazite.studies.stress.scenario.value import Cut, Scenario, certain
    >>> halt = Scenario("halt", "Halt", (Cut(("gallium",), ("CHN",), certain(1.0, "1")),))
    >>> print(write(halt))
    monazite: scenario/1
    id: "halt"
    title: "Halt"
    importer: "USA"
    horizon_months: 24
    cuts:
      - materials: ["gallium"]
        countries: ["CHN"]
        kind: "ban"
        depth: 1
        start_month: 0
    <BLANKLINE>
    """
    return "".join(f"{line}\n" for line in _lines(scenario))


def _lines(scenario: Scenario) -> Iterator[str]:
    yield f"monazite: scenario/{scenario.version}"
    for key in ("id", "title", "about", "importer", "starts", "horizon_months", "probability"):
        if (value := getattr(scenario, key)) not in ("", None):
            yield f"{key}: {told(value)}"
    if scenario.sources:
        yield from ("sources:", *(f"  - {told(one)}" for one in scenario.sources))
    yield "cuts:"
    for cut in scenario.cuts:
        said = [(key, getattr(cut, key)) for key in cuts.KEYS if getattr(cut, key) not in ((), None)]
        if cut.of_price and not cut.depth.high:
            said = [(key, value) for key, value in said if key != "depth"]
        for at, (key, value) in enumerate(said):
            yield f"  {' ' if at else '-'} {key}: {told(value)}"
    usual = Responses()
    changed = [key for key in responses.KEYS if getattr(scenario.responses, key) != getattr(usual, key)]
    yield from ("responses:",) if changed else ()
    yield from (f"  {key}: {told(getattr(scenario.responses, key))}" for key in changed)


def told(value: object) -> str:
    """A value as YAML on one line.

    >>> told(True), told(0.25), told(("CHN", "RUS"))
    ('yes', '0.25', '["CHN", "RUS"]')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return repr(int(value) if value == int(value) else float(value))
    if isinstance(value, tuple):
        return f"[{', '.join(map(told, value))}]"
    if isinstance(value, Judgement):
        return _judgement(value)
    if isinstance(value, AlliedSupply | Recycling):
        parts = [(one.name, getattr(value, one.name)) for one in fields(value)]
        return f"{{{', '.join(f'{key}: {told(part)}' for key, part in parts if part not in ((), None))}}}"
    return _quoted(str(value))


def _judgement(value: Judgement) -> str:
    """A number that is certain, or all six parts."""
    if value.low == value.high and (value.source, value.tag) == WRITTEN:
        return told(value.central)
    ends = ", ".join(f"{end}: {told(getattr(value, end))}" for end in ("low", "central", "high"))
    return f"{{{ends}, source: {_quoted(value.source)}, tag: {value.tag}}}"


def _quoted(text: str) -> str:
    """A text in double quotes, so that nothing in it is taken for YAML."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    if one.isprintable():
        return one
    code = ord(one)
    return f"\\x{code:02x}" if code <= _LATIN else f"\\u{code:04x}" if code <= _BASIC else f"\\U{code:08x}"
