"""Rows of a listing found by its structure: repeated blocks of one link each.  Pure functions.

Blocks (`crawler.pages.blocks`) of one tag in parents of one tag and class make a *group*.  A group is a list of
documents where its blocks print dates, or where they link documents rather than columns; menus, breadcrumbs, pagers and
footers do neither, or stand where no list of documents stands (`NAVIGATION`).
"""

from __future__ import annotations

import dataclasses
import re
from functools import cached_property

from lxml.html import HtmlElement

from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.blocks import ROW_TAGS, Block, PageLinks, blocks, page_links
from gongkai.crawler.pages.document_addresses import is_document
from gongkai.crawler.pages.page import Page

NAVIGATION = re.compile(
    r"nav|menu|crumb|foot|copyright|friend|yqlj|yqlink|sitemap|toolbar|dqwz|share|login|search|paging|pagination|"
    r"(?:^|[_\s-])(?:header|head|pager?s?|page-?num|position|weizhi|dbdh)(?:$|[_\s-])",
    re.IGNORECASE,
)
NAVIGATION_TAGS = frozenset({"nav", "header", "footer", "select"})
BUDGETS = re.compile(r"预算|决算|三公")
YEARLY = re.compile(r"(?:19|20)\d\d\s*年?.*(?:预算|决算|三公)")
OFFICE = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|院|会|部|处|中心|队|所|站|校|学院|政府|乡|镇|街道|区|县|市|公司|协会|馆|社|团)(?:机关|本级)?$"
)
COLUMN_SIGNS = re.compile(
    r"(?:当前|所在|您的|现在的?|你的)\s*位置|下\s*一?\s*页|[尾末]\s*页|共\s*\d+\s*[页条]|\bcreatePage(?:HTML)?\s*\(\s*[\"'\d]"
)
"""Words of a breadcrumb or a pager, which stand on columns and not on home pages."""
CLASS_NAME = re.compile(r"[A-Za-z_][\w-]*")
SELECTOR_STEPS = 3
"""Elements that a selector names at most: the block and two around it."""
FEWEST = 0.5
"""Of the blocks of a group, so many have to print a date, or to link a document."""
MAIN_SHARE = 0.6
MAIN_ROWS = 8
"""A page of which one group has so many dated rows, and this share of all, is a column: what it links without a date
beside them are neighbours."""
SHORTEST_ALONE = 10
"""Characters of the title of a document that stands alone and undated on its page."""
OFFICES = 4
"""So many links that are named after offices make a grid of departments."""


@dataclasses.dataclass(frozen=True)
class Group:
    """Blocks of one tag and class whose parents are of one tag and class too, in page order."""

    blocks: tuple[Block, ...]

    @cached_property
    def is_dated(self) -> bool:
        """True where the blocks print dates."""
        return sum(block.dated is not None for block in self.blocks) >= FEWEST * len(self.blocks)

    @cached_property
    def selector(self) -> str:
        """A CSS selector of the blocks: the tag and the classes they share, behind the nearest parent with a class."""
        shared = [_classes(block.element) for block in self.blocks]
        steps = [_simple(self.blocks[0].element, [name for name in shared[0] if all(name in one for one in shared)])]
        parent = self.blocks[0].element.getparent()
        while parent is not None and parent.tag not in {"body", "html"} and len(steps) < SELECTOR_STEPS:
            steps.insert(0, _simple(parent, _classes(parent)))
            if _classes(parent):
                break
            parent = parent.getparent()
        return " > ".join(steps)


def _classes(element: HtmlElement) -> list[str]:
    return [name for name in (element.get("class") or "").split() if CLASS_NAME.fullmatch(name)]


def _simple(element: HtmlElement, names: list[str]) -> str:
    return ".".join([str(element.tag), *names])


# --- groups -----------------------------------------------------------------------------------------------------------


def groups(page: Page, root: HtmlElement | None = None) -> list[Group]:
    """All groups of blocks of a page, or of a part of it, lists of documents or not."""
    return _groups(page_links(page, page.tree if root is None else root))


def _groups(links: PageLinks) -> list[Group]:
    if not links.of(links.root):
        return []
    gathered: dict[tuple[str, ...], list[Block]] = {}
    for block in blocks(links, links.root):
        gathered.setdefault(_kind(block.element), []).append(block)
    return [Group(tuple(blocks)) for blocks in gathered.values()]


def _kind(element: HtmlElement) -> tuple[str, ...]:
    """The tag of a block with the tags and classes of what it stands in: equal for blocks of one list.

    The block's own class is left out, which often marks the first or every second row."""
    path = [str(element.tag)]
    parent = element.getparent()
    while parent is not None and len(path) < 4:
        path.append(f"{parent.tag}.{parent.get('class') or ''}")
        parent = parent.getparent()
    return tuple(path)


