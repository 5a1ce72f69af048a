"""``gongkai portals record`` and ``check --recorded``: from a live page to a reviewed expectation, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from gongkai.commands.recordings import RECORDED, folder_name
from gongkai.exits import Exit
from tests.commands.conftest import Command
from tests.crawler.crawling import write_portal
from tests.crawler.site import COLUMN, Site, article, listing, pdf, row, running_site
from tests.places import ROOT


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        rows = [row("n.html", "关于召开会议的通知"), row("a.html", "甲局2025年预算"), row("b.html", "乙局2025年预算")]
        running.pages |= {
            f"{COLUMN}index.html": listing(rows),
            f"{COLUMN}old/index.html": listing(rows[:1]),
            f"{COLUMN}a.html": article("甲局2025年预算", [("a.pdf", "预算.pdf")]),
            f"{COLUMN}b.html": article("乙局2025年预算"),
            f"{COLUMN}a.pdf": pdf("甲"),
        }
        yield running


def test_a_portal_is_recorded_and_every_difference_is_told_later(
    tmp_path: Path, site: Site, process: Command, gongkai: Command
) -> None:
    portal = write_portal(tmp_path, site, name="hunan-test")
    done = process("portals", "record", str(portal))
    assert done.code == Exit.OK, done
    folder = RECORDED / "hunan-test"
    assert done.output.split() == [
        str(folder / name) for name in ("1-listing.html", "2-article.html", "expected.yaml", "test_hunan-test.py")
    ]
    assert site.paths() == [f"{COLUMN}index.html", f"{COLUMN}a.html"], "the column, and an article on budgets"
    compile((tmp_path / folder / "test_hunan-test.py").read_text(encoding="utf-8"), "test", "exec")

    again = process("portals", "record", str(portal))
    assert (again.code, again.is_one_sentence, "exists" in again.errors) == (Exit.WRONG_USAGE, True, True)
    same = gongkai("portals", "check", "--recorded")
    assert (same.code, same.output) == (Exit.OK, "1 recordings, 0 differences\n")
    by_file = gongkai("portals", "check", "--recorded", str(portal))
    assert by_file.output == "1 recordings, 0 differences\n"

    expected = tmp_path / folder / "expected.yaml"
    values = yaml.safe_load(expected.read_text(encoding="utf-8"))
    values["pages"][0]["reads"]["rows"] = 4
    expected.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    changed = gongkai("portals", "check", "--recorded", str(folder))
    assert (changed.code, changed.output) == (Exit.SOMETHING_FAILED, "1 recordings, 1 differences\n")
    assert changed.errors == f"gongkai: {folder}: 1-listing.html: rows reads 3; 4 is expected.\n"
    expected.write_text("[", encoding="utf-8")
    assert "cannot be read" in gongkai("portals", "check", "--recorded", str(expected)).errors


def test_pages_that_are_named_are_recorded_and_no_others(tmp_path: Path, site: Site, process: Command) -> None:
    portal = write_portal(tmp_path, site)
    urls = [f"{site.url}{COLUMN}old/index.html", f"{site.url}{COLUMN}b.html"]
    done = process("portals", "record", str(portal), *urls, "--out", "checkout")
    assert done.code == Exit.OK, done
    folder = tmp_path / "checkout" / RECORDED / "test"
    recorded = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))["pages"]
    assert [(page["url"], page["role"]) for page in recorded] == [(urls[0], "listing"), (urls[1], "article")]
    assert site.paths() == [f"{COLUMN}old/index.html", f"{COLUMN}b.html"]


def test_what_cannot_be_recorded_is_said_in_one_sentence(tmp_path: Path, site: Site, process: Command) -> None:
    portal = str(write_portal(tmp_path, site))
    drawn = str(write_portal(tmp_path, site, name="drawn", browser={"why": "a script draws every row."}))
    for arguments, code, sentence in (
        (["hebei/nowhere"], Exit.WRONG_USAGE, "no portal file is named 'hebei/nowhere'"),
        ([drawn], Exit.LISTING_FAILED, "a script draws every row"),
        ([portal, f"{site.url}/none.html"], Exit.LISTING_FAILED, "404"),
        ([portal, "example.gov.cn"], Exit.WRONG_USAGE, "example.gov.cn"),
    ):
        done = process("portals", "record", *arguments)
        assert (done.code, done.is_one_sentence) == (code, True), done
        assert sentence in done.errors
    assert not (tmp_path / RECORDED).exists()


def test_where_nothing_is_recorded_it_says_so(gongkai: Command) -> None:
    done = gongkai("portals", "check", "--recorded")
    assert (done.code, "there is no recording at tests/portals/recorded" in done.errors) == (Exit.WRONG_USAGE, True)


def test_all_pages_of_the_checkout_are_read_again(monkeypatch: pytest.MonkeyPatch, gongkai: Command) -> None:
    monkeypatch.chdir(ROOT)
    done = gongkai("portals", "check", "--recorded")
    assert (done.code, done.errors) == (Exit.OK, "")
    assert done.output == f"{len(list(ROOT.glob('tests/portals/recorded/*/'))) + 1} recordings, 0 differences\n"


def test_a_recordings_folder_is_the_id_with_one_sign_changed() -> None:
    assert folder_name("guangdong/foshan-fscz") == "guangdong_foshan-fscz"
