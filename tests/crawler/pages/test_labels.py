"""Facts that stand beside labels, however a template puts a label beside its value."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.crawler.pages.article import article_facts
from gongkai.crawler.pages.page import Page

NUMBER = "11500000009276433Y/2026-00040"
DAY = dt.date(2026, 3, 2)
TITLE = "某市水利局2026年部门预算情况说明"


def page(body: str, head: str = "") -> Page:
    return Page(
        f"<html><head><title>{TITLE}_某市水利局</title>{head}</head><body>{body}</body></html>", "http://a.gov.cn/"
    )


def meta(**values: str) -> str:
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in values.items())


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>[ 索引号 ]</td><td> {} </td></tr></table>",
        "<table><tr><td>索 引 号</td><td>{}</td><td>发布机构</td><td>市水利局</td></tr></table>",
        "<li><span>信息索引号：</span><p>{}</p></li>",
        "<li><span>索 引 号：{}</span></li>",
        "<div><div class=label>[ 索引号 ]</div><div class=content>{}</div></div>",
        "<span>索引号</span><span>：</span><span>{}</span>",
        "<p>发布时间：2026-03-02&nbsp;&nbsp;索引号：{}&nbsp;&nbsp;来源：市水利局</p>",
        "<li><i icon=h title=索引号></i><em>{}</em></li>",
        "<dl><dt>索引号:</dt><dd><span title='{}'>{}</span></dd></dl>",
    ],
)
def test_the_index_number_is_read_beside_its_label(markup: str) -> None:
    assert article_facts(page(markup.replace("{}", NUMBER))).index_number == NUMBER


@pytest.mark.parametrize(
    "markup",
    [
        "<p>索引号：&nbsp;&nbsp;文号:&nbsp;&nbsp;来源：市水利局</p>",
        "<tr><td>索引号</td><td></td><td>[ 发文字号 ]</td><td>2026〕3号</td></tr>",
        "<input placeholder=索引号 value=123456>",
        "<!-- <td>索引号</td><td>123456789</td> -->",
    ],
)
def test_an_empty_field_is_no_index_number(markup: str) -> None:
    assert article_facts(page(f"<table>{markup}</table>")).index_number is None


@pytest.mark.parametrize(
    ("body", "head", "publisher"),
    [
        ("<td>[ 发布机构 ]</td><td>市水利局</td>", meta(ContentSource="某市人民政府"), "市水利局"),
        ("", meta(ContentSource="市水利局"), "市水利局"),
        ("<span>来源：<b>市水利局</b></span>", meta(ContentSource="本网"), "市水利局"),
        ("<span>来源：《某某日报》</span>", "", None),
        ("<td>发布机构</td><td></td><td>发布日期</td><td>2026-03-02</td>", "", None),
        ("", meta(ContentSource="系统管理员"), None),
    ],
)
def test_the_publisher_is_that_of_the_table_else_of_the_meta_block(body: str, head: str, publisher: str | None) -> None:
    assert article_facts(page(f"<table><tr>{body}</tr></table>", head)).publisher == publisher


@pytest.mark.parametrize(
    "printed",
    [
        "<p>发布时间：2026-03-02 10:12</p>",
        "<p><span>时间：</span><b>2026—03—02</b></p>",
        "<p>日期：2026年3月2日 来源：市水利局</p>",
        "<p>发布于 2026-03-02</p>",
        "<small>2026-03-02</small>",
        "<p>【信息时间：2026-03-02 10:17 阅读次数：3】</p>",
    ],
)
def test_the_date_beside_the_title_counts_before_a_templates(printed: str) -> None:
    head = meta(ArticleTitle=TITLE, PubDate="2026-06-30 15:07:41", others="页面生成时间 2026-06-30 15:07:41")
    assert article_facts(page(f"<h1>{TITLE}</h1>{printed}<p>正文</p>", head)).published_on == DAY


def test_a_pubdate_that_is_the_moment_the_page_was_made_is_none() -> None:
    head = meta(ArticleTitle=TITLE, PubDate="2026-06-30 15:07:41", others="2026-06-30 15:07:41")
    assert article_facts(page(f"<h1>{TITLE}</h1><p>正文</p>", head)).published_on is None
    assert article_facts(page("", meta(PubDate="2026-03-02 09:07"))).published_on == DAY


def test_the_date_of_a_teaser_in_the_navigation_is_not_the_articles() -> None:
    teaser = (
        "<div class=menu><span>日期：</span><span>2019-11-05</span><span>来源：</span><span>中国政府网</span></div>"
    )
    body = f"{teaser}{'<p>栏目</p>' * 40}<h1>{TITLE}</h1><p>发布日期：2026-03-02</p>"
    facts = article_facts(page(body))
    assert (facts.published_on, facts.publisher) == (DAY, None)


@pytest.mark.parametrize("stated", ["某市水利局", "某市水利局门户网站", "某市水利局门户网"])
def test_a_title_that_is_the_sites_name_is_none(stated: str) -> None:
    head = meta(SiteName="某市水利局", ArticleTitle=stated)
    assert article_facts(page(f"<div class=big>{TITLE}</div>", head)).title == TITLE


def test_the_columns_of_a_breadcrumb_are_its_context() -> None:
    body = "<div>您的位置：<a href=/>首页</a> &gt; <a href=/zwgk/>政务公开</a> &gt; <a href=/yjs/>部门预算</a></div>"
    assert article_facts(page(body)).context == "首页 > 政务公开 > 部门预算"
    marked = "<div><span>当前位置：</span><a href=/>首页</a><img><a href=/yjs/>部门预算</a></div>"
    assert article_facts(page(marked)).context == "首页 > 部门预算"
    assert article_facts(page("<p>正文</p>")).context is None


def test_the_date_in_ucaps_tag_counts_before_the_meta_blocks() -> None:
    body = f"<h1>{TITLE}</h1>{'<p>正文</p>' * 60}<PUBLISHTIME>2026-03-02 17:12</PUBLISHTIME>"
    assert article_facts(page(body, meta(ArticleTitle=TITLE, PubDate="2026-06-30 15:07"))).published_on == DAY
