"""Rows of a listing found by its structure: repeated blocks of one link each, whatever they are made of.  Pure functions.

A *block* is the largest element that links one document: `<li>`, `<div class="item">`, `<p>`, a row or a cell of a
table, or a bare `<a>`.  Blocks of one tag and class within one parent make a *group*.  A group is a list of documents
where its blocks print dates, or where they link documents rather than columns; menus, breadcrumbs, pagers and footers
do neither, or stand where no list of documents stands (`NAVIGATION`).  A date belongs to the link it stands nearest to.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.dates import Dating, dating, in_address, is_date_only, undated
from gongkai.crawler.pages.links import element_addresses, link_text, promised_suffix
from gongkai.crawler.pages.page import INVISIBLE, Page, squeeze

MORE = re.compile(
    r"[\[【(（<«‹\s]*(?:查看|阅读|显示|点击|加载)?(?:更\s*多|more|详\s*情|详\s*细|全\s*文|下\s*载|查看|进入|原文|返回|打印|关闭)"
    r"(?:内容|信息|更多|全部|阅读)?[+＋]?[\s\]】)）>»›→.…]*",
    re.IGNORECASE,
)
PAGER = re.compile(
    r"[\[【<«‹\s]*(?:\d{1,5}|[上下前后]\s*一?\s*[页頁条篇]|[首尾末]\s*[页頁]|next|prev(?:ious)?|last|first|go|转到|跳转|确定)"
    r"[\s\]】>»›→]*",
    re.IGNORECASE,
)
CATEGORY = re.compile(r"[\[【〔「(（<][^\[\]【】〔〕「」()（）<>]{1,12}[\]】〕」)）>]\s*[:：|]?")
NAVIGATION = re.compile(
    r"nav|menu|crumb|foot|copyright|friend|yqlj|yqlink|sitemap|toolbar|dqwz|share|login|search|paging|pagination|"
    r"(?:^|[_\s-])(?:header|head|pager?s?|page-?num|position|weizhi|dbdh)(?:$|[_\s-])",
    re.IGNORECASE,
)
NAVIGATION_TAGS = frozenset({"nav", "header", "footer", "select"})
ROW_TAGS = frozenset({"li", "tr", "dd"})
BUDGETS = re.compile(r"预算|决算|三公")
OFFICE = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|院|会|部|处|中心|队|所|站|校|学院|政府|乡|镇|街道|区|县|市|公司|协会|馆|社|团)(?:机关|本级)?$"
)
DOCUMENT_NAME = re.compile(
    r"(?:^|[^0-9a-z])(?:[a-z_-]*\d{4,}[\w-]*|[a-z]*[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|art_\w{6,})$",
    re.IGNORECASE,
)
DOCUMENT_FOLDER = re.compile(r"^(?:20\d{6}|\d{12,}|[0-9a-f]{24,}|c\d+a\d+)$", re.IGNORECASE)
COLUMN_FOLDER = re.compile(r"^(?:channels?|columns?|col|list|category|node|lanmu|class)$", re.IGNORECASE)
DAY_IN_PATH = re.compile(r"/(?:19|20)\d\d[-/]?(?:0?[1-9]|1[0-2])(?:[-/]?\d{1,2})?/")
COLUMN_NAME = re.compile(r"^(?:index|default|list|home|main|zfxxgk|channel|col|node|category)[\w-]*$", re.IGNORECASE)
DOCUMENT_QUERY = re.compile(
    r"(?:^|&)(?:id|\w*(?:news|article|info|content|doc|post|detail)_?(?:id|no)?)=[\w-]*\d[\w-]*", re.IGNORECASE
)
POSTS = frozenset({"mp.weixin.qq.com"})
"""Hosts that serve nothing but single posts, whatever their addresses look like."""
COLUMN_SIGNS = re.compile(
    r"(?:当前|所在|您的|现在的?|你的)\s*位置|下\s*一?\s*页|[尾末]\s*页|共\s*\d+\s*[页条]|\bcreatePage(?:HTML)?\s*\(\s*[\"'\d]"
)
"""Words of a breadcrumb or a pager, which stand on columns and not on home pages."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti)(?:$|[\s_-])", re.IGNORECASE)
CLASS_NAME = re.compile(r"[A-Za-z_][\w-]*")
SELECTOR_STEPS = 3
"""Elements that a selector names at most: the block and two around it."""
SHORTEST_NAME = 4
"""Fewer characters are a mark beside a title."""
FEWEST = 0.5
"""Of the blocks of a group, so many have to print a date, or to link a document."""
MOST_LINKS = 6
"""A block that links more documents than this is no row with a category and a file, but a list."""
MAIN_SHARE = 0.6
MAIN_ROWS = 8
"""A page of which one group has so many dated rows, and this share of all, is a column: what it links without a date
beside them are neighbours."""
SHORTEST_ALONE = 10
"""Characters of the title of a document that stands alone and undated on its page."""
OFFICES = 4
"""So many links that are named after offices make a grid of departments."""


