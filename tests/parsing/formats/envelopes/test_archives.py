"""ZIP, TAR and GZ: names in whatever encoding, and files that cannot be unpacked."""

from __future__ import annotations

import gzip
import io

import pytest

from gongkai.parsing.formats.envelopes.containers import Member, members
from gongkai.parsing.formats.envelopes.detection import identified
from tests.parsing.formats.envelopes.archive_files import PAGE, names_in, refusal, stored_zip, tar_of, zip_of


@pytest.mark.parametrize(
    "data",
    [
        zip_of(("决算/收支总表.html", PAGE)),
        stored_zip("决算\\收支总表.html".encode("gbk"), PAGE),
        stored_zip("决算/收支总表.html".encode(), PAGE),
        tar_of(("决算/收支总表.html", PAGE)),
        tar_of(("决算/收支总表.html", PAGE), encoding="gbk"),
        gzip.compress(tar_of(("./决算/收支总表.html", PAGE))),
        zip_of(
            ("/../决算/../收支总表.html", PAGE), ("__MACOSX/决算/._收支总表.html", b"\0"), ("决算/Thumbs.db", b"\0")
        ),
    ],
    ids=["zip", "zip-gbk", "zip-utf8-unflagged", "tar", "tar-gbk", "tar-gz", "zip-climbing"],
)
def test_names_and_data(data: bytes) -> None:
    assert list(members(identified(data))) == [Member("决算/收支总表.html", identified(PAGE))]


def test_gzip_of_one_file() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("收支总表.html", "wb", fileobj=out) as stream:
        stream.write(PAGE)
    assert [member.file for member in members(identified(out.getvalue()))] == [identified(PAGE)]
    assert list(members(identified(gzip.compress(PAGE)))) == [Member("content", identified(PAGE))]


def test_problems_of_single_files() -> None:
    damaged = bytearray(zip_of(("a.html", PAGE)))
    damaged[60] ^= 0xFF
    assert names_in(bytes(damaged)) == [("a.html", "corrupt")]
    assert names_in(stored_zip(b"a.html", PAGE, flags=1)) == [("a.html", "encrypted")]
    assert names_in(stored_zip(b"a.html", PAGE, method=99)) == [("a.html", "unsupported_format")]


def test_file_without_a_name() -> None:
    assert list(members(identified(stored_zip(b"", PAGE)))) == [Member("unnamed", identified(PAGE))]


def test_refusals() -> None:
    whole = zip_of(("a.html", PAGE * 10))
    assert refusal(whole[: len(whole) // 2]) == "truncated"
    assert refusal(gzip.compress(PAGE * 50)[:60]) == "truncated"
    assert refusal(PAGE) == "unsupported_format"
