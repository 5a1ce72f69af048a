"""Packages that archives hand to one another, in the formats of their own standards, on a directory or on S3.

``bag`` and ``ocfl_layout`` say what lies where in a BagIt bag and in an OCFL storage root of ours; ``bag_fixity`` and
``ocfl_fixity`` check those of anybody.  A run that was killed leaves ``UNFINISHED``, and running it again finishes; a
later export adds what is new.
"""
