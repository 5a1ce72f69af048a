"""The format of a file is found out once, however many stages ask for it."""

from __future__ import annotations

import collections
import hashlib
import io
import zipfile

import pytest

from gongkai.parsing.document import parse_original
from gongkai.parsing.formats.envelopes import detection
from gongkai.parsing.publisher import Context
from tests.documents.compound import compound_file
from tests.documents.embedding import docx_with, packaged

CSV = "项目,金额\n工资,1.00\n".encode()


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def detected(monkeypatch: pytest.MonkeyPatch) -> collections.Counter[bytes]:
    """How often the format of which bytes was asked for."""
    counted: collections.Counter[bytes] = collections.Counter()
    detect = detection.detect

    def count(data: bytes) -> str:
        counted[data] += 1
        return detect(data)

    monkeypatch.setattr(detection, "detect", count)
    return counted


def test_a_document_by_itself(detected: collections.Counter[bytes]) -> None:
    data = "<html><body><p>预算</p></body></html>".encode()
    parse_original(hashlib.sha256(data).hexdigest(), data, Context())
    assert detected == {data: 1}


def test_an_archive_in_an_archive_with_an_object_in_a_document(detected: collections.Counter[bytes]) -> None:
    wrapped = compound_file({"\x01Ole10Native": packaged("附表.csv", CSV)})
    paper = docx_with({"oleObject1.bin": ("oleObject", wrapped)})
    inner = _zip(paper=paper)
    outer = _zip(inner=inner)
    documents = parse_original(hashlib.sha256(outer).hexdigest(), outer, Context())
    assert [row["format"] for document in documents for row in document.rows["documents"]] == ["zip", "docx", "csv"]
    assert detected == dict.fromkeys((outer, inner, paper, wrapped, CSV), 1)
