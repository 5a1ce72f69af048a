"""The Chinese documentation is in step with the English: what a reader can name stands in both, in the same order.

Sentences are not compared; headings, code, the first column of tables and links are.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from gongkai.lake.schema import TABLES
from gongkai.vocabulary.languages import in_chinese
from tests.chinese.glossary_page import PAGE, page

ROOT = Path(__file__).resolve().parents[2]
PAIRS = {
    "README.md": "README.zh-CN.md",
    "CHANGELOG.md": "docs/zh/CHANGELOG.md",
    "docs/notebooks/README.md": "docs/zh/notebooks.md",
} | {f"docs/{path.name}": f"docs/zh/{path.name}" for path in (ROOT / "docs").glob("*.md") if path != PAGE}
"""Every page for users and its Chinese."""

_LINK = re.compile(r"\]\(([^)#\s]*)#?[^)]*\)")
_CODE = re.compile(r"`([^`]+)`")
_NOTE = re.compile(r"\s+#(?: .*| (?=\S).*)$")


@dataclasses.dataclass(frozen=True)
class Structure:
    """What two pages have in common, whatever their language."""

    headings: list[str]
    code: list[str]
    keys: list[str]
    links: set[str]


def split(text: str) -> tuple[str, list[str]]:
    """The prose, and the lines of code without what a comment says; a drawing of words and arrows is prose."""
    prose, code, is_fenced = [], [], False
    for line in text.splitlines():
        if line.startswith("```"):
            is_fenced = not is_fenced
        elif is_fenced or (line.startswith("    ") and " → " not in line):
            code.append(_NOTE.sub("", line))
        else:
            prose.append(line)
    return "\n".join(prose), [line for line in code if line]


def structure(text: str) -> Structure:
    prose, code = split(text)
    headings = [
        f"{'#' * len(level)} {' '.join(_CODE.findall(title))}"
        for level, title in re.findall(r"^(#+) (.*)$", prose, re.MULTILINE)
    ]
    rows = [re.split(r"(?<!\\)\|", line)[1] for line in prose.splitlines() if line.startswith("|")]
    switch = text.split("\n", 4)[2] if text.count("\n") > 3 else ""
    links = {link for link in _LINK.findall(prose) if link} - set(_LINK.findall(switch))
    return Structure(headings, code, [" ".join(_CODE.findall(row)) for row in rows], links)


def of_english(name: str) -> Structure:
    """The structure of an English page, its links as the Chinese one states them."""
    found = structure((ROOT / name).read_text(encoding="utf-8"))
    return dataclasses.replace(found, links={_in_chinese(name, link) for link in found.links})


def _in_chinese(name: str, link: str) -> str:
    """A link of an English page as its Chinese one states it: to the Chinese page, where there is one."""
    if "://" in link:
        return link
    target = os.path.normpath(Path(name).parent / link)
    return os.path.relpath(PAIRS.get(target, target), Path(PAIRS[name]).parent)


@pytest.mark.parametrize("english", sorted(PAIRS))
def test_a_page_and_its_chinese_are_in_step(english: str) -> None:
    chinese = ROOT / PAIRS[english]
    assert chinese.is_file(), f"{english} has no Chinese: write {PAIRS[english]}"
    ours, theirs = of_english(english), structure(chinese.read_text(encoding="utf-8"))
    for ours_of, theirs_of in ((ours.headings, theirs.headings), (ours.code, theirs.code), (ours.keys, theirs.keys)):
        lacking, surplus = (Counter(ours_of) - Counter(theirs_of)), (Counter(theirs_of) - Counter(ours_of))
        assert ([*lacking], [*surplus]) == ([], []), "what the Chinese page lacks, and what it has too much"
        assert theirs_of == ours_of, "their order"
    assert theirs.links == ours.links


def entries(text: str) -> list[tuple[str, list[str]]]:
    """What a change log lists, in order: versions, groups and changes, each with its code and its numbers."""
    lines = [" ".join(line.split()) for line in re.findall(r"^(?:#+|-) .*(?:\n {2}.*)*", text, re.MULTILINE)]
    return [(line.split()[0], sorted([*_CODE.findall(line), *re.findall(r"\d[\d,.]*\d", line)])) for line in lines]


def test_the_change_log_lists_the_same_in_both_languages() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("CHANGELOG.md", PAIRS["CHANGELOG.md"]))
    assert len(entries(english)) > 50
    assert entries(chinese) == entries(english)


def test_a_change_without_its_chinese_is_missed() -> None:
    english = "# Changelog\n\n## 1.0\n\n- `gongkai a` does\n  `b`.\n"
    assert entries(english) == entries("# 变更记录\n\n## 1.0\n\n- `gongkai a` 做 `b`。\n")
    assert entries(english) != entries(english + "- another one\n")


@pytest.mark.parametrize("english", sorted(PAIRS))
def test_each_page_leads_to_the_other(english: str) -> None:
    chinese = PAIRS[english]
    for here, there in ((english, chinese), (chinese, english)):
        first = (ROOT / here).read_text(encoding="utf-8").split("\n", 4)[2]
        assert (ROOT / here).parent.joinpath(_LINK.findall(first)[0]).resolve() == ROOT / there


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_explained_in_the_words_of_the_catalogue(table: str) -> None:
    section = (ROOT / "docs/zh/lake.md").read_text(encoding="utf-8").split(f"### `{table}`")[1].split("### `")[0]
    told = [f"| `{each.name}` | {each.type} | {in_chinese(each.description)} |" for each in TABLES[table].columns]
    assert [row for row in told if row not in section] == []


def test_every_chinese_page_is_chinese() -> None:
    for name in PAIRS.values():
        prose, _ = split((ROOT / name).read_text(encoding="utf-8"))
        assert not re.search(r"(?:\b[a-z]{2,} ){6}", _CODE.sub("", prose)), name


def test_links_of_chinese_pages_lead_somewhere() -> None:
    for name in PAIRS.values():
        text = (ROOT / name).read_text(encoding="utf-8")
        anchors = {_anchor(title) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
        for target, anchor in re.findall(r"\]\(((?!http)[^)#\s]*)#?([^)]*)\)", text):
            path = (ROOT / name).parent / target if target else ROOT / name
            assert path.exists(), f"{name}: {target}"
            if anchor:
                titles = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in (anchors if not target else {_anchor(title) for title in titles}), f"{name}: {anchor}"


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_the_glossary_page_is_that_of_the_list() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.chinese.glossary_page writes it"


def test_a_new_option_is_missed_in_chinese() -> None:
    text = "# A\n\n| option | meaning |\n|---|---|\n| `--old` | x |\n\n    gongkai add a   # one\n"
    assert structure(text) == structure(text.replace("meaning", "含义").replace("x |", "乙 |").replace("# one", "# 一"))
    assert structure(text).keys != structure(text + "\n| `--new` | y |\n").keys
    assert structure(text).code != structure(text.replace("add a", "add b")).code
    assert structure(text).headings != structure(text + "\n## B\n").headings
