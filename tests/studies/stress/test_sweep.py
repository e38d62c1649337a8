"""A sweep: the same whoever works, done again only where something changed, the worst first."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from monazite.codes.materials import materials
from monazite.errors import UnknownCodeError
from monazite.interfaces.cli.stress import stress as command
from monazite.store.tasks.once import note
from monazite.studies.stress import stress, sweep_all
from monazite.studies.stress.scenario import Cut, Scenario, sweep
from monazite.studies.stress.scenario.sweep import suppliers
from monazite.studies.stress.scenario.value import certain
from monazite.studies.stress.sweep_task import Halts, package, sweep_material
from monazite.studies.stress.swept import _place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monazite.studies.nomenclature.answer import Answer

FEW = ("gallium", "germanium", "mercury")
DRAWS = 64
Marks = dict[str, tuple[int, int]]


def swept(folder: Path, *, seed: int = 0, workers: int = 1) -> Answer:
    return sweep_all(materials=FEW, draws=DRAWS, seed=seed, folder=folder, workers=workers)


def file(folder: Path, material: str) -> Path:
    return folder / "USA" / f"{material}.json"


def marks(folder: Path) -> Marks:
    """What tells a file that was written anew."""
    found = {one: file(folder, one).stat() for one in FEW}
    return {one: (told.st_ino, told.st_mtime_ns) for one, told in found.items()}


def renewed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {one for one in before if before[one] != after[one]}


def test_one_worker_and_two_write_the_same_bytes(tmp_path: Path) -> None:
    alone, both = swept(tmp_path / "one"), swept(tmp_path / "two", workers=2)
    assert alone == both
    for one in FEW:
        assert file(tmp_path / "one", one).read_bytes() == file(tmp_path / "two", one).read_bytes()


def test_every_supplier_has_a_row_and_is_what_the_scenario_alone_gives(tmp_path: Path) -> None:
    found = swept(tmp_path)
    expected = {one.id for one in sweep() if one.materials[0] in FEW}
    assert {f"{row['material']}.{row['supplier']}" for row in found.table} == expected
    row = found.table.one(material="gallium", supplier="CHN")
    alone = stress(cut="gallium:China:100%:12mo", draws=DRAWS)
    (told,) = alone.table.rows
    bands = [name for name in found.table.table.names if name.endswith(("_median", "_low", "_high"))]
    assert {name: row[name] for name in bands if "loss" not in name} == {
        name: told[name] for name in bands if "loss" not in name
    }
    (total,) = alone.details["total"].rows
    assert [row[f"loss_{end}"] for end in ("low", "high")] == [
        total[f"loss_{end}"] for end in ("low", "high")
    ]
    assert (row["name"], row["supplier_name"]) == ("gallium", "China")


def test_a_second_run_does_only_what_is_gone(tmp_path: Path) -> None:
    first, before = swept(tmp_path), marks(tmp_path)
    assert not renewed(before, marks(tmp_path))
    content = file(tmp_path, "germanium").read_bytes()
    file(tmp_path, "germanium").unlink()
    assert swept(tmp_path) == first
    assert renewed(before, marks(tmp_path)) == {"germanium"}
    assert file(tmp_path, "germanium").read_bytes() == content


def test_a_damaged_file_or_another_fingerprint_is_done_anew(tmp_path: Path) -> None:
    first, before = swept(tmp_path), marks(tmp_path)
    file(tmp_path, "gallium").write_bytes(file(tmp_path, "gallium").read_bytes()[:-20])
    of = note(file(tmp_path, "mercury"))
    of.write_text(json.dumps(json.loads(of.read_text()) | {"fingerprint": "of something else"}))
    assert swept(tmp_path, workers=2) == first
    assert renewed(before, marks(tmp_path)) == {"gallium", "mercury"}


def test_what_a_killed_run_left_is_removed_and_done(tmp_path: Path) -> None:
    first = swept(tmp_path)
    of = file(tmp_path, "gallium")
    of.unlink()
    left = of.with_name(f".{of.name}.0123456789abcdef.part")
    left.write_bytes(b'{"rows": [')
    assert swept(tmp_path) == first
    assert not left.exists()


def test_another_seed_other_draws_or_another_package_is_another_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before = swept(tmp_path), marks(tmp_path)
    other = swept(tmp_path, seed=1)
    assert renewed(before, marks(tmp_path)) == set(FEW)
    assert other.table != first.table
    before = marks(tmp_path)
    monkeypatch.setattr("monazite.studies.stress.sweep_task.package", lambda: "another")
    assert swept(tmp_path, seed=1).table == other.table
    assert renewed(before, marks(tmp_path)) == set(FEW)


def test_the_package_is_told_by_its_tables_lists_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "codes" / "data").mkdir(parents=True)
    of = tmp_path / "codes" / "data" / "stocks.csv"
    found = set()
    monkeypatch.setattr("monazite.studies.stress.sweep_task.PACKAGE", tmp_path)
    for content in ("a,1\n", "a,2\n"):
        of.write_text(content)
        package.cache_clear()
        found.add(package())
    of.rename(of.with_name("other.csv"))
    package.cache_clear()
    found.add(package())
    package.cache_clear()
    assert len(found) == 3


def test_a_material_nothing_is_published_about_is_a_finding(tmp_path: Path) -> None:
    cut = Cut(("polonium",), ("CHN",), certain(1.0, "1"))
    task = Halts(
        "gallium", (Scenario("none", "None", (cut,)),), DRAWS, 0, "summary", str(tmp_path / "a.json")
    )
    assert sweep_material(task).rows == 1
    told = json.loads((tmp_path / "a.json").read_text())
    (row,), (found,) = told["rows"], told["findings"]
    assert (row["findings"], row["price_median"], row["loss_median"]) == ("no-data", None, None)
    assert (found["rule"], found["subject"], found["where"]) == ("no-data", "gallium", "stress")


def test_the_worst_is_first_and_shortage_ranks_what_has_no_loss(tmp_path: Path) -> None:
    rows = swept(tmp_path).table.rows
    keys = [(row["loss_median"] or 0.0, row["shortage_median"] or 0.0) for row in rows]
    assert keys == sorted(keys, reverse=True)
    assert all(
        0 <= row["shortage_low"] <= row["shortage_median"] <= row["shortage_high"] <= 1 for row in rows
    )
    assert all(row["price_low"] <= row["price_median"] <= row["price_high"] for row in rows)


def test_without_figures_means_last() -> None:
    names = ("loss_median", "loss_high", "shortage_median", "price_median")
    made = [
        {"material": name, "supplier": "CHN"} | dict(zip(names, told, strict=True))
        for name, told in {
            "nothing": (None, None, None, None),
            "zero": (0.0, 0.0, 0.0, 1.0),
            "unknown": (None, None, 0.5, 9.0),
            "dear": (2e9, 3e9, 0.2, 2.0),
        }.items()
    ]
    assert [row["material"] for row in sorted(made, key=_place)] == ["dear", "unknown", "zero", "nothing"]


def test_an_importer_without_accounts_is_ranked_by_shortage(tmp_path: Path) -> None:
    found = sweep_all("Japan", materials=("gallium",), draws=DRAWS, folder=tmp_path)
    assert {row["loss_median"] for row in found.table} == {None}
    assert "JPN" not in found.table.column("supplier")
    assert (tmp_path / "JPN" / "gallium.json").is_file()
    assert {one.subject for one in found.findings} == {"JPN"}


def test_a_material_of_which_no_supplier_is_known_is_a_finding(tmp_path: Path) -> None:
    bare = next(one.id for one in materials() if one.id not in {name for name, _ in suppliers()})
    found = sweep_all(materials=(bare,), folder=tmp_path)
    assert not found.table.rows
    assert [(one.rule, one.subject) for one in found.findings] == [("no-data", bare)]
    assert found.headlines[0].value == "0"


def test_what_nobody_knows_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    for wrong in ({"importer": "Atlantis"}, {"materials": ("unobtainium",)}, {"detail": "finest"}):
        with pytest.raises(UnknownCodeError):
            sweep_all(**{"folder": tmp_path / "new", **wrong})  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("options", "draws"), [(["--sweep"], None), (["--sweep", "--draws", "512", "--workers", "2"], 512)]
)
def test_the_command_leaves_draws_to_the_sweep_unless_they_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], draws: int | None
) -> None:
    asked: dict[str, object] = {}

    def small(importer: str, **told: object) -> Answer:
        asked.update(told)
        return sweep_all(importer, materials=("gallium",), draws=DRAWS, folder=tmp_path)

    monkeypatch.setattr(import_module("monazite.studies.stress"), "sweep_all", small)
    ended = CliRunner().invoke(command, options, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    assert asked.get("draws") == draws
    assert "gallium" in ended.output
    assert "China" in ended.output
    told = CliRunner().invoke(command, [*options, "-o", str(tmp_path / "sweep.csv")], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    assert (tmp_path / "sweep.csv").read_text().startswith("material,supplier,name")
