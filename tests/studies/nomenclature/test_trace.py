"""One code through every edition, and across."""

from __future__ import annotations

import pytest

from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.code_health import CODE_LINK
from monazite.studies.nomenclature.trace import trace


def links(code: str, start: str | None = None, **where: object) -> list[tuple[str, str]]:
    """Where the links of a code lead."""
    return [(row["other"], row["other_code"]) for row in trace(code, start).table.where(**where)]


def test_germanium_goes_forward_to_six_codes() -> None:
    ends = [code for edition, code in links("811230", "HS1992") if edition == "HS2022"]
    assert ends == ["811231", "811241", "811292", "811239", "811249", "811299"]


def test_its_successor_goes_back_to_germanium() -> None:
    back = links("8112.92", "HS2022", direction="back")
    assert ("HS2002", "811230") in back
    assert ("HS1992", "811291") in back


def test_a_code_starts_where_it_is_first_known() -> None:
    told = trace("850760").table
    assert told.rows[0]["nomenclature"] == "HS2012"
    assert ("HS2007", "850780") in links("850760", direction="back")


def test_cut_links_are_shown_with_their_reason_and_not_followed() -> None:
    cut = trace("850760").table.where(followed=False)
    assert {row["other_code"][:4] for row in cut} == {"8549"}
    assert all(row["comment"] for row in cut)
    ends = [code for edition, code in links("850760", direction="forward", followed=True)]
    assert set(ends) == {"850760"}


def test_ten_digits_lead_to_industry_use_and_six_digits() -> None:
    across = dict(links("8507600020", direction="across"))
    assert across["NAICS"] == "335911"
    assert across["HS2022"] == "850760"
    assert {"BEA", "EndUse", "SITC4"} <= across.keys()
    assert links("8507600020", direction="forward") == [("HTS2026", "8507600030"), ("HTS2026", "8507600090")]


def test_every_row_is_as_declared_and_each_key_stands_once() -> None:
    for code in ("811230", "8507600020", "850780", "854921"):
        rows = trace(code).table.rows
        assert all(set(row) == set(CODE_LINK.names) for row in rows)
        keys = [tuple(row[name] for name in CODE_LINK.key) for row in rows]
        assert len(set(keys)) == len(keys)


def test_what_cannot_be_traced_is_said() -> None:
    with pytest.raises(UnknownCodeError, match="HS2012, HS2017, HS2022"):
        trace("850760", "HS2007")
    with pytest.raises(UnknownCodeError, match="not a code"):
        trace("811233")
    with pytest.raises(UsageError, match="no subheading"):
        trace("8112")
    with pytest.raises(UnknownCodeError, match="HS2001"):
        trace("811230", "HS2001")
