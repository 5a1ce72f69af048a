"""From portal to bytes: the Scrapy project, and the only package that knows HTTP, listing pages and browsers.

A portal is a file of facts; its family says how its pages are read.  ``crawler.run.crawl`` visits portals and files
everything they answer in the archive; ``crawler.report.counts.ExitCode`` says how a run ended.

The rooms stand on floors, and each imports only from floors below its own:

============ ==========================================================================================
``registry`` where every place's budgets are said to stand, and what was seen there
``survey``   a first look at a portal that no file describes yet, and recorded pages
``run``      one crawl: portals side by side, those of one host one after the other; the run's report
``spider``   asks, judges, goes on; from an answer to the capture in the archive
``wire``     everything between a request and its answer: transfers, TLS, manners, outcomes
``visit``    the state of one portal's crawl, which spider, middlewares and pipeline share
``portal``   portals' files, and when a portal is due again
``families`` how portals give up their documents, one pure module for each family
``pages``    pages and addresses as values (pure functions)
``facts``    facts that a person stated, read strictly
``report``   counts, problems and exit codes of a run, and its page for people
``settings`` Scrapy's settings, each departure from a default explained
``errors``   everything the package raises
============ ==========================================================================================

Each room's docstring has a line for each of its modules.

A run leaves in the archive originals of everything received whole and as promised; one capture for each listing page,
article and file asked for, whatever came of it, and for each that was not asked for because robots.txt, the address
rules or an anti-bot page forbade it; one more for each document that is gone; and ``runs/<run>.json``, which
``runs/<run>.html`` shows to people.  Only the outcomes ``captured``, ``unchanged`` and ``not_modified`` name an
original: an error page is never filed as a document.  A body that was sent compressed without being asked is stored
decompressed.

A run that is killed leaves originals without capture at worst; the next run asks for them again, finds them stored, and
records them.  Nothing else is remembered between runs: the archive tells which requests are conditional, and where a
crawl goes on through pages that did not change.
"""
