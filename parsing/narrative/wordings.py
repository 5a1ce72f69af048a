"""The wordings in which narratives put numbers to items, as patterns over ``Sentence.plain``.

National families (the Ministry of Finance's templates and the provinces' variants of them):
``2025年收入预算总计…万元``, ``比上年增加…万元，增长…%``, ``与上年持平``, ``占…%``,
``年初预算为…万元，支出决算为…万元，完成年初预算的…%``.
"""

from __future__ import annotations

import functools
import re

from gongkai.vocabulary.dimensions import Fund

AMOUNT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>亿元|百万元|万元|千元|元|万(?=[，,。;)]))"
)
PERCENT = re.compile(r"(?<![\d.,])(?P<number>\d+(?:\.\d+)?)%")
COUNT = re.compile(r"(?<![\d.,])(?P<number>\d+)(?P<unit>辆|台\(套\)|台\(件、套\)|台|套)")
ZERO = re.compile(r"(?:为|是)(?P<zero>0(?:\.0+)?)(?=[，,。;)])")
YEAR = re.compile(r"(20\d\d)年")

_YEARS = r"(?:上一?年度?|去年度?|上个年度|20\d\d年度?)"
_BASE = rf"(?:(?:{_YEARS})(?:同期)?(?:[^，,。;:、()\d]|\(境\)){{0,24}}?|年初预算数?|全年预算数?|预算数?)"
BASE = re.compile(rf"(?:与|比|较|同|和|对比)(?P<base>{_BASE})(?:相比较?|比较|对比|相对|比)?(?:，|$|(?=[增减下上提降]))")
_COMPARE = rf"(?:与|比|较|同|和|对比|同比)?(?P<base>{_BASE})(?:相比较?|比较|对比|比)?"
_VERB = (
    r"(?:增加|增长|减少|下降|降低|减低|上升|提高|提升|压减|调增|调减|变化|变动|增减|增幅|减幅|降幅|升幅|上浮|下浮|减|增)"
    r"(?:\(?(?:增加|减少|增长|下降|降低|上升)\)?)?(?:了|额|数|率|比例|比率|幅度)?(?:为|约|达)?"
)
_OF_WHAT = (
    r"(?:收入|支出|收支|收、支|预算|决算|经费|费用|总计|合计|财政拨款|年初|数|当年|各|均|分别|同比|净|共|总|总体|安排|执行|也|将|都|"
    r"相应|，)*+"
)
COMPARED = re.compile(rf"{_OF_WHAT}(?:{_COMPARE})?{_OF_WHAT}(?P<verb>{_VERB})")
"""比上年预算增加, 增长, 与上年相比各增加; ``verb`` says which way, ``base`` against what."""
PREVIOUS = re.compile(rf"(?:与|比|较|同|和|对比)(?P<base>{_BASE})(?:的|为)?")
"""A comparison whose number is the other year's figure: 比2025年年初预算数 4,956.01 万元增加…"""

INCREASE = re.compile(r"增|上升|提高|提升|升幅|上浮|调增")
DECREASE = re.compile(r"减|下降|降低|降幅|下浮|压")
UNDIRECTED = re.compile(r"[增升].*[减降]|[减降].*[增升]|变化|变动")

UNCHANGED = re.compile(
    rf"(?:预算|决算|支出|收入)?(?:数|额)?(?:{_COMPARE}|同比(?:金额)?)，?(?:均|都|预算|数|支出|也)*(?P<about>基本|大致|大体)?"
    r"(?:保持)?(?:持平|相同|一致|相等|无增减变化|无增减|无变化|没有变化|无变动|不变)"
)
STEADY = re.compile(r"持平|相同|一致|相等|无|没有变化|不变")
"""One of these ends ``UNCHANGED``, which is slow to find nothing."""
DIRECTION = re.compile(r"决算数?(?P<way>大于|高于|多于|超过|小于|低于|少于|等于)(?:年初|全年)?预算数?")
"""Which way the outcome differs from the budget, without a number."""
WAYS = {"大于": "increase", "高于": "increase", "多于": "increase", "超过": "increase", "等于": "unchanged"}
NONE = re.compile(r"(?:没有(?:使用|安排)?|未(?:使用|安排)|无|不安排)(?:当年)?(?=[\u4e00-\u9fff])")

