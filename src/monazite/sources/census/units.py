"""Units of quantity of HTS and Schedule B: the publisher's three letters, and what they stand for.

Units of content (``CKG``, ``CGM``, ``CTN``) weigh an element and not the goods: they are no mass.
"""

from __future__ import annotations

from monazite.schema.trade import MASS_UNITS

NOT_COLLECTED = "X"
NONE = "-"
"""No unit: the row adds up codes that are counted differently."""

UNITS = {
    "KG": "kg",
    "T": "t",
    "GM": "g",
    "CKG": "kg content",
    "CTN": "t content",
    "CGM": "g content",
    "GCT": "g gold content",
    "CYK": "kg clean yield",
    "KTS": "kg total sugars",
    "CAR": "carat",
    "NO": "number",
    "PCS": "piece",
    "PRS": "pair",
    "DOZ": "dozen",
    "DPC": "dozen pieces",
    "DPR": "dozen pairs",
    "HUN": "hundred",
    "THS": "thousand",
    "GRS": "gross (144)",
    "GRL": "gross lines",
    "PK": "pack",
    "DS": "dose",
    "JWL": "jewel",
    "SQ": "square (roofing)",
    "CM2": "cm2",
    "M2": "m2",
    "M3": "m3",
    "KM3": "thousand m3",
    "L": "l",
    "PFL": "proof l",
    "BBL": "barrel",
    "M": "m",
    "LNM": "linear m",
    "THM": "thousand m",
    "FBM": "fibre m",
    "W": "W",
    "MWH": "MWh",
    "GBQ": "GBq",
}
"""Every unit of the concordances of 2022, and ``GCT``; others are kept under the publisher's letters."""


def values() -> str:
    """Publisher's code, our unit and tonnes in one of it, as a VALUES list in SQL.

    >>> values().split(", (")[0]
    "('KG', 'kg', 0.001)"
    """
    rows = (f"('{code}', '{unit}', {MASS_UNITS.get(unit, 'NULL')})" for code, unit in UNITS.items())
    return ", ".join(rows)
