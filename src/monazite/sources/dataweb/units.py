"""Units of quantity in DataWeb's words, and in ours."""

from __future__ import annotations

from monazite.schema.trade import MASS_UNITS

NONE_COLLECTED = "no units collected"
VALUE_FOR = "value for:"

UNITS = {
    "kilograms": "kg",
    "metric tons": "t",
    "grams": "g",
    "number": "number",
    "component kilograms": "kg content",
    "component grams": "g content",
    "gold content grams": "g gold content",
    "carats": "carat",
    "liters": "l",
    "meters": "m",
    "square meters": "m2",
    "cubic meters": "m3",
    "barrels": "bbl",
    "dozens": "dozen",
    "pairs": "pair",
    "dozen pairs": "dozen pair",
    NONE_COLLECTED: "",
    "": "",
}
"""The weight of one component (``component kilograms``) is no weight of the goods, and has no mass."""


def words(described: str) -> str:
    """The unit a cell of the column ``Quantity Description`` names, in the publisher's words.

    >>> words("Value for: metric tons"), words("Kilograms")
    ('metric tons', 'kilograms')
    """
    text = " ".join(described.casefold().split())
    return text.removeprefix(VALUE_FOR).strip()


def unit(described: str) -> str:
    """Our name of a unit; one that is not listed keeps its own."""
    return UNITS.get(described, described)


def tonnes(quantity: float | None, unit_: str) -> float | None:
    """A quantity in tonnes; nothing where its unit is no mass.

    >>> tonnes(15642, "kg"), tonnes(5, "number")
    (15.642, None)
    """
    if quantity is None or unit_ not in MASS_UNITS:
        return None
    return quantity / (1 / MASS_UNITS[unit_])
