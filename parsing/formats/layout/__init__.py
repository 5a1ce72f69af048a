"""Geometry of pages: rules and characters to cells and lines, whatever drew them.

printed      a page's rules and characters to grids and lines
rules        pieces of rules joined, to
lattice        tables of cells, by
spans          the walls between positions
overflow     text that does not stay in its cell
unruled      rows without rules between them, by their baselines
between_rules  tables between rules that run across, and
figures      tables without any rules, by lines of figures, as
open_table     a heading and a body, by
columns        the white space between words, and
headings       the texts that head one column or several
aligned      tables without any rules, by amounts under each other, in
pieces         lines cut at their gaps, and
words          words that tell headings and captions
typesetting  characters to lines of text
spacers      blank columns that are there for their width
"""
