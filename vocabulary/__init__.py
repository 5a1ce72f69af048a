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
``glossary.csv``                          a closed value or a column's name in Chinese; ``glossary``
``headings.csv``                          a column heading and what it says about its amounts; ``headings``
``stated_items.csv``                      an item that narratives name amounts for; ``stated_items``
``units_of_account.csv``                  a unit of account and its yuan; ``units_of_account``
``answers.csv``                           a word that views look for in printed text; ``word_lists``
``amounts.csv``                           a word beside an amount; ``word_lists``
``chinese.csv``                           a text that people are told, and its Chinese; ``languages``
``captions.csv``                          a caption, note or title's end; ``word_lists``
``columns.csv``                           words of the headings of statement forms; ``word_lists``
``empty_forms.csv``                       how contents mark empty forms; ``word_lists``
``expenses.csv``                          a word for 三公 or an expense printed beside it; ``expenses``
``form_headings.csv``                     headings that only one form has; ``word_lists``
``identities.csv``                        a word that identities know rows and columns by; ``word_lists``
``indicator_levels.csv``                  a level-2 indicator under its level-1 one; ``word_lists``
``indicators.csv``                        headings of performance indicators; ``word_lists``
``inventories.csv``                       headings of procurement, assets and units; ``word_lists``
``numbering.csv``                         a word of the numbers before names; ``word_lists``
``organisations.csv``                     an ending of the names of bodies; ``organisations``
``payment_plans.csv``                     a period, or the heading, of a plan of payments; ``word_lists``
``project_cards.csv``                     a label of a project's card; ``word_lists``
``project_catalogues.csv``                headings of projects one below the other; ``word_lists``
``project_forms.csv``                     a heading of names in a form of projects; ``word_lists``
``project_lists.csv``                     headings of projects side by side; ``word_lists``
``promised_forms.csv``                    a word of contents, or a form the template promises; ``word_lists``
``publisher.csv``                         a word that says whose disclosure it is; ``word_lists``
``radicals.csv``                          a CJK radical and the ideograph it looks like; ``parsing.text.font_forms``
``sides.csv``                             a word of revenue or expenditure; ``word_lists``
``table_words.csv``                       a word that tells a table where nothing is ruled; ``word_lists``
``row_kinds.csv``                         a row whose purpose is not disclosed; ``word_lists``
``targets.csv``                           a comparison, or another word of a target; ``word_lists``
``totals.csv``                            a word of a total; ``word_lists``
``wordings.csv``                          a word that puts numbers to items in prose; ``word_lists``
========================================  ==========================================================================

``dimensions`` says the closed vocabularies of the lake's columns: every fund, spending kind, period, status, outcome.

Dating: ``valid_from`` and ``valid_to`` are years, inclusive; blank is open, or not known for certain.  Rows of one
code never overlap in time.  In ``divisions.csv`` a year stands for the list at its 31 December, in the
classifications for the budget year.  Each module's docstring names its sources.

Every list is read by ``loading.load``, which refuses a file that is not as expected, with file and line.  The lists
are immutable at run time and loaded at first use.
"""
