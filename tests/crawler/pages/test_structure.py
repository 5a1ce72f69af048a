"""Rows are found by structure: repeated blocks of one link each, whatever they are made of."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page
from gongkai.crawler.pages.structure import content_groups

URL = "http://www.example.gov.cn/zwgk/yjs/index.html"
NUMBERS = range(1, 5)


def page(body: str, title: str = "部门预算") -> Page:
    return Page(f"<html><head><title>{title}</title></head><body>{body}</body></html>", URL)


def name(number: int) -> str:
    return f"某市第{number}局2026年度部门预算公开"


def link(number: int, text: str = "") -> str:
    return f"<a href='./202602/t2026020{number}_{number}.html'>{text or name(number)}</a>"


def day(number: int) -> str:
    return f"2026-02-0{number}"


LAYOUTS = {
    "divs": lambda n: f"<div class=news-view><span>{link(n)}</span><i>{day(n)}</i></div>",
    "paragraphs": lambda n: f"<p>{link(n)}<span>{day(n)}</span></p>",
    "links with the date inside": lambda n: link(n, f"<b>{name(n)}</b><i class=time>{day(n)}</i>"),
    "a date that is a link": lambda n: f"<div>{link(n)}{link(n, day(n))}</div>",
    "cells": lambda n: f"<table><tr><td>·</td><td>{link(n)}</td><td>[{day(n)}]</td></tr></table>",
    "a day over its month": lambda n: f"<div><h4>0{n}</h4><p>2026-02</p><h3>{link(n)}</h3></div>",
    "a month over its day": lambda n: f"<div><b>2026/02</b><b>0{n}</b>{link(n)}</div>",
    "definitions": lambda n: f"<dl><dt>{link(n)}</dt><dd>{day(n)}</dd></dl>",
    "a day of the month": lambda n: f"<li><span>02-0{n}</span>{link(n)}</li>",
    "a summary": lambda n: f"<div>{link(n, f'<h3>{name(n)}</h3><p>现将有关情况公开如下</p>')}<em>{day(n)}</em></div>",
    "a category": lambda n: f"<li><a href='/tzgg/'>[通知公告]</a>{link(n)}<span>{day(n)}</span></li>",
    "a category without brackets": lambda n: f"<li><a href='/tzgg/'>通知公告</a>{link(n)}<span>{day(n)}</span></li>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_are_found_in_any_layout(layout: str) -> None:
    listed = rows(page(f"<div class=list>{''.join(map(LAYOUTS[layout], NUMBERS))}</div>"))
    assert [(row.title, row.published_on) for row in listed] == [(name(n), dt.date(2026, 2, n)) for n in NUMBERS]


SHARED = {
    "dates behind": "<li>{one}<span>2026-02-01</span><br>{two}<span>2026-02-02</span></li>",
    "dates before": "<li><span>2026-02-01</span>{one}<br><span>2026-02-02</span>{two}</li>",
    "tables": "<li><table><tr><td>{one}</td><td>2026-02-01</td></tr></table>"
    "<table><tr><td>{two}</td><td>2026-02-02</td></tr></table></li>",
    "one row of a table": "<table><tr><td>{one}</td><td>2026-02-01</td><td>{two}</td><td>2026-02-02</td></tr></table>",
}


@pytest.mark.parametrize("layout", SHARED)
def test_several_rows_of_one_item_have_each_its_own_date(layout: str) -> None:
    listed = rows(page(f"<ul>{SHARED[layout].format(one=link(1), two=link(2))}</ul>"))
    assert [(row.title, row.published_on) for row in listed] == [(name(n), dt.date(2026, 2, n)) for n in (1, 2)]


def test_a_selector_that_names_an_item_of_several_rows_gives_them_all() -> None:
    item = SHARED["dates behind"].format(one=link(1), two=link(2))
    assert [row.published_on for row in rows(page(f"<ul>{item}</ul>"), "li")] == [dt.date(2026, 2, n) for n in (1, 2)]


def test_a_month_and_a_day_have_no_year_where_the_address_names_another_day() -> None:
    listed = rows(page("".join(f"<li>{link(n)}<span>03-0{n}</span></li>" for n in NUMBERS)))
    assert [row.published_on for row in listed] == [None] * 4


MENU = "<ul class=menu>{}</ul>".format(
    "".join(f"<li><a href='/{word}/'>{word}信息公开</a></li>" for word in ("政务", "通知", "办事", "互动"))
)
FOOT = "<div class=footer><a href='/gywm/202001/t20200101_1.html'>关于我们的网站说明</a></div>"


def test_an_undated_grid_of_documents_is_told_from_menus_and_footers() -> None:
    grid = f"<div class=grid>{''.join(f'<div class=one>{link(n)}</div>' for n in NUMBERS)}</div>"
    assert [row.title for row in rows(page(MENU + grid + FOOT))] == [name(n) for n in NUMBERS]


def test_a_grid_of_offices_counts_on_a_page_about_budgets_only() -> None:
    offices = ("市教育局", "市公安局", "市民政局", "市司法局", "市财政局")
    grid = "<ul>{}</ul>".format("".join(f"<li><a href='./{n}/'>{office}</a></li>" for n, office in enumerate(offices)))
    assert [row.title for row in rows(page(grid))] == list(offices)
    assert rows(page(grid, "机构导航")) == []


def test_neighbours_without_a_date_are_no_rows_of_a_column() -> None:
    column = "".join(f"<li>{link(n)}<span>2026-02-0{n}</span></li>" for n in range(1, 10))
    beside = "".join(f"<p><a href='/xw/202601/t2026010{n}_{n}.html'>热点推荐的文章第{n}篇</a></p>" for n in NUMBERS)
    body = f"<p>当前位置：<a href='/'>首页</a> &gt; 部门预算</p><ul>{column}</ul><div class=hot>{beside}</div>"
    assert len(rows(page(body))) == 9
    assert len(rows(page(body.replace("当前位置", "欢迎")))) == 13


def test_what_turns_pages_or_leads_on_is_no_row() -> None:
    more = "<a href='/yjs/'>更多&gt;&gt;</a><a href='index_1.html'>下一页</a><a href='index_1.html'>2</a>"
    items = "".join(f"<div>{link(n)}<i>{day(n)}</i></div>" for n in NUMBERS)
    assert len(rows(page(f"<div>{items}</div><div>{more}</div>"))) == 4


def test_a_group_is_named_by_the_classes_its_blocks_share() -> None:
    items = "".join(f"<li class='item {'odd' if n % 2 else 'even'}'>{link(n)}<i>{day(n)}</i></li>" for n in NUMBERS)
    [group] = content_groups(page(f"<div class=box><ul>{items}</ul></div>"))
    assert group.selector == "div.box > ul > li.item"


def test_links_to_the_budgets_of_each_year_are_rows_of_a_page_about_budgets() -> None:
    years = "".join(f"<span><a href='./{year}/'>{year}年部门预算</a></span>" for year in (2024, 2025, 2026))
    assert [row.title for row in rows(page(f"<div class=tabs>{years}</div>"))] == [
        f"{y}年部门预算" for y in (2024, 2025, 2026)
    ]
    assert rows(page(f"<div class=tabs>{years}</div>", "某市财政局")) == []
