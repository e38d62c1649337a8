"""Country cells: one country, several, all or the rest; what was cut off a name is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.sources.usgs_mcs.places import Place, place

if TYPE_CHECKING:
    from monazite.sources.usgs_mcs import Reading

CELLS = {
    "Burma": Place("MMR"),
    "Congo (Kinshasa)": Place("COD"),
    "Congo (Brazzaville)": Place("COG"),
    "Korea, Republic of": Place("KOR"),
    "Korea, North": Place("PRK"),
    "The Bahamas": Place("BHS"),
    "Côte d’Ivoire": Place("CIV"),
    "Canada ": Place("CAN"),
    "United\xa0States": Place("USA"),
    "China3": Place("CHN", mended=True),
    "Brazil (beneficiated)": Place("BRA"),
    "China, Germany, and Russia": Place("CHN+DEU+RUS"),
    "Other countries": Place("OTH"),
    "Other Countries": Place("OTH"),
    "World total": Place("WLD"),
    "World total (rounded)": Place("WLD"),
    "World total (rounded) 10": Place("WLD", mended=True),
    "World total (ilmenite and rutile, rounded)": Place("WLD"),
    "Atlantis": Place("Atlantis", known=False),
    "China and Atlantis": Place("China and Atlantis", known=False),
    "": Place("", known=False),
}


@pytest.mark.parametrize(("published", "meaning"), CELLS.items())
def test_a_country_cell_keeps_its_meaning(published: str, meaning: Place) -> None:
    assert place(published) == meaning


@given(st.text())
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    understood = place(text)
    assert understood.known or understood.code == text.replace("\xa0", " ").strip()


def test_a_footnote_on_a_source_is_told(specimens: dict[str, Reading]) -> None:
    told = [each for each in specimens["mcs2025"].findings if each.rule == "name-corrected"]
    assert {each.found for each in told} == {"'World total (rounded) 10'", "'China3'"}
    china = [row for row in specimens["mcs2025"].import_sources if row["partner_published"] == "China3"]
    assert {row["partner"] for row in china} == {"CHN"}
