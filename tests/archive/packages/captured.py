"""A small archive of every kind of capture: pages that lead to a file, what did not change, what was cut."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome, Redirect, Role

HOST = "http://czj.example.gov.cn"
LISTING, ARTICLE, FILE = f"{HOST}/zwgk/", f"{HOST}/zwgk/202502/t1.html", f"{HOST}/zwgk/202502/预算.pdf"
ASKED, MOVED = f"{HOST}/go?id=7", f"{HOST}/old.pdf"
POSTED = f"{HOST}/api?__wb_method=POST&__wb_post_type=application%2Fx-www-form-urlencoded&__wb_post_data=page%3D2"
RENDERED = f"{LISTING}?__wb_rendered=dom"
GONE, LARGE, LOCAL = f"{HOST}/gone.pdf", f"{HOST}/large.pdf", "file:///home/a/%E8%A1%A8.pdf"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
START = dt.datetime(2025, 2, 18, 1, 2, 3, 456789, tzinfo=dt.UTC)

LISTING_HTML = (
    f'<!doctype html><meta charset="utf-8"><title>公开</title><a id="a" href="{ARTICLE}">预算公开</a>'.encode()
)
ARTICLE_HTML = (
    '<!doctype html><meta charset="utf-8"><title>预算</title><h1>某局2025年部门预算</h1>'
    '<a id="f" href="/zwgk/202502/%E9%A2%84%E7%AE%97.pdf">附件</a>'
).encode()
GZIPPED = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", "99"),
    ("X-Name", "预算".encode().decode("latin-1")),
)


def fill(archive: Archive, portal: str = "demo", run: str = "20250218T010203000000Z-aaaa") -> list[Capture]:
    """Record the captures and return them."""
    made: list[Capture] = []

    def add(url: str, data: bytes | None, role: Role = Role.ATTACHMENT, **values: Any) -> None:
        minute = len(made)
        sha256 = archive.keep_original(data).sha256 if data is not None else None
        facts = {
            "outcome": Outcome.CAPTURED,
            "http_status": 200,
            "request_headers": (("User-Agent", "gongkai"), ("Accept", "*/*")),
            "response_headers": (("Content-Type", "application/pdf"),),
            "media_type_declared": "application/pdf",
            "remote_address": "192.0.2.7",
        }
        made.append(
            Capture(
                **{
                    **facts,
                    "capture_id": f"{minute:032x}",
                    "run_id": run,
                    "portal": portal,
                    "role": role,
                    "url": url,
                    "requested_at": START + dt.timedelta(minutes=minute),
                    "received_at": START + dt.timedelta(minutes=minute, seconds=1),
                    "payload_sha256": sha256,
                    "payload_bytes": len(data) if data is not None else None,
                    **values,
                }
            )
        )

    html = {"response_headers": GZIPPED, "media_type_declared": "text/html; charset=utf-8"}
    add(LISTING, LISTING_HTML, Role.LISTING, **html)
    add(
        ARTICLE,
        ARTICLE_HTML,
        Role.ARTICLE,
        parent_url=LISTING,
        title="某局2025年部门预算",
        index_number="000/2025-1",
        **html,
    )
    add(FILE, PDF, parent_url=ARTICLE, link_text="附件", file_name="预算.pdf", title="某局2025年部门预算")
    add(FILE, PDF, parent_url=ARTICLE, outcome=Outcome.UNCHANGED)
    add(
        FILE,
        PDF,
        parent_url=ARTICLE,
        outcome=Outcome.NOT_MODIFIED,
        http_status=304,
        response_headers=(("Etag", '"1"'),),
    )
    add(ASKED, PDF, final_url=FILE)
    add(POSTED, b'{"rows": []}', Role.LISTING, final_url=f"{HOST}/api")
    add(RENDERED, LISTING_HTML + b"<li>", Role.LISTING, response_headers=(("Gongkai-Rendered", "x"),))
    add(GONE, None, outcome=Outcome.GONE, http_status=404)
    add(LARGE, None, outcome=Outcome.TOO_LARGE, response_headers=(("Content-Length", "900000000"),))
    add(f"{HOST}/away", None, outcome=Outcome.TIMEOUT, http_status=None, response_headers=(), received_at=None)
    nothing: dict[str, Any] = {"http_status": None, "request_headers": (), "response_headers": ()}
    hops = (
        Redirect(MOVED, START, 301, (("Location", "/go?id=8"), ("Content-Length", "0"))),
        Redirect(f"{HOST}/go?id=8", START + dt.timedelta(seconds=2), 302, (("Location", f"{HOST}/moved.pdf"),)),
    )
    add(MOVED, PDF + b"moved", final_url=f"{HOST}/moved.pdf", redirects=hops)
    add(LOCAL, PDF + b"local", Role.FILE, file_name="表.pdf", media_type_declared=None, remote_address=None, **nothing)
    archive.record(made)
    archive.write_run_report(run, {"command": "test"})
    return made
