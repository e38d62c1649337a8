"""Measures side by side: every listed mineral, ranks, reasons, weights, what the user brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monazite.codes.materials import listed
from monazite.errors import SourceError, UnknownCodeError, UsageError
from monazite.methods.governance import instability
from monazite.schema.risk import MEASURES
from monazite.studies.risk import risk
from monazite.studies.risk.ranking import places, sensitivity
from monazite.studies.risk.value import Value
from monazite.studies.world.governance import political_stability

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monazite.studies.nomenclature.answer import Answer

NOWHERE = "nowhere"


@pytest.fixture(scope="module")
def answer() -> Answer:
    return risk(store=NOWHERE)


def test_every_listed_mineral_has_a_row_with_a_reason(answer: Answer) -> None:
    assert {row["material"] for row in answer.table} == {one.id for one in listed(2025)}
    assert all(row["reason"] for row in answer.table)
    assert sum(row["place"] is not None for row in answer.table) > 35


def test_what_is_not_known_is_never_ranked_and_stands_last(answer: Answer) -> None:
    ranked = [row["place"] is not None for row in answer.table]
    assert ranked == sorted(ranked, reverse=True)
    for row in answer.table:
        for one in MEASURES:
            known = row[f"{one.name}_low"] is not None
            assert known == (row[f"{one.name}_rank_low"] is not None)


def test_refused_scores_say_why(answer: Answer) -> None:
    rows = {(row["material"], row["measure"]): row for row in answer.details["measures"]}
    assert rows["germanium", "geopolrisk"]["status"] == "refused"
    assert "lost its trade in 2007" in rows["germanium", "geopolrisk"]["reason"]
    assert "antimony is traded as metal and oxide" in rows["antimony", "geopolrisk"]["reason"]
    assert rows["gallium", "disruption_potential"]["status"] == "missing"
    assert "--fraser" in rows["gallium", "disruption_potential"]["reason"]


def test_a_measure_is_recomputed_from_what_stands_behind_it(answer: Answer) -> None:
    row = answer.table.one(material="niobium")
    scores = political_stability(2024, NOWHERE).scores
    brazil = float(instability(scores["BRA"]))
    share = (row["leader_share_low"] + row["leader_share_high"]) / 2
    assert row["governance_hhi_low"] == pytest.approx(brazil * share**2, rel=0.05)
    assert row["eu_supply_risk_high"] < 10 * row["world_hhi_high"]


def test_who_makes_all_itself_is_not_its_own_riskiest_supplier(answer: Answer) -> None:
    row = answer.table.one(material="beryllium")
    assert row["reliance_high"] == 0
    assert row["eu_supply_risk_high"] == 0


def test_order_follows_the_lower_end_of_the_measure_asked_for() -> None:
    found = risk(store=NOWHERE, method="world_hhi").table
    known = [(row["world_hhi_low"], row["place"]) for row in found if row["place"]]
    assert known == sorted(known, key=lambda one: (-one[0], one[1]))
    assert known[0][1] == 1


def test_a_place_is_one_among_all_listed_minerals_whoever_is_asked_for(answer: Answer) -> None:
    alone = risk("gallium", store=NOWHERE)
    mine, among = alone.table.rows[0], answer.table.one(material="gallium")
    assert {name: mine[name] for name in mine if name != "findings"} == {
        name: among[name] for name in mine if name != "findings"
    }
    assert mine["early_warning_low"] == among["early_warning_low"]  # scaled over all, not over one


def test_disagreement_is_told_only_where_no_place_is_shared(answer: Answer) -> None:
    assert answer.table.one(material="niobium")["reason"] == "The measures that are known agree."
    told = answer.table.one(material="vanadium")["reason"]
    assert told.startswith(
        "World HHI 9–10 of 41 (China makes 72–73%), but Reliance 47–48 of 54 (41% imported)"
    )
    tungsten = answer.table.one(material="tungsten")
    assert (tungsten["reliance_rank_low"], tungsten["reliance_rank_high"]) == (1, 47)
    assert "Reliance" not in tungsten["reason"]  # published as over 50: it may stand nearly anywhere


def test_figures_of_a_group_are_told_to_be_so(answer: Answer) -> None:
    for name in ("neodymium", "dysprosium"):
        row = answer.table.one(material=name)
        assert row["group_value"] in ("rare_earths", "rare_earths_heavy")
        assert "rare earths as a group" in row["reason"]


def test_unknown_producers_leave_an_interval_that_is_never_safe(answer: Answer) -> None:
    row = answer.table.one(material="terbium")  # all of it from China, no production by country
    assert row["world_hhi_low"] is None
    china = float(instability(political_stability(2024, NOWHERE).scores["CHN"]))
    assert row["eu_supply_risk_low"] == pytest.approx(10 * china * 0.995**2 / 2, rel=0.01)
    assert row["eu_supply_risk_high"] == pytest.approx(row["eu_supply_risk_low"] + 5, rel=0.02)


def test_trade_exposure_is_the_balance_and_reliance_what_is_published(answer: Answer) -> None:
    cobalt = answer.table.one(material="cobalt")
    assert cobalt["reliance_low"] == 0.79
    assert cobalt["trade_exposure_low"] <= 1 - 2000 / 9600 <= cobalt["trade_exposure_high"]
    assert answer.table.one(material="boron")["trade_exposure_high"] == 0  # a net exporter


def test_criteria_of_geodep_are_looked_up_where_asked_for(answer: Answer) -> None:
    assert set(answer.table.column("geodep_low")) == {None}
    assert "GeoDep" not in {one.subject for one in answer.findings}
    found = risk(["graphite", "copper"], method="geodep", store=NOWHERE)
    rows = {row["material"]: row for row in found.details["measures"] if row["measure"] == "geodep"}
    assert "import HHI 0.46" in rows["graphite"]["inputs"]
    assert found.table.one(material="graphite")["geodep_low"] == 0  # exports of the world are spread
    assert rows["copper"]["status"] == "refused"
    assert "shared with" in rows["copper"]["reason"]


def test_every_value_has_year_basis_and_source(answer: Answer) -> None:
    known = [row for row in answer.details["measures"] if row["status"] in ("exact", "interval")]
    assert len(known) > 300
    assert [row for row in known if not (row["year"] and row["basis"] and row["source"])] == []
    others = [row for row in answer.details["measures"] if row["status"] in ("missing", "refused")]
    assert [row for row in others if not row["reason"]] == []


def test_an_input_is_named_for_every_measure_that_has_one() -> None:
    found = {}
    for method in ("governance_hhi", "geopolrisk", "early_warning"):
        row = risk("platinum", method=method, store=NOWHERE).table.rows[0]
        found[method] = row["sensitive_to"]
    assert found["geopolrisk"] in ("world HHI", "import risk")
    assert found["early_warning"] in ("unstable HHI", "growth of production", "volatility of the price")
    assert "South Africa" in str(found["governance_hhi"])


def test_there_is_no_composite_unless_weights_are_written_down(answer: Answer, tmp_path: Path) -> None:
    assert set(answer.table.column("composite_low")) == {None}
    found = risk(["gallium", "germanium"], weights={"world_hhi": 0.5, "reliance": 0.5}, store=NOWHERE).table
    gallium, germanium = found.one(material="gallium"), found.one(material="germanium")
    middle = (gallium["world_hhi_low"] + gallium["reliance_low"]) / 2
    assert gallium["composite_low"] == pytest.approx(middle)
    assert germanium["composite_low"] == pytest.approx(0.25)
    assert germanium["composite_high"] == pytest.approx(1.0)  # not known is anything, never a silent 0
    assert gallium["composite_rank_low"] == 1  # ordered by the composite, where there is one
    none = risk("iridium", weights={"world_hhi": 1}, store=NOWHERE).table.rows[0]
    assert (none["composite_low"], none["place"]) == (None, None)
    file = tmp_path / "mine.yaml"
    file.write_text("weights: {world_hhi: 1.0}\n", encoding="utf-8")
    assert (
        risk("gallium", weights=file, store=NOWHERE).table.rows[0]["composite_low"]
        == gallium["world_hhi_low"]
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weights: {world_hhi: 0.5}", "sum to 0.5"),
        ("weights: {world_hi: 1}", "no measure world_hi"),
        ("weights: {world_hhi: -1, reliance: 2}", "each is a number from 0 to 1"),
        ("weights: {world_hhi: true}", "each is a number"),
        ("world_hhi: 1", "expected weights:"),
        ("weights: [", "cannot read"),
    ],
)
def test_weights_that_are_none_are_refused(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        risk("gallium", weights=file, store=NOWHERE)


def test_scores_of_the_user_fill_the_measures_of_the_survey(tmp_path: Path) -> None:
    fraser, willing, spent = (tmp_path / name for name in ("fraser.csv", "willing.csv", "spent.csv"))
    fraser.write_text("country,score\nChina,40\nBrazil,60\nCanada,90\n", encoding="utf-8")
    willing.write_text("country,score\nChina,0.9\nBrazil,0.4\nCanada,0.1\n", encoding="utf-8")
    spent.write_text("material,score\nniobium,0.2\n", encoding="utf-8")
    found = risk("niobium", fraser=fraser, willingness=willing, vulnerability=spent, store=NOWHERE)
    row = found.table.rows[0]
    share = (row["leader_share_low"] + row["leader_share_high"]) / 2
    assert row["disruption_potential_low"] == pytest.approx(share**2 * 0.4 * 0.4, rel=0.1)
    assert row["disruption_potential_high"] <= share**2 * 0.4 * 0.4 + 0.05 + (1 - share) ** 2
    assert row["disruption_potential_low"] <= row["disruption_potential_high"]
    low, high = row["usgs_supply_risk_low"], row["usgs_supply_risk_high"]
    assert 0 < low <= high
    assert low == pytest.approx((row["disruption_potential_low"] * 1.0 * 0.2) ** (1 / 3), rel=0.01)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("country,points\nChina,4\n", "line 1"),
        ("country,score\nChna,4\n", "line 2, column 'country'"),
        ("country,score\nChina,140\n", "0 to 100"),
        ("country,score\nChina,4\nCHN,5\n", "CHN twice"),
    ],
)
def test_scores_that_cannot_be_read_name_the_place(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "fraser.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        risk("niobium", fraser=file, store=NOWHERE)


def test_the_users_results_of_the_union_bring_substitution_and_recycling(tmp_path: Path) -> None:
    file = tmp_path / "eu.csv"
    file.write_text("material,SR,EI,SI_SR,EoL_RIR\nNiobium,4.4,6.5,0.5,50\n", encoding="utf-8")
    plain, given = (risk("niobium", eu_results=path, store=NOWHERE).table.rows[0] for path in (None, file))
    assert given["eu_supply_risk_high"] == pytest.approx(0.25 * plain["eu_supply_risk_high"])


def test_reliance_of_the_results_is_the_unions_alone(tmp_path: Path) -> None:
    file = tmp_path / "eu.csv"
    file.write_text("material,SR,EI,stage,SI_SR,EoL_RIR,IR_primary,IR_refined\n"
                    "Natural graphite,1.8,3.4,E,0.98,3,99,\n", encoding="utf-8")  # fmt: skip
    union, japan = (
        risk("graphite", importer=one, eu_results=file, store=NOWHERE).table.rows[0]
        for one in ("EU27", "Japan")
    )
    assert union["eu_supply_risk_low"] > 1
    assert union["eu_supply_risk_high"] - union["eu_supply_risk_low"] < 0.2
    assert japan["eu_supply_risk_low"] is None  # nobody publishes how much of it Japan imports


def test_any_importer_or_group_may_ask() -> None:
    found = risk(["graphite", "tungsten", "antimony"], importer="EU27", store=NOWHERE)
    assert found.parameters["method"] == ("source_hhi",)  # no reliance is published, so no supply risk
    row = found.table.one(material="graphite")
    assert row["reliance_low"] is None
    assert 0 < row["source_hhi_low"] < 1
    assert row["geopolrisk_low"] > 0.2
    rows = {(one["material"], one["measure"]): one for one in found.details["measures"]}
    refused = rows["antimony", "source_hhi"]  # its code in the data is ore, its trade is metal and oxide
    assert refused["status"] == "refused"
    assert "the trade is at other stages" in refused["reason"]


def test_places_are_all_that_an_interval_may_take() -> None:
    told = places({"a": Value(0.5, 0.9), "b": Value(0.4, 0.6), "c": Value(0.1, 0.2), "d": Value()})
    assert (told["a"].low, told["a"].high) == (1, 2)
    assert (told["c"].low, told["c"].high) == (3, 3)
    assert "d" not in told
    level = places({"a": Value(1.0, 1.0), "b": Value(1.0, 1.0), "c": Value(0.0, 2.0)})
    assert (level["a"].certain, level["b"].certain, level["b"].level, level["c"].certain) == (1, 1, 1, 3)


def test_the_input_that_moves_a_place_most_is_named() -> None:
    def product(one: Mapping[str, float]) -> float:
        return one["wide"] * one["narrow"]

    own = Value(0.05, 0.45, inputs={"wide": (0.1, 0.9), "narrow": (0.5, 0.5)}, compute=product)
    others = {str(at): Value(at / 10, at / 10) for at in range(1, 5)}
    found = sensitivity({"own": own, **others}, "own")
    assert found is not None
    assert found.name == "wide"
    assert found.places == 4


def test_what_is_asked_wrongly_is_told() -> None:
    with pytest.raises(UnknownCodeError, match="measure"):
        risk(method="hhi", store=NOWHERE)
    with pytest.raises(UsageError, match="a composite needs weights"):
        risk(method="composite", store=NOWHERE)
    with pytest.raises(UnknownCodeError, match="importer"):
        risk(importer="Atlantis", store=NOWHERE)
    with pytest.raises(UnknownCodeError, match="material"):
        risk("galium", store=NOWHERE)
