"""Drawings as SVG: each has a title and a description, each part of it a name and the way to its numbers.

Colours are classes, so that light, dark and paper have their own.  Beside every drawing stands a table that says the
same: what does not fit into the drawing is left out there without a loss.
"""