@dataclasses.dataclass(frozen=True)
class Block:
    """One link to a document with the element that belongs to it alone, and its date."""

    element: HtmlElement
    anchor: HtmlElement
    url: str
    title: str
    dated: Dating | None

    @property
    def published_on(self) -> dt.date | None:
        """The printed date; one of a month and a day has its year from the address, where both name the same day."""
        if self.dated is None:
            return None
        return self.dated.day or in_address(self.url, self.dated)


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


def is_document(url: str, page_url: str) -> bool:
    """True for an address of a document rather than of a column: it ends in a long number, a hash or a file's name."""
    parts = urlsplit(url)
    if promised_suffix(url) or (parts.hostname in POSTS and len(parts.path) > 1):
        return True
    folders = [folder for folder in parts.path.split("/") if folder]
    if not folders:
        return False
    last, _, _ = folders[-1].partition(".")
    before = folders[-2] if len(folders) > 1 else ""
    if COLUMN_NAME.match(last) and not re.search(r"\d{5,}", last):
        return DOCUMENT_FOLDER.match(before) is not None and COLUMN_FOLDER.match("".join(folders[-3:-2])) is None
    if last in {"c", "content", "page", "detail", "view", "show"}:
        named = DOCUMENT_FOLDER.match(before) is not None or DAY_IN_PATH.search(parts.path) is not None
        return named or (same_site(url, page_url) and DOCUMENT_QUERY.search(parts.query) is not None)
    if DOCUMENT_NAME.search(last):
        return COLUMN_FOLDER.match(before) is None and not re.match(r"^c\d+$", last)
    if DAY_IN_PATH.search(parts.path) and "." in folders[-1]:
        return True
    return same_site(url, page_url) and DOCUMENT_QUERY.search(parts.query) is not None


# --- links ------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class _Links:
    """The links of a part of a page that may be rows: by element, the anchors that stand in it by their addresses."""

    page: Page
    root: HtmlElement
    within: dict[HtmlElement, dict[str, list[HtmlElement]]]
    titles: dict[HtmlElement, str]

    def of(self, element: HtmlElement) -> dict[str, list[HtmlElement]]:
        return self.within.get(element, {})

    def naming(self, anchors: list[HtmlElement]) -> HtmlElement:
        """The one among the links to one address that names it: the first, unless another prints it at full length.

        A picture or a summary may link the document too."""
        first = next((anchor for anchor in anchors if len(self.titles[anchor]) >= SHORTEST_NAME), anchors[0])
        begun = self.titles[first].rstrip(".…")
        if begun == self.titles[first]:
            return first
        return next(
            (anchor for anchor in anchors if self.titles[anchor].startswith(begun) and anchor is not first), first
        )

    def title(self, anchors: list[HtmlElement]) -> str:
        return self.titles[self.naming(anchors)]


def _links(page: Page, root: HtmlElement) -> _Links:
    """The links that may be rows: not pagers, «more», categories in brackets, or dates that are links."""
    found: list[tuple[HtmlElement, str]] = []
    titles: dict[HtmlElement, str] = {}
    for anchor in root.iter():
        if anchor.tag != "a" and not (isinstance(anchor.tag, str) and anchor.get("onclick")):
            continue
        address = next(element_addresses(anchor), None)
        url = page.resolve(address) if address else None
        title = title_of(anchor)
        if url is None or not title or _is_minor(title) or not url.startswith(("http:", "https:")):
            continue
        titles[anchor] = title
        found.append((anchor, url.partition("#/")[0] if "#/" in url else url.partition("#")[0]))
    within: dict[HtmlElement, dict[str, list[HtmlElement]]] = {}
    for anchor, url in found:
        element = anchor
        while element is not None:
            within.setdefault(element, {}).setdefault(url, []).append(anchor)
            if element is root:
                break
            element = element.getparent()
    return _Links(page, root, within, titles)


