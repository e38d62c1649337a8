"""What products cost more when materials do, and what happens to the import bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from monazite.codes.intensities import intensities, priced_product, priced_products
from monazite.codes.materials import members
from monazite.errors import UnknownCodeError
from monazite.methods.pass_through import cost_change, import_bill
from monazite.schema.material_map import TAGS
from monazite.studies.stress.inputs import MARKET, at_level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.codes.intensities import Intensity, PricedProduct
    from monazite.studies.stress.inputs import Inputs
    from monazite.studies.stress.subjects import Subject
    from monazite.studies.stress.supply import Path

    Array = NDArray[np.float64]

LEVEL, PASSED = "products:intensity", "products:passed_on"
KILOGRAMS, YEAR = 1000.0, 12
BILL = "import_bill"


class Cost(NamedTuple):
    """What one product costs more for every draw, in USD per unit."""

    product: str
    name: str
    materials: tuple[str, ...]
    unit: str
    amount: Array
    tag: str


def tell(inputs: Inputs, subjects: Mapping[str, Subject]) -> None:
    """Tell the inputs of products that hold any of the subjects with a price."""
    held = list(_held(subjects))
    if held:
        inputs.level(LEVEL, "products: level of how much material they hold")
        inputs.level(PASSED, "products: level of the share of a rise that is passed on")
    for product, parts in held:
        inputs.tell(f"{product.id}:passed", f"{product.name}: share of a rise passed on", product.theta)
        for one in parts:
            inputs.tell(f"{product.id}:{one.material}", f"{one.material} in {product.name}", one.amount)


def costs(
    subjects: Mapping[str, Subject], paths: Mapping[str, Path], values: Mapping[str, Array], inputs: Inputs
) -> Iterator[Cost]:
    """Every product's rise of cost at the highest price, then the import bill of each material."""
    for product, parts in _held(subjects):
        amounts = at_level(values[LEVEL], [one.amount for one in parts])
        rises = np.stack(
            [_rise(subjects[_key(one, subjects)], paths[_key(one, subjects)]) for one in parts], axis=1
        )
        theta = at_level(values[PASSED], [product.theta])
        amount = cost_change(amounts, rises, np.array([one.fraction for one in parts]), theta)
        tags = [product.theta.tag, *(one.amount.tag for one in parts)]
        tags += [tag for one in parts for tag in inputs.tags(_key(one, subjects), MARKET)]
        names = tuple(subjects[_key(one, subjects)].name for one in parts)
        yield Cost(product.id, product.name, names, f"USD/{product.per}", amount, max(tags, key=TAGS.index))
    yield from _bills(subjects, paths, inputs)


def _bills(subjects: Mapping[str, Subject], paths: Mapping[str, Path], inputs: Inputs) -> Iterator[Cost]:
    """Change of the import bill in the first twelve months: each month's tonnes at that month's price."""
    for key, one in subjects.items():
        if not (one.price and one.consumption_t and one.reliance) or _is_group(one):
            continue
        path = paths[key]
        months = min(path.supply.shape[1], YEAR)
        imported = one.consumption_t * sum(one.reliance) / 2 / YEAR
        found = import_bill(
            imported, one.price, imported * path.supply[:, :months], one.price * path.price[:, :months]
        )
        name = f"imports of {one.name}, first {'year' if months == YEAR else f'{months} months'}"
        tag = max(["C", *inputs.tags(key, MARKET)], key=TAGS.index)
        yield Cost(f"{BILL}:{key}", name, (one.name,), "USD", found.total.sum(1), tag)


def _is_group(one: Subject) -> bool:
    """Whether it is several materials: the price is that of one of them."""
    try:
        return bool(members(one.material))
    except UnknownCodeError:
        return False


def _held(subjects: Mapping[str, Subject]) -> Iterator[tuple[PricedProduct, Sequence[Intensity]]]:
    """Products and what of the subjects with a price they hold."""
    for product in priced_products():
        try:
            parts = intensities(product.id)
        except UnknownCodeError:
            continue
        found = [one for one in parts if (key := _key(one, subjects)) and subjects[key].price]
        if found:
            yield priced_product(product.id), found


def _key(one: Intensity, subjects: Mapping[str, Subject]) -> str:
    """The subject that a product's material is, if it is cut."""
    return one.material if one.material in subjects else ""


def _rise(subject: Subject, path: Path) -> Array:
    """Rise of price at its highest, in USD per kg of what is priced; an endless price is none."""
    highest = path.price.max(1)
    return np.where(np.isfinite(highest), highest - 1.0, 0.0) * (subject.price or 0.0) / KILOGRAMS
