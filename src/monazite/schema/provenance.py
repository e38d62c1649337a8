"""Where rows come from and what became of those that were refused: snapshots, findings, rejects."""

from __future__ import annotations

from dataclasses import replace

from monazite.schema.columns import Column
from monazite.schema.tables import Table

REDISTRIBUTION = ("free", "attribution", "unclear", "forbidden")
"""Whether rows may be passed on: freely, with the publisher named, not known, not at all."""

SNAPSHOT = Table(
    "snapshot",
    "The publisher's files the figures were read from, byte for byte as published.",
    (
        Column("snapshot", "text", "First 16 digits of the sha256 of the bytes.", key=True),
        Column("source", "text", "Source that read it.", required=True),
        Column("file", "text", "File name as published.", required=True),
        Column("as_of", "text", "Edition.", required=True),
        Column("title", "text", "Title of the publication.", required=True),
        Column("publisher", "text", "Publisher.", required=True),
        Column("doi", "text", "Digital object identifier of the data release; empty if it has none.",
               required=True),
        Column("url", "text", "Address it was fetched from, without key; empty for one loaded from disk."),
        Column("retrieved", "date", "Day it was fetched or loaded; empty for what the package ships."),
        Column("licence", "text", "Licence.", required=True),
        Column("redistribution", "text", "Whether rows may be passed on.", codes=REDISTRIBUTION,
               required=True),
        Column("bytes", "integer", "Size.", unit="byte", low=1, required=True),
        Column("sha256", "text", "Digest of the bytes as published.", required=True),
    ),
)  # fmt: skip

FINDING = Table(
    "finding",
    "What the readers found while reading the publisher's files.",
    (
        Column("as_of", "text", "Edition.", key=True),
        Column("rule", "text", "Rule of the finding.", key=True),
        Column("subject", "text", "What it concerns.", key=True),
        Column("where", "text", "File, line and column.", key=True),
        Column("severity", "text", "How much it matters.", codes=("error", "warning", "note"), required=True),
        Column("found", "text", "What was found.", required=True),
        Column("expected", "text", "What was expected.", required=True),
        Column("rows", "integer", "How many rows it concerns.", low=0, required=True),
        Column("hint", "text", "What to do.", required=True),
    ),
)

REJECT = Table(
    "reject",
    "Rows of the publisher's files that break a hard rule: kept aside, never dropped.",
    (
        Column("snapshot", "text", "First 16 digits of the sha256 of the file.", key=True),
        Column("number", "integer", "Which reject of that file, from 1.", key=True, low=1),
        Column("source", "text", "Source that read it.", required=True),
        Column("target", "text", "Table the row was meant for.", required=True),
        Column("file", "text", "File name as published, with the archive's member or workbook's sheet.",
               required=True),
        Column("line", "integer", "Line or row of that file; empty where it has none.", low=1),
        Column("column", "text", "Column of that file, or of the table; empty if the whole row."),
        Column("rule", "text", "Rule the row breaks.", required=True),
        Column("found", "text", "What was found.", required=True),
        Column("expected", "text", "What was expected.", required=True),
        Column("content", "text", "The row as it was read.", required=True),
    ),
)  # fmt: skip

FINDING_OF_LOAD = replace(
    FINDING,
    columns=(
        *FINDING.columns,
        Column("snapshot", "text", "First 16 digits of the sha256 of the file.", key=True),
    ),
)
"""What the store keeps of the findings of its loads: the same, with the file they were made in."""

TABLES = (SNAPSHOT, FINDING_OF_LOAD, REJECT)
