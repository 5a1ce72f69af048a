"""The wire: everything between a request and its answer.

======================== ===============================================================================
``transfer``             answers as they arrive: hashed, bounded, on disk where they are long
``exchange``             what is known of a request that was sent and of its answer
``content_encoding``     bodies that come encoded although nobody asked
``tls``                  which TLS connections are made, and what secured one
``rendering``            pages rendered by a browser that has no network but this crawler
``outcome``              how an exchange ended (pure functions)
``carried_leads``        the lead that a request carries
``held_documents``       what is known and old is not asked for
``conditional_requests`` what is held is asked for only if it changed
``safe_addresses``       nothing outside the public network is reached
``robots``               robots.txt, where only a readable one is a permission
``politeness``           hosts that defend themselves are left alone, those that ask for patience get it
``cookies``              cookies, kept per portal
``quiet_log``            no log line for what went well
``watching``             hosts as they are now, for whoever looks on
``scrapy_internals``     private names of Scrapy and Twisted
======================== ===============================================================================
"""
