"""DOC and WPS: what the converters make of real files, and how refusals, loops and missing programs end."""

from __future__ import annotations

import os
import pathlib
import shutil
import stat
import zipfile

import pytest

from parsing.formats import compound, doc, read
from parsing.formats.compound import SIGNATURE
from parsing.formats.detection import detect
from parsing.formats.doc import read_doc
from parsing.grid import TextLine, UnreadableDocumentError

CORPUS = pathlib.Path(__file__).parents[4] / "shared" / "corpus" / "office"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no shared corpus at {CORPUS}")


def _refusal(data: bytes) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_doc(data)
    return caught.value


@needs_corpus
@pytest.mark.parametrize(
    ("pattern", "lines", "first", "amount"),
    [
        ("3*.wps", 4, "2024年海南省省本级“三公”经费情况", "支出预算数22,618.9万元，比上年预算增加2,536.2万元"),
        ("5*.wps.doc", 14, "关于2024年海南省省级国有资本经营", "收入总共安排51546万元"),
        ("关于2021*.doc", 68, "关于2021年海南省政府预算公开", "预算数为7,102,842万元，比2020年同口径年初预算数"),
    ],
)
def test_files_written_by_wps(pattern: str, lines: int, first: str, amount: str) -> None:
    """WPS writes a class id into the header, which the converter refuses and is therefore not shown."""
    (path,) = CORPUS.glob(pattern)
    reading = read(path.read_bytes())
    texts = [block.text for block in reading.blocks if isinstance(block, TextLine)]
    assert (reading.format, len(texts), texts[0]) == ("doc", lines, first)
    assert any(amount in text for text in texts)


@needs_corpus
def test_cut_off() -> None:
    (path,) = CORPUS.glob("关于2021*.doc")
    data = path.read_bytes()
    assert _refusal(data[: len(data) // 2]).kind == "truncated"


def _refused_document() -> bytes:
    """The list of contents in one of the archives: the pure-Python converter refuses its frames."""
    (path,) = CORPUS.glob("海南*.zip")
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith("目录.doc")))


def _program(folder: pathlib.Path, body: str) -> None:
    """A program in LibreOffice's place."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@needs_corpus
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_libreoffice_reads_what_the_converter_refuses() -> None:
    reading = read_doc(_refused_document())
    assert any("目" in block.text for block in reading.blocks if isinstance(block, TextLine))


@needs_corpus
def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = _refusal(_refused_document())
    assert error.kind == "corrupt"
    assert str(error) == (
        "the Word 97-2003 file cannot be read: msdoc2docx refuses it (frame height has an invalid value); "
        "LibreOffice (soffice) is not on the path"
    )


@needs_corpus
def test_libreoffice_that_writes_nothing_or_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(doc, "OFFICE_SECONDS", 1)
    data = _refused_document()
    _program(tmp_path, "exit 0")
    assert "LibreOffice refuses it" in str(_refusal(data))
    _program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    assert "LibreOffice takes more than 1 s" in str(_refusal(data))
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    status = pathlib.Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text(encoding="utf-8").split()[2] == "Z"


def test_without_any_converter(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doc, "_msdoc2docx", lambda: None)
    error = _refusal(SIGNATURE + bytes(2000))
    assert (error.kind, "msdoc2docx is not installed" in str(error)) == ("unsupported_format", True)


def test_no_word_document() -> None:
    assert _refusal(SIGNATURE + bytes(2000)).kind == "corrupt"
    assert _refusal(SIGNATURE + bytes(100)).kind == "truncated"


@needs_corpus
def test_encrypted() -> None:
    """The flag in the file information block says that the text is encrypted; a key is not there."""
    (path,) = CORPUS.glob("3*.wps")
    data = bytearray(path.read_bytes())
    start = 512
    assert data[start : start + 2] == b"\xec\xa5"
    data[start + 11] |= 0x01
    assert detect(bytes(data)) == "doc"
    assert _refusal(bytes(data)).kind == "encrypted"


def test_stream_names_of_a_short_header() -> None:
    assert compound.stream_names(SIGNATURE + bytes(100)) == set()
    assert compound.stream_names(SIGNATURE + b"\xff" * 600) == set()
