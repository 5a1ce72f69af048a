"""The group `browser` of a portal's file, whose pages must be rendered, see `crawler.wire.rendering`."""

from __future__ import annotations

import dataclasses

from gongkai.crawler.facts import Facts


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """The facts that a portal's file states under `browser`.

    `why` is the reason why the portal cannot be read without one, in a sentence.  `wait_for` is a CSS selector of what
    the scripts of a listing page add last; None waits only until no request is under way.  `hosts` may be asked for
    scripts and data besides the page's own.  `articles` is true where articles need the browser too, and not only
    listing pages.
    """

    why: str
    wait_for: str | None = None
    hosts: tuple[str, ...] = ()
    articles: bool = False


def read_browser(facts: Facts) -> Browser | None:
    """The group `browser` of a portal's file, None for a file without it.  Raises PortalFileError."""
    if "browser" not in facts.values:
        return None
    group = facts.group("browser")
    browser = Browser(
        why=group.needed_text("why"),
        wait_for=group.text("wait_for"),
        hosts=tuple(host.lower() for host in group.texts("hosts") or ()),
        articles=group.flag("articles"),
    )
    group.finish(field.name for field in dataclasses.fields(Browser))
    return browser
