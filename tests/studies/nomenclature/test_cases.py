"""The cases a tool for trade codes must pass: what became of codes, splits of 2022, baskets, breakouts."""

from __future__ import annotations

import pytest

from monazite.studies.nomenclature.health.asked import Asked
from monazite.studies.nomenclature.health.changes import changes, origin, own_changes
from monazite.studies.nomenclature.health.facts import facts
from monazite.studies.nomenclature.health.holds import holding
from monazite.studies.nomenclature.links import between, kept


def into(code: str, before: str, after: str) -> dict[str, str]:
    """What a code leads to in the next edition, with the publisher's relation seen from the new code."""
    return {
        one.code: one.relation for one in between(after, before) if one.other_code == code and not one.cut
    }


@pytest.mark.parametrize(
    ("code", "before", "after", "told"),
    [
        ("811230", "HS2002", "HS2007", {"811292": "n:n", "811299": "n:n"}),
        ("811240", "HS2002", "HS2007", {"811292": "n:n", "811299": "n:n"}),
        ("811292", "HS2017", "HS2022", {"811231": "n:1", "811241": "n:1", "811292": "n:1"}),
        ("811291", "HS1996", "HS2002", {"811251": "n:1", "811252": "n:1", "811292": "n:1"}),
        ("810600", "HS2017", "HS2022", {"810610": "n:1", "810690": "n:1"}),
        ("850780", "HS2007", "HS2012", {"850750": "n:1", "850760": "n:1", "850780": "n:1"}),
        ("854140", "HS2017", "HS2022", dict.fromkeys(("854141", "854142", "854143", "854149"), "n:1")),
        (
            "382490",
            "HS2012",
            "HS2017",
            dict.fromkeys(("382484", "382485", "382486", "382487", "382488", "382491", "382499"), "n:1"),
        ),
    ],
)
def test_what_a_code_became(code: str, before: str, after: str, told: dict[str, str]) -> None:
    assert into(code, before, after) == told
    (change,) = [one for one in own_changes(before, code) if one.after == after]
    assert change.codes == tuple(sorted(told))


@pytest.mark.parametrize(
    ("edition", "code", "kind", "shared"),
    [
        ("HS1992", "811230", "re-cut", ("811240", "811292", "811299")),
        ("HS1992", "810600", "split", ()),
        ("HS1992", "250390", "merged", ("250310",)),
        ("HS1992", "283030", "merged", ("283020", "283090")),
        ("HS2017", "854140", "split", ()),
    ],
)
def test_what_the_revision_did(edition: str, code: str, kind: str, shared: tuple[str, ...]) -> None:
    last = own_changes(edition, code)[-1]
    assert (last.kind, last.shared) == (kind, shared)
    assert code not in last.codes


@pytest.mark.parametrize("code", ["850511", "850760"])
def test_electrical_waste_takes_neither_magnets_nor_cells(code: str) -> None:
    published = [one.other_code for one in between("HS2017", "HS2022") if one.code == code]
    assert any(one.startswith("8549") for one in published)
    assert [one.other_code for one in kept("HS2017", "HS2022") if one.code == code] == [code]
    assert changes("HS2017", code) == ()
    assert facts(Asked(code, "typed")).ended is None


def test_lithium_ion_cells_have_a_code_since_2012() -> None:
    made = origin("HS2022", "850760")
    assert made is not None
    assert (made.year, made.shared) == (2012, ("850780",))
    one = facts(Asked("850760", "typed"))
    assert one.life is not None
    assert (one.verdict, one.life.since) == ("changed", 2012)


@pytest.mark.parametrize("code", ["284690", "280530"])
def test_the_rare_earths_are_baskets_that_never_changed(code: str) -> None:
    one = facts(Asked(code, "typed"))
    assert one.verdict == "basket"
    assert (one.history, one.made) == ((), None)
    assert {"dysprosium", "yttrium"} <= one.holding.stages.keys()


@pytest.mark.parametrize(("code", "material"), [("283691", "lithium"), ("250410", "graphite")])
def test_codes_of_one_material_that_never_changed_are_sound(code: str, material: str) -> None:
    one = facts(Asked(code, "typed"))
    assert (one.verdict, list(one.holding.stages)) == ("sound", [material])


@pytest.mark.parametrize(
    ("code", "materials"),
    [
        ("8112921000", {"gallium"}), ("8112923000", {"indium"}), ("8112924000", {"niobium"}),
        ("8112926000", {"germanium"}), ("8112926500", {"germanium"}), ("8112927000", {"vanadium"}),
        ("3818000010", {"arsenic", "gallium"}), ("8505110070", {"neodymium", "boron"}),
        ("8505110050", {"samarium", "cobalt"}),
    ],
)  # fmt: skip
def test_ten_digits_that_tell_a_material_apart(code: str, materials: set[str]) -> None:
    held = holding("HTS2025", code)
    assert materials <= held.stages.keys()
    assert not held.basket


@pytest.mark.parametrize(
    ("code", "materials"),
    [
        ("8112920700", {"gallium", "germanium", "indium", "niobium", "vanadium"}),
        ("2846908090", {"dysprosium", "yttrium"}), ("2846908075", {"yttrium"}),
        ("2805300050", {"dysprosium", "yttrium"}), ("2805300090", {"neodymium", "yttrium"}),
        ("2825600000", {"germanium", "zirconium"}),
    ],
)  # fmt: skip
def test_ten_digits_that_are_still_baskets(code: str, materials: set[str]) -> None:
    held = holding("HTS2025", code)
    assert materials <= held.stages.keys()
    assert held.basket