def title_of(anchor: HtmlElement) -> str:
    """The link's title, without the date that some templates print inside the link, or behind its `title`."""
    title, shown = link_text(anchor), squeeze(anchor.text_content())
    if not anchor.get("title") and (heading := _heading(anchor)):
        title = heading
    if shown and len(shown) >= 6 and title.startswith(shown) and undated(title) == shown:
        title = shown
    if shown.startswith(title) and len(shown) > len(title) >= 4 and undated(shown) != title:
        title = title if anchor.get("title") else shown
    for child in anchor.iterdescendants():
        text = squeeze(child.text_content()) if isinstance(child.tag, str) else ""
        if text and is_date_only(text):
            title = title.removesuffix(text).removeprefix(text)
    return squeeze(title).lstrip("·•▪■◆●▶►※> ").strip()


def _heading(anchor: HtmlElement) -> str:
    """The title among the texts of a link that holds a summary too."""
    for child in anchor.iterdescendants():
        is_heading = child.tag in HEADINGS or (
            isinstance(child.tag, str) and TITLE_NAME.search(child.get("class") or "")
        )
        if is_heading and len(text := squeeze(child.text_content())) >= SHORTEST_NAME and not is_date_only(text):
            return text
    return ""


def _is_minor(title: str) -> bool:
    return bool(MORE.fullmatch(title) or PAGER.fullmatch(title) or CATEGORY.fullmatch(title) or is_date_only(title))


# --- blocks -----------------------------------------------------------------------------------------------------------


def _blocks(links: _Links, element: HtmlElement) -> Iterator[Block]:
    """The blocks below an element, in page order."""
    if len(links.of(element)) == 1:
        yield _block(links, element)
        return
    if whole := _row_with_more(links, element):
        yield whole
        return
    run: list[tuple[HtmlElement | None, Dating | None]] = []
    for piece, dated in _pieces(links, element):
        if piece is not None and len(links.of(piece)) > 1:
            yield from _settled(links, run)
            run = []
            yield from _blocks(links, piece)
        elif piece is not None or dated is not None:
            run.append((piece, dated))
    yield from _settled(links, run)


def _pieces(links: _Links, element: HtmlElement) -> Iterator[tuple[HtmlElement | None, Dating | None]]:
    """The children of an element that hold links, and the dates that stand between them."""
    yield None, dating([element.text or ""])
    for child in element:
        if isinstance(child.tag, str) and links.of(child):
            yield child, None
        elif isinstance(child.tag, str) and child.tag not in INVISIBLE:
            yield None, dating(child.itertext())
        yield None, dating([child.tail or ""])


def _settled(links: _Links, run: list[tuple[HtmlElement | None, Dating | None]]) -> Iterator[Block]:
    """The blocks of a run of links and dates; where dates stand before the links, each belongs to the link behind."""
    if run and run[0][0] is None and run[-1][0] is not None:
        ordered = list(reversed(run))
        yield from reversed(list(_dated_by_the_next(links, ordered)))
    else:
        yield from _dated_by_the_next(links, run)


def _dated_by_the_next(links: _Links, run: list[tuple[HtmlElement | None, Dating | None]]) -> Iterator[Block]:
    for place, (piece, _) in enumerate(run):
        if piece is None:
            continue
        block = _block(links, piece)
        following = run[place + 1] if place + 1 < len(run) else (None, None)
        if block.dated is None and following[0] is None and following[1] is not None:
            block = dataclasses.replace(block, dated=following[1])
        yield block


def _block(links: _Links, element: HtmlElement) -> Block:
    [(url, anchors)] = links.of(element).items()
    return _made(links, element, url, anchors)


def _made(links: _Links, element: HtmlElement, url: str, anchors: list[HtmlElement]) -> Block:
    anchor = links.naming(anchors)
    if not _is_repeated(links, element):
        element = _item(element, anchor)
    return Block(element, anchor, url, links.title(anchors), date_beside(element, anchor))


def _item(element: HtmlElement, anchor: HtmlElement) -> HtmlElement:
    """The item of a list that a link stands in; the element itself where no item stands between."""
    around: HtmlElement | None = anchor
    while around is not None and around is not element:
        if around.tag in ROW_TAGS:
            return around
        around = around.getparent()
    return element


def date_beside(element: HtmlElement, anchor: HtmlElement) -> Dating | None:
    """The date an element prints beside one of its links; one within the link counts where no other stands."""
    inside = (dated for text in _inner_texts(anchor) if (dated := dating([text])))
    return dating(_texts(element, anchor)) or next(inside, None)


def _inner_texts(anchor: HtmlElement) -> Iterator[str]:
    """The texts within a link that are nothing but a date, from the largest."""
    for child in anchor.iterdescendants():
        if isinstance(child.tag, str):
            text = squeeze(" ".join(child.itertext()))
            if text and is_date_only(text):
                yield text


