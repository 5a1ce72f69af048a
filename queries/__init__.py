"""From lake to answers.  Nothing here writes to the archive.

====================  ==============================================================================================
module                what it does
====================  ==============================================================================================
``lake``              opens a sealed, in-memory DuckDB, over the files that each statement is about
``connection``        reads, for each statement, the files it is about, once they are found intact
``scans``             asks DuckDB's planner which relations and partitions a statement reads
``reach``             tells the partitions that a named query can have rows of, from its parameters
``sql_guard``         lets reading SQL through and runs it
``relations``         creates every table, view and macro over given files; ``views/*.sql`` are part of them
``comments``          says what every table, view, macro and column holds: ``views/comments.csv``
``exports``           writes the lake for other tools: a DuckDB file, or SQL
``ducklake``          registers the lake's files in a DuckLake, a snapshot for each publication
``release_diff``      compares two releases: documents, rows and amounts
``named_queries``     reads the queries kept in ``named/*.sql``: title, description, parameters
``views/*.sql``       views and macros over the lake's tables, created in the order of their names
``named/*.sql``       one named query each
``output``            writes answers as a table, Markdown, CSV, JSON or Parquet
``reading_table``     lays rows out for reading on a terminal: a table, or records
``spreadsheet``       writes a workbook
``values``            gives values of an answer as text and as JSON
``sql_text``          gives values and types as SQL
``printable``         spells out what would steer a terminal
``evidence``          finds what a number rests on: its cell, checks, claims and original
``evidence_picture``  frames a cell and tints its row and headings, on ``page_picture``'s picture of a page
``quality``           compares two runs, document by document
``coded_tables``      reads the tables that print codes, for proposals to the vocabulary
``settings``          memory and threads, from the environment
``duckdb_messages``   turns DuckDB's errors into one sentence with a position
``errors``            everything this package raises
====================  ==============================================================================================

The parser judges and queries select: a view reads ``is_total``, ``item``, ``basis`` or ``last_digit`` and never guesses
from a label what the parser has already decided.
"""
