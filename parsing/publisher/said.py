"""The texts that may say whose a document is, by where they stand, and the body that they name."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gongkai.parsing.publisher.broken_lines import with_whole_titles
from gongkai.parsing.publisher.disclosure import Context
from gongkai.parsing.publisher.governments import titled_government
from gongkai.parsing.publisher.names import Named, coded, labelled, lacks_its_place, names_a_place, organisation
from gongkai.parsing.publisher.running_text import attached_department, subject_of, superior_department
from gongkai.parsing.publisher.titles import (
    addressed,
    broken_titles,
    cover_titles,
    introduced,
    is_approval,
    on_cover,
    titled,
)
from gongkai.parsing.publisher.top_rows import label_rows, title_rows
from gongkai.parsing.publisher.unit_rows import unit_of_rows
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.departments import department_of
from gongkai.vocabulary.word_lists import words

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEAD_LINES = 60
"""Lines of running text looked at for the document's own title."""
_COVER_LINES = 8
_LONGEST = 80
"""Characters of a line that may be a title."""
FOR_OTHERS = frozenset(words("publisher.csv", "publishes_for_others"))
"""Departments whose sites print the budgets of all others, and of their government."""


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """Texts that may say whose a document is, by where they stand."""

    captions: Sequence[str]
    titles: Sequence[str]
    head: Sequence[str]
    """Titles set on several lines, then the first short lines; none that only links to another document."""
    cover: Sequence[str]
    """The first lines, and what stands alone in the first rows of tables."""
    hints: Sequence[str]
    """Names that the portal and the file's own markup give it; that of a copied file may be another's."""
    links: Sequence[str]
    """That of ``hints`` which is the text of the link that led here: this file's own, the others are its article's."""
    beside: Sequence[str]
    """Names of the columns above its article and of the article's other files."""
    siblings: Sequence[str]
    """Those of ``beside`` that are the other files'."""
    lines: Sequence[TextLine]
    tables: Sequence[Table]

    @classmethod
    def of(cls, tables: Sequence[Table], lines: Sequence[TextLine], context: Context, markup: str | None) -> Said:
        own = [line for line in lines if not line.is_link]
        short = [text for text in with_whole_titles(own) if len(compact(text)) <= _LONGEST][:_HEAD_LINES]
        top = [text for text in title_rows(tables) if len(text) <= _LONGEST]
        captions = [text for table in tables for text in table.captions]
        titles = [table.title for table in tables if table.title]
        return cls(
            captions=[*captions, *label_rows(tables)],
            titles=titles,
            head=[
                *cover_titles(own),
                *short,
                *broken_titles(own),
                *(text for text in (*captions, *titles) if titled(text)),
                *top,
            ],
            cover=[*short[:_COVER_LINES], *top],
            hints=list(_worded((context.title, context.link_text, markup), context.index_number)),
            links=list(_worded((context.link_text,), context.index_number)),
            beside=list(_worded((*reversed(context.breadcrumb), *context.siblings), context.index_number)),
            siblings=context.siblings,
            lines=lines,
            tables=tables,
        )

    def own_entity(self) -> Named | None:
        """The body that the document itself names: captions first, then titles, sentences and rows of units."""
        return self._completed(
            _most_named(
                (named for named in (self._approved(),) if named),
                (named for text in self.captions if (named := coded(text))),
                (named for text in self.captions if (named := labelled(text))),
                (named for text in self.head[:_HEAD_LINES] if (named := labelled(text))),
                _of_bodies(self.head),
                (named for text in self.head if (named := titled(text))),
                (named for named in (on_cover(self.cover),) if named),
                (named for text in self.head if (named := introduced(text))),
                (named for named in (subject_of(self.lines),) if named),
                (named for named in (unit_of_rows(self.tables),) if named),
            )
        )

    def hinted_entity(self, publisher: str | None) -> Named | None:
        """The body that the link names, the portal's titles or the files beside, in this order.

        Without one the portal's 发布机构, where it publishes nothing for others.
        """
        beside = {named for text in self.beside if (named := titled(text))}
        beside |= {Named(name) for text in self.siblings if (name := organisation(text))}
        named = _most_named(
            (named for text in self.links if (named := titled(text))),
            (Named(name) for text in self.links if (name := organisation(text))),
            _of_bodies(self.hints),
            (named for text in self.hints if (named := titled(text))),
            beside if len(beside) == 1 else (),  # an article with the files of many units tells nothing of one
        )
        name = organisation(publisher) if named is None and publisher else None
        if name is None or department_of(name) in FOR_OTHERS:
            return self._completed(named)
        return Named(name)

    def department(self, named: Named | None) -> str | None:
        """The department of the body's name, of its superior, or of the authority its text puts it in."""
        of_name = department_of(named.entity) if named else None
        known = of_name or superior_department([*self.captions, *self.head])
        return known or (attached_department(named.entity, self.lines) if named else None)

    def _approved(self) -> Named | None:
        """The body whose figures another settles; None in every document that is no approval (批复)."""
        approvals = [text for text in (*self.head, *self.hints) if is_approval(text)]
        named = [named for text in approvals if (named := titled(text))]
        of_others = (each for each in named if department_of(each.entity) not in FOR_OTHERS)  # not who settles them
        return next(of_others, None) or addressed(self.head)

    def _completed(self, named: Named | None) -> Named | None:
        """The name with its place, where a title gives it in full."""
        if named is None or not lacks_its_place(named.entity):
            return named
        full = (other.entity for text in (*self.head, *self.hints) if (other := titled(text)))
        longer = next(
            (name for name in full if name != named.entity and name.endswith(named.entity) and names_a_place(name)),
            None,
        )
        return Named(longer, named.code) if longer else named


def _of_bodies(texts: Sequence[str]) -> Iterator[Named]:
    """The bodies that titles name, but for a government's own that a page prints above them (某县2025年政府预算)."""
    return (named for text in texts if (named := titled(text)) and titled_government(text) is None)


def _most_named(*sources: Iterable[Named]) -> Named | None:
    """The body named most often in the first of the sources that names one."""
    ranked = (Counter(source).most_common(1) for source in sources)
    return next((most[0][0] for most in ranked if most), None)


def _worded(texts: Iterable[str | None], index_number: str | None) -> Iterator[str]:
    """Texts with words in them, without the portal's number of the disclosure."""
    for text in texts:
        if text and _CHINESE.search(text):
            yield text.replace(index_number, "") if index_number else text
