"""Geometry of pages: rules and characters to cells and lines, whatever drew them."""
