"""Rows of the answer: bands over the draws of everything the model gives."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from monazite.methods.simulation import ordered_quantiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.methods.simulation import Sensitivity
    from monazite.schema.findings import Finding
    from monazite.studies.stress.costs import Cost
    from monazite.studies.stress.cover import Cover
    from monazite.studies.stress.inputs import Input
    from monazite.studies.stress.losses import Losses
    from monazite.studies.stress.model import Model
    from monazite.studies.stress.spread import Spread
    from monazite.studies.stress.supply import Path

    Array = NDArray[np.float64]

Row = dict[str, Any]
ENDS = ("median", "low", "high")
SHARES = (0.5, 0.05, 0.95)
NOTABLE = 1e5
"""Industries that lose less than so many USD at the 95 % quantile are left out."""
DIGITS = 6
"""Significant digits of a result: quantiles of draws are not known better, and tables stay small."""


def band(name: str, values: Array) -> Row:
    """Median and 5 % and 95 % quantiles of draws; one that never happens is empty."""
    return {
        f"{name}_{end}": told(one) for end, one in zip(ENDS, ordered_quantiles(values, SHARES), strict=True)
    }


def told(value: float | None) -> float | None:
    """A number in so many digits; None where it is not one."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")


def materials(
    model: Model, paths: Mapping[str, Path], lost: Losses | None, found: Iterable[Finding]
) -> list[Row]:
    """One row a material, the deepest shortage first."""
    rules: dict[str, list[str]] = {}
    for one in found:
        rules.setdefault(one.subject, []).append(one.rule)
    rows = [_material(model, key, one, lost, rules.get(key, [])) for key, one in paths.items()]
    return sorted(
        rows,
        key=lambda row: (-(row["shortage_median"] or 0.0), -(row["shortage_high"] or 0.0), row["material"]),
    )


def _material(model: Model, key: str, path: Path, lost: Losses | None, rules: Sequence[str]) -> Row:
    """The row of one material."""
    one = model.subjects[key]
    alone = lost.by_subject.get(key) if lost is not None else None
    return {
        "material": one.material,
        "stage": one.stage,
        "name": one.name,
        "suppliers": ", ".join(
            dict.fromkeys(each for aimed in model.aimed[key] for each in aimed.cut.countries)
        ),
        "consumption_t": one.consumption_t,
        "basis": one.basis or None,
        "year": one.year,
        **band("cut_share", path.cut),
        **band("shortage", path.shortage.max(1)),
        **band("price", path.price.max(1)),
        **band("stock_out_month", path.stock_out),
        **(band("loss", alone) if alone is not None else dict.fromkeys(f"loss_{end}" for end in ENDS)),
        "findings": ", ".join(dict.fromkeys(rules)) or None,
    }


def months(model: Model, paths: Mapping[str, Path]) -> Iterator[Row]:
    """One row a material and month."""
    for key, path in paths.items():
        one = model.subjects[key]
        parts = {
            "supply": path.supply, "stock": path.stock, "shortage": path.shortage, "price": path.price,
            "price_inside": path.inside,
        }  # fmt: skip
        bands = {name: ordered_quantiles(values, SHARES) for name, values in parts.items()}
        for month in range(path.price.shape[1]):
            row: Row = {"material": one.material, "stage": one.stage, "month": month}
            for name, found in bands.items():
                row |= {f"{name}_{end}": told(found[at, month]) for at, end in enumerate(ENDS)}
            yield row


def industries(model: Model, lost: Losses, cases: Mapping[str, Array]) -> list[Row]:
    """One row an industry that is hit, the largest median loss first."""
    accounts = model.economy.accounts
    value, output = ordered_quantiles(lost.value_added, SHARES), ordered_quantiles(lost.output, SHARES)
    first = ordered_quantiles(lost.first, SHARES)
    total = value[0].sum()
    rows = []
    for at in np.lexsort((-value[2], -value[0])).tolist():
        if value[2, at] < NOTABLE:
            continue
        row: Row = {"industry": accounts.industries[at], "name": accounts.names[at]}
        row |= {"value_added": told(accounts.value_added[at]), "jobs": None}
        row |= {f"case_{case}": told(one[at]) for case, one in cases.items()}
        for name, found in (("loss", value), ("output_loss", output), ("first_month", first)):
            row |= {f"{name}_{end}": told(found[place, at]) for place, end in enumerate(ENDS)}
        rows.append(row | {"share": told(value[0, at] / total) if total else None})
    return rows


def whole(scenario: str, lost: Losses, cases: Mapping[str, Array]) -> Row:
    """What all industries lose together."""
    found = {f"case_{case}": told(one.sum()) for case, one in cases.items()}
    return {"scenario": scenario, **band("loss", lost.value_added.sum(1)), **found}


def economy(found: Spread) -> list[Row]:
    """One row a month."""
    direct, spread = (ordered_quantiles(one, SHARES) for one in found)
    rows = []
    for month in range(direct.shape[1]):
        row: Row = {"month": month}
        for name, bands in (("direct", direct), ("spread", spread)):
            row |= {f"{name}_{end}": told(bands[at, month]) for at, end in enumerate(ENDS)}
        rows.append(row)
    return rows


def products(costs: Iterable[Cost]) -> list[Row]:
    """One row a product."""
    return [
        {
            "product": one.product,
            "name": one.name,
            "materials": ", ".join(one.materials),
            "unit": one.unit,
            **band("cost", one.amount),
            "tag": one.tag,
        }
        for one in costs
    ]


def covers(found: Iterable[Cover]) -> list[Row]:
    """One row a material and sector."""
    return [
        {
            "material": one.material,
            "stage": one.stage,
            "sector": one.sector,
            **band("demand", one.demand),
            **band("cover", one.cover),
            **band("unmet_alike", one.alike),
            **band("unmet_priority", one.priority),
            "tag": one.tag,
        }
        for one in found
    ]


def drivers(inputs: Sequence[Input], found: Sensitivity) -> list[Row]:
    """One row an uncertain input, the strongest first."""
    rows = [
        {"input": one.name, "meaning": one.meaning, "first_order": told(first), "total_order": told(total)}
        for one, first, total in zip(inputs, found.first.tolist(), found.total.tolist(), strict=True)
    ]
    return sorted(rows, key=lambda row: (-row["total_order"], row["input"]))


def assumptions(inputs: Iterable[Input]) -> list[Row]:
    """One row an input, drawn or told."""
    return [
        {
            "input": one.name,
            "meaning": one.meaning,
            **{end: told(getattr(one.judgement, end)) for end in ("low", "central", "high")},
            "unit": one.judgement.unit,
            "source": one.judgement.source,
            "tag": one.judgement.tag,
        }
        for one in inputs
    ]
