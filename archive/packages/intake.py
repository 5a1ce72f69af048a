"""Web archives of anybody taken in: what ``gongkai add`` does with WARC and WACZ files.

A record becomes a capture of the portal ``imported``, with its own time, address and heads.  Request and metadata
records (of gongkai, Heritrix, Browsertrix, wget) join the answer they belong to.  A revisit becomes a capture of the
bytes it refers to, in whichever of the files given these stand.  What a capture is called depends on its record alone,
so that a file taken in twice, or half and then whole, leaves each capture once.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import quote, unquote, urlsplit

from gongkai.archive import keys
from gongkai.archive.archive import Archive
from gongkai.archive.arrival import Arrival
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.packages.facts import facts_of
from gongkai.archive.packages.http_message import Head, body_of, read_head
from gongkai.archive.packages.memory import Memory, by_address, by_digest
from gongkai.archive.packages.warc_reader import LONGEST_HEAD, Record, WarcDamagedError, parsed_digest, records
from gongkai.archive.packages.zip_files import ZipRefusedError, opened_zip, page_titles, warc_names

PORTAL = "imported"
LARGEST_BODY = 1 << 30
"""Bytes of a body; the largest the crawler takes is a fifth of it."""
PROBLEMS_NAMED = 1000
"""Refused records of one file that are named; the others are counted."""
_AT_HAND = 16
"""Records that wait for those that belong to them, which stand close by."""
_CUT = {"length": Outcome.TOO_LARGE, "time": Outcome.TIMEOUT}
_REQUISITES = ("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/", "audio/")
_MORE_REQUISITES = ("video/", "application/font", "application/json", "application/wasm", "application/manifest")


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
            self._join(record, _request_facts(record))
        elif record.kind == "metadata":
            self._join(record, facts_of(_text(record)))
        elif record.kind in {"response", "resource", "conversion", "revisit"}:
            self._answer(record, place)
        elif record.kind == "continuation":
            raise WarcDamagedError("it is a part of a record that goes over several files, which is not read")

    def _join(self, record: Record, facts: dict[str, Any]) -> None:
        """Give the facts of a record to the answer it belongs to, now or once it comes."""
        concurrent = record.fields.get("warc-concurrent-to") or record.fields.get("warc-refers-to") or ""
        address = f"{record.url} {record.fields.get('warc-date', '')}"
        for draft in self._drafts.values():
            if draft.record_id == concurrent or (not concurrent and draft.place.endswith(f"({record.url})")):
                draft.capture = _with(draft.capture, facts)
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
                draft.capture = _with(draft.capture, self._early.pop(name))
        self._drafts[draft.record_id] = draft
        while len(self._drafts) > _AT_HAND:
            self._let_go(next(iter(self._drafts)))

    def _draft(self, record: Record, place: str, capture_id: str, url: str) -> _Draft | None:
        """The capture of a record; None of one that shows nothing."""
        at = _time(record)
        block = record.block
        if block is None:
            raise WarcDamagedError("it has no block")
        is_http = record.kind in {"response", "revisit"} and (block.left > 0 or record.kind == "response")
        head = read_head(block) if is_http else Head(None, None, ())
        truncated = record.fields.get("warc-truncated")
        if head.method or _is_no_end(head.status):
            return None
        if head.status == 206:
            raise WarcDamagedError("it holds a part of a body (206)")
        declared = head.get("content-type") or (record.fields.get("content-type", "") if not is_http else "")
        capture = Capture(
            capture_id=capture_id,
            run_id=self._run_id,
            portal=PORTAL,
            role=_role(declared, url, record.kind),
            url=url,
            outcome=_outcome(head.status, truncated, record),
            requested_at=at,
            received_at=at,
            http_status=head.status,
            response_headers=head.fields,
            remote_address=record.fields.get("warc-ip-address"),
            media_type_declared=declared or None,
            file_name=_file_name(url),
            title=self._titles.get(url),
            **self._told,
        )
        names: list[str] = []
        if record.kind == "revisit":
            names = _referred(record)
            block.drain()
        elif capture.outcome is Outcome.CAPTURED:
            capture = self._with_body(record, head, capture)
            if not capture.payload_bytes:
                return None
        else:
            block.drain()
        if block.is_as_declared is False:
            raise WarcDamagedError("its bytes are not those whose digest it gives")
        return _Draft(record.fields.get("warc-record-id", capture_id), place, capture, names)

    def _with_body(self, record: Record, head: Head, capture: Capture) -> Capture:
        """The capture with its original stored."""
        stated = parsed_digest(record.fields.get("warc-payload-digest"))
        raw_hash = hashlib.new(stated[0], usedforsecurity=False) if stated else None
        own_hash = hashlib.new(stated[0], usedforsecurity=False) if stated else None
        arrival = Arrival()
        try:
            for piece in body_of(cast("Any", record.block), head, raw_hash.update if raw_hash else lambda _: None):
                arrival.write(piece)
                if own_hash:
                    own_hash.update(piece)
                if arrival.size > LARGEST_BODY:
                    cast("Any", record.block).is_broken = True
                    raise WarcDamagedError(f"its body has more than {LARGEST_BODY} bytes")
            block = cast("Any", record.block)
            while rest := block.read():
                if raw_hash:
                    raw_hash.update(rest)
            digests = {each.digest() for each in (raw_hash, own_hash) if each}
            if stated and stated[1] not in digests and block.is_as_declared is None:
                raise WarcDamagedError("its body is not the one whose digest it gives")
            if block.is_as_declared is False:
                raise WarcDamagedError("its bytes are not those whose digest it gives")
            arrived = arrival.finish()
            if not arrived.size:
                return capture
            if _is_html(arrived.head) and capture.role is Role.ATTACHMENT and not capture.media_type_declared:
                capture = dataclasses.replace(capture, role=Role.ARTICLE)
            original = self._archive.keep_original(arrived)
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
        if draft.names:
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


def _identity(record: Record) -> tuple[str, ...]:
    """Identifies a record: by its identifier, and one without it by all that is said of it."""
    fields = record.fields
    name = fields.get("warc-record-id") or repr(sorted(fields.items()))
    return name, record.kind, record.url, fields.get("warc-date", "")


def _time(record: Record) -> dt.datetime:
    text = record.fields.get("warc-date", "")
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise WarcDamagedError(f"its WARC-Date is {text[:40]!r}") from error
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    if not 1990 <= at.year <= 2200:
        raise WarcDamagedError(f"its WARC-Date is {text[:40]!r}")
    return at.astimezone(dt.UTC)


def _outcome(status: int | None, truncated: str | None, record: Record) -> Outcome:
    if record.kind == "revisit":
        is_304 = record.fields.get("warc-profile", "").endswith("server-not-modified")
        return Outcome.NOT_MODIFIED if is_304 else Outcome.UNCHANGED
    if truncated:
        return Outcome.HTTP_ERROR if status and status >= 400 else _CUT.get(truncated, Outcome.TRUNCATED)
    return Outcome.HTTP_ERROR if status and status >= 400 else Outcome.CAPTURED


def _is_no_end(status: int | None) -> bool:
    """True for an answer that leads elsewhere or says nothing: a redirect, 1xx, a 304 that is no revisit."""
    return status is not None and (status < 200 or status in {204, 205, 300, 301, 302, 303, 305, 306, 307, 308})


def _referred(record: Record) -> list[str]:
    fields = record.fields
    second = fields.get("warc-refers-to-date", "")[:19]
    address = by_address(fields.get("warc-refers-to-target-uri", "").strip("<>"), second) if second else None
    names = (fields.get("warc-refers-to"), by_digest(fields.get("warc-payload-digest")), address)
    return [name for name in names if name] or ["?"]


def _role(declared: str, url: str, kind: str) -> Role:
    media_type = declared.partition(";")[0].strip().lower()
    if kind == "resource" and url.startswith("file:"):
        return Role.FILE
    if media_type in {"text/html", "application/xhtml+xml"}:
        return Role.ARTICLE
    if media_type.startswith("image/"):
        return Role.PICTURE
    return Role.REQUISITE if media_type.startswith((*_REQUISITES, *_MORE_REQUISITES)) else Role.ATTACHMENT


def _is_html(head: bytes) -> bool:
    return head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def _file_name(url: str) -> str | None:
    name = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
    return name if "." in name.strip(".") and name.isprintable() else None


def _text(record: Record) -> str:
    """The block of a small record; of a larger one nothing."""
    if record.block is None or record.block.left > LONGEST_HEAD:
        return ""
    data = io.BytesIO()
    while piece := record.block.read():
        data.write(piece)
    return data.getvalue().decode("utf-8", "replace")


def _request_facts(record: Record) -> dict[str, Any]:
    """A request's part in the capture of its answer: its head, the page that linked there, and the body of a POST."""
    if record.block is None:
        return {}
    head = read_head(record.block)
    facts: dict[str, Any] = {"request_headers": head.fields}
    if referer := head.get("referer"):
        facts["parent_url"] = referer
    if head.method == "POST" and record.block.left <= LONGEST_HEAD:
        kind, body = quote(head.get("content-type"), safe=""), quote(_text(record), safe="")
        facts["posted"] = f"__wb_method=POST&__wb_post_type={kind}&__wb_post_data={body}"
    return facts


def _with(capture: Capture, facts: dict[str, Any]) -> Capture:
    """The capture with facts of records that belong to it; what it has itself is kept, but for its role."""
    posted = facts.get("posted")
    values = {name: value for name, value in facts.items() if name not in {"posted", "role"}}
    if posted and "__wb_method=" not in capture.url:
        values["url"] = f"{capture.url}{'&' if '?' in capture.url else '?'}{posted}"
        values["final_url"] = capture.url
    for name in ("title", "parent_url", "file_name"):
        if name in values and getattr(capture, name) and name != "file_name":
            del values[name]
    with contextlib.suppress(ValueError):
        if "role" in facts:
            values["role"] = Role(facts["role"])
    return dataclasses.replace(capture, **values)
