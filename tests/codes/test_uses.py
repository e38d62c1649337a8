"""Every listed mineral has a use with a source, and the applications are the source's."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from monazite.codes.materials import listed, material, materials
from monazite.codes.uses import sectors, uses
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.codes.uses import Use

ALL = [use for m in materials() for use in uses(m.id)]
TABLE_4 = "USGS MCS 2025, Table 4"


def test_every_listed_mineral_has_a_use() -> None:
    assert [m.id for m in (*listed(2022), *listed(2025)) if not uses(m.id)] == []


@pytest.mark.parametrize("use", ALL, ids=lambda u: f"{u.material}-{u.sector}-{u.application}")
def test_every_use_has_an_application_a_source_a_tag_and_a_basis(use: Use) -> None:
    assert use.application
    assert re.search(r"doi:10\.|https?://", use.source)
    assert use.tag in {"V1", "V2", "S"}
    assert use.sector_basis in {"stated", "judgement"}


def test_no_use_is_said_twice_by_one_source() -> None:
    said = [(u.material, u.sector, u.application, u.source) for u in ALL]
    assert len(set(said)) == len(said)


def test_sectors_are_unique_explained_and_all_used() -> None:
    ids = [s.id for s in sectors()]
    assert len(set(ids)) == len(ids)
    assert all(s.name and s.meaning.endswith(".") for s in sectors())
    assert {u.sector for u in ALL} == set(ids)


def test_uses_resolve_names_and_refuse_strangers() -> None:
    assert uses("Ga") == uses("gallium")
    assert uses("asbestos") == ()
    with pytest.raises(UnknownCodeError, match="gallium"):
        uses("galium")


def test_what_analysts_look_for_first() -> None:
    assert {"energy", "vehicles", "aerospace_defense"} <= {u.sector for u in uses("neodymium")}
    assert {u.sector for u in uses("potash")} >= {"agriculture"}
    assert {u.sector for u in uses("germanium")} >= {"aerospace_defense", "electronics"}


@pytest.mark.needs("real-data")
def test_applications_from_table_4_are_those_it_prints_all_of_them(real_data: Path) -> None:
    table = real_data / "usgs/mcs2025/industry_trends/MCS2025_T4_Critical_Minerals_End_Use.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        printed = {material(r["Critical Mineral"]): r["Primary Applications"] for r in csv.DictReader(file)}
    ours = {m: {u.application for u in uses(m.id) if u.source.startswith(TABLE_4)} for m in printed}
    assert {m.id: left_over(printed[m], ours[m]) for m in printed} == {m.id: [] for m in printed}


def left_over(text: str, applications: set[str]) -> list[str]:
    """Words of the published text no application covers, and applications that are not in it."""
    rest, strange = text.casefold(), []
    for application in sorted(applications, key=len, reverse=True):
        if application not in rest:
            strange.append(application)
        rest = rest.replace(application, " ", 1)
    return strange + [word for word in rest.replace(",", " ").replace(".", " ").split() if word != "and"]
