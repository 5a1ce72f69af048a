"""A link's title is what a reader takes for it, without dates, marks and names of picture files."""

from __future__ import annotations

import pytest

from gongkai.crawler.pages.blocks import date_beside, title_of
from gongkai.crawler.pages.dates import Dating
from gongkai.crawler.pages.page import Page

TITLE = "某市财政局2026年部门预算公开"


@pytest.mark.parametrize(
    "markup",
    [
        f"<a href=1>{TITLE}</a>",
        f"<a href=1 title='{TITLE}'>{TITLE[:8]}...</a>",
        f"<a href=1 title='{TITLE}03月24日'>{TITLE}</a>",
        f"<a href=1><i>·</i>{TITLE}<span>2026-03-24</span></a>",
        f"<a href=1><h3>{TITLE}</h3><p>现将有关情况公开如下，共十二页。</p></a>",
        f"<a href=1><span class=tit>{TITLE}</span><em>03-24</em></a>",
    ],
)
def test_the_title_of_a_link(markup: str) -> None:
    assert title_of(next(Page(markup, "http://a.cn/").tree.iter("a"))) == TITLE


def test_a_picture_called_after_its_file_has_no_title() -> None:
    link = next(Page("<a href=1 title='ae9bcd84.png'><img src=a.png></a>", "http://a.cn/").tree.iter("a"))
    assert title_of(link) == ""


def test_a_date_beside_a_link_counts_before_one_within_it() -> None:
    tree = Page("<li><a href=1>甲<b>2026-01-01</b></a><i>2026-02-02</i></li>", "http://a.cn/").tree
    dated = date_beside(next(tree.iter("li")), next(tree.iter("a")))
    assert isinstance(dated, Dating)
    assert (dated.month, dated.day_of_month) == (2, 2)
