"""Recorded pages of portals against truths: rows, files, titles, dates, numbers, publishers, next pages, families.

    .venv/bin/python benchmarks/pages.py FOLDER [--truth FILE] [--verbose]

`FOLDER` holds pages (`*.html`).  The truth is one JSON object by the pages' file names, of which each states what a
person judged: `url`; `families` that are right; of a list `rows`, a pattern that the addresses of exactly its rows
match, with `but` for those that match and are none and `also` for further ones, `dated`, how many print a whole date,
and `next`; of an article `title`, `date`, `number`, `publisher`, `files` and `pictures`.  A fact that is null is none.
A fact that a page's truth does not state is not judged.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gongkai.crawler.families.static import StaticParameters, read_listing
from gongkai.crawler.pages.article import article_facts
from gongkai.crawler.pages.lead import Lead, Role
from gongkai.crawler.pages.links import attachments, element_addresses
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page, squeeze
from gongkai.crawler.pages.pictures import page_pictures
from gongkai.crawler.survey.recognition import detect_page

TRUTH = Path(__file__).with_name("pages.truth.json")
FACTS = {"title": "title", "date": "published_on", "number": "index_number", "publisher": "publisher"}


@dataclasses.dataclass(slots=True)
class Tally:
    """Counts of one thing over all pages: right, missed, and wrongly told."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        recall, precision = (
            self.right / (self.right + lost) if self.right + lost else 1.0 for lost in (self.missed, self.wrong)
        )
        counts = f"{self.right} right, {self.missed} missed, {self.wrong} wrong"
        return f"recall {recall:.4f}  precision {precision:.4f}  ({counts})"


class Score:
    """What was judged so far."""

    def __init__(self, *, verbose: bool) -> None:
        self.verbose = verbose
        self.tallies: dict[str, Tally] = collections.defaultdict(Tally)

    def sets(self, name: str, what: str, true: set[str], told: set[str]) -> None:
        tally = self.tallies[what]
        tally.right += len(true & told)
        tally.missed += len(true - told)
        tally.wrong += len(told - true)
        for sign, addresses in (("missed", true - told), ("wrong", told - true)):
            for address in sorted(addresses) if self.verbose else ():
                print(f"{name}: {what} {sign}: {address}")

    def fact(self, name: str, what: str, true: object, told: object) -> None:
        self.sets(name, what, {str(true)} if true is not None else set(), {str(told)} if told is not None else set())


def linked(page: Page) -> Iterator[str]:
    """The addresses of all links of a page that print a text."""
    for anchor in page.tree.iter("a"):
        address = next(element_addresses(anchor), None)
        url = page.resolve(address) if address else None
        if url and len(squeeze(anchor.text_content())) > 1:
            yield url.partition("#")[0]


def judge(score: Score, name: str, page: Page, truth: Mapping[str, Any]) -> None:
    if "families" in truth:
        family = detect_page(page).family
        is_right = family is None or family in truth["families"]
        score.fact(name, "family (right or unknown)", "right", "right" if is_right else family)
    if "rows" in truth:
        judge_list(score, name, page, truth)
    facts = article_facts(page)
    for what, field in FACTS.items():
        if what in truth:
            score.fact(name, what, truth[what], getattr(facts, field))
    if "files" in truth:
        told = {link.url.rpartition("/")[2] for link in attachments(page)}
        score.sets(name, "files", set(truth["files"]), told)
    if "pictures" in truth:
        told = {str(number) for number in range(len(page_pictures(page)))}
        score.sets(name, "pictures", {str(number) for number in range(truth["pictures"])}, told)


def judge_list(score: Score, name: str, page: Page, truth: Mapping[str, Any]) -> None:
    pattern, but = re.compile(truth["rows"]), re.compile(truth.get("but") or r"(?!)")
    true = {url for url in linked(page) if pattern.search(url) and not but.search(url)} | set(truth.get("also", ()))
    listed = rows(page)
    score.sets(name, "rows", true, {row.url for row in listed})
    if "dated" in truth:
        dated = sum(isinstance(row.published_on, dt.date) for row in listed if row.url in true)
        score.sets(name, "dates of rows", {str(n) for n in range(truth["dated"])}, {str(n) for n in range(dated)})
    if "next" in truth:
        lead = Lead(url=page.url, role=Role.LISTING)
        told = [further.url for further in read_listing(page, lead, StaticParameters()).next_pages]
        score.sets(name, "next pages", set(truth["next"]), set(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path, default=TRUTH)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    score = Score(verbose=arguments.verbose)
    truths = json.loads(arguments.truth.read_text(encoding="utf-8"))
    judged = [name for name in truths if (arguments.folder / name).exists()]
    for name in judged:
        page = Page.from_bytes((arguments.folder / name).read_bytes(), truths[name]["url"])
        judge(score, name, page, truths[name])
    print(f"{len(judged)} of {len(truths)} pages")
    for what, tally in score.tallies.items():
        print(f"{what:<28}{tally}")


if __name__ == "__main__":
    main()
