"""Captures chosen by portal, run, document, place and time: what an export hands over, and what a lock binds."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from gongkai.archive import keys
from gongkai.archive.archive import Archive, OriginalMissingError
from gongkai.archive.capture import Capture

_REMEMBERED = 1 << 16
"""Originals not named twice; forgetting one costs a second question to the store."""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place as the archive knows it: portals that publish for it, addresses of documents that are its, and how the
    codes of its divisions (GB/T 2260) begin."""

    portals: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    divisions: tuple[str, ...] = ()

    def takes(self, capture: Capture) -> bool:
        """True for a capture of the place."""
        told = capture.told_division or ""
        return capture.portal in self.portals or capture.url in self.urls or told.startswith(self.divisions or ("-",))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The captures on which all that is given agrees; what is empty or None asks for nothing.

    ``urls`` are the addresses of the documents asked for, with every version there; ``until`` itself is no longer in
    it.  ``words`` tell what was asked for beside portals and times, as a package records it.
    """

    portals: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()
    urls: frozenset[str] | None = None
    place: Place | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    words: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """True where nothing is left out."""
        return self == Selection()

    def takes(self, capture: Capture) -> bool:
        """True for a capture that is asked for."""
        return (
            (not self.portals or capture.portal in self.portals)
            and (not self.runs or capture.run_id in self.runs)
            and (self.since is None or capture.requested_at >= self.since)
            and (self.until is None or capture.requested_at < self.until)
            and (self.urls is None or capture.url in self.urls)
            and (self.place is None or self.place.takes(capture))
        )

    @property
    def told(self) -> str:
        """One line that tells two selections apart.  ``until`` is not in it: a package grows at that end."""
        portals = [f"portal {portal}" for portal in sorted(self.portals)]
        runs = [f"run {run}" for run in sorted(self.runs)]
        since = [f"since {self.since.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"] if self.since else []
        return "; ".join([*portals, *runs, *sorted(self.words), *since]) or "everything"


def selected(archive: Archive, selection: Selection) -> Iterator[tuple[str, list[Capture]]]:
    """Key of each capture file and the captures asked for, where it has any.  Raises CapturesUnreadableError."""
    portals: list[str | None] = [*sorted(selection.portals)] or [None]
    for portal in portals:
        for key, captures in archive.capture_files(portal):
            if taken := [capture for capture in captures if selection.takes(capture)]:
                yield key, taken


def selected_keys(archive: Archive, selection: Selection) -> Iterator[str]:
    """Keys of the capture files, and of the originals that the captures asked for name; where everything is asked for,
    of every original.  Raises CapturesUnreadableError."""
    if selection.is_all:
        yield from (keys.original_key(sha256) for sha256, _ in archive.originals())
        infos = archive.store.list(keys.CAPTURES)
        yield from (info.key for info in infos if keys.capture_file_number(info.key) is not None)
        return
    named: set[str] = set()
    for key, captures in selected(archive, selection):
        yield key
        for sha256 in dict.fromkeys(capture.payload_sha256 for capture in captures):
            if sha256 and sha256 not in named:
                yield keys.original_key(sha256)
                named.add(sha256)
        if len(named) > _REMEMBERED:
            named.clear()


def addresses_of(archive: Archive, documents: Collection[str]) -> frozenset[str]:
    """The addresses at which documents stood, each named by an address or by at least eight digits of its SHA-256.

    Raises OriginalMissingError for one the archive does not know, AmbiguousHashError.
    """
    addresses: set[str] = set()
    for document in documents:
        found = {capture.url for capture in archive.find(document)}
        if not found:
            raise OriginalMissingError(f"{document!r} is no document of {archive.store.url!r}: see gongkai get")
        addresses |= found
    return frozenset(addresses)


def addresses_with(archive: Archive, originals: Collection[str]) -> frozenset[str]:
    """The addresses at which one of these originals, given by SHA-256, stood."""
    held = frozenset(originals)
    return frozenset(capture.url for capture in archive.captures() if capture.payload_sha256 in held) if held else held
