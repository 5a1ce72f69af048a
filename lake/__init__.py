"""The lake: its tables, its manifest and the moment of publication."""
