"""`gongkai portals`: the list, the check, and a portal nobody has described yet, looked at as a person would."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.crawler.portal.file import load_portal
from gongkai.exits import Exit
from tests.commands.conftest import Command
from tests.crawler.site import Reply, Site, article, listing, pdf, row, running_site

ROWS = [
    row("./202602/t20260209_1.html", "某市教育局2026年部门预算", "2026-02-09"),
    row("./202602/t20260208_2.html", "某市民政局2026年部门预算", "2026-02-08"),
]
NAMED = '<meta name="SiteName" content="长沙市人民政府"><meta name="ColumnName" content="部门预决算">'


@pytest.fixture
def portal() -> Iterator[Site]:
    """A home page that links a column of budgets, the column, and its articles."""
    with running_site() as site:
        column = listing(ROWS, 'createPageHTML(2, 0, "index", "html");', "4301000052")
        site.pages |= {
            "/": Reply(f"<html><title>首页</title><p>{'欢迎' * 60}</p><a href='/czxx/yjs/'>部门预决算</a>".encode()),
            "/czxx/yjs/": Reply(column.body.replace(b"<head>", f"<head>{NAMED}".encode())),
            "/czxx/yjs/202602/t20260209_1.html": article(
                "某市教育局2026年部门预算", [("./P0202602091.pdf", "预算.pdf")]
            ),
            "/czxx/yjs/202602/P0202602091.pdf": pdf("预算"),
        }
        yield site


def test_a_portal_is_looked_at_described_and_recorded(portal: Site, process: Command, tmp_path: Path) -> None:
    ended = process(
        "portals", "new", f"{portal.url}/", "--allow-loopback", "--out", str(tmp_path), "--id", "hunan/test"
    )
    assert ended.code == Exit.OK, ended.errors
    # three pages of one host, robots.txt first, no file
    assert [asked.path for asked in portal.log] == [
        "/robots.txt",
        "/",
        "/czxx/yjs/",
        "/czxx/yjs/202602/t20260209_1.html",
    ]
    assert all(asked.headers["user-agent"].startswith("gongkai/") for asked in portal.log)
    written = [str(Path(line).relative_to(tmp_path)) for line in ended.output.splitlines()]
    folder = "tests/portals/recorded/hunan_test"
    assert written == [
        "portals/hunan/test.yaml",
        f"{folder}/1-listing.html",
        f"{folder}/2-listing.html",
        f"{folder}/3-article.html",
        f"{folder}/expected.yaml",
        f"{folder}/test_hunan_test.py",
    ]
    proposed = load_portal(tmp_path / "portals/hunan/test.yaml")
    assert [start.url for start in proposed.start_urls] == [f"{portal.url}/czxx/yjs/"]
    assert (proposed.family, proposed.division_code, proposed.allow_loopback) == ("trs", "430100", True)
    assert "拓尔思 TRS WCM (sure)" in ended.errors
    generated = runpy.run_path(str(tmp_path / folder / "test_hunan_test.py"))
    generated["test_the_pages_of_hunan_test_are_read_as_agreed"]()
    (tmp_path / folder / "2-listing.html").write_bytes(b"<html></html>")
    with pytest.raises(AssertionError):
        generated["test_the_pages_of_hunan_test_are_read_as_agreed"]()


def test_without_leave_nothing_of_this_machine_is_looked_at(portal: Site, process: Command, tmp_path: Path) -> None:
    ended = process("portals", "new", f"{portal.url}/", "--out", str(tmp_path / "out"))
    assert (ended.code, ended.is_one_sentence) == (Exit.LISTING_FAILED, True)
    assert "is a loopback address" in ended.errors
    assert portal.log == []
    assert not (tmp_path / "out").exists()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.html"
    text = listing(ROWS, site_code="4301000052").body.decode().replace("<head>", f"<head>{NAMED}")
    path.write_text(text, encoding="utf-8")
    return path


URL = "http://www.changsha-test.gov.cn/yjs/"


def test_a_saved_page_is_enough(gongkai: Command, saved: Path, tmp_path: Path) -> None:
    ended = gongkai("portals", "new", str(saved), "--url", URL)
    assert ended.code == Exit.OK, ended.errors
    file = Path("portals/hunan/changsha-test.yaml")  # below the current directory
    assert file in [Path(line) for line in ended.output.splitlines()]
    assert load_portal(file).start_urls[0].url == URL
    assert gongkai("portals", "check", str(file)).output == "1 portal files, 0 with errors\n"
    again = gongkai("portals", "new", str(saved), "--url", URL)
    assert (again.code, again.is_one_sentence) == (Exit.WRONG_USAGE, True)
    assert "exists; give the portal another --id" in again.errors


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("saved.html",), "give its address with --url"),
        (("absent.html", "--url", URL), "'absent.html' cannot be read"),
        (("saved.html", "--url", "www.x.gov.cn"), "'www.x.gov.cn' is no address of a portal"),
        (("http://x.gov.cn/", "--url", URL), "--url goes with a saved page"),
        (("ftp://x.gov.cn/",), "is no address beginning with http"),
        (("http://",), "'http://' is no address of a portal"),
        (("saved.html", "--url", URL, "--division", "43"), "no division '43'"),
        (("saved.html", "--url", URL, "--id", "hebei/x"), "must be hunan/"),
        (("saved.html", "--url", URL, "--family", "x"), "There is no family 'x'"),
        (("saved.html", "--url", URL, "--parameter", "row"), "'row' must be NAME=VALUE"),
        (("saved.html", "--url", URL, "--parameter", "row=[1"), "is no YAML value"),
        (("saved.html", "--url", URL, "--parameter", "rows=li"), "parameters.rows .* is not known"),
        (("saved.html", "--url", URL, "--family", "epoint"), "'parameters.first_page' is missing"),
        (("saved.html", "--url", URL, "--out", "saved.html"), "Invalid value for '--out'"),
    ],
)
def test_wrong_arguments_write_nothing(
    gongkai: Command, saved: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    ended = gongkai("portals", "new", *arguments)
    assert (ended.code, ended.is_one_sentence) == (Exit.WRONG_USAGE, True), ended.errors
    assert re.search(complaint, ended.errors)
    assert not list(Path("portals").rglob("*.yaml"))


def test_needed_parameters_can_be_given(gongkai: Command, saved: Path) -> None:
    arguments = ("--family", "epoint", "--parameter", "first_page=1", "--parameter", "category='002'")
    ended = gongkai("portals", "new", str(saved), "--url", URL, *arguments)
    assert ended.code == Exit.OK, ended.errors
    parameters = load_portal(Path("portals/hunan/changsha-test.yaml")).parameters
    assert (getattr(parameters, "first_page", None), getattr(parameters, "category", None)) == (1, "002")


@pytest.mark.parametrize(("body", "complaint"), [(b"%PDF-1.4", "no HTML page"), (b"", "no HTML page")])
def test_a_saved_file_that_is_no_page(gongkai: Command, saved: Path, body: bytes, complaint: str) -> None:
    saved.write_bytes(body)
    ended = gongkai("portals", "new", str(saved), "--url", URL)
    assert (ended.code, ended.is_one_sentence) == (Exit.LISTING_FAILED, True)
    assert complaint in ended.errors


def test_check_names_each_fault_of_the_files_named(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("id: x\nfamily: trs\n", encoding="utf-8")
    ended = gongkai("portals", "check", str(tmp_path / "bad.yaml"), str(tmp_path / "absent.yaml"))
    assert ended.code == Exit.SOMETHING_FAILED
    assert ended.output == "2 portal files, 2 with errors\n"
    assert "bad.yaml" in ended.errors
    assert "absent.yaml" in ended.errors
