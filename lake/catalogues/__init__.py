"""Catalogues: the lake described for tools and portals of others, each derived from the schema and one manifest.

================  ==================================================================================================
module            what it knows
================  ==================================================================================================
``terms``         who publishes, under which licence, at which address
``holdings``      what one publication holds: files by table, rows, places, years; the publication's identifier
``data_package``  a Data Package of version 2, read by Frictionless
``dcat``          a catalogue record in DCAT 3 as JSON-LD, harvested by data portals
``croissant``     a description in Croissant 1.0, read by mlcroissant
``readme``        the page for people, in English and Chinese
``json_text``     how a catalogue is written
================  ==================================================================================================

A path in a catalogue begins at the folder that holds ``lake/``, so that a catalogue belongs there: beside ``lake/`` in
the archive, or in a release (``lake.release``).  ``Terms.base`` makes addresses of them where the folder is on the web.
"""
