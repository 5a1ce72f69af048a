"""Checks: what a document's own arithmetic and words say about its amounts."""
