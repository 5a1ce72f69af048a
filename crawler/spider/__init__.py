"""Spiders, and from an answer to the capture in the archive.

==================== =====================================================================
``asking_spider``    asks for each address once
``portal_spider``    judges answers and goes on, alike for every family
``family_spider``    reads pages by the functions of the portal's family
``gkmlpt``           remembers the files that lists name
``jpaas``            chooses among the units of a page
``jpage``            turns from groups of rows to pages
``trs``              remembers the pager of a column's first page
``albums``           an article's pictures of pages become one document
``column``           whether a listing was read whole
``expected_site``    pages of another site than the file names
``reading``          an answer as it was understood
``observation``      from an exchange to the capture that records it
``archive_pipeline`` originals and captures into the archive, off the event loop
``host_locks``       no two crawls of one archive are at a host at once
``departed``         documents that are gone
``watch``            what Scrapy would only log, and the conclusions of a visit
``given_settings``   settings of one portal and of one run; none harms portals or evidence
``own_run``          spiders that Scrapy's own commands start
``bench``            `scrapy bench`, without our pauses
==================== =====================================================================
"""
