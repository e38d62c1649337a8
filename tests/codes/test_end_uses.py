"""End uses: shares that sum, industries that exist, judgements that say why."""

from __future__ import annotations

import pytest

from monazite.codes import reviewed
from monazite.codes.end_uses import end_uses, summary_of
from monazite.codes.materials import material, materials
from monazite.codes.product_supply import antibiotics
from monazite.codes.products import products
from monazite.errors import UnknownCodeError

SHARES = reviewed.rows("end_uses.csv")
INDUSTRIES = reviewed.rows("use_industries.csv")
MATERIALS = sorted({row["material"] for row in SHARES})
NAMED = {"antibiotics", *(one.id for one in products())}
WORDS = 5


@pytest.mark.parametrize("name", MATERIALS)
def test_shares_sum_to_one_and_their_ends_let_them(name: str) -> None:
    shares = [one.share for one in end_uses(name)]
    assert sum(one.central for one in shares) == pytest.approx(1.0, abs=0.011)
    assert sum(one.low for one in shares) <= 1.0
    assert sum(one.high for one in shares) >= 1.0 - 1e-9


@pytest.mark.parametrize("name", MATERIALS)
def test_what_uses_it_exists(name: str) -> None:
    assert name in NAMED or material(name).id == name
    for one in end_uses(name):
        assert sum(each.weight for each in one.industries) == pytest.approx(1.0)
        for each in one.industries:
            assert each.summary
            assert 0 <= each.dependent.low <= each.dependent.high <= 1
            assert 0 <= each.thrift.low <= each.thrift.high < 1


@pytest.mark.parametrize("name", [one.id for one in materials() if one.list_2025])
def test_every_listed_material_has_end_uses(name: str) -> None:
    assert end_uses(name)


def test_a_judgement_says_why() -> None:
    for row in (*SHARES, *INDUSTRIES):
        assert len(row["source"].split()) >= WORDS
        assert row["tag"] in {"S", "U"}


def test_keys_are_unique_and_kinds_known() -> None:
    assert len({(row["material"], row["use"]) for row in SHARES}) == len(SHARES)
    assert len({(row["kind"], row["code"]) for row in INDUSTRIES}) == len(INDUSTRIES)
    assert {row["kind"] for row in SHARES} == {row["kind"] for row in INDUSTRIES}


def test_members_and_antibiotics_fall_back() -> None:
    assert end_uses("promethium")[0].material == "rare_earths"
    assert end_uses(antibiotics()[0])[0].material == "antibiotics"


def test_unknown_ones_are_refused() -> None:
    with pytest.raises(UnknownCodeError, match="gallium"):
        end_uses("galium")
    with pytest.raises(UnknownCodeError, match="end uses"):
        end_uses("argon")
    with pytest.raises(UnknownCodeError):
        summary_of("999999")