_LINKS = (
    r"预算|决算|支出|收入|经费|费用|费|资金|拨款|总额|总金额|金额|总计|合计|共计|共|总|数|额|安排|执行|财政拨款|财政|一般公共|年初|全年|"
    r"当年|本年度?|年度|20\d\d年度?|为|是|达到|达|约|核定|计划|指标|的|用|各|科目|项目|"
    r"\([类款项]\)|\([^()\d，。;]{0,24}\)|\(\d{3,7}\)|:"
)
CONNECT = re.compile(rf"(?:{_LINKS})*+")
"""Words that link an item's name to its amount."""
CARRIED_ON = re.compile(
    r"(?:我|本)?(?:部门|单位|局|院|委)?(?:20\d\d年度?|上年度?|去年)?(?:我|本)?(?:部门|单位|局|院|委)?(?:年初|全年|当年|本年|财政拨款|支出|收入|拟)*"
    r"(?:预算|决算|执行|安排)(?:预算|决算|支出|收入|执行|安排|数|额|共|为|是)*"
)
"""Words that go on with the item named last: 支出决算为, 2026年预算数, 2023年当年预算执行数为."""
BUDGET_WORDS = re.compile(r"预算")
OF_BUDGET = re.compile(r"完成(?:了)?(?:年初|全年|年度|当年|调整后?|支出|本年)?预算(?:数|额)?(?:为)?")
"""A budget carried out whose amount follows: 完成预算 10 万元的 90%."""
COMPLETED = re.compile(
    r"(?:占|完成|为)(?:了)?(?:年初|全年|年度|当年|调整后?|支出|本年)?预算(?:数)?(?:\d[\d.,]*万?元)?的?"
)
SHARE = re.compile(r"占(?:[^，,。;:\d%]{0,30}?)(?:的|比重?|比例|比率)?(?:约)?(?:为)?")

_ORGANISATION = (
    r"[\u4e00-\u9fff]{2,30}?(?:局|委员会|委|办公室|办公厅|厅|院|所|中心|队|馆|校|站|街道办事处|办事处|政府|联合会|协会|会|署|部|"
    r"处|科|镇|乡|园|社|台|团|库|办)(?:本级|机关|系统)*"
)
_PLAIN = (
    r"20\d\d年度?初?|其中|分别|主要包括|包括|包含|含|当年|本年度?|全年|年度|年初|今年|预计|拟|(?:我|本)(?:部门|单位|级|局|院|委|校|办|厅|所|中心|馆|"
    r"队|站|街道|镇|乡)|全(?:市|省|县|区|局)|部门|单位|机关|系统|财政拨款|一般公共预算|公共预算|政府性基金预算?|国有资本经营预算?|"
    r"公共财政|财政|安排|使用|用于|通过|拨款|资金|预算|决算|支出|收入|收支|的|中|由|为|是|有|共|对应|相应|另外|此外|以及|和|及|与|"
    r"综合|合计|总计|[一二三四五]是|(?:等|下属|所属|及)*\d+[家个][\u4e00-\u9fff]{2,14}?(?:单位|机关)|按(?:照)?[^，。;:、]{1,14}?(?:划分为?|分类为?|分为?)|预算内|本级"
)
_VERSUS = rf"(?:与|比|较|同|和)(?:{_BASE})(?:相比较?|对比|比)?"
VERSUS = re.compile(_VERSUS)
PRIOR = re.compile(r"上一?年|去年")
LEAD = re.compile(rf"(?:{_VERSUS})?(?:{_PLAIN})*(?:{_ORGANISATION}(?:{_PLAIN})*)?")
"""Words before an item's name that leave it what it is."""
TOPIC_TAIL = re.compile(rf"(?:{_LINKS}|情况|总体|具体|规模|结构|变化|构成|使用|增减|说明|方面|明细|安排)*+[。:]?")
"""What may follow an item's name in a heading or in a sentence that only names it."""

SKIPPED = re.compile(
    r"(?:主要(?:用于(?!以下|下列)|包括(?!:?(?:人员|公用|日常))|支出(?:为|包括)|(?:是|为|系)|开支|用途|原因|保障|接待|安排)|原因(?:是|为|:)|用于(?!以下|下列)|"
    r"由于|因为)(?:(?!，其中:|，(?:与|比|较|同|和)(?:上年|上一年|去年|20\d\d年|年初预算|预算)|;|。).)*"
)
REASON = re.compile(
    r"(?:主要(?:增减变动情况)?(?:原因(?:是|为|:|一是)?:?|是因为|是由于|是|为|系)|原因(?:是|为|:):?|(?<=，)(?:因为|由于)):?(?P<reason>[^;。]{2,}(?:;[二三四五六]是[^;。]*)*)"
)

NO_NARRATIVE = re.compile(
    r"绩效|名词|术语|项目(?:概况|资金|背景|概述|立项|决策|过程|产出|效益)|评价|自评|立项依据|主要职[责能]|工作任务|机构设置|债务"
)
"""Headings of parts whose amounts are not the document's own items: projects, definitions, tasks."""

COMPARED_WITH = (
    ("own_budget", re.compile(r"^(年初|全年)?预算数?$")),
    ("prior_actual", re.compile(r"决算|执行|完成|支出数$")),
    ("prior_budget", re.compile(r"预算")),
    ("prior_year", re.compile(r"年")),
)
_FUNDS: tuple[tuple[Fund, str], ...] = (
    ("government_fund", "基金"),
    ("state_capital", "国有资本经营"),
    ("general_public", "一般公共预算|公共财政|一般公共"),
    ("fiscal_appropriation", "财政拨款|财政补助"),
)


@functools.lru_cache(maxsize=4_096)
def fund_in(text: str) -> Fund | None:
    """The fund that words name; None where they name none."""
    return next((fund for fund, pattern in _FUNDS if re.search(pattern, text)), None)
