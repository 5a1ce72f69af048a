"""A first look at a portal nobody has described yet, and its recorded pages."""
