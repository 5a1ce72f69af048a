"""What the short lines above, below and inside a table say: title, unit, entity, year, page number, note."""

from __future__ import annotations

import functools
import re

from gongkai.parsing.text.amounts import compact, stated_unit

_PAGE_NUMBER = re.compile(
    r"[-—–·•~]*第?\d{1,4}页?([,，、;/]?共?\d{1,4}页?)?[-—–·•~]*|(p|page)\.?\d{1,4}((of|/)\d{1,4})?|共\d{1,4}页[,，]?第\d{1,4}页",
    re.IGNORECASE,
)
_CAPTION = tuple(
    re.compile(pattern)
    for pattern in (
        r"(金额)?单位:.{0,4}元.*",
        r".*(金额)?单位:(人民币)?(百万|万|千|亿)?元\)?",
        r"(预算|决算|财政)?年(度|份):?\d{4}.*",
        r"\(?\d{4}年度?\)?",
        r"\d{4}年\d{1,2}月(\d{1,2}日)?",
        r"截[止至](时间|日期|到)?:?.*\d{4}.*",
        r"(填报|编制|制表|批复|公开)(日期|时间):?.*",
        r"[(（]?(预算|决算)?(公开|附)?(预算|决算)?(附?表)?0?\d{1,2}(-\d+)?表?[)）]?",
        r"(附件?|附?表|公开表?)[一二三四五六七八九十\d]{1,3}(-\d{1,2})?:?表?",
        r"(财预|财决|公开|预决算公开|部门公开|预算公开)\d{1,2}(-\d+)?表",
        r"(编制|填报|预算|公开|主管|汇总)?(部门|单位|科室)(\(单位\)|及单位|\(盖章\))?(名称|编码|代码)?(\(公章\))?:.*",
        r"(部门|单位)(名称|代码).*:.*",
        r"\[?\d{3,9}\]?[-—]?(?!年)[\u4e00-\u9fff()]{3,40}(?<!表)",
        r"项目(单位|名称|编码).{0,3}:.*",
    )
)
_NOTE = re.compile(
    r"[(（]?(备注|附注|说明|注)\d*[:：.、].*|\*.*|空表列示.*|.*(空表列示|本表(为空|无数据)|故本表(为空|无)).*"
)
_EMPTY_BY_DECLARATION = re.compile(
    r"空表|无数据|为空|没有.*(预算|支出|收入|安排)|无.*(预算|支出|拨款|采购|安排)|未安排|不涉及"
)
_TITLE_ENDS = re.compile(
    r".*(表|表格|总体情况|情况|预算|决算|安排|构成)([(（][^()（）]{0,40}[)）])*([(（][^()（）]{0,12})?"
)
_SENTENCE = re.compile(r"[。；;！？]|,.*,|，.*，")
_CONTENTS_LEADER = re.compile(r"\.{3,}|…{2,}|·{3,}|-{5,}|_{4,}")
MAX_TITLE = 80


@functools.lru_cache(maxsize=8_192)
def is_page_number(text: str) -> bool:
    """``- 12 -``, ``第12页``, ``12``."""
    return _PAGE_NUMBER.fullmatch(compact(text)) is not None


@functools.lru_cache(maxsize=8_192)
def is_caption(text: str) -> bool:
    """A line that belongs to a table's head but is not its title: unit, entity, year, form number, closing date."""
    plain = compact(text)
    return len(plain) <= MAX_TITLE and any(pattern.fullmatch(plain) for pattern in _CAPTION)


@functools.lru_cache(maxsize=8_192)
def is_note(text: str) -> bool:
    """A remark below a table: 注：…, or the sentence that says it is empty on purpose."""
    return _NOTE.fullmatch(compact(text)) is not None


def declares_empty(text: str) -> bool:
    """True when a note says that the table is empty on purpose (空表列示, 本表无数据)."""
    return is_note(text) and _EMPTY_BY_DECLARATION.search(compact(text)) is not None


@functools.lru_cache(maxsize=8_192)
def is_contents_entry(text: str) -> bool:
    """A line of a table of contents: a title, leader dots and a page number."""
    return _CONTENTS_LEADER.search(text) is not None


@functools.lru_cache(maxsize=8_192)
def could_be_title(text: str) -> bool:
    """A short line that could name a table: ends like one and is not a sentence."""
    plain = compact(text)
    if not 3 <= len(plain) <= MAX_TITLE or is_contents_entry(text) or _SENTENCE.search(plain):
        return False
    return not is_caption(text) and not is_note(text) and _TITLE_ENDS.fullmatch(plain) is not None


def unit_in(texts: list[str]) -> str | None:
    """The first unit of account that any of the texts states."""
    return next((unit for text in texts if (unit := stated_unit(text)) is not None), None)
