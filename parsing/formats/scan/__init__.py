"""Scanned pages, read by OCR where the optional extra ``ocr`` is installed.

reader       the way in: nothing of the extra is imported before a page is read
pictures     picture files and albums of them as documents
extra        is the extra installed?
page         a picture to grids and lines, by
picture        the page rendered, its ink told from its paper,
upright        set upright,
ruling         its ruling lines,
patches        the lines of its cells, and
recognition    the networks that find and read lines
"""
