"""Packages that archives hand to one another, in the formats of their own standards, on a directory or on S3.

``bag`` and ``ocfl_layout`` say what lies where in a BagIt bag and in an OCFL storage root of ours; ``bag_fixity`` and
``ocfl_fixity`` check those of anybody.  A run that was killed leaves ``UNFINISHED``, and running it again finishes; a
later export adds what is new.

Web archives are written by ``wacz``, checked by ``wacz_fixity`` and taken in by ``intake``.  A WACZ is a ZIP file; this
is what ours hold, in this order, stored uncompressed:

============================  ======================================================================================
name                          what it holds
============================  ======================================================================================
``archive/data.warc.gz``      WARC 1.1, a gzip member for each record: ``records`` says what a capture becomes
``indexes/index.cdx.gz``      a line (CDXJ) for each record that can be shown, sorted, in blocks of gzip
``indexes/index.idx``         the first line of each block, and where it lies
``pages/pages.jsonl``         the articles; without any, the listings or the files
``pages/extraPages.jsonl``    the listings, where there are articles
``datapackage.json``          every file above with length and SHA-256
``datapackage-digest.json``   the SHA-256 of ``datapackage.json``
============================  ======================================================================================

The comment of the ZIP file is a seal: the SHA-256 of every byte before its digits, so that not even the ZIP's own
structure can be altered unnoticed.  A package split into parts is several such files and a JSON file that names them,
which is written last; until then ``NAME.json.unfinished`` says how far it came, and the next run goes on from there.  A
file that grows long does so in pieces, which ``staged`` describes, and goes on from the last of them.
"""
