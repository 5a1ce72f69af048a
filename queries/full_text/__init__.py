"""Full text: where words stand in titles, narrative, projects, indicators and cells, from an index beside the lake.

The index is derived: lost, it is made again from the lake.  Its folder is ``search/`` of an archive in a directory, or
``search-<digits of the root's address>/`` in the user's cache folder or in the one ``GONGKAI_SEARCH_INDEX`` names:

==========================  ==========================================================================================
file                        what it holds
==========================  ==========================================================================================
``current.json``            the segments by province, and the lake they show; sealed, replaced last
``<sha256>.sqlite``         a segment under the hash of its own bytes, never changed; those not named are removed
``building-….sqlite``       a segment being made; it is removed by whoever builds next
``asked.json``              the provinces that somebody waits for while another process builds, which makes them next
==========================  ==========================================================================================

================  ====================================================================================================
module            what it knows
================  ====================================================================================================
``compared``      how texts are compared: NFKC, without white space, and for a word outside quotes without punctuation
``passages``      the texts of one partition of the lake, document by document, from files checked by their hash
``tables``        the tables of a segment, and the numbers that put its hits in order
``statement``     what ``current.json`` says: shards, which are provinces, and their segments
``segment``       writing a segment, and reading back the partitions it holds
``making``        making the segments that are ordered, several at once in processes of their own
``maker``         such a process
``building``      bringing an index in line with a manifest, province by province
``folder``        the folder of an index: its segments, whether they are as they were written, who may write
``finding``       what a question finds in the segments
``index``         the index of one lake: where it lies, what it shows of the lake as it is now, bringing it there
``search``        for command, Python and others: a question in, hits out; for pages of the index as it stands
================  ====================================================================================================
"""
