"""The lake and the archive as web pages, for people who write no SQL; the extra ``viewer``.

A screen is a module of ``screens``: it asks its questions of one publication and hands what it found to a template.
``SCREENS`` in ``screens.registry`` lists them, and that list is all that the server and the static site know of them.

=================  ===================================================================================================
module             what it does
=================  ===================================================================================================
``application``    the web application: addresses to screens, data, pictures, originals
``protection``     what every answer is guarded by: hosts, headers, methods, rate, a password
``kept_pages``     pages written before; one that many ask for at once is written once
``publications``   connections to the newest publication, and to earlier ones that are still asked for
``view``           what a screen is given: its publication, parameters, questions, addresses
``addresses``      the address of every screen, and of what can be taken from it
``screens/``       one module for each kind of page
``pages``          templates, and how values are written in them
``charts/``        drawings as SVG, each beside a table that says the same
``downloads``      the data of a part of a page as a file
``judgements``     what a group thinks of contradictions, kept in a file of its own
``contradictory``  the SQL of contradictions, and of the places of their sides
``drawing``        pages of documents as pictures, made in a process that may be ended
``templates/``     HTML; ``static/``: one style sheet, one script, both optional for reading
=================  ===================================================================================================

Pages are whole without scripts, nothing comes from another host, and nothing here writes to archive or lake.
"""
