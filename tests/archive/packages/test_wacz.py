"""Captures as web archive packages: what the records say, equal bytes, parts, every store; and the validator."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import hashlib
import io
import itertools
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from gongkai.archive.archive import Archive, OriginalMissingError
from gongkai.archive.fixity import Problem
from gongkai.archive.keys import original_key
from gongkai.archive.lock import LockedError
from gongkai.archive.packages import staged
from gongkai.archive.packages.addresses import asked, sort_key
from gongkai.archive.packages.unfinished import PackageRefusedError
from gongkai.archive.packages.wacz import write_wacz
from gongkai.archive.packages.wacz_fixity import wacz_findings
from gongkai.archive.roots import open_store
from gongkai.archive.selection import Place, Selection
from gongkai.archive.store import Store
from tests.archive.packages.captured import (
    ARTICLE,
    ASKED,
    FILE,
    GONE,
    HOST,
    LARGE,
    LISTING,
    LISTING_HTML,
    LOCAL,
    MOVED,
    PDF,
    POSTED,
    RENDERED,
    START,
    fill,
)
from tests.archive.packages.kept import CutOffError, Mortal
from tests.archive.packages.kept import capture as captured

EVERYTHING = Selection()
QUOTED = FILE.replace("预算", "%E9%A2%84%E7%AE%97")


@dataclasses.dataclass(frozen=True)
class Seen:
    """A record as warcio reads it."""

    kind: str
    url: str
    fields: dict[str, str]
    head: dict[str, str]
    status: str | None
    data: bytes


def seen(package: Path) -> list[Seen]:
    """The records of a package, their digests checked by warcio."""
    with zipfile.ZipFile(package) as files:
        raw = io.BytesIO(files.read("archive/data.warc.gz"))
    found = []
    for record in ArchiveIterator(raw, check_digests="raise"):
        head = record.http_headers
        named = dict(head.headers) if head else {}
        status = head.get_statuscode() if head and record.rec_type != "request" else None
        fields = dict(record.rec_headers.headers)
        url = fields.get("WARC-Target-URI", "")
        found.append(Seen(record.rec_type, url, fields, named, status, record.content_stream().read()))
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(str(tmp_path / "archive"))
    fill(archive)
    return archive


@pytest.fixture
def package(archive: Archive, tmp_path: Path) -> Path:
    write_wacz(archive, EVERYTHING, open_store(str(tmp_path)), "a.wacz")
    return tmp_path / "a.wacz"


def problems(package: Path) -> list[tuple[str, Problem]]:
    findings = wacz_findings(open_store(str(package.parent)), package.name, lambda *_: None)
    return [(finding.key, finding.problem) for finding in findings]


def one(records: list[Seen], kind: str, url: str) -> Seen:
    found = [record for record in records if (record.kind, record.url) == (kind, url)]
    assert len(found) == 1, [(record.kind, record.url) for record in records]
    return found[0]


def test_a_response_is_what_was_received_and_says_what_was_decoded(package: Path) -> None:
    response = one(seen(package), "response", LISTING)
    assert response.data == LISTING_HTML
    assert response.status == "200"
    assert response.fields["WARC-Date"] == "2025-02-18T01:02:03.456789Z"
    assert response.fields["WARC-IP-Address"] == "192.0.2.7"
    assert response.head["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert response.head["X-Archive-Orig-Content-Length"] == "99"
    assert response.head["Content-Length"] == str(len(LISTING_HTML))
    assert response.head["X-Name"] == "预算"
    assert "Content-Encoding" not in response.head


def test_request_and_metadata_stand_beside_their_response(package: Path) -> None:
    records = seen(package)
    response, request = one(records, "response", ARTICLE), one(records, "request", ARTICLE)
    metadata = one(records, "metadata", ARTICLE)
    assert request.head == {"Host": "czj.example.gov.cn", "User-Agent": "gongkai", "Accept": "*/*"}
    for record in (request, metadata):
        assert record.fields["WARC-Concurrent-To"] == response.fields["WARC-Record-ID"]
    told = dict(line.split(": ", 1) for line in metadata.data.decode().splitlines())
    assert told["via"] == LISTING
    assert told["title"] == "某局2025年部门预算"
    assert told["gongkai-index-number"] == "000/2025-1"
    assert told["fetchTimeMs"] == "1000"


def test_what_did_not_change_refers_to_the_first(package: Path) -> None:
    records = [record for record in seen(package) if record.url == QUOTED and record.kind in {"response", "revisit"}]
    profiles = [record.fields.get("WARC-Profile", "").rpartition("/")[2] for record in records]
    assert sorted(profiles) == ["", "identical-payload-digest", "identical-payload-digest", "server-not-modified"]
    first = next(record for record in records if record.kind == "response")
    assert first.data == PDF
    for record in records:
        if record.kind == "revisit":
            assert record.data == b""
            assert record.fields["WARC-Refers-To-Target-URI"] == QUOTED
            assert record.fields["WARC-Refers-To-Date"] == first.fields["WARC-Date"]
            assert record.fields["WARC-Payload-Digest"] == first.fields["WARC-Payload-Digest"]
    assert [record.status for record in records if record.kind == "revisit"].count("304") == 1


def test_what_was_cut_made_or_redirected_says_so(package: Path) -> None:
    records = seen(package)
    assert one(records, "response", GONE).fields["WARC-Truncated"] == "unspecified"
    assert one(records, "response", GONE).status == "404"
    large = one(records, "response", LARGE)
    assert (large.fields["WARC-Truncated"], large.data) == ("length", b"")
    assert large.head["X-Archive-Orig-Content-Length"] == "900000000"
    assert one(records, "conversion", RENDERED).data == LISTING_HTML + b"<li>"
    assert one(records, "resource", LOCAL).data == PDF + b"local"
    assert one(records, "revisit", ASKED).fields["WARC-Refers-To-Target-URI"] == QUOTED
    assert one(records, "request", f"{HOST}/api").data == b"page=2"
    assert one(records, "metadata", f"{HOST}/away").data.count(b"gongkai-outcome: timeout")


def test_a_redirect_is_a_record_of_its_own_as_far_as_it_was_noted(package: Path) -> None:
    records = seen(package)
    first, second = one(records, "response", MOVED), one(records, "response", f"{HOST}/go?id=8")
    assert (first.status, first.head["Location"], first.data) == ("301", "/go?id=8", b"")
    assert (second.status, second.head["Location"], second.data) == ("302", f"{HOST}/moved.pdf", b"")
    assert first.fields["WARC-Date"] == "2025-02-18T01:02:03.456789Z"
    assert "WARC-Truncated" not in first.fields
    assert second.fields["WARC-Truncated"] == "unspecified"
    assert one(records, "response", f"{HOST}/moved.pdf").data == PDF + b"moved"
    assert not [record for record in records if record.kind == "revisit" and record.url == MOVED]
    with zipfile.ZipFile(package) as files:
        lines = gzip.decompress(files.read("indexes/index.cdx.gz")).decode().splitlines()
        assert MOVED.encode() not in files.read("pages/pages.jsonl")
    assert [json.loads(line[line.index("{") :])["status"] for line in lines if MOVED in line] == ["301"]


def test_index_and_pages_lead_to_the_records(package: Path) -> None:
    with zipfile.ZipFile(package) as files:
        warc = files.read("archive/data.warc.gz")
        lines = gzip.decompress(files.read("indexes/index.cdx.gz")).decode().splitlines()
        pages = [json.loads(line) for line in files.read("pages/pages.jsonl").splitlines()]
        listings = [json.loads(line) for line in files.read("pages/extraPages.jsonl").splitlines()]
        described = json.loads(files.read("datapackage.json"))
    assert lines == sorted(lines)
    for line in lines:
        facts = json.loads(line[line.index("{") :])
        member = warc[int(facts["offset"]) : int(facts["offset"]) + int(facts["length"])]
        record = next(iter(ArchiveIterator(io.BytesIO(member))))
        assert record.rec_headers.get_header("WARC-Target-URI") == facts["url"]
    assert not any(url in line for line in lines for url in (GONE, LARGE))
    assert any("requestBody" in line and "__wb_method=POST&page=2" in line for line in lines)
    assert [page["url"] for page in pages[1:]] == [ARTICLE]
    assert pages[1]["title"] == "某局2025年部门预算"
    assert LISTING in [page["url"] for page in listings[1:]]
    assert described["mainPageURL"] == LISTING


def test_sort_keys_are_those_of_others() -> None:
    surt = pytest.importorskip("surt")
    for url in (ARTICLE, f"{HOST}/a?b=2&a=1", "https://www.example.gov.cn/A/b.pdf", f"{HOST}:8080/x"):
        assert sort_key(url) == surt.surt(url), url
    assert sort_key(LISTING) == "cn,gov,example,czj)/zwgk/"
    assert asked(POSTED).body == b"page=2"
    assert sort_key("file:///a") == "file:///a"


def test_judges_of_others_pass_it(package: Path, tmp_path: Path) -> None:
    scripts = Path(sys.executable).parent
    judged = subprocess.run([scripts / "wacz", "validate", "-f", package], capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in judged.stdout, judged.stdout + judged.stderr
    with zipfile.ZipFile(package) as files:
        files.extract("archive/data.warc.gz", tmp_path)
    checked = [str(scripts / "warcio"), "check", str(tmp_path / "archive" / "data.warc.gz")]
    assert subprocess.run(checked, capture_output=True, check=False).returncode == 0


def test_equal_captures_give_equal_bytes(archive: Archive, package: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write_wacz(archive, EVERYTHING, open_store(str(tmp_path / "b")), "a.wacz")
    assert (tmp_path / "b" / "a.wacz").read_bytes() == package.read_bytes()
    with pytest.raises(PackageRefusedError, match="already"):
        write_wacz(archive, EVERYTHING, open_store(str(tmp_path)), "a.wacz")


def test_a_package_goes_from_any_store_to_any_store(any_root: str, tmp_path: Path) -> None:
    archive = Archive.open(any_root)
    fill(archive)
    target = open_store(f"{any_root}/packages")
    done = write_wacz(archive, EVERYTHING, target, "a.wacz", split=3000)
    assert len(done.parts) > 1
    assert list(wacz_findings(target, "a.json", lambda *_: None)) == []
    assert {info.key for info in target.list("")} == {"a.json", *(part.path for part in done.parts)}


class _StoppedError(Exception):
    pass


def test_a_run_cut_off_is_finished_by_the_next(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut = open_store(str(tmp_path / "whole")), open_store(str(tmp_path / "cut"))
    expected = write_wacz(archive, EVERYTHING, whole, "a.wacz", split=3000)
    left = iter(range(5))

    def stop(_url: str) -> None:
        if next(left, None) is None:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        write_wacz(archive, EVERYTHING, cut, "a.wacz", split=3000, note=stop)
    there = {info.key for info in cut.list("")}
    assert "a.json.unfinished" in there
    assert "a.json" not in there
    done = write_wacz(archive, EVERYTHING, cut, "a.wacz", split=3000)
    assert done.kept == len(there) - 1 > 0
    assert {info.key: cut.read(info.key) for info in cut.list("")} == {
        info.key: whole.read(info.key) for info in whole.list("")
    }
    assert done.parts == expected.parts


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> int:
    """Pieces of which the archive of these tests needs several."""
    monkeypatch.setattr(staged, "IN_MEMORY", 1000)
    return 3000


def everything_in(store: Store) -> dict[str, bytes]:
    return {info.key: store.read(info.key) for info in store.list("")}


@pytest.mark.parametrize(("split", "step"), [(None, 1), (9000, 5)])
def test_cut_off_at_any_change_it_goes_on_to_the_same_bytes(
    archive: Archive, tmp_path: Path, short_pieces: int, split: int | None, step: int
) -> None:
    whole = open_store(str(tmp_path / "whole"))
    expected = write_wacz(archive, EVERYTHING, whole, "a.wacz", split=split)
    for changes in itertools.count(0, step):
        target = open_store(str(tmp_path / str(changes)))
        try:
            write_wacz(archive, EVERYTHING, Mortal(target, changes), "a.wacz", split=split, piece=short_pieces)
        except CutOffError:
            done = write_wacz(archive, EVERYTHING, target, "a.wacz", split=split, piece=short_pieces)
            assert (done.parts, everything_in(target)) == (expected.parts, everything_in(whole)), changes
        else:
            break
    assert changes > 10


def test_what_is_there_is_not_made_again(archive: Archive, tmp_path: Path, short_pieces: int) -> None:
    target = open_store(str(tmp_path / "out"))
    noted: list[str] = []
    with pytest.raises(CutOffError):
        write_wacz(archive, EVERYTHING, Mortal(target, 7), "a.wacz", piece=short_pieces, note=noted.append)
    assert target.size("a.wacz.unfinished") is not None
    again: list[str] = []
    write_wacz(archive, EVERYTHING, target, "a.wacz", piece=short_pieces, note=again.append)
    assert 0 < len(again) < len(noted) + len(again) - 3
    assert again[0] not in noted[:3]
    assert [info.key for info in target.list("")] == ["a.wacz"]


def test_a_piece_that_was_altered_meanwhile_is_refused_and_then_made_anew(
    archive: Archive, package: Path, tmp_path: Path, short_pieces: int
) -> None:
    target = open_store(str(tmp_path / "out"))
    with pytest.raises(CutOffError):
        write_wacz(archive, EVERYTHING, Mortal(target, 7), "a.wacz", piece=short_pieces)
    first = target.read("a.wacz.unfinished-00001")
    target.write("a.wacz.unfinished-00001", first[:-1] + bytes([first[-1] ^ 1]))
    with pytest.raises(PackageRefusedError, match="was altered"):
        write_wacz(archive, EVERYTHING, target, "a.wacz", piece=short_pieces)
    write_wacz(archive, EVERYTHING, target, "a.wacz", piece=short_pieces)
    assert everything_in(target) == {"a.wacz": package.read_bytes()}


def test_pieces_of_other_captures_go(archive: Archive, tmp_path: Path, short_pieces: int) -> None:
    target, whole = open_store(str(tmp_path / "out")), open_store(str(tmp_path / "whole"))
    with pytest.raises(CutOffError):
        write_wacz(archive, EVERYTHING, Mortal(target, 7), "a.wacz", piece=short_pieces)
    some = Selection(until=START + dt.timedelta(minutes=8))
    for store in (target, whole):
        write_wacz(archive, some, store, "a.wacz", piece=short_pieces)
    assert everything_in(target) == everything_in(whole)


def test_a_long_package_is_joined_by_the_store(any_root: str, tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path / "archive"))
    chance = random.Random(3)
    for number in range(2):
        url = f"https://czj.example.gov.cn/{number}.pdf"
        archive.record([captured(archive, number, url, chance.randbytes(5 << 20))])
    target, whole = open_store(f"{any_root}/packages"), open_store(str(tmp_path / "whole"))
    write_wacz(archive, EVERYTHING, whole, "a.wacz")
    with pytest.raises(CutOffError):
        write_wacz(archive, EVERYTHING, Mortal(target, 4), "a.wacz", piece=5 << 20)
    assert target.size("a.wacz.unfinished-00001") is not None
    write_wacz(archive, EVERYTHING, target, "a.wacz", piece=5 << 20)
    assert everything_in(target) == everything_in(whole)


def test_two_writers_of_one_package_are_kept_apart(archive: Archive, any_root: str) -> None:
    target = open_store(f"{any_root}/packages")

    def write_too(_url: str) -> None:
        with pytest.raises(LockedError):
            write_wacz(archive, EVERYTHING, target, "a.wacz")

    write_wacz(archive, EVERYTHING, target, "a.wacz", note=write_too)
    assert [info.key for info in target.list("")] == ["a.wacz"]


def test_an_export_that_fails_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    sha256 = next(sha256 for sha256, size in archive.originals() if size == len(PDF))
    archive.store.delete(original_key(sha256))
    target = tmp_path / "out"
    with pytest.raises(OriginalMissingError):
        write_wacz(archive, EVERYTHING, open_store(str(target)), "a.wacz")
    assert [path for path in target.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(portals=frozenset({"other"})), set[str]()),
        (Selection(runs=frozenset({"20250218T010203000000Z-aaaa"}), since=START + dt.timedelta(minutes=12)), {LOCAL}),
        (Selection(until=START + dt.timedelta(minutes=1)), {LISTING}),
        (Selection(urls=frozenset({ARTICLE})), {ARTICLE, LISTING}),
        (Selection(urls=frozenset({FILE, ASKED})), {FILE, ASKED, ARTICLE, LISTING}),
        (Selection(place=Place(urls=frozenset({"0"}))), set[str]()),
    ],
)
def test_a_selection_brings_the_pages_that_lead_to_it(
    archive: Archive, tmp_path: Path, selection: Selection, expected: set[str]
) -> None:
    if not expected:
        with pytest.raises(PackageRefusedError, match="selected"):
            write_wacz(archive, selection, open_store(str(tmp_path)), "a.wacz")
        return
    write_wacz(archive, selection, open_store(str(tmp_path)), "a.wacz")
    records = seen(tmp_path / "a.wacz")
    told = [line for record in records if record.kind == "metadata" for line in record.data.decode().splitlines()]
    assert {line.partition(": ")[2] for line in told if line.startswith("gongkai-url: ")} == expected


def test_an_answer_not_modified_brings_the_bytes_it_refers_to(archive: Archive, tmp_path: Path) -> None:
    since = START + dt.timedelta(minutes=4)
    write_wacz(
        archive, Selection(since=since, until=since + dt.timedelta(minutes=1)), open_store(str(tmp_path)), "a.wacz"
    )
    kinds = {(record.kind, record.url) for record in seen(tmp_path / "a.wacz")}
    assert {("response", QUOTED), ("revisit", QUOTED), ("response", ARTICLE), ("response", LISTING)} <= kinds


# --- the validator ----------------------------------------------------------------------------------------------------


def test_a_package_is_whole(package: Path) -> None:
    assert problems(package) == []


def test_any_altered_byte_is_seen(package: Path) -> None:
    data = package.read_bytes()
    chosen = random.Random(7)
    places = [0, 1, len(data) - 1, len(data) - 64, len(data) - 80, *(chosen.randrange(len(data)) for _ in range(25))]
    for at in places:
        package.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert problems(package), at
    for changed in (data[:-1], data + b"\0", data[: len(data) // 2], b""):
        package.write_bytes(changed)
        assert problems(package)


def repacked(package: Path, **changes: bytes | None) -> Path:
    """The package without its seal, files replaced or left out, and described anew, as others make one."""
    with zipfile.ZipFile(package) as files:
        held = {name: files.read(name) for name in files.namelist() if not name.startswith("datapackage")}
    for name, data in changes.items():
        held.pop(name)
        if data is not None:
            held[name] = data
    resources = [
        {"name": name.rpartition("/")[2].lower(), "path": name, "hash": f"sha256:{_sha256(data)}", "bytes": len(data)}
        for name, data in held.items()
    ]
    described = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    other = package.with_name("other.wacz")
    with zipfile.ZipFile(other, "w") as files:
        for name, data in {**held, "datapackage.json": json.dumps(described).encode()}.items():
            files.writestr(name, data)
    return other


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_package_of_others_without_index_or_pages_is_refused(package: Path) -> None:
    assert problems(repacked(package)) == []
    header = b'{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}\n'
    away = b'{"id": "1", "url": "http://elsewhere.example/", "ts": "2025-01-01T00:00:00Z", "title": "x"}\n'
    broken: dict[str, dict[str, bytes | None]] = {
        "indexes/": {"indexes/index.cdx.gz": None},
        "indexes/ ": {"indexes/index.cdx.gz": gzip.compress(b"")},
        "pages/pages.jsonl": {"pages/pages.jsonl": None},
        "pages/pages.jsonl ": {"pages/pages.jsonl": header},
        "pages/pages.jsonl  ": {"pages/pages.jsonl": header + away},
        "archive/": {"archive/data.warc.gz": None},
    }
    for key, changes in broken.items():
        assert f"other.wacz:{key.strip()}" in [named for named, _ in problems(repacked(package, **changes))], key


def test_a_record_that_is_not_indexed_and_a_line_without_record_are_named(package: Path) -> None:
    with zipfile.ZipFile(package) as files:
        lines = gzip.decompress(files.read("indexes/index.cdx.gz")).decode().splitlines(keepends=True)
    fewer = repacked(package, **{"indexes/index.cdx.gz": gzip.compress("".join(lines[1:]).encode())})
    assert ("other.wacz:indexes/", Problem.MISSING) in problems(fewer)
    moved = "".join(lines).replace('"offset": "', '"offset": "9')
    other = repacked(package, **{"indexes/index.cdx.gz": gzip.compress(moved.encode())})
    assert ("other.wacz:indexes/index.cdx.gz", Problem.ALTERED) in problems(other)


def test_a_file_nobody_named_and_one_twice_are_found(package: Path) -> None:
    other = repacked(package)
    with zipfile.ZipFile(other, "a") as files:
        files.writestr("../../evil.txt", b"x")
        with pytest.warns(UserWarning, match="Duplicate"):
            files.writestr("pages/pages.jsonl", b"x")
    found = problems(other)
    assert ("other.wacz:../../evil.txt", Problem.UNEXPECTED) in found
    assert ("other.wacz:pages/pages.jsonl", Problem.ALTERED) in found


@pytest.fixture
def parts(archive: Archive, tmp_path: Path) -> Path:
    write_wacz(archive, EVERYTHING, open_store(str(tmp_path)), "p.wacz", split=3000)
    return tmp_path / "p.json"


def test_a_part_that_is_missing_or_another_is_found(parts: Path) -> None:
    assert problems(parts) == []
    named: list[dict[str, Any]] = json.loads(parts.read_bytes())["resources"]
    first, second = (parts.parent / each["path"] for each in named[:2])
    first.write_bytes(second.read_bytes())
    assert problems(parts) == [(first.name, Problem.ALTERED)]
    first.unlink()
    assert problems(parts) == [(first.name, Problem.MISSING)]
