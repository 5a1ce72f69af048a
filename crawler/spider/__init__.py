"""Spiders, and from an exchange to the capture in the archive."""
