"""Whose disclosure a document is, from its captions, titles and sentences and from what the portal said of it.

disclosure       what the capture tells (``Context``) and what the document tells (``Disclosure``)
names            bodies named in captions
titles           bodies, years, phases and levels in titles
running_text     bodies and their superiors in sentences
identification   all of it, in the order in which it is believed
"""

from gongkai.parsing.publisher.disclosure import Context, Disclosure
from gongkai.parsing.publisher.identification import identify

__all__ = ["Context", "Disclosure", "identify"]
