"""Code lists of Chinese public budgets, as dated CSV files with one loader.  Imports nothing of ours.

========================================  ==========================================================================
list                                      what a row is; module
========================================  ==========================================================================
``divisions.csv``                         a division of GB/T 2260 under one name, 2007 to today; ``divisions``
``division_aliases.csv``                  another printed name, or a functional zone, and its division; ``divisions``
``departments.csv``                       a controlled department name; ``departments``
``department_aliases.csv``                printed names of a department, as a stem with endings; ``departments``
``functional.csv``                        a functional code (类 款 项) under one name; ``classification``
``economic.csv``                          a department economic code (301-399) under one name; ``classification``
``government_economic.csv``               a government economic code (501-599) under one name; ``classification``
``classification_variants.csv``           another printed name of a code; ``classification``
``forms.csv``                             a statement form and the titles it is printed under; ``forms``
``numbering.csv``                         a word of the numbers before names; ``word_lists``
``captions.csv``                          a caption, note or title's end; ``word_lists``
``headings.csv``                          a column heading and what it says about its amounts; ``headings``
``stated_items.csv``                      an item that narratives name amounts for; ``stated_items``
``table_words.csv``                       a word that tells a table where nothing is ruled; ``word_lists``
========================================  ==========================================================================

``dimensions`` says the closed vocabularies of the lake's columns: every fund, spending kind, period, status, outcome.

Dating: ``valid_from`` and ``valid_to`` are years, inclusive; blank is open, or not known for certain.  Rows of one
code never overlap in time.  In ``divisions.csv`` a year stands for the list at its 31 December, in the
classifications for the budget year.  Each module's docstring names its sources.

Every list is read by ``loading.load``, which refuses a file that is not as expected, with file and line.  The lists
are immutable at run time and loaded at first use.
"""
