"""Every fault a portal can have ends as its named outcome, in the report and in the exit code."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gongkai.archive import Archive
from gongkai.crawler.report.counts import ExitCode
from tests.crawler.crawling import crawl, write_portal
from tests.crawler.site import COLUMN, Page, Query, Reply, Site, article, listing, pdf, row

OFFICE_EXPORT = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table></html>'
CHALLENGES = {
    # the bodies set what the fingerprints name; none is a real page
    "ruishu": Reply(b"<html><script>$_ts=window['$_ts'];$_ts.nsd=1;</script></html>", status=412),
    "ruishu-200": Reply(b"<html><script>if(!$_ts)$_ts={};$_ts.cd='x';</script></html>", status=202),
    "jiasule": Reply(
        b"<script>document.cookie='a';location.href=location.pathname+location.search</script>", status=521
    ),
    "alibaba": Reply(f"<html><script>var arg1='{'A1' * 20}';</script></html>".encode()),
    "alibaba-405": Reply(b"<html><script src='//errors.aliyun.com/error.js'></script></html>", status=405),
    "ruishu-meta": Reply(b"<html><head><meta content='{qqqqq' r='m'></head><body></body></html>", status=202),
    "jiasule-go": Reply(b"<script>var _0x=function(){};go({'bts':['1','2'],'ha':'sha1'})</script>", status=521),
    "jiasule-200": Reply(b"<script>document.cookie=('__jsluid_s')+'=1';go({'bts':['1','2']})</script>"),
    "alibaba-v2": Reply(b"<html><script>document.cookie='acw_sc__v2=1';document.location.reload()</script></html>"),
    "c3vk": Reply(b"<html><script>document.cookie='C3VK=5f3a; max-age=300';location.reload()</script></html>"),
    "edgeone": Reply(b"<script>document.cookie='__tst_status=1#;';document.cookie='EO_Bot_Ssid=1';</script>"),
}


def redirect(target: str) -> Reply:
    return Reply(status=302, headers=(("Location", target),))


def asks_for_cookie(headers: dict[str, str]) -> Reply:
    """A redirect to itself until the cookie it sets comes back."""
    if "CT6T=1" in headers.get("cookie", ""):
        return pdf("with cookie")
    return Reply(status=302, headers=(("Location", "cookie.pdf"), ("Set-Cookie", "CT6T=1; Path=/")))


def document_faults(site: Site) -> dict[str, tuple[Page, str]]:
    """Path below the column → what stands there, and the outcome it must have."""
    return {
        "500.pdf": (Reply(b"no", status=500), "http_error"),
        "404.pdf": (Reply(b"no", status=404), "http_error"),
        "wrong.pdf": (article("请先登录"), "wrong_type"),
        "plain.xls": (Reply(b"<html><body><table><tr><td>1</td></tr></table></body></html>"), "wrong_type"),
        "export.xls": (Reply(OFFICE_EXPORT.encode()), "captured"),
        "cut.pdf": (Reply(b"%PDF-1.4 cut", fault="truncate"), "truncated"),
        "reset.pdf": (Reply(fault="reset"), "connection_error"),
        "huge.pdf": (Reply(b"%PDF-1.4", fault="huge"), "too_large"),
        "head.pdf": (Reply(fault="endless_head"), "too_large"),
        "nothing.pdf": (Reply(b"", media_type="application/pdf"), "soft_404"),
        "blank.html": (Reply(b"<html><body> <script>var a=1;</script></body></html>"), "soft_404"),
        "soft.html": (Reply("<html><title>提示</title><p>您访问的页面不存在或已删除</p></html>".encode()), "soft_404"),
        "jump.html": (Reply("<html><title>跳转中...</title><p>请稍候</p></html>".encode()), "soft_404"),
        "gate.html": (article("您的请求带有不合法参数，已被网站管理员设置拦截！"), "challenged"),
        "gate-403.html": (dataclasses.replace(article("很抱歉，您的访问被阻断。"), status=403), "challenged"),
        "asks.html": (redirect("/sso/login.html?service=x"), "soft_404"),
        "asks.pdf": (redirect("/sso/login.html?service=x"), "wrong_type"),
        "form.html": (
            Reply("<html><form>请输入用户名<input>和密码<input type=password>登录</form></html>".encode()),
            "soft_404",
        ),
        "first.html": (redirect("/index.html"), "soft_404"),
        "busy.html": (article("系统繁忙，请您稍后再试"), "soft_404"),
        "error.html": (
            Reply("<html><title>HTTP Status 500 – 内部错误</title><p>详情参见该应用的日志文件</p></html>".encode()),
            "soft_404",
        ),
        "private.pdf": (redirect("http://10.1.2.3/x.pdf"), "unsafe_address"),
        "metadata.pdf": (redirect("http://169.254.169.254/latest/x.pdf"), "unsafe_address"),
        "mapped.pdf": (redirect("http://[::ffff:10.0.0.1]/x.pdf"), "unsafe_address"),
        "file.pdf": (redirect("file:///etc/passwd"), "unsafe_address"),
        "loop.pdf": (redirect("loop.pdf"), "http_error"),
        "cookie.pdf": (asks_for_cookie, "captured"),
        "named.html": (Reply(b"%PDF-1.4 under the name of a page", media_type="text/html"), "captured"),
    }


def test_each_faulty_document_ends_as_its_outcome_and_the_rest_is_filed(tmp_path: Path, site: Site) -> None:
    faults = document_faults(site)
    elsewhere = {
        f"http://localhost:{site.port}{COLUMN}twin.pdf": "unsafe_address",
        "ftp://example.org/a.pdf": "unsafe_address",
    }
    addresses = [*(f"./{name}" for name in faults), *elsewhere]
    site.pages |= {COLUMN + name: page for name, (page, _) in faults.items()}
    site.pages[f"{COLUMN}twin.pdf"] = pdf("only for who asks by number")
    site.pages["/sso/login.html?service=x"] = article("统一身份认证", extra="请妥善保管您的账号。" * 50)
    site.pages["/index.html"] = article("某市人民政府", extra="要闻、公开、服务、互动。" * 50)
    site.pages[f"{COLUMN}index.html"] = listing(row(address, f"文件 {address}") for address in addresses)
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])

    outcomes = {capture.url.rpartition("/")[2]: capture.outcome.value for capture in crawled.captures}
    wanted = {name: outcome for name, (_, outcome) in faults.items()}
    assert outcomes == wanted | {"index.html": "captured", "twin.pdf": "unsafe_address", "a.pdf": "unsafe_address"}
    failed = [outcome for outcome in outcomes.values() if outcome != "captured"]
    assert crawled.portal()["failures"] == {outcome: failed.count(outcome) for outcome in set(failed)}
    assert crawled.exit_code == ExitCode.SOMETHING_FAILED
    assert f"{COLUMN}twin.pdf" not in site.paths(), "a name that leads to loopback was followed"
    assert all((capture.payload_sha256 is not None) == (capture.outcome == "captured") for capture in crawled.captures)
    assert "Traceback" not in crawled.errors, crawled.errors
    held = {sha256 for sha256, _ in Archive.open(str(tmp_path / "archive")).originals()}
    assert held == {capture.payload_sha256 for capture in crawled.captures} - {None}


def test_a_document_that_never_comes_ends_as_a_timeout(tmp_path: Path, site: Site) -> None:
    """Files alone have little time here, so that the listing is read on a slow machine too."""
    site.pages |= {f"{COLUMN}index.html": listing([row("slow.pdf", "甲局")]), f"{COLUMN}slow.pdf": Reply(fault="hang")}
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], settings={"FILE_TIMEOUT_SECONDS": 1})
    assert crawled.outcomes() == {f"{COLUMN}index.html": "captured", f"{COLUMN}slow.pdf": "timeout"}
    assert crawled.portal()["failures"] == {"timeout": 1}
    assert crawled.exit_code == ExitCode.SOMETHING_FAILED
    assert crawled.one(f"{COLUMN}slow.pdf").payload_sha256 is None
    assert "Traceback" not in crawled.errors, crawled.errors


def test_an_antibot_page_is_recorded_and_the_host_left_alone(tmp_path: Path, new_site: Callable[..., Site]) -> None:
    portals = []
    sites = {}
    for name, challenge in CHALLENGES.items():
        site = sites[name] = new_site()
        site.pages[f"{COLUMN}index.html"] = listing(
            [row("./a.html", "甲局2025年预算"), row("./b.html", "乙局2025年预算"), row("./c.html", "丙局2025年预算")]
        )
        site.pages |= {f"{COLUMN}{letter}.html": challenge for letter in "abc"}
        portals.append(write_portal(tmp_path, site, name))
    crawled = crawl(tmp_path / "archive", portals)
    for name, site in sites.items():
        outcomes = crawled.outcomes(name)
        assert list(outcomes.values()).count("challenged") == 3, (name, outcomes)
        assert [path for path in site.paths() if path != f"{COLUMN}index.html"] == [f"{COLUMN}a.html"], name
        assert "challenged" in crawled.problems(name)
        assert crawled.portal(name)["exit_code"] == ExitCode.SOMETHING_FAILED


def test_a_host_whose_firewall_stops_one_request_after_the_other_is_left_alone(tmp_path: Path, site: Site) -> None:
    stops = {2, 4, 5, 6, 7}
    site.pages[f"{COLUMN}index.html"] = listing(row(f"./{n}.html", f"{n}局2025年预算") for n in range(9))
    for n in range(9):
        stopped = article("当前访问疑似黑客攻击，已被网站管理员设置为拦截")
        site.pages[f"{COLUMN}{n}.html"] = stopped if n in stops else article(f"{n}局2025年预算公开说明")
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    outcomes = crawled.outcomes()
    assert [outcomes[f"{COLUMN}{n}.html"] for n in range(9)] == [
        "challenged" if n in stops or n > 6 else "captured" for n in range(9)
    ]
    assert site.paths() == [f"{COLUMN}index.html", *(f"{COLUMN}{n}.html" for n in range(7))], "one stop is no wall"
    assert "challenged" in crawled.problems()


def test_a_column_whose_site_shows_its_first_page_instead_is_not_read(tmp_path: Path, site: Site) -> None:
    site.pages |= {f"{COLUMN}index.html": redirect("/"), "/": listing([row("/news/1.html", "要闻")])}
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert crawled.outcomes() == {f"{COLUMN}index.html": "soft_404"}
    assert "listing_failed" in crawled.problems()
    assert crawled.exit_code == ExitCode.LISTING_FAILED


def test_a_listing_that_cannot_be_trusted_is_fatal(tmp_path: Path, new_site: Callable[..., Site]) -> None:
    rows = [row("./a.html", "甲局2025年预算"), row("./b.html", "乙局2025年预算")]
    call = "createPageHTML(3, 0, 'index', 'html')"
    sites: dict[str, dict[str, Page]] = {
        "empty": {"index.html": listing([])},
        "repeated": {"index.html": listing(rows, call), "index_1.html": listing(rows, call)},
        "missing": {},
        "last-missing": {"index.html": listing(rows, "createPageHTML(2, 0, 'index', 'html')")},
        "computed": {"index.html": listing(rows, "createPageHTML(res.pageInfo.totalPages, urlObj.page)")},
        "foreign": {"index.html": listing(rows, site_code="1111111111")},
        "few": {"index.html": listing(rows)},
        "challenged": {"index.html": CHALLENGES["ruishu"]},
    }
    facts: dict[str, dict[str, Any]] = {"foreign": {"site_id_code": "9912345678"}, "few": {"expected": {"minimum": 3}}}
    wanted = {
        "empty": ("listing_empty", {"listing_empty": 1}),
        "repeated": ("listing_repeated", {"listing_repeated": 1}),
        "missing": ("listing_failed", {"http_error": 1}),
        "last-missing": ("listing_failed", {"http_error": 1}),
        "computed": ("pager_not_understood", {}),
        "foreign": ("site_changed", {}),
        "few": ("below_minimum", {}),
        "challenged": ("listing_failed", {"challenged": 1}),
    }
    portals = []
    running = {}
    for name, pages in sites.items():
        site = running[name] = new_site()
        site.pages |= {COLUMN + path: page for path, page in pages.items()}
        site.pages |= {f"{COLUMN}{letter}.html": article(f"{letter} 局预算公开说明") for letter in "ab"}
        portals.append(write_portal(tmp_path, site, name, **facts.get(name, {})))
    crawled = crawl(tmp_path / "archive", portals)
    for name, (problem, failures) in wanted.items():
        assert problem in crawled.problems(name), (name, crawled.portal(name))
        assert crawled.portal(name)["failures"] == failures, name
        assert crawled.portal(name)["exit_code"] == ExitCode.LISTING_FAILED, name
    assert crawled.exit_code == ExitCode.LISTING_FAILED
    assert f"{COLUMN}a.html" not in running["foreign"].paths(), "rows of another site were followed"
    assert f"{COLUMN}index_2.html" not in running["repeated"].paths()


def test_robots_txt_is_obeyed_and_an_unreadable_one_is_no_permission(
    tmp_path: Path, new_site: Callable[..., Site]
) -> None:
    robots: dict[str, tuple[Reply, str]] = {
        "forbids": (Reply(b"User-agent: gongkai\nDisallow: /zwgk/\n", media_type="text/plain"), "robots_denied"),
        "forbidden": (Reply(b"no", status=403), "robots_denied"),
        "is-html": (article("首页"), "robots_denied"),
        "challenge": (CHALLENGES["ruishu"], "challenged"),
        "hangs": (Reply(fault="hang"), "timeout"),
        "absent": (Reply(b"no", status=404), "captured"),
        "allows": (Reply(b"User-agent: *\nDisallow: /admin/\n", media_type="text/plain"), "captured"),
    }
    portals = []
    sites = {}
    for name, (reply, outcome) in robots.items():
        site = sites[name] = new_site()
        site.pages |= {"/robots.txt": reply, f"{COLUMN}index.html": listing([row("./a.html", "甲局2025年预算")])}
        site.pages[f"{COLUMN}a.html"] = article("甲局2025年预算公开")
        patience = {"timeout_seconds": 1} if outcome == "timeout" else {}
        portals.append(write_portal(tmp_path, site, name, **patience))
    crawled = crawl(tmp_path / "archive", portals)
    for name, (_, outcome) in robots.items():
        assert crawled.outcomes(name)[f"{COLUMN}index.html"] == outcome, name
        assert bool(sites[name].paths()) == (outcome == "captured"), name
        assert crawled.portal(name)["exit_code"] == (0 if outcome == "captured" else ExitCode.LISTING_FAILED), name


def test_loopback_and_untrusted_certificates_are_refused_unless_the_portal_says_otherwise(
    tmp_path: Path, new_site: Callable[..., Site]
) -> None:
    plain, secure = new_site(), new_site(certificate(tmp_path))
    portals = [
        write_portal(tmp_path, plain, "loopback", allow_loopback=False),
        write_portal(tmp_path, secure, "self-signed"),
    ]
    crawled = crawl(tmp_path / "archive", portals)
    start = f"{COLUMN}index.html"
    assert crawled.outcomes("loopback") == {start: "unsafe_address"}
    assert crawled.outcomes("self-signed") == {start: "tls_error"}
    assert plain.log == secure.log == []
    assert crawled.exit_code == ExitCode.LISTING_FAILED


def certificate(folder: Path) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, as one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now).not_valid_after(now + dt.timedelta(days=1)).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(private + signed.public_bytes(pem))
    return path


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_patience_gets_it(tmp_path: Path, site: Site, status: int) -> None:
    """The site keeps the time: whatever comes before the pause it asked for is over, it counts as early."""
    refused_at: list[float] = []
    early: list[str] = []

    def document(name: str) -> Page:
        def answer(headers: dict[str, str]) -> Reply:
            if refused_at and time.monotonic() < refused_at[0] + 1:
                early.append(name)
            if not refused_at:
                refused_at.append(time.monotonic())
                return Reply(b"slow down", status=status, headers=(("Retry-After", "1"),))
            return pdf(name)

        return answer

    site.pages[f"{COLUMN}index.html"] = listing(row(f"./{n}.pdf", f"文件{n}") for n in range(4))
    site.pages |= {f"{COLUMN}{n}.pdf": document(str(n)) for n in range(4)}
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert early == []
    assert [asked.status for asked in site.log].count(status) == 1
    assert set(crawled.outcomes().values()) == {"captured"}
    assert crawled.exit_code == 0


def test_a_host_that_asks_for_hours_is_left_alone(tmp_path: Path, site: Site) -> None:
    site.pages[f"{COLUMN}index.html"] = listing(row(f"./{n}.pdf", f"文件{n}") for n in range(3))
    site.pages |= {f"{COLUMN}{n}.pdf": Reply(b"", status=503, headers=(("Retry-After", "7200"),)) for n in range(3)}
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert site.paths() == [f"{COLUMN}index.html", f"{COLUMN}0.pdf"]
    assert crawled.portal()["failures"] == {"http_error": 3}
    assert "host_resting" in crawled.problems()


@pytest.mark.parametrize("asked", ["Crawl-delay: 1000000000", "Crawl-delay: 1e300", "Request-rate: 1/30d"])
def test_a_robots_txt_that_asks_for_days_holds_no_crawl(tmp_path: Path, site: Site, asked: str) -> None:
    site.pages["/robots.txt"] = Reply(f"User-agent: *\n{asked}\nAllow: /\n".encode(), media_type="text/plain")
    site.pages[f"{COLUMN}index.html"] = listing([row("./1.pdf", "文件")])
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
    assert site.paths() == []
    assert "host_resting" in crawled.problems()
    assert crawled.exit_code == ExitCode.LISTING_FAILED


ENDLESS = "createPageHTML(1000000000, 0, 'index', 'html');"


def test_a_listing_without_end_ends_by_its_pages(tmp_path: Path, site: Site) -> None:
    def page(query: Query) -> Reply:
        number = int(query.place.removeprefix(f"{COLUMN}index").removesuffix(".html").removeprefix("_") or 0)
        return listing([row(f"./{number}.pdf", f"文件{number}")], call=ENDLESS)

    site.portal = lambda query: page(query) if query.place.endswith(".html") else pdf(query.place)
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], settings={"LISTING_MAX_PAGES": 5})
    assert len([path for path in site.paths() if path.endswith(".html")]) == 5
    assert len([path for path in site.paths() if path.endswith(".pdf")]) == 5
    assert "listing_endless" in crawled.problems()
    assert crawled.exit_code == ExitCode.LISTING_FAILED


def test_a_listing_of_missing_pages_without_end_ends_as_well(tmp_path: Path, site: Site) -> None:
    site.pages[f"{COLUMN}index.html"] = listing([row("./1.pdf", "文件")], call=ENDLESS)
    site.pages[f"{COLUMN}1.pdf"] = pdf("1")
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], settings={"LISTING_MAX_PAGES": 5})
    assert len([path for path in site.paths() if path.endswith(".html")]) <= 5
    assert crawled.exit_code == ExitCode.LISTING_FAILED


def test_a_listing_ends_by_its_time(tmp_path: Path, site: Site) -> None:
    site.pages[f"{COLUMN}index.html"] = listing([row("./1.pdf", "文件")], call="createPageHTML(9, 0, 'index', 'html');")
    crawled = crawl(tmp_path / "archive", [write_portal(tmp_path, site)], settings={"LISTING_MAX_SECONDS": 0})
    assert "listing_endless" in crawled.problems()


def test_a_run_ends_by_its_time_and_names_what_it_cut_short(tmp_path: Path, site: Site) -> None:
    site.pages[f"{COLUMN}index.html"] = listing(row(f"./{n}.pdf", f"文件{n}") for n in range(3))
    site.pages |= {f"{COLUMN}{n}.pdf": pdf(str(n)) for n in range(3)}
    portals = [write_portal(tmp_path, site, name=name) for name in ("first", "second")]
    crawled = crawl(tmp_path / "archive", portals, max_seconds=0)
    assert [portal["limit_reached"] for portal in crawled.report["portals"]] == [True, True]
    assert all("time_over" in {each["kind"] for each in portal["problems"]} for portal in crawled.report["portals"])
    assert crawled.report["interrupted"] is False
    assert crawled.exit_code == ExitCode.SOMETHING_FAILED
    assert crawl(tmp_path / "archive", portals).exit_code == 0


def test_a_portal_that_hangs_keeps_no_other_of_its_host_waiting(tmp_path: Path, site: Site) -> None:
    site.pages[f"{COLUMN}index.html"] = Reply(fault="hang")
    site.pages["/other/index.html"] = listing([row("./1.pdf", "文件")])
    site.pages["/other/1.pdf"] = pdf("1")
    portals = [
        write_portal(tmp_path, site, name="hanging", limits={"seconds": 1}, timeout_seconds=2),
        write_portal(tmp_path, site, name="ready", start_urls=[f"{site.url}/other/index.html"]),
    ]
    crawled = crawl(tmp_path / "archive", portals, settings={"RETRY_TIMES": 100_000})
    hanging, ready = crawled.report["portals"]
    assert "time_over" in {each["kind"] for each in hanging["problems"]}
    assert (ready["new"], ready["exit_code"]) == (1, 0)
