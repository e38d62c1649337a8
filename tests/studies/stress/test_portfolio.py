"""Scenarios weighed by how likely they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from monazite.errors import UsageError
from monazite.interfaces.cli.stress import stress as command
from monazite.schema.judgement import Judgement
from monazite.studies.stress.portfolio import Run, _weighed, portfolio
from monazite.studies.stress.scenario import write, written

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.studies.stress.scenario import Scenario

LIKELY = Judgement(0.02, 0.05, 0.15, "1", "ours", "U")


def halt(name: str, cut: str, probability: Judgement | None = LIKELY, importer: str = "USA") -> Scenario:
    return replace(written(cut, importer=importer), id=name, title=name, probability=probability)


GALLIUM = halt("gallium", "gallium:China:100%:12mo")
COBALT = halt("cobalt", "cobalt:Congo (Kinshasa):100%:12mo", Judgement(0.1, 0.2, 0.4, "1", "ours", "U"))
ABROAD = halt("abroad", "gallium:China:100%:12mo", importer="Japan")


def run(name: str, probability: tuple[float, float, float], loss: tuple[float, float, float] | None) -> Run:
    likely = Judgement(*probability, "1", "ours", "U")
    return Run(replace(GALLIUM, id=name), likely, loss, ())


def test_by_hand() -> None:
    rows, total = _weighed([run("a", (0.1, 0.2, 0.5), (10, 20, 40)), run("b", (0.5, 0.5, 1), (20, 40, 60))])
    assert [row["scenario"] for row in rows] == ["b", "a"]
    assert [[row[f"expected_{end}"] for end in ("low", "central", "high")] for row in rows] == [
        [10, 20, 60],
        [1, 4, 20],
    ]
    assert total == pytest.approx((11, 24, 80))


def test_what_is_not_counted_is_left_out_of_the_total_and_empty() -> None:
    rows, total = _weighed([run("a", (0, 0, 0.5), None), run("b", (0, 0.5, 1), (0, 2, 4))])
    assert total == pytest.approx((0, 1, 4))
    assert rows[1]["scenario"] == "a"
    assert rows[1]["expected_high"] is None
    assert _weighed([run("a", (0, 0, 1), None)])[1] == pytest.approx((0, 0, 0))


def test_two_scenarios_and_one_of_which_no_loss_is_known() -> None:
    steps: list[object] = []
    found = portfolio((GALLIUM, COBALT, ABROAD), draws=64, begun=steps.append, done=steps.append)
    assert steps == [3, "gallium", "cobalt", "abroad"]
    for row in found.table:
        for end in ("low", "central", "high"):
            if row[f"loss_{end}"] is None:
                assert row["scenario"] == "abroad"
                assert row[f"expected_{end}"] is None
                continue
            expected = row[f"loss_{end}"] * row[f"probability_{end}"]
            assert row[f"expected_{end}"] == pytest.approx(expected, rel=1e-5)
    known = [row["expected_central"] for row in found.table if row["expected_central"] is not None]
    assert known == sorted(known, reverse=True)
    assert found.parameters["expected_central"] == pytest.approx(sum(known), rel=1e-5)
    assert [one.subject for one in found.findings] == ["abroad"]
    assert "abroad" in found.notes[-1]


def test_no_probability_twice_or_none_shipped_is_refused() -> None:
    with pytest.raises(UsageError, match="gallium has no probability"):
        portfolio((replace(GALLIUM, probability=None),))
    with pytest.raises(UsageError, match="twice"):
        portfolio((GALLIUM, GALLIUM))
    with pytest.raises(UsageError, match="how likely it is; name files"):
        portfolio()


def test_the_command_weighs_files(tmp_path: Path) -> None:
    asked = []
    for one in (GALLIUM, COBALT):
        (tmp_path / f"{one.id}.yaml").write_text(write(one))
        asked += ["--portfolio", str(tmp_path / f"{one.id}.yaml")]
    ended = CliRunner().invoke(command, [*asked, "--draws", "64"], catch_exceptions=False)
    assert ended.exit_code == 0
    assert "Expected loss in a year" in ended.output
    assert "20% (10–40%)" in ended.output
    written_to = tmp_path / "weighed.csv"
    CliRunner().invoke(command, [*asked, "--draws", "64", "-o", str(written_to)], catch_exceptions=False)
    assert written_to.read_text().startswith("scenario,title,probability_low")


def test_the_command_takes_a_portfolio_alone() -> None:
    ended = CliRunner().invoke(command, ["--portfolio", "gallium-2024", "--sweep"])
    assert isinstance(ended.exception, UsageError)
    assert "--sweep and --portfolio" in str(ended.exception)
