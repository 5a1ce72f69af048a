"""The demonstration: a small government portal on this machine, with five real budgets to crawl and parse.

``site/`` holds the portal's pages and files as served, made by ``tests/documents/make.py`` and committed;
``downloads.json`` the names under which its files are offered for download, by path; ``portal.yaml`` the facts a
crawler needs about it; ``portal.py`` the server.  The budgets' amounts, codes and names are those of published
disclosures, see ``tests/documents/disclosures.py``; the portal itself and its notices are invented.
"""