def _texts(element: HtmlElement, anchor: HtmlElement) -> Iterator[str]:
    """The texts of an element outside one of its links."""
    if element is anchor or element.tag in INVISIBLE:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child, anchor)
        yield child.tail or ""


def _row_with_more(links: _Links, element: HtmlElement) -> Block | None:
    """The row of an element that links more than its document: its category before, a file behind it.

    It prints one date at most, holds no further rows, and one of its links is the document's: the only one to a
    document, or the longest by far.
    """
    urls = links.of(element)
    if not 2 <= len(urls) <= MOST_LINKS or not (element.tag in ROW_TAGS or _is_repeated(links, element)):
        return None
    inner = element.iterdescendants(*ROW_TAGS)
    if any(len(links.of(one)) for one in inner if one.tag != "tr" or element.tag == "tr"):
        return None
    dates = [text for text in element.itertext() if text.strip() and dating([text]) and is_date_only(squeeze(text))]
    if len(dates) > 1 or (not dates and element.tag != "tr"):
        return None
    ranked = sorted(urls.items(), key=lambda pair: len(links.title(pair[1])), reverse=True)
    documents = [pair for pair in ranked if is_document(pair[0], links.page.url) and not promised_suffix(pair[0])]
    if len(documents) == 1:
        return _made(links, element, *documents[0])
    if dates and len(links.title(ranked[0][1])) > len(links.title(ranked[1][1])):
        return _made(links, element, *ranked[0])
    return None


def _is_repeated(links: _Links, element: HtmlElement) -> bool:
    siblings = (element.getnext(), element.getprevious())
    return any(
        one is not None and one.tag == element.tag and one.get("class") == element.get("class") and links.of(one)
        for one in siblings
    )


# --- groups -----------------------------------------------------------------------------------------------------------


def groups(page: Page, root: HtmlElement | None = None) -> list[Group]:
    """All groups of blocks of a page, or of a part of it, lists of documents or not."""
    return _groups(_links(page, page.tree if root is None else root))


def _groups(links: _Links) -> list[Group]:
    if not links.of(links.root):
        return []
    gathered: dict[tuple[str, ...], list[Block]] = {}
    for block in _blocks(links, links.root):
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
    links = _links(page, page.tree if root is None else root)
    for group in _groups(links):
        if group.is_dated and (kept := _dated_blocks(page, group)):
            dated.append(Group(kept))
        else:
            others.append(group)
    is_column = _is_column(page, dated)
    rest = [kept for group in others if (kept := _undated(links, group, is_column=is_column))]
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


def _is_column(page: Page, dated: list[Group]) -> bool:
    """True for a page that says where it stands, or turns its pages, and has most of its dated rows in one group."""
    counts = [len(group.blocks) for group in dated]
    is_main = bool(counts) and max(counts) >= MAIN_ROWS and max(counts) >= MAIN_SHARE * sum(counts)
    return is_main and COLUMN_SIGNS.search(f"{page.visible_text} {page.scripts}") is not None


def _undated(links: _Links, group: Group, *, is_column: bool) -> Group | None:
    """The rows among a group most of which prints no date."""
    page = links.page
    dated = tuple(block for block in group.blocks if block.dated and is_document(block.url, page.url))
    if is_column:
        return Group(dated) if dated else None
    free = [block for block in group.blocks if block.dated or not _is_navigation(links, block.element)]
    documents = [block for block in free if is_document(block.url, page.url)]
    if len(free) >= OFFICES and speaks_of_budgets(page) and _is_grid(free, page):
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


def speaks_of_budgets(page: Page) -> bool:
    """True for a page whose title or column is about budgets."""
    return BUDGETS.search(f"{page.title} {page.meta.get('columnname', '')}") is not None


def _is_navigation(links: _Links, element: HtmlElement) -> bool:
    """True for what stands in a menu, a breadcrumb, a pager or a footer: by the tags around it, or by names of parts of
    the page that link columns more than documents and are not most of the page."""
    whole = len(links.of(links.root))
    around: HtmlElement | None = element
    while around is not None and around.tag not in {"body", "html"}:
        if around.tag in NAVIGATION_TAGS:
            return True
        urls = links.of(around)
        if 2 * len(urls) < whole and NAVIGATION.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
            documents = sum(is_document(url, links.page.url) for url in urls)
            if 2 * documents < len(urls):
                return True
        around = around.getparent()
    return False
