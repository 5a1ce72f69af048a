"""Whose disclosure a document is, from its captions, titles and sentences and from what the portal said of it.

disclosure       what the capture and a person tell (``Context``, ``Told``) and what the document tells (``Disclosure``)
names            bodies named in captions
years            fiscal years in titles
broken_lines     titles that break across lines
titles           bodies, phases and levels in titles
top_rows         what the first rows of tables say before their headings
unit_rows        the body whose units the rows of tables name
running_text     bodies and their superiors in sentences
said             the texts of a document, by where they stand
identification   all of it, in the order in which it is believed
"""

from gongkai.parsing.publisher.disclosure import Context, Disclosure, Told
from gongkai.parsing.publisher.identification import identify

__all__ = ["Context", "Disclosure", "Told", "identify"]
