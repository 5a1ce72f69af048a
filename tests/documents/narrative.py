"""Narrative of the demo documents: short sentences of our own around the published amounts.

The section headings are those every disclosure must have by the national rules for publishing budgets
(地方预决算公开操作规程); what stands under them is written here and says nothing that the facts do not.
"""

from __future__ import annotations

from tests.documents.disclosures import Disclosure, Project

DISCLAIMER = "说明：本文件为演示材料，文字由演示程序撰写，表中数据取自已公开的预算。"

_DUTIES = (
    "（一）办理就业登记、招聘会和技能培训报名等就业服务。",
    "（二）管理参保登记、缴费核对和待遇核发的日常业务。",
    "（三）受理劳动纠纷投诉，安排调解和仲裁。",
    "（四）承担事业单位岗位、职称和考试的事务性工作。",
)
_TERMS = (
    "1、财政拨款收入：由本级财政安排给本{kind}的资金。",
    "2、单位资金：财政拨款和财政专户资金之外的各项收入。",
    "3、基本支出：维持日常运转的人员支出和公用支出。",
    "4、项目支出：为某一任务单独安排的支出。",
    "5、上年结转：上一年没有用完、今年接着用的资金。",
)


def quoted_sentence(disclosure: Disclosure, section: str) -> str:
    """The amounts quoted in ``section`` as one sentence, for example 2025年收入预算16654.84万元，其中：…。"""
    (item, amount), *rest = disclosure.quoted[section]
    unit = disclosure.unit
    sentence = f"{disclosure.year}年{item}{amount}{unit}"
    if rest:
        sentence += "，其中：" + "、".join(f"{name}{value}{unit}" for name, value in rest)
    return sentence + "。"


def changed_sentence(disclosure: Disclosure) -> str:
    """This year's plan beside last year's: 2025年预算收支安排16654.84万元，较2024年预算增加154.35万元，其中：…。"""
    _, planned = disclosure.quoted["income"][0]
    (item, amount), *rest = disclosure.quoted["change"]
    unit, year = disclosure.unit, disclosure.year
    direction = item[-2:]
    parts = "、".join(f"{name}{value}{unit}" for name, value in rest)
    return f"{year}年预算收支安排{planned}{unit}，较{year - 1}年预算{direction}{amount}{unit}，其中：{parts}。"


def duties() -> tuple[str, ...]:
    """What the department does, in our words."""
    return _DUTIES


def terms(disclosure: Disclosure) -> tuple[str, ...]:
    """名词解释 in our words."""
    return tuple(term.format(kind=disclosure.kind) for term in _TERMS)


def purpose(project: Project) -> str:
    """资金用途 of a project, which the facts do not carry."""
    return f"安排用于“{project.name}”。"


def goal(project: Project) -> str:
    """绩效目标 of a project, which the facts do not carry."""
    return f"1.按计划完成“{project.name}”。"


def overall_goals() -> tuple[str, ...]:
    """部门整体绩效目标 in our words."""
    return (
        "（一）总体绩效目标",
        "按年初计划完成就业、社保、人事和劳动关系各项任务。",
        "（二）分项绩效目标",
        "1.就业服务：按月公布岗位，按时发放补贴。",
        "2.社会保险：参保信息准确，待遇不拖欠。",
        "3.劳动关系：投诉有登记，案件有结果。",
        "（三）工作保障措施",
        "指定专人跟踪进度，按季度核对支出。",
    )


def tasks() -> tuple[tuple[str, str], ...]:
    """年度主要任务 of seed 003: names and contents in our words."""
    return (
        ("任务一：就业服务", "组织招聘和培训，落实各项补贴。"),
        ("任务二：权益维护", "处理欠薪投诉，开展仲裁调解。"),
        ("任务三：社会保险", "办理参保和待遇发放。"),
        ("任务四：劳动关系", "指导用人单位签订劳动合同。"),
        ("任务五：内部管理", "执行财务制度，公开办事结果。"),
    )


def intro(disclosure: Disclosure) -> str:
    """The opening sentence of the narrative."""
    return f"现将{disclosure.entity}{disclosure.year}年{disclosure.kind}预算及有关情况公布如下。"
