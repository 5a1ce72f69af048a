"""From the bytes of a document to its content: one reader per format behind ``reading.read``."""
