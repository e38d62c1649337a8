"""THE WORDS: columns, units, statuses, tables, findings, declared once; no engine, no files."""
