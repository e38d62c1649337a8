"""Answer of the comparison: a measure of a material on two sides, and which is higher."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.risk import MEASURES
from monazite.schema.tables import Table

VERDICTS = ("higher", "lower", "same", "cannot be told", "not known")

COMPARE = Table(
    "compare",
    "Each measure of each material on two sides: two importers, two years or two editions.",
    (
        Column("material", "text", "Material.", key=True),
        Column("measure", "text", "Measure.", codes=tuple(one.name for one in MEASURES), key=True),
        Column("name", "text", "Name of the material.", required=True),
        Column("first_low", "number", "On the first side, lower end.", unit="1", low=0),
        Column("first_high", "number", "Upper end.", unit="1", low=0),
        Column("second_low", "number", "On the second side, lower end.", unit="1", low=0),
        Column("second_high", "number", "Upper end.", unit="1", low=0),
        Column("verdict", "text", "Whether the second is higher or lower than the first; cannot be told where"
               " the intervals overlap.", codes=VERDICTS, required=True),
        Column("difference_low", "number", "Second less first, least.", unit="1"),
        Column("difference_high", "number", "Most.", unit="1"),
    ),
)  # fmt: skip

COMPARE_MIX = Table(
    "compare_mix",
    "How alike the supplier mixes of two importers or years are, by material.",
    (
        Column("material", "text", "Material.", key=True),
        Column("name", "text", "Its name.", required=True),
        Column("similarity", "number", "Finger-Kreinin similarity of the mixes by value: 1 the same, 0 no"
               " supplier in common.", unit="1", required=True, low=0, high=1),
        Column("first_leader", "text", "Leading supplier on the first side.", required=True),
        Column("second_leader", "text", "On the second side.", required=True),
    ),
)  # fmt: skip

TABLES = (COMPARE, COMPARE_MIX)