def content_groups(page: Page, root: HtmlElement | None = None) -> list[Group]:
    """The groups that list documents, each with the blocks that do; see `crawler.pages.structure`."""
    dated: list[Group] = []
    others: list[Group] = []
    links = page_links(page, page.tree if root is None else root)
    for group in _groups(links):
        if group.is_dated and (kept := _dated_blocks(page, group)):
            dated.append(Group(kept))
        else:
            others.append(group)
    neighbours = {block.url for group in others for block in group.blocks if is_document(block.url, page.url)}
    is_column = _is_column(page, dated, len(neighbours))
    rest = [told for group in others if (told := _undated(links, group, is_column=is_column))]
    return [*dated, *rest]


def listed_blocks(page: Page, root: HtmlElement | None = None) -> list[Block]:
    """The blocks that list documents, in page order."""
    listed = [block for group in content_groups(page, root) for block in group.blocks]
    places = {element: place for place, element in enumerate((page.tree if root is None else root).iter())}
    return sorted(listed, key=lambda block: places[block.anchor])


def _dated_blocks(page: Page, group: Group) -> tuple[Block, ...]:
    """The rows of a group that prints dates; one that stands alone and is no item of a list has to link a document."""
    if len(group.blocks) == 1:
        [block] = group.blocks
        is_row = block.element.tag in ROW_TAGS or is_document(block.url, page.url)
        return group.blocks if is_row and len(block.title) > 1 else ()
    return tuple(block for block in group.blocks if block.dated or is_document(block.url, page.url))


def _is_column(page: Page, dated: list[Group], undated: int) -> bool:
    """True for a page that says where it stands, or turns its pages, and has most of its dated rows in one group, which
    is larger than all that it links without a date."""
    counts = [len(group.blocks) for group in dated]
    is_main = bool(counts) and max(counts) >= MAIN_ROWS and max(counts) >= MAIN_SHARE * sum(counts)
    return is_main and undated < max(counts) and COLUMN_SIGNS.search(f"{page.visible_text} {page.scripts}") is not None


def _undated(links: PageLinks, group: Group, *, is_column: bool) -> Group | None:
    """The rows among a group most of which prints no date."""
    page = links.page
    dated = tuple(block for block in group.blocks if block.dated and is_document(block.url, page.url))
    if is_column:
        return Group(dated) if dated else None
    free = [block for block in group.blocks if block.dated or not _is_navigation(links, block.element)]
    documents = [block for block in free if is_document(block.url, page.url)]
    if speaks_of_budgets(page) and ((len(free) >= OFFICES and _is_grid(free, page)) or _is_by_year(free)):
        return Group(tuple(free))
    if len(documents) < FEWEST * len(free) or not documents:
        return Group(dated) if dated else None
    told = [block for block in documents if len(block.title) >= (SHORTEST_ALONE if len(documents) < 3 else 2)]
    lengths = sorted(len(block.title) for block in documents)
    is_told = lengths[len(lengths) // 2] >= 6 or speaks_of_budgets(page)
    return Group(tuple(told)) if told and is_told else (Group(dated) if dated else None)


def _is_grid(blocks: list[Block], page: Page) -> bool:
    """True for links named after offices, or after their budgets, as on a landing page of budgets."""
    named = sum(bool(OFFICE.search(block.title) or BUDGETS.search(block.title)) for block in blocks)
    own = sum(same_site(block.url, page.url) for block in blocks)
    return named >= 0.8 * len(blocks) and own >= FEWEST * len(blocks)


def _is_by_year(blocks: list[Block]) -> bool:
    """True for links to the budgets of several years, one by one."""
    return len(blocks) > 1 and all(YEARLY.search(block.title) for block in blocks)


def speaks_of_budgets(page: Page) -> bool:
    """True for a page whose title or column is about budgets."""
    return BUDGETS.search(f"{page.title} {page.meta.get('columnname', '')}") is not None


def _is_navigation(links: PageLinks, element: HtmlElement) -> bool:
    """True for what stands in a menu, a breadcrumb, a pager or a footer: by the tags around it, or by names of parts of
    the page that link columns more than documents and are not most of the page."""
    around: HtmlElement | None = element
    while around is not None and around.tag not in {"body", "html"}:
        if around not in links.menus:
            links.menus[around] = _is_menu(links, around)
        if links.menus[around]:
            return True
        around = around.getparent()
    return False


def _is_menu(links: PageLinks, part: HtmlElement) -> bool:
    if part.tag in NAVIGATION_TAGS:
        return True
    urls = links.of(part)
    if 2 * len(urls) >= len(links.of(links.root)):
        return False
    if not NAVIGATION.search(f"{part.get('class') or ''} {part.get('id') or ''}"):
        return False
    return 2 * sum(is_document(url, links.page.url) for url in urls) < len(urls)
