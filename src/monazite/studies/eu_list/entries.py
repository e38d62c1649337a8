"""Entries of the European list: which materials count as one, and which the official list has."""

from __future__ import annotations

GROUPS = {
    "HREE": ("dysprosium", "erbium", "europium", "gadolinium", "holmium", "lutetium", "terbium", "thulium",
             "ytterbium", "yttrium"),
    "LREE": ("cerium", "lanthanum", "neodymium", "praseodymium", "samarium"),
    "PGM": ("iridium", "palladium", "platinum", "rhodium", "ruthenium"),
}  # fmt: skip
STRATEGIC = ("copper", "nickel")
OFFICIAL = (
    "Aluminium (bauxite)", "Antimony", "Arsenic", "Baryte", "Beryllium", "Bismuth", "Boron", "Cobalt",
    "Coking coal", "Copper", "Feldspar", "Fluorspar", "Gallium", "Germanium", "HREE", "Hafnium", "Helium",
    "LREE", "Lithium", "Magnesium", "Manganese", "Natural graphite", "Nickel", "Niobium", "PGM",
    "Phosphate rock", "Phosphorus", "Scandium", "Silicon metal", "Strontium", "Tantalum", "Titanium metal",
    "Tungsten", "Vanadium",
)  # fmt: skip
"""Entries of the official list of 2023 (Regulation (EU) 2024/1252, annex II) as the study writes them: 32 by
the thresholds, and the two strategic ones."""
ALIASES = {"bauxite": "aluminium (bauxite)", "aluminium": "aluminium (bauxite)",
           "aluminium/bauxite": "aluminium (bauxite)", "graphite": "natural graphite"}  # fmt: skip
"""Other names by which tables call an entry of the official list."""


def entry_of(material: str) -> str:
    """The entry of a material: the group it is a member of, else itself.

    >>> entry_of("Erbium"), entry_of("HREE (group)"), entry_of("Niobium")
    ('HREE', 'HREE', 'Niobium')
    """
    name = bare(material)
    return next(
        (group for group, members in GROUPS.items() if name in (group.casefold(), *members)), material
    )


def bare(material: str) -> str:
    """A name without case, and without what marks it as a group's."""
    return material.casefold().removesuffix("(group)").strip()
