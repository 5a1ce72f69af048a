"""Full text: where words stand in titles, narrative, projects, indicators and cells, from an index beside the lake.

The index is derived: lost, it is made again from the lake.  Its folder is ``search/`` of an archive in a directory, or
``search-<digits of the root's address>/`` in the user's cache folder or in the one ``GONGKAI_SEARCH_INDEX`` names:

==========================  ==========================================================================================
file                        what it holds
==========================  ==========================================================================================
``current.json``            which index is the one, its length, and the lake it shows; sealed, replaced last
``<sha256>.sqlite``         an index under the hash of its own bytes, never changed; those not named are removed
``building-….sqlite``       an index being made; it is removed by whoever builds next
==========================  ==========================================================================================

================  ====================================================================================================
module            what it knows
================  ====================================================================================================
``compared``      how texts are compared: NFKC, without white space, and for a word outside quotes without punctuation
``passages``      the texts of one partition of the lake, document by document, from files checked by their hash
``tables``        the tables of an index, and the numbers that put its hits in order
``building``      bringing an index in line with a manifest
``folder``        the folder of an index: which one is current, whether it is as it was written, who may write
``finding``       what a question finds in an index
``index``         the index of one lake: where it lies, whether it shows the lake as it is now, bringing it there
``search``        the one function for command, Python and others: a question in, hits out
================  ====================================================================================================
"""
