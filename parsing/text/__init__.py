"""Printed text, whatever format it came in: amounts, captions, numbering, and the grid every reader returns."""
