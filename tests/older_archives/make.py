"""Make the small archive of this release that every later one must open: ``python tests/older_archives/make.py``.

It writes ``<version>.tar.xz`` and ``<version>.json``, what must be found in it, beside itself, unless they are there:
the archive of a release is never made again.  Clock and random numbers are fixed, so that the same versions of the
libraries give the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import itertools
import json
import lzma
import secrets
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

HERE = Path(__file__).resolve().parent
if str(HERE.parents[1]) not in sys.path:
    sys.path.insert(0, str(HERE.parents[1]))

from gongkai.archive import Archive, Capture, Outcome, Role, new_capture_id  # noqa: E402
from gongkai.lake.manifest import read_manifest  # noqa: E402
from gongkai.lake.packing import pack  # noqa: E402
from gongkai.lake.publication import read_table  # noqa: E402
from gongkai.parsing import stage  # noqa: E402
from gongkai.parsing.document import parse_original  # noqa: E402

NOW = dt.datetime(2026, 11, 27, 8, 0, tzinfo=dt.UTC)
RUN = "20261127T080000000000Z-0001"
PORTAL = "hebei-shijiazhuang"

ROWS = (("一般公共预算拨款收入", "120.50"), ("事业收入", "30.00"), ("本年收入合计", "150.50"), ("收入总计", "150.50"))
PAGE = (
    "<html><head><meta charset=utf-8><title>石家庄市信访局2026年部门预算</title></head><body>"
    "<h1>石家庄市信访局2026年部门预算</h1><p>部门收入总表</p><p>单位：万元</p><table>"
    "<tr><td>项目<td>预算数</tr>{}</table></body></html>"
).format("".join(f"<tr><td>{name}<td>{amount}</tr>" for name, amount in ROWS))
TABLE = "部门收入总表\n2025年,单位：万元\n项目,预算数\n" + "".join(f"{name},{amount}\n" for name, amount in ROWS)
ORIGINALS = (
    (Role.ARTICLE, "https://example.gov.cn/2026/1.html", None, PAGE.encode()),
    (Role.ATTACHMENT, "https://example.gov.cn/2026/2.csv", "石家庄市教育局2025年部门预算.csv", TABLE.encode()),
    (Role.ATTACHMENT, "https://example.gov.cn/2026/3.pdf", "坏.pdf", b"%PDF-1.4"),
)


class _Fixed(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _Fixed:
        return cls(*NOW.timetuple()[:6], tzinfo=tz)


@contextlib.contextmanager
def unchanging() -> Iterator[None]:
    """No clock, no chance."""
    numbers = itertools.count()

    def token_hex(count: int) -> str:
        return hashlib.shake_256(str(next(numbers)).encode()).hexdigest(count)

    with mock.patch.object(dt, "datetime", _Fixed), mock.patch.object(secrets, "token_hex", token_hex):
        yield


def fill(root: str) -> Archive:
    """The archive as this version writes it: captures, a run report with its page, and a lake of two publications."""
    archive = Archive.open(root)
    captures = []
    for role, url, name, data in ORIGINALS:
        original = archive.keep_original(data)
        captures.append(_capture(role, url, name, original.sha256, original.bytes))
    captures.append(_capture(Role.ATTACHMENT, "https://example.gov.cn/2026/4.pdf", None, None, None))
    archive.record(captures)
    archive.write_run_page(RUN, ["<!DOCTYPE html><title>run</title>\n"])
    archive.write_run_report(RUN, {"command": "crawl", "exit_code": 1, "finished": NOW.isoformat()})
    with mock.patch.object(stage, "parse_all", _parse_here):
        stage.parse(archive, workers=1)
    return archive


def _capture(role: Role, url: str, name: str | None, sha256: str | None, size: int | None) -> Capture:
    return Capture(
        capture_id=new_capture_id(),
        run_id=RUN,
        portal=PORTAL,
        role=role,
        url=url,
        outcome=Outcome.CAPTURED if sha256 else Outcome.HTTP_ERROR,
        requested_at=NOW,
        received_at=NOW,
        http_status=200 if sha256 else 500,
        response_headers=(("Content-Type", "text/html"),),
        payload_sha256=sha256,
        payload_bytes=size,
        file_name=name,
    )


def _parse_here(root: str, tasks: Any, *_: object) -> Iterator[Any]:
    """In this process: workers have a clock of their own."""
    archive = Archive.open(root)
    for task in tasks:
        yield from map(pack, parse_original(task.sha256, archive.original(task.sha256), task.context))


def told(archive: Archive) -> dict[str, Any]:
    """What every later version must find in it, whatever it finds besides."""
    items = read_table(archive.store, "line_items", read_manifest(archive.store)).to_pylist()
    documents = read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()
    return {
        "originals": sorted([sha256, size] for sha256, size in archive.originals()),
        "captures": sorted([capture.url, capture.outcome.value] for capture in archive.captures()),
        "reports": [report["run_id"] for report in archive.run_reports()],
        "documents": sorted([row["sha256"], row["entity"] or "", row["year"] or 0] for row in documents),
        "amounts": sorted([row["document_sha256"], str(row["amount"])] for row in items),
    }


def packed(root: Path) -> bytes:
    """The archive's objects as one file; current files are the bytes of their versions, and cost nothing twice."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        files = [path for path in root.rglob("*") if path.is_file() and ".incoming" not in path.parts]
        for path in sorted(files, key=lambda path: (path.stat().st_size, path.name, str(path))):
            entry = tarfile.TarInfo(path.relative_to(root).as_posix())
            entry.size = path.stat().st_size
            archive.addfile(entry, io.BytesIO(path.read_bytes()))
    return lzma.compress(out.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    name = version("gongkai")
    if (HERE / f"{name}.tar.xz").exists():
        sys.exit(f"the archive of {name} is there already; that of a release is never made again")
    with tempfile.TemporaryDirectory() as folder, unchanging():
        archive = fill(folder)
        (HERE / f"{name}.json").write_text(json.dumps(told(archive), ensure_ascii=False, indent=1) + "\n")
        (HERE / f"{name}.tar.xz").write_bytes(packed(Path(folder)))


if __name__ == "__main__":
    main()
