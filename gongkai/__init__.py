"""gongkai 公开: budgets of Chinese government departments, harvested, kept as published, parsed, proved, open to SQL.

The rooms are the top-level folders of the repository, imported as ``gongkai.<room>``; imports point down this table.

===============  ===================================================================================================
room             what it knows
===============  ===================================================================================================
front door       this folder: the command line, which imports every room and is imported by none
``viewer``       archive and lake as web pages, served on this machine or written to files
``queries``      from lake to answers: DuckDB views, named queries, the evidence of a number
``parsing``      from bytes to rows: formats, tables, statement forms, the narrative, accounting identities
``crawler``      from portal to bytes: the only room that speaks HTTP
``portals``      facts about portals, one small YAML file each; no code
``lake``         the tables, one of the two storages in which stages meet: schema, manifest, publication
``archive``      originals and their captures, the other storage: the store, fixity
``vocabulary``   what words mean: dated lists of divisions, departments, classifications, forms, headings
===============  ===================================================================================================

Modules of the front door:

=================== ===================================================================================================
module              what it does
=================== ===================================================================================================
``__main__``        starts a command; turns every error into one sentence and an exit code
``application``     the command group, and the options before the command
``session``         what a command is run with: the archive root, messages to the person
``exits``           exit codes, and which error ends with which
``opened_lake``     the public Python API, what ``open`` below returns; ``relation`` its answers
``number_evidence`` the picture of a number's place, and what is known of it
``row_output``      rows to standard output or a file, in the format asked for
``chinese_help``    help in Chinese, looked up as it is written
``pager``           long answers through the person's pager, on a terminal
``enclosed``        documents that were published inside another file, found and handed out
``progress``        progress bars on a terminal, plain lines elsewhere
``commands/``       one module for each command, imported when it is run
``mcp/``            the lake for a language model, over the Model Context Protocol
``demo/``           a small portal on this machine with five disclosures
=================== ===================================================================================================

Results go to standard output, everything else to standard error.  Importing this package loads nothing else.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.opened_lake import OpenLake

__all__ = ["open"]


def open(root: str = "gongkai-data") -> OpenLake:  # noqa: A001 - gongkai.open, as other libraries name it
    """Open an archive for analysis: a directory or ``s3://bucket/prefix``; see ``gongkai.opened_lake``.

    Raises CommandError where there is no archive yet, LakeUnusableError where its lake is damaged, StoreError.
    """
    opened: OpenLake = importlib.import_module("gongkai.opened_lake").OpenLake(root)
    return opened
