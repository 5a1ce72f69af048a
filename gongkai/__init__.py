"""gongkai 公开: budgets of Chinese government departments, harvested, kept as published, parsed, proved, open to SQL.

The rooms are the top-level folders of the repository, imported as ``gongkai.<room>``; imports point down this table.

===============  ===================================================================================================
room             what it knows
===============  ===================================================================================================
front door       this folder: the command line, which imports every room and is imported by none
``queries``      from lake to answers: DuckDB views, named queries, the evidence of a number
``parsing``      from bytes to rows: formats, tables, statement forms, the narrative, accounting identities
``crawler``      from portal to bytes: the only room that speaks HTTP
``portals``      facts about portals, one small YAML file each; no code
``lake``         the tables, one of the two storages in which stages meet: schema, manifest, publication
``archive``      originals and their captures, the other storage: the store, fixity
``vocabulary``   what words mean: dated lists of divisions, departments, classifications, forms, headings
===============  ===================================================================================================

Modules of the front door:

===============  ===================================================================================================
module           what it does
===============  ===================================================================================================
``__main__``     starts a command; turns every error into one sentence and an exit code
``application``  the command group, and the options before the command
``session``      what a command is run with: the archive root, messages to the person
``exits``        exit codes, and which error ends with which
``row_output``   rows to standard output or a file, in the format asked for
``enclosed``     documents that were published inside another file, found and handed out
``progress``     progress bars on a terminal, plain lines elsewhere
``commands/``    one module for each command, imported when it is run
``demo/``        a small portal on this machine with five disclosures
===============  ===================================================================================================

Results go to standard output, everything else to standard error.  Importing this package loads nothing else.
"""
