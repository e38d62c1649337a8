"""The engine: shipped tables read through DuckDB, row checks, Parquet files.

The only package that imports duckdb.
"""
