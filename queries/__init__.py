"""From lake to answers.

| module | what |
|---|---|
| ``lake`` | a sealed, in-memory DuckDB over the Parquet files the manifest names |
| ``sql_guard`` | which SQL is let through, and running it |
| ``named_queries`` | the queries kept in ``named/*.sql``: title, description, parameters |
| ``output`` | answers as a table, CSV, JSON or Parquet |
| ``settings`` | memory and threads |
| ``duckdb_messages`` | DuckDB's errors as one sentence with a position |
| ``errors`` | everything this package raises |
| ``views/*.sql`` | views and macros over the lake's tables, created in the order of their names |
| ``named/*.sql`` | one named query each |

Nothing here writes to the archive.
"""
