"""From portal to bytes: the Scrapy project, and the only package that knows HTTP, listing pages and browsers.

A portal is a file of facts (`crawler.portal`); its family names the spider that knows how such portals give up their
documents (`crawler.spiders`).  `crawler.run.crawl` visits portals and files everything they answer in the archive.
"""
