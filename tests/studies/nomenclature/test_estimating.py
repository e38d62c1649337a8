"""Weights are learned from countries that report one edition and, a year on, the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import DataMissingError, UsageError
from monazite.schema.trade import TRADE
from monazite.sources.load import load
from monazite.sources.source import Licence, Rows, Source
from monazite.store.home import Store
from monazite.studies.nomenclature.concordance import concordance
from monazite.studies.nomenclature.concordance.estimating import estimate, estimated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.sources.source import Account, Given

PUBLISHED = {
    "flow": "import", "regime": "", "breakdown": "", "valuation": "cif", "value_status": "normal",
    "duty_usd": None, "quantity": None, "quantity_unit": None, "quantity_status": "not-available",
    "quantity_2": None, "quantity_2_unit": None, "mass_t": None, "mass_status": "not-available",
    "estimated": False, "aggregate": True, "exporter": "WLD", "source": "made", "as_of": "first",
}  # fmt: skip
COUNTRIES = ("AUS", "AUT", "BEL", "BRA", "CAN", "CHE", "CHL", "CZE", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR")
PURE = 0.3
"""The share of bismuth 810600 that is 810610, on the average of countries."""


def read(given: Given, account: Account) -> Iterator[Rows]:
    rows = [json.loads(line) for line in given.path.read_text().splitlines()]
    account.records += len(rows)
    yield Rows(TRADE, rows, {})


def rows() -> Iterator[dict[str, Any]]:
    for n, country in enumerate(COUNTRIES):
        value = 1000.0 * (n + 1)
        share = PURE + 0.02 * (n % 5 - 2)
        for year, edition, code, amount in (
            (2021, "HS2017", "810600", value),
            (2022, "HS2022", "810610", value * share),
            (2022, "HS2022", "810690", value * (1 - share)),
            (2020, "HS2017", "810600", 1.0),
        ):
            named = {"year": year, "period": str(year), "nomenclature": edition, "code": code}
            yield PUBLISHED | named | {"reporter": country, "importer": country, "value_usd": amount}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("weights")
    made = Store(folder / "store")
    path = folder / "trade.jsonl"
    path.write_text("\n".join(map(json.dumps, rows())))
    terms = Licence("Terms", "https://example.org", "free")
    source = Source(
        id="made",
        title="Made up",
        publisher="Nobody",
        homepage="https://example.org",
        licence=terms,
        tables=(TRADE,),
        recognises=lambda _: True,
        read=read,
        edition=lambda _: "first",
    )
    with made.writing() as scratch:
        assert not load(made, path, source, scratch=scratch).refused
    return made


def test_a_planted_split_is_recovered_within_its_interval(store: Store) -> None:
    found = {row["target"]: row for row in estimate(store, "HS2017", "HS2022") if row["code"] == "810600"}
    pure = found["810610"]
    assert pure["weight"] == pytest.approx(PURE, abs=0.03)
    assert pure["low"] <= PURE <= pure["high"]
    assert pure["high"] - pure["low"] < 0.2
    assert pure["countries"] == len(COUNTRIES)


def test_where_no_country_trades_nothing_is_invented(store: Store) -> None:
    row = next(row for row in estimate(store, "HS2017", "HS2022") if row["code"] == "811292")
    assert (row["weight"], row["low"], row["high"], row["residual"]) == (None, 0.0, 1.0, None)


def test_estimated_weights_carry_a_code(store: Store) -> None:
    across = concordance("HS2017", "HS2022", weights=estimated(store, ("HS2017", "HS2022")))
    shares = across.of("810600")
    assert sum(one.point or 0.0 for one in shares) == pytest.approx(1)
    assert all(one.point is None for one in across.of("811292"))


def test_the_way_back_is_exact_where_codes_were_only_split(store: Store) -> None:
    found = [row for row in estimate(store, "HS2022", "HS2017") if row["code"] == "810610"]
    assert [(row["target"], row["weight"]) for row in found] == [("810600", 1.0)]


def test_what_cannot_be_estimated_is_told(store: Store) -> None:
    with pytest.raises(DataMissingError, match="no country in the store reports HS2012"):
        estimate(store, "HS2012", "HS2017")
    with pytest.raises(UsageError, match="between editions of HS"):
        estimate(store, "HS1992", "SITC3")
