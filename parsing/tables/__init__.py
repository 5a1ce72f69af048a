"""Logical tables and what they state: line items, projects, indicators, inventories."""
