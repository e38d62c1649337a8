"""Tables of the audit's answer: what was looked at, what was found, and the rows to look at."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

TELLERS = ("audit", "reader")
VERDICTS = ("trade", "quantity", "confirmed", "unclear")

_RULE = Column("rule", "text", "Rule of the finding.", key=True)
_TABLE = Column("table", "text", "Core table that was looked at.", key=True)
_SOURCE = Column("source", "text", "Source the rows were read by.", key=True)
_TELLER = Column(
    "told_by",
    "text",
    "Who found it: the audit of all rows, or the reader of one file.",
    codes=TELLERS,
    key=True,
)

AUDIT = Table(
    "audit",
    "One row for each check and source: how much was looked at, how much was found.",
    (
        _RULE,
        _TABLE,
        _SOURCE,
        _TELLER,
        Column("severity", "text", "How much it matters.", codes=("error", "warning", "note"), required=True),
        Column("found", "integer", "How many were found.", low=0, required=True),
        Column("examined", "integer", "How many were looked at; empty where the check counts none.", low=0),
        Column("unit", "text", "What is counted: rows, codes, flows, periods, ...", required=True),
        Column("value_usd", "number", "Value of the rows found.", unit="USD"),
        Column("first_year", "integer", "First year with a finding.", unit="year"),
        Column("last_year", "integer", "Last year with a finding.", unit="year"),
        Column("editions", "text", "Editions looked at.", required=True),
        Column("told", "text", "What was found, in a sentence.", required=True),
    ),
)

AUDIT_ROW = Table(
    "audit_row",
    "Rows to look at: the worst of each check, in descending order.",
    (
        _RULE,
        _TABLE,
        _SOURCE,
        _TELLER,
        Column("rank", "integer", "Place; 1 is the worst.", key=True, low=1),
        Column("subject", "text", "What it is about, in words.", required=True),
        Column("kind", "text", "Which way it was found, where a check has several."),
        Column("found", "text", "What was found.", required=True),
        Column("expected", "text", "What was expected.", required=True),
        Column("evidence", "text", "What another record of the same says."),
        Column("year", "integer", "Calendar year.", unit="year"),
        Column("period", "text", "Year or month, ISO 8601."),
        Column("as_of", "text", "Edition."),
        Column("reporter", "text", "Country whose statistics recorded it."),
        Column("flow", "text", "Direction as recorded."),
        Column("importer", "text", "Country goods go to."),
        Column("exporter", "text", "Country goods come from."),
        Column("nomenclature", "text", "Nomenclature of the code."),
        Column("code", "text", "Code of the goods."),
        Column("value_usd", "number", "Value.", unit="USD"),
        Column("amount", "number", "Mass or quantity as stored.", unit="<amount_unit>"),
        Column("amount_unit", "text", "Unit of it: t, or the unit of the quantity."),
        Column("expected_amount", "number", "What it should be about.", unit="<amount_unit>"),
        Column("expected_low", "number", "Lower end of what it should be.", unit="<amount_unit>"),
        Column("expected_high", "number", "Upper end of what it should be.", unit="<amount_unit>"),
        Column("factor", "number", "How many times too small or too large it is; at least 1.", unit="1"),
        Column("score", "number", "Modified z-score, where one was computed.", unit="1"),
    ),
)

AUDIT_CHANGE = Table(
    "audit_change",
    "Sharp changes of mass from one period to the next, told apart.",
    (
        _SOURCE,
        Column("verdict", "text", "trade: the value moved along. quantity: it did not, and the unit value is"
               " off. confirmed: it is off, and another record says the same. unclear: neither is shown.",
               codes=VERDICTS, key=True),
        Column("direction", "text", "Whether the mass fell or rose.", codes=("fall", "rise"), key=True),
        Column("changes", "integer", "How many.", low=0, required=True),
        Column("value_usd", "number", "Value of the larger of the two periods, summed.", unit="USD"),
    ),
)  # fmt: skip

TABLES = (AUDIT, AUDIT_ROW, AUDIT_CHANGE)
