"""Reports: what a run counted, and what a person should look at.

============= ====================================================
``counts``    counts and problems of each portal, exit codes
``html_page`` the run report as a page for people (pure functions)
``latest``    the last crawls of every portal, from all run reports
``notify``    what changed and what broke, in a few lines (pure functions)
``metrics``   the state of all portals for Prometheus (pure functions)
============= ====================================================
"""
