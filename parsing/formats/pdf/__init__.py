"""PDF, read through pdfium.

reader         the whole file, page by page
text_layer     can a page's text be believed?
page           what stands on a page, put together of
characters       its characters as runs
drawing          its ruling lines and pictures
watermarks       words and seals over the page that are none of its print
fields           the values of filled form fields
expansion      forms that call each other without end, taken out
content        what a page holds
engine         pdfium's functions, cheap to call
missing_fonts  a font for text whose own is not in the file (``box_font/``)
"""
