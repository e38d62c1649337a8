"""The answer of a conversion: what was carried to another edition, what was not, and why."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

OUTCOMES = ("exact", "family", "weights", "bounds", "unmapped", "level", "unknown", "misread")
"""What became of a code, the best first; the first four are carried."""
CARRIED = OUTCOMES[:4]

_COLUMN = Column("column", "text", "Column of amounts, as the file names it.", key=True)
_UNIT = "<column>"
_OUTCOME = Column("outcome", "text", "What became of it. Carried: exact, all to one code; family, to codes"
                  " that count as one; weights, in known parts; bounds, in parts nobody knows. Not carried:"
                  " unmapped, no link; level, a heading or a total; unknown, no code of that edition;"
                  " misread, not written as a code.", codes=OUTCOMES, required=True)  # fmt: skip
_ROWS = Column("rows", "integer", "Rows of the file.", unit="1", low=0, required=True)

CONVERSION = Table(
    "conversion",
    "A conversion, by column of amounts: what was read is what was written and what could not be carried.",
    (
        _COLUMN,
        Column("rows_read", "integer", "Rows of the file.", unit="1", low=0, required=True),
        Column("rows_written", "integer", "Rows of the converted file.", unit="1", low=0, required=True),
        Column("total_read", "number", "Sum of what was read: of the codes carried, of those carried in"
               " bounds, and of those not carried.", unit=_UNIT, required=True),
        Column("total_carried", "number", "Sum of the codes carried exactly or by weights.", unit=_UNIT,
               required=True),
        Column("total_bounds", "number", "Sum of the codes carried in parts nobody knows.", unit=_UNIT,
               required=True),
        Column("total_not_carried", "number", "Sum of the codes not carried.", unit=_UNIT, required=True),
        Column("total_written", "number", "Sum of the amounts written.", unit=_UNIT, required=True),
        Column("low_written", "number", "Sum of the lower bounds of the rows that have bounds only.",
               unit=_UNIT, required=True),
        Column("high_written", "number", "Sum of their upper bounds; of a row that has none, the lower. Each"
               " is a bound of its row: the sum is wider than that of all.", unit=_UNIT, required=True),
        Column("total_lost", "number", "Sum of the known parts of carried codes that go nowhere.", unit=_UNIT,
               required=True),
        Column("low_lost", "number", "Lower bound of the unknown parts that go nowhere.", unit=_UNIT,
               required=True),
        Column("high_lost", "number", "Upper bound of those.", unit=_UNIT, required=True),
        Column("missing_read", "integer", "Rows of the file without an amount.", unit="1", low=0,
               required=True),
        Column("missing_written", "integer", "Rows written of which no amount and no upper bound is known.",
               unit="1", low=0, required=True),
        Column("decimals", "integer", "Decimals to which parts are carried.", unit="1", low=0, required=True),
    ),
    order=("column",),
)  # fmt: skip
CONVERSION_OUTCOME = Table(
    "conversion_outcome",
    "A conversion, by what became of the codes: rows and amounts as they were read.",
    (
        Column("outcome", "text", _OUTCOME.meaning, codes=OUTCOMES, key=True),
        Column("reason", "text", "Why codes were not carried; empty for those that were.", key=True),
        _COLUMN,
        Column("codes", "integer", "Different texts in the code column.", unit="1", low=0, required=True),
        _ROWS,
        Column("total", "number", "Sum of what was read.", unit=_UNIT, required=True),
    ),
    order=("outcome", "reason", "column"),
)  # fmt: skip
CONVERSION_CODE = Table(
    "conversion_code",
    "A conversion, code by code: what stood in the file, what it was read as, where it went.",
    (
        Column("text", "text", "What stands in the code column.", key=True),
        Column("code", "text", "The code it was read as; empty if it was not."),
        Column("problem", "text", "What is wrong with how it is written; empty if nothing."),
        Column("repaired", "boolean", "Whether another code was read than stands there.", required=True),
        _OUTCOME,
        Column("targets", "text", "Codes it went to, each with its share, or the bounds of it, where that is"
               " not all; empty if none."),
        _ROWS,
        Column("reason", "text", "Why it, or a part of it, was not carried; empty if all of it was."),
    ),
    order=("text",),
)  # fmt: skip
CONVERSION_FAMILY = Table(
    "conversion_family",
    "The members of the families that a conversion wrote: codes that links tie together.",
    (
        Column("family", "text", "The family's code: F and the least of its codes in the last edition.",
               key=True),
        Column("nomenclature", "text", "Nomenclature and edition.", key=True),
        Column("code", "text", "Code that belongs to the family.", key=True),
    ),
    order=("family", "nomenclature", "code"),
)  # fmt: skip

CONVERSION_WEIGHT = Table(
    "conversion_weight",
    "Which part of a code goes to which code of the edition beside it, learned from countries that report"
    " both; written to a file it is what convert takes as weights.",
    (
        Column("from", "text", "Nomenclature and edition.", key=True),
        Column("code", "text", "Code in it.", key=True),
        Column("to", "text", "The edition beside it.", key=True),
        Column("target", "text", "Code in that.", key=True),
        Column("weight", "number", "Part of the code's value that goes to the target; empty where no trade"
               " tells.", unit="1", low=0, high=1),
        Column("low", "number", "Lower end of the weight's interval.", unit="1", low=0, high=1,
               required=True),
        Column("high", "number", "Upper end.", unit="1", low=0, high=1, required=True),
        Column("countries", "integer", "Countries whose trade was used.", unit="1", low=0, required=True),
        Column("residual", "number", "Part of their trade in the family that the weights put under a wrong"
               " target; empty if not known.", unit="1", low=0, high=1),
    ),
    order=("from", "to", "code", "target"),
)  # fmt: skip

TABLES = (CONVERSION, CONVERSION_OUTCOME, CONVERSION_CODE, CONVERSION_FAMILY, CONVERSION_WEIGHT)
"""The answer, and the tables behind it."""
