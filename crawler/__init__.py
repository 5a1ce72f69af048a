"""From portal to bytes: the Scrapy project, and the only package that knows HTTP, listing pages and browsers.

A portal is a file of facts; its family names the spider that knows how such portals give up their documents.
``crawler.run.crawl`` visits portals and files everything they answer in the archive; ``crawler.report.counts.ExitCode``
says how a run ended.

=================== ====================================================================================================
module              what it does
=================== ====================================================================================================
``portal``          portal files: what each key means, strict reading, finding by id
``schedule``        when a portal is due again: seasons, full sweeps                    (pure functions)
``run``             one crawl: portals side by side, those of one host one after the other; the run report
``report``          counts and problems per portal, exit codes
``report_page``     the run report as a page for people                                 (pure functions)
``visit``           what spider, middlewares and pipeline of one portal share
``spiders``         one module for each family; ``portal_spider`` holds what they do alike
``listing``         what a listing page says; rows of static ones                       (pure functions)
``listings``        one module for each family: its parameters, how its pages are read  (pure functions)
``families``        every family with its parameters and its spider
``facts``           strict reading of facts: portal files, parameters of families
``data``            answers that are JSON, however wrapped                              (pure functions)
``browser``         what a portal's file states where its pages must be rendered
``rendering``       pages rendered by a browser that has no network but this crawler
``columns``         whether a listing was read whole
``data``            answers that are JSON, however it is wrapped                        (pure functions)
``article``         title, date and index number of articles                            (pure functions)
``links``           files wherever a page hides them, and what a link promises          (pure functions)
``page``, ``media`` text, tree and <meta> block of a page; kind of a file from its bytes (pure functions)
``outcome``         how an exchange ended: anti-bot pages, soft 404s, wrong types, errors (pure functions)
``found``           what a portal said about an address; travels with its request
``observation``     from an exchange to the capture that records it
``transfer``        answers as they arrive: hashed, bounded, on disk where they are long
``tls``             which TLS connections are made, and what secured one
``incremental``     what need not be asked for again, and when something is gone
``pipeline``        originals and captures into the archive, off the event loop
``address``         one form for each address, also for requests with a body            (pure functions)
``guard``           nothing outside the public network is reached
``robots``          robots.txt, where only a readable one is a permission
``politeness``      hosts that defend themselves are left alone, those that ask for patience get it
``conditional``     what the archive holds is asked for only if it changed
``cookies``         cookies, kept per portal
``settings``        Scrapy's settings, each departure from a default explained
``quiet``           no log line for what went well
``errors``          everything the package raises
=================== ====================================================================================================

What a run leaves in the archive: originals of everything received whole and as promised; one capture for each listing
page, article and file asked for, whatever came of it, and for each that was not asked for because robots.txt, the
address rules or an anti-bot page forbade it; one more for each document found to be gone; and ``runs/<run>.json`` with
the same for people in ``runs/<run>.html``.  Only the outcomes ``captured``, ``unchanged``
and ``not_modified`` name an original: an error page is never filed as a document.  A body that was sent compressed
without being asked is stored decompressed.

A run that is killed leaves originals without capture at worst; the next run asks for them again, finds them stored,
and records them.  Nothing else is remembered between runs: what to ask conditionally, and where a crawl goes on
through pages that did not change, is read from the archive.
"""
