"""The words of budget tables, given to the readers of formats that have nothing else to tell a table by."""

from __future__ import annotations

from gongkai.parsing.formats.layout.words import TableWords
from gongkai.vocabulary.table_words import table_words

TABLE_WORDS = TableWords(table_words("heading"), table_words("caption"), table_words("total"))
