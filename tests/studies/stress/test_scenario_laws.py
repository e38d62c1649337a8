"""Laws of scenarios: what is written reads back, and no input does anything but read or be refused."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monazite.errors import MonaziteError
from monazite.schema.judgement import Judgement
from monazite.studies.stress.scenario import (
    KINDS,
    RATIONING,
    STAGES,
    AlliedSupply,
    Cut,
    Recycling,
    Responses,
    Scenario,
    scenario_of,
    template,
    write,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)


def judgements(unit: str, least: float, most: float) -> st.SearchStrategy[Judgement]:
    three = st.lists(st.floats(least, most), min_size=3, max_size=3).map(sorted)
    sources = st.sampled_from(["the scenario file", 'a study: of 2025, "read"\n#1']) | TEXT
    tags = st.sampled_from(["V2", "V1", "S", "C", "U"])
    return st.builds(
        lambda ends, source, tag: Judgement(ends[0], ends[1], ends[2], unit, source, tag),
        three,
        sources,
        tags,
    )


SHARE, MONTHS = judgements("1", 0.001, 1), judgements("month", 0.1, 120)
SURE = st.floats(0.01, 1).map(lambda one: Judgement(one, one, one, "1", "the scenario file", "U"))
NOTHING = Judgement(0.0, 0.0, 0.0, "1", "the scenario file", "U")
COUNTRIES = st.lists(st.sampled_from(["CHN", "RUS", "COD"]), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def cuts(draw: st.DrawFn, material: str) -> Cut:
    kind = draw(st.sampled_from(KINDS))
    priced = kind in ("tariff", "floor")
    return Cut(
        (material,),
        draw(COUNTRIES),
        NOTHING if priced else draw(SHARE | SURE),
        tuple(draw(st.lists(st.sampled_from(STAGES), unique=True))),
        tuple(draw(st.lists(st.sampled_from(["USA", "JPN"]), unique=True))),
        kind,
        draw(st.integers(0, 23)),
        draw(st.none() | MONTHS),
        draw(st.none() | judgements("1", 0, 1)),
        draw(judgements("1", 0.01, 10)) if kind == "tariff" else None,
        draw(judgements("USD/kg", 0.01, 1e6)) if kind == "floor" else None,
    )


RESPONSES = st.builds(
    Responses,
    idle_capacity=st.booleans() | SHARE,
    allied_supply=st.booleans()
    | st.builds(AlliedSupply, SHARE | st.none(), MONTHS | st.none(), MONTHS, st.just(()) | COUNTRIES),
    stock_release=st.booleans() | MONTHS,
    substitution=st.booleans(),
    recycling=st.booleans() | st.builds(Recycling, SHARE | st.none(), MONTHS),
    thrift=st.booleans(),
    rerouting=st.booleans(),
    rationing=st.sampled_from(RATIONING),
)
SCENARIOS = st.builds(
    Scenario,
    id=TEXT,
    title=TEXT,
    cuts=st.tuples(cuts("gallium"), cuts("cobalt")) | st.tuples(cuts("rare_earths")),
    about=st.just("") | TEXT,
    importer=st.sampled_from(["USA", "EU27", "JPN"]),
    starts=st.just("") | st.dates().map(str),
    horizon_months=st.integers(24, 120),
    responses=RESPONSES,
    probability=st.none() | judgements("1", 0, 1),
    sources=st.lists(TEXT, max_size=3).map(tuple),
)


def may_cut(scenario: Scenario) -> bool:
    """Whether nobody cuts himself off: the strategy draws importers and buyers apart."""
    return not {"DEU", "USA", "JPN"} & set(scenario.cutters)


@given(SCENARIOS.filter(may_cut))
@settings(max_examples=150)
def test_what_is_written_reads_back_as_the_same(scenario: Scenario) -> None:
    assert scenario_of(write(scenario)) == scenario


WORDS = st.sampled_from(
    [*"[]{}:,-#&*!|>'\"%@`\n\t ?", "  - ", ": ", "<<", "!!python/name:os.system", "all", "yes", "1e999",
     "nan", "-0", "\x00", "\x85", "\ud800", "NO", "0x10", "1_000", "٣", "cuts:", "depth: ",
     "allies.yaml", "../x.yml"]
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> str:
    """The template with pieces cut out, put in or moved."""
    text = template()
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 40))
        text = text[:at] + draw(WORDS | st.text(max_size=5)) + text[at + draw(st.sampled_from([0, length])) :]
    return text


@given(broken())
@settings(max_examples=200)
def test_a_broken_file_is_read_or_refused(text: str) -> None:
    read_or_refused(text)


@given(st.binary(max_size=200) | st.text(max_size=200))
@settings(max_examples=100)
def test_anything_is_read_or_refused(content: bytes | str) -> None:
    read_or_refused(content)


def read_or_refused(content: bytes | str) -> None:
    lines: list[str] = []
    try:
        scenario = scenario_of(content, "x.yaml")
    except MonaziteError as error:
        lines = str(error).split("\n")
    else:
        assert scenario_of(write(scenario)) == scenario
    assert all("x.yaml" in line for line in lines)
    assert len(lines) <= 21


PIECES = st.sampled_from(
    [*":,+@>%. ", "gallium", "rare earths", "China", "USA", "100%", "12mo", "ban", "quota", "tariff 25%",
     "floor 9", "from 3mo", "from 99y", "1e5", "½", "\x1b[31m", "\n", "all", "refined", "\uff19mo", "....mo",
     "x.yaml"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(string.printable, max_size=3), max_size=12).map("".join))
@settings(max_examples=300)
@example("gallium:China:" + "9" * 400 + "mo")
@example("a" * 1999 + ":b")
def test_any_line_is_read_or_refused(text: str) -> None:
    try:
        scenario = written(text)
    except MonaziteError as error:
        told = str(error)
    else:
        told = ""
        assert scenario_of(write(scenario)) == scenario
    assert "\x1b" not in told
    assert len(told) < 5000


@pytest.mark.parametrize(
    "attack",
    [
        "!!python/object/apply:pathlib.Path.touch [{file}]",
        "!!python/object/new:os.system ['touch {file}']",
        "!<tag:yaml.org,2002:python/object/apply:os.system> ['touch {file}']",
        "$(touch {file})",
        "`touch {file}`",
    ],
)
def test_no_file_runs_code(attack: str, tmp_path: Path) -> None:
    file = tmp_path / "ran"
    cut = "cuts:\n  - {materials: tin, countries: Peru}\n"
    read_or_refused(f"monazite: scenario/1\ntitle: {attack.format(file=file)}\n{cut}")
    assert not file.exists()


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    levels = "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    with pytest.raises(MonaziteError, match=r"line 2, column 4: found the anchor &a"):
        scenario_of(f"monazite: scenario/1\na: &a [lol]\n{levels}")


def test_deep_nesting_and_many_names_end_soon() -> None:
    with pytest.raises(MonaziteError, match="more than 8 levels"):
        scenario_of("[" * 5000)
    many = ", ".join(f"nothing{number}" for number in range(20_000))
    with pytest.raises(MonaziteError, match="20000 names, expected 1 to 300"):
        scenario_of(f"monazite: scenario/1\ntitle: x\ncuts:\n  - {{materials: [{many}], countries: Peru}}\n")
