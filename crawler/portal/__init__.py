"""Portals: what their files state, and when they are due.

================= ===============================================
``file``          a portal's file, read strictly
``shipped``       the files of this project, by id
``schedule``      when a portal is due again (pure functions)
``health``        how portals are, those that need a look first
``browser_facts`` what a file states where pages must be rendered
================= ===============================================
"""
