"""DOC (Word 97-2003) and WPS Writer's files of the same streams: converted to DOCX, then read as one.

Two converters: ``msdoc2docx`` (pure Python, in this process) and, for what it refuses, LibreOffice where ``soffice``
is on the path, in a process and a profile of its own that runs no macro and reaches no network.  Neither is required
to be there; what is missing is named in the refusal.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import tempfile
import zlib
from typing import Any

from parsing.formats.compound import is_truncated, without_class_id
from parsing.formats.docx import read_docx
from parsing.grid import Doubt, Reading, UnreadableDocumentError

OFFICE = "soffice"
"""LibreOffice's program, looked for on the path."""

OFFICE_SECONDS = 120
"""Wall-clock seconds for one conversion by LibreOffice: a cold start takes 1-3 s, a 300-page document under 20 s."""

_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the pure-Python converter raises on damaged bytes besides its own errors."""

_LOSSES = {
    "HEADER_FOOTER_TABLE_MALFORMED",
    "MAIN_TEXTBOX_TABLE_MALFORMED",
    "MALFORMED_TABLE_FLATTENED",
    "TABLE_CELL_DEFINITION_MISMATCH",
    "TABLE_DEPTH_LIMITED",
    "TABLE_GRID_MISMATCH",
}
"""Remarks of the pure-Python converter after which a table may not be as printed."""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice's profile: no macros, no linked content, and a proxy where nothing listens."""


class _RefusedError(Exception):
    """Raised when a converter makes nothing of a file or is not there; the message says why."""


def read_doc(data: bytes) -> Reading:
    """A DOC file's paragraphs and tables, as ``docx.read_docx`` gives them.

    Raises UnreadableDocumentError: ``truncated``, ``encrypted``, ``corrupt`` where every converter that is there
    refuses the file, ``unsupported_format`` where none is there.
    """
    if is_truncated(data):
        raise UnreadableDocumentError("truncated", "the Word 97-2003 file breaks off before its end; fetch it again")
    reasons = []
    for convert in (_by_msdoc2docx, _by_office):
        try:
            converted, doubts = convert(data)
        except _RefusedError as error:
            reasons.append(str(error))
            continue
        reading = read_docx(converted)
        return dataclasses.replace(reading, format="doc", doubts=(*reading.doubts, *doubts))
    kind = "corrupt" if _has_converter() else "unsupported_format"
    raise UnreadableDocumentError(kind, f"the Word 97-2003 file cannot be read: {'; '.join(reasons)}")


def _has_converter() -> bool:
    return _msdoc2docx() is not None or shutil.which(OFFICE) is not None


def _msdoc2docx() -> Any:
    """The converter's module (distribution ``msdoc2docx``); None where it is not installed."""
    try:
        import doc2docx  # noqa: PLC0415  22,000 lines that only DOC files need
    except ImportError:
        return None
    return doc2docx


def _by_msdoc2docx(data: bytes) -> tuple[bytes, list[Doubt]]:
    module = _msdoc2docx()
    if module is None:
        raise _RefusedError("the package msdoc2docx is not installed")
    from doc2docx.errors import (  # noqa: PLC0415
        Doc2DocxError,
        EncryptedDocumentError,
    )

    with tempfile.TemporaryDirectory(prefix="gongkai-doc-") as folder:
        source, target = pathlib.Path(folder, "a.doc"), pathlib.Path(folder, "a.docx")
        source.write_bytes(without_class_id(data))
        try:
            report = module.convert(source, target).report
            converted = target.read_bytes()
        except EncryptedDocumentError as error:
            reason = "the Word 97-2003 file is encrypted with a password that is not known"
            raise UnreadableDocumentError("encrypted", reason) from error
        except (Doc2DocxError, *_FAILURES) as error:
            raise _RefusedError(f"msdoc2docx refuses it ({_sentence(error)})") from error
    losses = sorted({remark.code for remark in report.warnings} & _LOSSES)
    reason = f"the converter of Word 97-2003 files repaired tables ({', '.join(losses)}); their cells may be misplaced"
    return converted, [Doubt("lossy_conversion", reason)] if losses else []


def _sentence(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _by_office(data: bytes) -> tuple[bytes, list[Doubt]]:
    program = shutil.which(OFFICE)
    if program is None:
        raise _RefusedError(f"LibreOffice ({OFFICE}) is not on the path")
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as name:
        folder = pathlib.Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        (folder / "a.doc").write_bytes(data)
        options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"]
        _run([program, *options, "--convert-to", "docx", "--outdir", str(folder), str(folder / "a.doc")], folder)
        try:
            return (folder / "a.docx").read_bytes(), []
        except OSError as error:
            raise _RefusedError("LibreOffice refuses it") from error


def _run(command: list[str], folder: pathlib.Path) -> None:
    """Run LibreOffice to its end or its time limit, its child processes included; its answer is the file it writes."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603  a fixed program, files of our own naming
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
        )
    except OSError as error:
        raise _RefusedError(f"LibreOffice cannot be started ({error})") from error
    try:
        process.wait(OFFICE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _RefusedError(f"LibreOffice takes more than {OFFICE_SECONDS} s") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
