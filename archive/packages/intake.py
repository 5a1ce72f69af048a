"""Web archives of anybody taken in: what ``gongkai add`` does with WARC, ARC and WACZ files.

A record becomes a capture of the portal ``imported``, with its own time, address and heads.  Request and metadata
records (of gongkai, Heritrix, Browsertrix, wget) join the answer they belong to.  A revisit becomes a capture of the
bytes it refers to, in whichever of the files given these stand.  A redirect becomes a capture of the address asked for
with what stood where it led.  What a capture is called depends on its record alone,
so that a file taken in twice, or half and then whole, leaves each capture once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from gongkai.archive import keys
from gongkai.archive.archive import Archive
from gongkai.archive.arrival import Arrival
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.packages.answers import (
    file_name_of,
    is_html,
    is_of_nothing,
    is_part,
    is_redirect,
    led_to,
    outcome_of,
    referred,
    role_of,
    says_nothing,
    time_of,
)
from gongkai.archive.packages.facts import facts_of
from gongkai.archive.packages.http_message import BodyCutError, Head, body_of, read_head
from gongkai.archive.packages.joining import answered, may_belong, request_facts, text_of, with_facts
from gongkai.archive.packages.memory import Memory, by_address, by_digest
from gongkai.archive.packages.warc_reader import (
    Block,
    Record,
    WarcDamagedError,
    parsed_digest,
    records,
)
from gongkai.archive.packages.zip_files import ZipRefusedError, opened_zip, page_titles, warc_names

PORTAL = "imported"
LARGEST_BODY = 1 << 30
"""Bytes of a body; the largest the crawler takes is a fifth of it."""
PROBLEMS_NAMED = 1000
"""Refused records of one file that are named; the others are counted."""
_AT_HAND = 16
"""Records that wait for those that belong to them, which stand close by."""


@dataclasses.dataclass(slots=True)
class _Draft:
    """A capture in the making."""

    record_id: str
    place: str
    capture: Capture
    names: list[str]
    """Names the bytes that a revisit refers to."""


@dataclasses.dataclass(slots=True)
class Counts:
    """Counts the records: captures by outcome, known ones, and those of no page, file or part of a page."""

    captured: int = 0
    unchanged: int = 0
    known: int = 0
    left_out: int = 0


class Intake:
    """Takes files in, one after the other; ``finish`` brings what referred to bytes of a later one."""

    def __init__(self, archive: Archive, run_id: str, record: Callable[[Capture], None], told: dict[str, Any]) -> None:
        """``record`` is given each capture once its original is stored; ``told`` is added to each.

        Raises CapturesUnreadableError, StoreError.
        """
        self.counts = Counts()
        self._archive, self._run_id, self._record, self._told = archive, run_id, record, told
        self._memory = Memory(archive, PORTAL)
        self._drafts: dict[str, _Draft] = {}
        self._early: dict[str, dict[str, Any]] = {}
        self._titles: dict[str, str] = {}

    def close(self) -> None:
        """Give up the temporary data."""
        self._memory.close()

    def add(self, path: Path) -> Iterator[str]:
        """Take a file in; a sentence for each record, or for the file, that is refused.  Raises StoreError, OSError."""
        named = 0
        for problem in self._file(path):
            named += 1
            if named <= PROBLEMS_NAMED:
                yield problem
        if named > PROBLEMS_NAMED:
            yield f"{str(path)!r} has {named - PROBLEMS_NAMED} more records that were refused"

    def finish(self) -> Iterator[str]:
        """Take in what was put off; a sentence for each record whose bytes are nowhere.  Raises StoreError."""
        for capture, names, place in self._memory.waiting():
            body = next((found for name in names if (found := self._body(name))), None)
            if body is None:
                yield f"{place} was refused: the record whose bytes it repeats is in no file given"
            else:
                self._settle(dataclasses.replace(capture, payload_sha256=body[0], payload_bytes=body[1]))

    def follow_redirects(self) -> None:
        """Make a capture of each redirect: of the address asked for, with what stood where it led.

        That is looked for among all captures taken in, which must be recorded by now, within a day of the redirect.
        One that leads to what no file holds is left out.  Raises CapturesUnreadableError, StoreError.
        """
        if not self._memory.has_leads:
            return
        for capture in self._archive.captures(PORTAL):
            self._memory.note_answer(capture)
        for redirect, answer in self._memory.followed():
            if answer is None:
                self.counts.left_out += 1
            else:
                self._settle(answered(redirect, answer))

    def _file(self, path: Path) -> Iterator[str]:
        if not path.name.lower().endswith(".wacz"):
            with path.open("rb") as raw:
                yield from self._warc(raw, str(path))
            return
        try:
            with opened_zip(path) as package:
                names = warc_names(package)
                self._titles = page_titles(package)
                for name in names:
                    with package.open(name) as raw:
                        yield from self._warc(cast("BinaryIO", raw), f"{path}:{name}")
                if not names:
                    yield f"{str(path)!r} holds no archive/….warc.gz: it is no web archive package"
        except (ZipRefusedError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            yield f"{str(path)!r} cannot be read as a web archive package: {error}"
        finally:
            self._titles = {}

    def _warc(self, raw: BinaryIO, name: str) -> Iterator[str]:
        is_empty = True
        for record in records(raw):
            is_empty = False
            place = f"the record at byte {record.offset} of {name!r}" + (f" ({record.url})" if record.url else "")
            try:
                if record.problem is not None:
                    raise WarcDamagedError(record.problem)
                self._take(record, place)
            except WarcDamagedError as error:
                yield f"{place} was refused: {error}"
        if is_empty:
            yield f"{name!r} holds no record"
        self._flush()

    def _take(self, record: Record, place: str) -> None:
        if record.kind == "request":
            self._join(record, request_facts(record))
        elif record.kind == "metadata":
            self._join(record, facts_of(text_of(record)))
        elif record.kind == "continuation" or "warc-segment-number" in record.fields:
            raise WarcDamagedError("it is a part of a record that goes over several files, which is not read")
        elif record.kind in {"response", "resource", "conversion", "revisit"}:
            self._answer(record, place)

    def _join(self, record: Record, facts: dict[str, Any]) -> None:
        """Give the facts of a record to the answer it belongs to, now or once it comes."""
        concurrent = record.fields.get("warc-concurrent-to") or record.fields.get("warc-refers-to") or ""
        address = f"{record.url} {record.fields.get('warc-date', '')}"
        for draft in self._drafts.values():
            if draft.record_id == concurrent or (not concurrent and may_belong(draft.capture, record, facts)):
                draft.capture = with_facts(draft.capture, facts)
                return
        for name in (concurrent, record.fields.get("warc-record-id", ""), address):
            if name:
                self._early[name] = {**self._early.get(name, {}), **facts}
        while len(self._early) > 3 * _AT_HAND:
            self._early.pop(next(iter(self._early)))

    def _answer(self, record: Record, place: str) -> None:
        url, scheme = record.url, urlsplit(record.url).scheme.lower()
        if scheme not in {"http", "https"} and not (scheme == "file" and record.kind == "resource"):
            self.counts.left_out += 1
            return
        capture_id = hashlib.sha256("\n".join(_identity(record)).encode("utf-8", "replace")).hexdigest()[:32]
        if self._memory.knows(capture_id):
            self.counts.known += 1
            self._refer(record, None)
            return
        draft = self._draft(record, place, capture_id, url)
        if draft is None:
            self.counts.left_out += 1
            return
        for name in (
            draft.record_id,
            record.fields.get("warc-concurrent-to", ""),
            f"{url} {record.fields['warc-date']}",
        ):
            if name in self._early:
                draft.capture = with_facts(draft.capture, self._early.pop(name))
        self._drafts[draft.record_id] = draft
        while len(self._drafts) > _AT_HAND:
            self._let_go(next(iter(self._drafts)))

    def _draft(self, record: Record, place: str, capture_id: str, url: str) -> _Draft | None:
        """The capture of a record; None of one that shows nothing."""
        at = time_of(record)
        block = record.block
        if block is None:
            raise WarcDamagedError("it has no block")
        is_http = record.kind in {"response", "revisit"} and (block.left > 0 or record.kind == "response")
        head = read_head(block) if is_http else Head(None, None, ())
        target = led_to(url, head) if is_redirect(head.status) else None
        if head.method or says_nothing(head.status, record) or (is_redirect(head.status) and not target):
            return None
        if is_part(head):
            raise WarcDamagedError("it holds a part of a body (206)")
        declared = head.get("content-type") or (record.fields.get("content-type", "") if not is_http else "")
        capture = Capture(
            capture_id=capture_id,
            run_id=self._run_id,
            portal=PORTAL,
            role=role_of(declared, url, record.kind),
            url=url,
            final_url=target,
            outcome=outcome_of(head.status, record),
            requested_at=at,
            received_at=at,
            http_status=head.status,
            response_headers=head.fields,
            remote_address=record.fields.get("warc-ip-address"),
            media_type_declared=declared or None,
            file_name=file_name_of(url),
            title=self._titles.get(url),
            **self._told,
        )
        names = referred(record) if capture.outcome in {Outcome.UNCHANGED, Outcome.NOT_MODIFIED} else []
        if capture.outcome is Outcome.CAPTURED and not target:
            capture = self._with_body(record, head, capture)
            if capture.outcome is Outcome.CAPTURED and not capture.payload_bytes:
                return None
        else:
            block.drain()
        if not _is_sound(record, block):
            raise WarcDamagedError("its bytes are not those whose digest it gives")
        return _Draft(record.fields.get("warc-record-id", capture_id), place, capture, [] if target else names)

    def _with_body(self, record: Record, head: Head, capture: Capture) -> Capture:
        """The capture with its original stored."""
        block = cast("Block", record.block)
        stated = parsed_digest(record.fields.get("warc-payload-digest"))
        raw_hash = hashlib.new(stated[0], usedforsecurity=False) if stated else None
        own_hash = hashlib.new(stated[0], usedforsecurity=False) if stated else None
        arrival = Arrival()
        try:
            for piece in body_of(block, head, raw_hash.update if raw_hash else lambda _: None):
                arrival.write(piece)
                if own_hash:
                    own_hash.update(piece)
                if arrival.size > LARGEST_BODY:
                    block.is_broken = True
                    raise WarcDamagedError(f"its body has more than {LARGEST_BODY} bytes")
            while rest := block.read():
                if raw_hash:
                    raw_hash.update(rest)
            digests = {each.digest() for each in (raw_hash, own_hash) if each}
            if stated and stated[1] not in digests and block.is_as_declared is None:
                raise WarcDamagedError("its body is not the one whose digest it gives")
            if not _is_sound(record, block):
                raise WarcDamagedError("its bytes are not those whose digest it gives")
            if not block.is_followed_rightly:
                raise WarcDamagedError(f"more bytes follow than its Content-Length {record.fields['content-length']}")
            arrived = arrival.finish()
            if not arrived.size:
                return capture
            if is_html(arrived.head) and capture.role is Role.ATTACHMENT and not capture.media_type_declared:
                capture = dataclasses.replace(capture, role=Role.ARTICLE)
            original = self._archive.keep_original(arrived)
        except BodyCutError:
            block.drain()
            return dataclasses.replace(capture, outcome=Outcome.TRUNCATED)
        finally:
            arrival.close()
        self._memory.note_body(f"sha256:{original.sha256}", original.sha256, original.bytes)
        self._refer(record, (original.sha256, original.bytes))
        return dataclasses.replace(capture, payload_sha256=original.sha256, payload_bytes=original.bytes)

    def _refer(self, record: Record, body: tuple[str, int] | None) -> None:
        """Remember by which names later records refer to this one's bytes."""
        body = body or self._memory.body(by_address(record.url, record.fields.get("warc-date", "")[:19]))
        if body is not None:
            for name in (by_digest(record.fields.get("warc-payload-digest")), record.fields.get("warc-record-id")):
                self._memory.note_body(name, *body)
            self._memory.note_body(by_address(record.url, record.fields.get("warc-date", "")[:19]), *body)

    def _body(self, name: str) -> tuple[str, int] | None:
        """The original of that name, also where an earlier run took it in."""
        found = self._memory.body(name)
        sha256 = name.removeprefix("sha256:")
        if found is None and keys.is_sha256(sha256) and (size := self._archive.store.size(keys.original_key(sha256))):
            return sha256, size
        return found

    def _flush(self) -> None:
        while self._drafts:
            self._let_go(next(iter(self._drafts)))
        self._early.clear()

    def _let_go(self, record_id: str) -> None:
        """Record a capture, or put it off where its bytes were not met yet."""
        draft = self._drafts.pop(record_id)
        capture = draft.capture
        if is_redirect(capture.http_status):
            self._memory.lead(capture)
        elif draft.names:
            self._memory.wait(capture, draft.names, draft.place)
        else:
            self._settle(capture)

    def _settle(self, capture: Capture) -> None:
        if self._memory.knows(capture.capture_id):
            self.counts.known += 1
            return
        last = self._memory.last(capture.url)
        if capture.outcome in {Outcome.CAPTURED, Outcome.UNCHANGED}:
            is_same = last is not None and last == capture.payload_sha256
            capture = dataclasses.replace(capture, outcome=Outcome.UNCHANGED if is_same else Outcome.CAPTURED)
        capture = dataclasses.replace(capture, previous_sha256=last)
        self._memory.note(capture)
        if capture.outcome in {Outcome.UNCHANGED, Outcome.NOT_MODIFIED}:
            self.counts.unchanged += 1
        else:
            self.counts.captured += 1
        self._record(capture)


def _is_sound(record: Record, block: Block) -> bool:
    is_of_wget = record.kind == "revisit" and is_of_nothing(record.fields.get("warc-block-digest"))
    return block.is_as_declared is not False or is_of_wget


def _identity(record: Record) -> tuple[str, ...]:
    """Identifies a record: by its identifier, and one without it by all that is said of it."""
    fields = record.fields
    name = fields.get("warc-record-id") or repr(sorted(fields.items()))
    return name, record.kind, record.url, fields.get("warc-date", "")
