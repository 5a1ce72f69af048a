"""One long-running process that keeps an archive and its lake up to date: ``gongkai run``.

It starts the commands a person would start (``crawl --due``, ``parse``, ``search --index-only``, ``verify``) as
processes of their own and keeps nothing: what is left to do is told by the archive, so that it can be killed anywhere
and started again.

==============  ======================================================================================================
module          what it knows
==============  ======================================================================================================
``jobs``        a command that is started again and again: when it may be, how its last process ended
``arrivals``    looking at the store: were captures recorded since the last look, does it answer at all
``supervisor``  the loop: looks, starts, waits, and stops everything in order
``news``        whoever is to be notified hears of what no child can tell
``state``       what the status page and the metrics show of all that
``page``        both of them as text
``server``      both of them over HTTP, on loopback alone
==============  ======================================================================================================
"""
