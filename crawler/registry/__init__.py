"""The registry: for every place of the country, where its government says that budgets stand, and who has seen it.

==================== =================================================================================================
``places``           rows of the registry: read, written, found by place
``importing``        other people's lists into rows; what was verified here is kept
``adoption``         results of a verification, from a machine that reaches the portals, into the registry
``verification``     one polite look at each place's column, and what it showed
``portals``          portals made of rows, so that a place can be crawled before its portal has a file
==================== =================================================================================================

A row is an address that somebody named, and no promise: its state says whether a crawl was seen to find rows there.
"""
