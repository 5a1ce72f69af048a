"""The page for people that a release begins with, in English and Chinese."""

from __future__ import annotations

import importlib.resources
import string

from gongkai.lake.catalogues.holdings import DESCRIPTION, TITLE, TITLE_ZH, Holdings
from gongkai.lake.catalogues.terms import ATTRIBUTION, Terms

_PLACES = 40
"""More places than a reader takes in; the rest are counted."""


def readme(holdings: Holdings, terms: Terms) -> str:
    """Markdown."""
    template = (importlib.resources.files("gongkai.lake") / "catalogues" / "readme.md").read_text(encoding="utf-8")
    return string.Template(template).substitute(
        title=TITLE,
        title_zh=TITLE_ZH,
        description=DESCRIPTION,
        attribution=ATTRIBUTION,
        date=holdings.published_on.isoformat(),
        publisher=_plain(terms.publisher),
        publication=holdings.publication,
        parser_version=_plain(holdings.manifest.parser_version),
        documents=holdings.documents,
        rows=holdings.rows,
        years=", ".join(map(str, holdings.years)) or "–",
        places=_named(holdings),
        licence=_stated(terms),
        tables="\n".join(
            f"| `{held.table.name}` | {held.table.row} | {held.rows} | {len(held.files)} |" for held in holdings.tables
        ),
    )


def _stated(terms: Terms) -> str:
    if terms.licence is None:
        return "none is stated 未声明"
    return f"[{terms.licence.name or terms.licence.title}]({terms.licence.url})"


def _named(holdings: Holdings) -> str:
    names = [_plain(str(place)) for place in holdings.places]
    more = f" … (+{len(names) - _PLACES})" if len(names) > _PLACES else ""
    return "、".join(names[:_PLACES]) + more if names else "–"


def _plain(text: str) -> str:
    """A text that is no markup: what others wrote cannot steer the page."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>|#" else each for each in text if each.isprintable())
