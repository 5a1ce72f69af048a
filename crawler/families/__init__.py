"""Families: how portals give up their documents, one pure module each."""
