"""Pages as values: text, links, rows, dates.  Pure functions."""
