"""The registry from the front door: looked at, handed back, taken in, crawled from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.crawler.registry.places import Place, State, as_csv, read_places
from gongkai.exits import Exit
from tests.commands.conftest import Command
from tests.crawler.site import Reply, Site, listing, row, running_site

FIREWALL = Reply(f"<html><script>var arg1='{'A1' * 20}';</script></html>".encode())


def news() -> Reply:
    """A page with rows, none of which is about budgets."""
    rows = [row(f"n{number}.html", f"第{number}次会议召开") for number in range(3)]
    body = (
        listing(rows).body.decode().replace("部门预算公开栏目", "要闻").replace("本栏目公开各部门的预算和决算", "要闻")
    )
    return Reply(body.encode())


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        running.pages |= {
            "/rows/": listing(row(f"{number}.html", f"{number}局2025年预算") for number in range(3)),
            "/news/": news(),
            "/empty/": Reply("<html><body><p>欢迎访问本网站，内容正在建设中</p></body></html>".encode()),
            "/wall/": FIREWALL,
            "/gone/": Reply(b"gone", status=404),
            "/refused/": Reply(b"no", status=403),
            "/away/": Reply(status=302, headers=(("Location", f"http://localhost:{running.port}/rows/"),)),
        }
        yield running


SEEN = {
    "/news/": (State.BROKEN, "3 rows, on a page that is no column of budgets"),
    "/rows/": (State.VERIFIED, "3 rows"),
    "/empty/": (State.BROKEN, "0 rows"),
    "/wall/": (State.FIREWALLED, "challenged"),
    "/gone/": (State.BROKEN, "http_error, status 404"),
    "/refused/": (State.FIREWALLED, "http_error, status 403"),
    "/away/": (State.BROKEN, "unsafe_address"),
}


def registry(folder: Path, site: Site, paths: list[str]) -> list[Place]:
    """A registry of our own with a place for each path of the site."""
    places = [
        Place(place=f"河北省/沧州市/试验{number}区", division_code="130900", level="county", url=f"{site.url}{path}")
        for number, path in enumerate(paths)
    ]
    folder.mkdir(exist_ok=True)
    (folder / "registry.csv").write_text(as_csv(places), encoding="utf-8")
    return places


def test_each_place_is_looked_at_once_and_what_was_seen_is_written_down(
    tmp_path: Path, site: Site, process: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    monkeypatch.setenv("GONGKAI_PORTALS", str(own))
    # A host that showed an anti-bot page once is left alone, so that page is the last.
    paths = sorted(SEEN, key="/wall/".__eq__)
    places = registry(own, site, paths)
    arguments = [part for each in places for part in ("--place", each.place)]
    looked = process("portals", "verify", *arguments, "-o", "results.csv", "--allow-loopback")
    assert looked.code == Exit.OK, looked
    results = {each.place: each for each in read_places(Path("results.csv"))}
    for each, path in zip(places, paths, strict=True):
        state, reason = SEEN[path]
        assert (results[each.place].state, reason in results[each.place].reason) == (state, True), results[each.place]
    asked = site.paths()
    assert sorted(asked) == sorted(paths), "one page each"

    again = process("portals", "verify", *arguments, "-o", "results.csv", "--allow-loopback")
    assert (again.code, site.paths()) == (Exit.OK, asked), "what the file holds is not looked at again"

    taken = process("portals", "adopt", "results.csv")
    assert (taken.code, "7 places changed" in taken.output) == (Exit.OK, True), taken
    listed = process("portals", "list", "--missing", "--place", places[0].place, "-f", "json")
    assert json.loads(listed.output)[0]["state"] == SEEN[paths[0]][0].value


def test_a_list_is_taken_into_the_registry(tmp_path: Path, gongkai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("GONGKAI_PORTALS", str(own))
    heading = "province\tcity\tcounty\tbudget_url\n"
    Path("list.tsv").write_text(f"{heading}河北省\t沧州市\t青县\thttp://a.example.cn/\n", encoding="utf-8")
    ended = gongkai("portals", "import", "list.tsv", "--source", "a friend", "--date", "2026-11-01")
    assert (ended.code, "1 places" in ended.output) == (Exit.OK, True), ended
    Path("list.tsv").write_text(f"{heading}河北省\t沧州市\t青县\thttp://b.example.cn/\n", encoding="utf-8")
    ended = gongkai("portals", "import", "list.tsv", "--source", "another", "--date", "2026-12-01")
    assert "http://a.example.cn/ (a friend, 2026-11-01)" in ended.errors


def test_missing_places_are_counted_by_province(gongkai: Command) -> None:
    rows = json.loads(gongkai("portals", "list", "--missing", "--by", "province", "-f", "json").output)
    assert sum(row["places"] for row in rows) == 3215
    assert all(sum(row[state.value] for state in State) == row["places"] - row["with_file"] for row in rows)
    assert gongkai("portals", "list", "--by", "province").code == Exit.WRONG_USAGE


def test_a_crawl_starts_from_a_place(
    tmp_path: Path, site: Site, process: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its portal is made of the registry's row, and is bound by the address rules as any other."""
    own = tmp_path / "own"
    monkeypatch.setenv("GONGKAI_PORTALS", str(own))
    [place] = registry(own, site, ["/rows/"])
    ended = process("--root", str(tmp_path / "fresh"), "crawl", "--place", place.place, "--dry-run")
    assert ended.code == Exit.LISTING_FAILED
    assert "hebei/130900-127-0-0-1" in ended.output
    assert "loopback" in ended.errors
    assert process("crawl", "--place", "河北省/没有市").code == Exit.WRONG_USAGE


def test_many_portals_are_described_in_one_go(tmp_path: Path, process: Command) -> None:
    """Files where the pages leave no doubt, questions where they do, and the failed ones alone are tried again."""
    with running_site() as sure, running_site() as doubtful, running_site() as absent:
        articles = [row(f"202502/t20250214_10{number}.html", f"{number}局2025年部门预算") for number in range(3)]
        head = '<meta name="SiteIDCode" content="1309000001"><meta name="SiteName" content="沧州市人民政府">'
        page = listing(articles, call="createPageHTML(1, 0, 'index', 'html');")
        sure.pages["/yjs/"] = Reply(page.body.replace(b"<title>", head.encode() + b"<title>"))
        doubtful.pages["/yjs/"] = listing(articles)
        urls = [f"{site.url}/yjs/" for site in (sure, doubtful, absent)]
        Path("list.txt").write_text("\n".join(["# sites", *urls]), encoding="utf-8")
        ended = process("portals", "new", "--from", "list.txt", "--out", "out", "--allow-loopback")
        assert ended.code == Exit.SOMETHING_FAILED, ended
        assert ended.output == "written 1 · to do 1 · failed 1\n", (ended, Path("new-portals.csv").read_text())
        assert len(list(Path("out").rglob("*.yaml"))) == 1
        asked = len(sure.log)
        absent.pages["/yjs/"] = listing(articles)
        again = process("portals", "new", "--from", "list.txt", "--out", "out", "--allow-loopback")
        assert (again.code, again.output) == (Exit.OK, "written 0 · to do 1 · failed 0\n")
        assert len(sure.log) == asked


def test_new_wants_one_thing_to_look_at(gongkai: Command) -> None:
    assert gongkai("portals", "new").code == Exit.WRONG_USAGE
    assert gongkai("portals", "new", "http://a/", "--place", "青县").code == Exit.WRONG_USAGE
    assert gongkai("portals", "new", "--place", "没有县").code == Exit.WRONG_USAGE
