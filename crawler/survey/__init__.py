"""A first look at a portal that no file describes yet, and its recorded pages.

================= ============================================================
``first_look``    a handful of pages, fetched with all the manners of a crawl
``recognition``   the system behind a page, and what the page says of its site
``systems``       the marks of each system
``recorded_page`` a page with the address it came from
``proposal``      from pages to what a portal's file could say
``proposed_file`` the text of that file
``recording``     pages beside what their family reads in them
``golden``        one invented page of each kind, beside what is read in it
================= ============================================================
"""
