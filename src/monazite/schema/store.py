"""What the store says of itself: loads, tables, versions, sources, health."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.provenance import REDISTRIBUTION
from monazite.schema.tables import Table

LOADED = Table(
    "loaded",
    "What became of each file of a load: records in = rows stored + rows refused.",
    (
        Column("file", "text", "File name.", key=True),
        Column("source", "text", "Source that read it."),
        Column("as_of", "text", "Edition."),
        Column("snapshot", "text", "First 16 digits of the sha256 of the file."),
        Column(
            "outcome",
            "text",
            "What was done; refused: every record was.",
            codes=("loaded", "already loaded", "refused", "failed"),
            required=True,
        ),
        Column("records", "integer", "Records read.", low=0),
        Column("stored", "integer", "Rows stored, in all tables.", low=0),
        Column("refused", "integer", "Rows refused with a reason; they stand in table reject.", low=0),
        Column("tables", "text", "Rows stored, table by table."),
        Column("findings", "integer", "Findings of the reader.", low=0),
        Column("error", "text", "Why it failed."),
    ),
)
HELD = Table(
    "held",
    "The core tables a store holds.",
    (
        Column("table", "text", "Name.", key=True),
        Column("rows", "integer", "Rows.", low=0, required=True),
        Column("version", "integer", "Latest version.", low=0, required=True),
        Column("files", "integer", "Parquet files.", low=0, required=True),
        Column("bytes", "integer", "Size of those files.", unit="byte", low=0, required=True),
        Column("sources", "text", "Sources its rows were read by."),
        Column("meaning", "text", "What it holds.", required=True),
    ),
)
VERSION = Table(
    "version",
    "The versions of a table: one for each load, and for each time small files are joined.",
    (
        Column("version", "integer", "Number; --table-version reads it.", key=True, low=0),
        Column("time", "text", "When it was committed, UTC.", required=True),
        Column("operation", "text", "What was done.", required=True),
        Column("file", "text", "File that was loaded."),
        Column("as_of", "text", "Its edition."),
        Column("stored", "integer", "Rows of this table stored.", low=0),
        Column("refused", "integer", "Rows of the file refused.", low=0),
        Column("load", "text", "Name of the load: source and snapshot."),
    ),
)
OFFERED = Table(
    "offered",
    "The sources monazite reads.",
    (
        Column("source", "text", "Name.", key=True),
        Column("title", "text", "Title of the data set.", required=True),
        Column("publisher", "text", "Publisher.", required=True),
        Column("tables", "text", "Core tables it fills.", required=True),
        Column("fetch", "text", "How it is got: by fetch, by fetch with a key, or by hand.", required=True),
        Column("licence", "text", "Licence.", required=True),
        Column(
            "redistribution", "text", "Whether rows may be passed on.", codes=REDISTRIBUTION, required=True
        ),
        Column("homepage", "text", "Where it is described.", required=True),
    ),
)
HEALTH = Table(
    "health",
    "What doctor looked at.",
    (
        Column("check", "text", "What was looked at.", key=True),
        Column("outcome", "text", "What it is like.", codes=("ok", "note", "problem"), required=True),
        Column("found", "text", "What was found.", required=True),
        Column("hint", "text", "What to do."),
    ),
)

TABLES = (LOADED, HELD, VERSION, OFFERED, HEALTH)
