"""The captures that a package takes: by portal, by time, and by the addresses of documents."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Collection, Iterator

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture

_DIGITS = re.compile(r"[0-9a-f]{8,64}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The captures asked for; all of them where nothing is said.

    ``until`` is exclusive.  ``urls`` are the addresses of the documents or places asked for, and ``words`` what was
    asked for, as a package records it.
    """

    portals: frozenset[str] = frozenset()
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    urls: frozenset[str] | None = None
    words: tuple[str, ...] = ()

    def takes(self, capture: Capture) -> bool:
        """True for a capture that is asked for."""
        return (
            (self.urls is None or capture.url in self.urls)
            and (self.since is None or capture.requested_at >= self.since)
            and (self.until is None or capture.requested_at < self.until)
        )

    @property
    def told(self) -> str:
        """One line that tells two selections apart.  ``until`` is not in it: a package grows at that end."""
        portals = [f"portal {portal}" for portal in sorted(self.portals)]
        since = [f"since {self.since.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"] if self.since else []
        return "; ".join([*portals, *sorted(self.words), *since]) or "everything"


def selected(archive: Archive, scope: Scope) -> Iterator[tuple[str, list[Capture]]]:
    """Key of each capture file and the captures asked for, where it has any.  Raises CapturesUnreadableError."""
    portals: list[str | None] = [*sorted(scope.portals)] or [None]
    for portal in portals:
        for key, captures in archive.capture_files(portal):
            if taken := [capture for capture in captures if scope.takes(capture)]:
                yield key, taken


def urls_of(archive: Archive, documents: Collection[str], payloads: Collection[str]) -> frozenset[str]:
    """Every address at which one of these stood: originals by SHA-256 or its first digits, and addresses themselves."""
    begun = tuple(name.lower() for name in documents if _DIGITS.fullmatch(name.lower()))
    addresses = frozenset(documents)
    held = frozenset(payloads)

    def is_meant(capture: Capture) -> bool:
        sha256 = capture.payload_sha256 or ""
        return (
            sha256 in held
            or (bool(begun) and sha256.startswith(begun))
            or capture.url in addresses
            or capture.final_url in addresses
        )

    return frozenset(capture.url for capture in archive.captures() if is_meant(capture))
