"""Word's formats.

docx           DOCX: the package round
word_xml       Word as one XML file, renamed to
wordml         WordprocessingML: elements,
wordml_text      paragraphs as printed,
strikes          what is struck out in them,
list_numbers     the numbers that Word sets before them,
wordml_body      bodies with their tables
doc            DOC and WPS: paragraphs and tables from
doc_text         the characters of its streams,
doc_changes      lists of property changes, which give
doc_properties   what is not read, headings, tables, and
doc_rows         the cells of a row
rtf            RTF: control words
declared_rows  rows that declare their cells' edges, in DOC and RTF, to grids
"""
