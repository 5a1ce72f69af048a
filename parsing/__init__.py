"""From original bytes to rows of the lake: the only room that knows file formats and what a budget table is.

Floors from the ground up; a module imports from floors below its own only (``tests/test_architecture.py``):

==============  ====================================================================================================
room            what it does
==============  ====================================================================================================
``text/``       understands printed text: amounts, normal forms, captions, numbers before names, the grid of a table
``formats/``    reads bytes into a ``Reading``: grids and lines with pages and boxes
``tables/``     joins pieces to logical tables, recognises statement forms, reads line items, projects, inventories
``narrative/``  reads what the running text states of named items
``publisher``   tells whose document it is: entity, place, department, level, year, phase
``proof/``      applies accounting identities, within a form, between forms, between text and tables
``findings``    holds what was made out in one document, on its way to rows
``quality``     counts how far a document was understood, from its rows
``rows``        writes findings as rows, one function for each table of the lake
``document``    goes all the way for one original, as a pure function
``workers``     runs that function in processes, each within a limit of time and memory
``stage``       runs what is captured and not yet parsed, and publishes it
==============  ====================================================================================================

Originals and captures are only read.  What the lake holds and what a failed run leaves is told by ``lake``.
"""
