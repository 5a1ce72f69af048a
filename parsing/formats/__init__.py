"""From the bytes of a file to its content as printed; nothing here knows what a budget is.

reading     one ``read`` for all formats, over one reader each:
pdf/        PDF
scan/       scanned pages of PDF, by OCR
word/       DOCX, DOC and WPS, Word as one XML file, RTF
sheets/     XLSX, XLSB, XLS and ET, SpreadsheetML 2003, CSV
html/       HTML, MHTML
ofd/        OFD
text        text and Markdown
layout/     the geometry of pages, for PDF, OFD and scans
envelopes/  the format of a file, archives, packages, compound files
"""
