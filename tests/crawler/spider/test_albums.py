"""An article that is pictures of pages becomes one document: every picture as received, and their album in order."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from gongkai.archive import Archive, Role
from tests.crawler.crawling import Crawled, crawl, write_portal
from tests.crawler.site import COLUMN, Reply, Site, article, listing, row

ARTICLE = f"{COLUMN}202602/t20260209_1001.html"
ALBUM = f"{ARTICLE}?__wb_pictures=album"


def picture(number: int) -> Reply:
    return Reply(b"\xff\xd8\xff\xe0 page " + str(number).encode() * 90, media_type="image/jpeg")


def publish(site: Site, pages: int = 3) -> None:
    shown = "".join(f"<p><img src='./W02026020900{n}.jpg' title='{n}.jpg'></p>" for n in range(1, pages + 1))
    text = f"<img src='/images/logo.png'><div class='TRS_Editor'>{shown}</div>"
    site.pages |= {
        f"{COLUMN}index.html": listing([row("./202602/t20260209_1001.html", "甲局2026年部门预算")]),
        ARTICLE: article("甲局2026年部门预算", extra=text),
        **{f"{COLUMN}202602/W02026020900{n}.jpg": picture(n) for n in range(1, pages + 1)},
    }


def crawled(tmp_path: Path, site: Site, **options: object) -> Crawled:
    return crawl(tmp_path / "archive", [write_portal(tmp_path, site)], **options)


def test_an_album_holds_the_pictures_of_an_article_in_order(tmp_path: Path, site: Site) -> None:
    publish(site)
    first = crawled(tmp_path, site)
    assert (first.exit_code, first.portal()["problems"], first.portal()["documents"]) == (0, [], 1)
    album = first.one(ALBUM)
    assert (album.role, album.title, album.file_name) == (
        Role.ATTACHMENT,
        "甲局2026年部门预算",
        "甲局2026年部门预算.zip",
    )
    assert album.payload_sha256 is not None
    data = Archive.open(str(tmp_path / "archive")).original(album.payload_sha256)
    with zipfile.ZipFile(io.BytesIO(data)) as pages:
        assert pages.namelist() == ["001.jpg", "002.jpg", "003.jpg"]
        assert [pages.read(name) for name in pages.namelist()] == [picture(n).body for n in (1, 2, 3)]
    roles = [capture.role for capture in first.captures if "W020" in capture.url]
    assert roles == [Role.PICTURE] * 3
    assert not any("logo" in path for path in site.paths())


def test_an_album_of_unchanged_pictures_is_unchanged(tmp_path: Path, site: Site) -> None:
    publish(site)
    crawled(tmp_path, site)
    again = crawled(tmp_path, site)
    assert again.outcomes()[ALBUM] == "unchanged"
    assert again.portal()["gone"] == 0


def test_a_picture_that_does_not_come_is_named_and_no_album_is_made(tmp_path: Path, site: Site) -> None:
    publish(site)
    del site.pages[f"{COLUMN}202602/W020260209002.jpg"]
    found = crawled(tmp_path, site)
    assert ALBUM not in found.outcomes()
    assert "pictures_incomplete" in found.problems()
    assert found.exit_code == 1


def test_a_page_in_place_of_a_picture_is_no_picture(tmp_path: Path, site: Site) -> None:
    publish(site)
    site.pages[f"{COLUMN}202602/W020260209002.jpg"] = Reply("<html><p>登录后查看图片内容</p></html>".encode())
    assert "pictures_incomplete" in crawled(tmp_path, site).problems()


def test_an_album_counts_as_one_document_of_the_limit(tmp_path: Path, site: Site) -> None:
    publish(site)
    found = crawled(tmp_path, site, limit=1)
    assert found.outcomes()[ALBUM] == "captured"
