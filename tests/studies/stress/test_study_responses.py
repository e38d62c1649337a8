"""What a scenario allows helps, what it forbids does not; costs and bills follow month by month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from monazite.errors import DataMissingError
from monazite.methods.simulation import sobol_points
from monazite.schema.judgement import Judgement
from monazite.studies.stress import stress
from monazite.studies.stress.costs import BILL, costs
from monazite.studies.stress.model import model
from monazite.studies.stress.scenario import AlliedSupply, Recycling, Responses, shipped, written

EASES = 1e-9
DRAWS = 64


def sure(value: float, unit: str = "1") -> Judgement:
    """A number that is certain."""
    return Judgement(value, value, value, unit, "the test's own number", "U")


def outcome(allowed: Responses, cut: str = "gallium:China:100%:24mo") -> tuple[float, float, float]:
    """Shortage and price of the first material and loss of all, each summed over draws and months."""
    found = model(replace(written(cut), responses=allowed))
    points = sobol_points(DRAWS, len(found.inputs.uncertain), 0)
    values = found.inputs.values(points)
    paths = found.paths(values)
    lost = found.losses(paths, values)
    assert lost is not None
    path = next(iter(paths.values()))
    return float(path.shortage.sum()), float(path.price.sum()), float(lost.value_added.sum())


FORBIDDEN = Responses(
    idle_capacity=False, allied_supply=False, stock_release=False, substitution=False, recycling=False,
    thrift=False,
)  # fmt: skip


@pytest.mark.parametrize(
    "helps",
    [
        {"idle_capacity": sure(0.5)},
        {"stock_release": sure(3.0, "month")},
        {"recycling": Recycling(sure(0.2), sure(6.0, "month"))},
        {"allied_supply": AlliedSupply(sure(0.2), sure(2.0, "month"), sure(6.0, "month"))},
    ],
)
def test_what_comes_on_helps(helps: dict[str, object]) -> None:
    """Certain numbers change no draw of the others: shortage and loss fall, the price does not rise."""
    without, with_it = outcome(FORBIDDEN), outcome(replace(FORBIDDEN, **helps))  # type: ignore[arg-type]
    assert with_it[0] < without[0]
    assert with_it[1] <= without[1] + EASES
    assert with_it[2] < without[2]


def test_thrift_is_allowed_or_not() -> None:
    found = {allowed: model(replace(written("gallium:China:100%:12mo"), responses=Responses(thrift=allowed)))
             for allowed in (True, False)}  # fmt: skip
    assert all(one.high == 0 for one in found[False].users["gallium"].thrift)
    assert any(one.high > 0 for one in found[True].users["gallium"].thrift)
    saves, wastes = (outcome(Responses(thrift=allowed)) for allowed in (True, False))
    assert saves[2] < wastes[2]


def test_without_substitution_demand_stays_as_it_is() -> None:
    """Demand that never grows more elastic pays more."""
    base = written("natural graphite:China:60%:24mo")
    found = [model(replace(base, responses=Responses(substitution=allowed))) for allowed in (True, False)]
    prices = [one.paths(one.inputs.central())["graphite"].price for one in found]
    assert (prices[1] >= prices[0] - EASES).all()
    assert prices[1].sum() > prices[0].sum()


def test_nothing_is_said_to_be_forbidden_that_is_only_unknown() -> None:
    told = {one.name: one.judgement.source for one in model(written("gallium:China:100%:12mo")).inputs}
    assert "none is counted" in told["gallium:allied"]
    base = replace(written("gallium:China:100%:12mo"), responses=FORBIDDEN)
    told = {one.name: one.judgement.source for one in model(base).inputs}
    assert "does not allow" in told["gallium:allied"]
    assert "does not allow" in told["gallium:recycling"]


def test_the_import_bill_is_the_sum_of_its_months() -> None:
    """Tonnes of each month at the price of that month; a short horizon counts only its own months."""
    for months in (6, 24):
        base = written("gallium:China:100%:4mo")
        found = model(replace(base, horizon_months=months))
        values = found.inputs.values(sobol_points(DRAWS, len(found.inputs.uncertain), 0))
        paths = found.paths(values)
        (bill,) = [
            one for one in costs(found.subjects, paths, values, found.inputs) if one.product.startswith(BILL)
        ]
        of, path = found.subjects["gallium"], paths["gallium"]
        assert of.consumption_t
        assert of.reliance
        assert of.price
        before = of.consumption_t * sum(of.reliance) / 2 * of.price / 12
        first = slice(0, 12)
        expected = before * (path.supply[:, first] * path.price[:, first] - 1.0).sum(1)
        assert bill.amount == pytest.approx(expected)
        assert bill.name.endswith("first 6 months" if months == 6 else "first year")
        assert bill.tag == "U"


def test_drivers_are_of_the_shortage_where_no_loss_is_counted() -> None:
    found = stress(cut="gallium:China:100%:12mo", importer="Japan", draws=DRAWS)
    rows = found.details["drivers"].rows
    assert rows
    assert all(row["total_order"] is not None and np.isfinite(row["total_order"]) for row in rows)


@pytest.mark.parametrize("name", [one.id for one in shipped()])
def test_headlines_say_that_they_rest_on_judgement(name: str) -> None:
    """Every headline follows from elasticities, stocks or shares that are judged."""
    found = stress(name, draws=DRAWS)
    assert any(row["tag"] == "U" for row in found.details["inputs"])
    for one in found.headlines:
        assert "judgement" in one.detail, one.label


def test_refining_is_not_mining() -> None:
    """China mines a thousandth of the cobalt and refines much of it: the share is judged, and a finding."""
    found = stress("refining-only", draws=DRAWS)
    (cobalt,) = [row for row in found.table if row["material"] == "cobalt"]
    assert cobalt["cut_share_high"] > 0.2
    (judged,) = [row for row in found.details["inputs"] if row["input"] == "cobalt:cut:production"]
    assert judged["tag"] == "U"
    assert judged["low"] < 0.01
    assert "cobalt" in {one.subject for one in found.findings}
    mined = stress("cobalt-leading-miner", draws=DRAWS)
    tags = {row["input"]: row["tag"] for row in mined.details["inputs"]}
    assert {tag for name, tag in tags.items() if name.endswith(":production")} == {"V1"}


def test_a_group_has_no_import_bill() -> None:
    """The price of rare earths is that of one oxide of them, most tonnes are of cheaper ones."""
    found = stress("refining-only", draws=DRAWS)
    bills = {row["product"] for row in found.details["costs"] if row["product"].startswith(BILL)}
    assert f"{BILL}:rare_earths" not in bills
    assert f"{BILL}:cobalt" in bills


def test_a_floor_needs_a_price() -> None:
    base = written("magnets:China:100%:12mo")
    cut = replace(base.cuts[0], kind="floor", depth=sure(0.0), floor=sure(110.0, "USD/kg"))
    with pytest.raises(DataMissingError, match="of the cut"):
        stress(replace(base, cuts=(cut,)), draws=DRAWS)
