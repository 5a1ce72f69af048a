"""OFD, the national fixed-layout format.

reader    the package, its documents and their pages
page      what a page draws
objects   text objects and path data
elements  elements and attributes of its XML
"""
