"""Reports: what a run counted, and what a person should look at.

============= ====================================================
``counts``    counts and problems of each portal, exit codes
``html_page`` the run report as a page for people (pure functions)
``filing``    the report of a run into the archive
============= ====================================================
"""
