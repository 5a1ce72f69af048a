"""Geometry of pages: rules and characters to cells and lines, whatever drew them.

printed      a page's rules and characters to grids and lines
rules        pieces of rules joined, to
lattice        tables of cells, by
spans          the walls between positions
overflow     text that does not stay in its cell
unruled      rows without rules between them, by their baselines
aligned      tables without any rules, by amounts under each other, in
pieces         lines cut at their gaps, and
words          words that tell headings and captions
typesetting  characters to lines of text
spacers      blank columns that are there for their width
"""
