"""How each family's listing pages are read: its parameters, and pure functions from pages to `Listed`."""
