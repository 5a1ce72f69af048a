"""Pages as values: text, links, rows, dates.  Pure functions.

====================== ================================================================================
``address``            one form for each address, also for requests with a body
``page``               text, tree and <meta> block of a page, and where a page leads that shows nothing
``links``              files wherever a page hides them, and what a link promises
``media_types``        the kind of a file, from its bytes
``lead``               an address with what was said of it where it was given
``leads``              leads made of rows, files and linked columns
``listing``            what a listing page says; the rows of static ones
``structure``          rows by repeated blocks; lists of documents told from menus
``blocks``             elements that link one document each, with title and date
``document_addresses`` addresses of documents told from those of columns
``dates``              dates as listings print them, also in pieces and of month and day only
``declared_counts``    how many pages and rows a pager declares
``article``            title, date and index number of an article; articles that only list others
``pictures``           articles that are pictures of pages, and the album of them
``labels``             values beside labels: 索引号, 发布机构, 发布日期
``json_answers``       answers that are JSON, however wrapped: records, texts, days, counts
====================== ================================================================================
"""
