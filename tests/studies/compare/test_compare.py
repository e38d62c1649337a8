"""Two of a kind beside each other."""

from __future__ import annotations

import pytest

from monazite.errors import UnknownCodeError, UsageError
from monazite.studies.compare import compare

NOWHERE = "nowhere"


def test_two_importers_have_their_own_suppliers_and_the_same_world() -> None:
    found = compare("EU27", "Japan", "graphite", store=NOWHERE)
    rows = {row["measure"]: row for row in found.table}
    assert rows["world_hhi"]["verdict"] == "same"
    assert rows["source_hhi"]["verdict"] == "higher"
    (mix,) = found.details["mixes"]
    assert 0 < mix["similarity"] < 1


def test_two_editions_are_compared_in_one_year_and_differ_by_revisions() -> None:
    found = compare("mcs2025", "mcs2026", "neodymium", measures=["reliance"], store=NOWHERE)
    (row,) = found.table
    assert (row["first_low"], row["second_low"], row["verdict"]) == (0.8, 0.53, "lower")
    assert "vintage-revised" in {one.rule for one in found.findings}
    assert len(found.details["mixes"]) == 0


def test_two_years_of_trade() -> None:
    found = compare("2023", "2024", "graphite", store=NOWHERE)
    rows = {row["measure"]: row for row in found.table}
    assert rows["geopolrisk"]["verdict"] in ("higher", "lower", "cannot be told")
    assert found.details["mixes"].rows[0]["similarity"] > 0.5


def test_two_of_different_kinds_are_no_comparison() -> None:
    with pytest.raises(UsageError, match=r"two of a kind.*EU27 is of kind importer and 2024 is of kind year"):
        compare("EU27", "2024", store=NOWHERE)
    with pytest.raises(UsageError, match="nothing to compare"):
        compare("Japan", "japan", store=NOWHERE)
    with pytest.raises(UnknownCodeError, match="importer, year or edition"):
        compare("Atlantis", "Japan", store=NOWHERE)
    with pytest.raises(UnknownCodeError, match="measure"):
        compare("EU27", "Japan", measures=["hhi"], store=NOWHERE)
