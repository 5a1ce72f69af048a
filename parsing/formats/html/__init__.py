"""HTML and web archives.

page      the article of a portal page
mhtml     the pages of a web archive
blocks    an element to lines and grids
grids     rows of cells to a grid
elements  which elements are hidden, inline or headings; their text
"""
