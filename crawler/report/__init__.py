"""Run reports: counts, exit codes, and the page for people."""
