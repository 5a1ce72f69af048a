"""The screens, one module each: what a page asks of the lake and hands to its template."""
