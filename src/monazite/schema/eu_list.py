"""Answer of the study of the European list: each material with its verdict."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

VERDICTS = ("critical", "strategic", "not critical", "not known")

EU_LIST = Table(
    "eu_list",
    "The European list of critical raw materials, as the thresholds and a table of results give it.",
    (
        Column("entry", "text", "Entry of the list: a material, or the group it is a member of.", key=True),
        Column("verdict", "text", "critical by both thresholds; strategic, listed without them; not critical;"
               " or not known.", codes=VERDICTS, required=True),
        Column("supply_risk", "number", "Supply risk; of a group without a row the highest of its members.",
               unit="1", low=0),
        Column("economic_importance", "number", "Economic importance.", unit="1", low=0),
        Column("members", "text", "Members of a group that are in the table."),
        Column("reason", "text", "Which threshold it meets or misses.", required=True),
        Column("findings", "text", "Rules of the findings about it."),
    ),
)  # fmt: skip

TABLES = (EU_LIST,)
