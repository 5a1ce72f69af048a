"""A page as a portal gave it, with the address it came from, as a first look and a recording keep it."""

from __future__ import annotations

import dataclasses

from gongkai.archive import Role
from gongkai.crawler.pages.page import Page
from gongkai.crawler.survey.recognition import site_facts


@dataclasses.dataclass(frozen=True, slots=True)
class RecordedPage:
    """A page as it was received: its address after redirects, its bytes, and what was expected there."""

    url: str
    body: bytes
    role: Role = Role.LISTING
    content_type: str | None = None

    @classmethod
    def received(
        cls, url: str, body: bytes, content_type: str | None = None, *, role: Role = Role.LISTING
    ) -> RecordedPage:
        """A page asked for as `role`, of role article where it says itself that it is one."""
        is_article = site_facts(Page.from_bytes(body, url, content_type)).is_article
        return cls(url, body, Role.ARTICLE if is_article else role, content_type)

    @property
    def page(self) -> Page:
        return Page.from_bytes(self.body, self.url, self.content_type)
