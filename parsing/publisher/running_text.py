"""Sentences about the publisher: whose figures they give, and which authority a body belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from gongkai.parsing.publisher.names import Named, organisation
from gongkai.parsing.text.amounts import unspaced
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.departments import department_of
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_FIGURES = "|".join(
    (any_of("sides.csv", "revenue", "expenditure", "both"), any_of(_FILE, "approved", "executed", "figures"))
)
_SUBJECT = re.compile(
    r"(?:^|[。；;，,、：:）)])([\u4e00-\u9fff（）()]{4,30}?)"
    rf"20\d{{2}}{any_of(_FILE, 'of_year')}{any_of(_FILE, 'department', 'unit')}?(?:{_FIGURES})"
)
_SUPERIOR = re.compile(rf"{any_of(_FILE, 'superior')}[:：](.{{3,40}})")
_SPEAKER = re.compile(any_of(_FILE, "speaker"))
_ATTACHED = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{4,40}}?|{any_of(_FILE, 'speaker')}{any_of(_FILE, 'own_kind')})"
    r"(?:[(（][^()（）]{1,12}[)）])?"
    rf"(?:{any_of(_FILE, 'attached_to')}(?P<at>[\u4e00-\u9fff]{{3,30}})"
    rf"|{any_of(_FILE, 'is')}(?P<of>[\u4e00-\u9fff]{{3,30}}?){any_of(_FILE, 'belongs_to')}{any_of(_FILE, 'of')}?)"
)
"""A sentence that says whose a body is: 某办公室设在某委员会; 某中心是某局所属事业单位."""


def subject_of(lines: Iterable[TextLine]) -> Named | None:
    """Whose figures the sentences give (某某局2025年收入预算…), where they agree."""
    ranked = Counter(
        name for line in lines for match in _SUBJECT.finditer(unspaced(line.text)) if (name := organisation(match[1]))
    ).most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return Named(ranked[0][0])


def superior_department(texts: Sequence[str]) -> str | None:
    """The department of the authority that a unit's disclosure names as its own (主管部门)."""
    named = (found for text in texts if (found := _SUPERIOR.search(unspaced(text))))
    return next((department for found in named if (department := department_of(found[1]))), None)


def attached_department(entity: str, lines: Iterable[TextLine]) -> str | None:
    """The department that the text says the body is part of."""
    for line in lines:
        for found in _ATTACHED.finditer(unspaced(line.text)):
            if _SPEAKER.match(found["body"]) or found["body"].endswith(entity):
                department = department_of(found["at"] or found["of"])
                if department is not None:
                    return department
    return None
