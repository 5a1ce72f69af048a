"""Article pages: what a portal says about a disclosure.  Pure functions from pages to values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from gongkai.crawler.pages.address import same_document_key
from gongkai.crawler.pages.dates import is_date_only
from gongkai.crawler.pages.labels import INDEX, MADE, PUBLISHED, PUBLISHER, SOURCE, Labelled, Token, labelled, tokens
from gongkai.crawler.pages.links import promised_suffix
from gongkai.crawler.pages.listing import Row, row_of
from gongkai.crawler.pages.page import Page, find_date, squeeze

BODIES = (
    ".TRS_Editor, .TRS_UEDITOR, .trs_editor_view, #zoom, #Zoom, .bt_content, .main-txt, .v_news_content, "
    "[id^=vsb_content], .wp_articlecontent, ucapcontent, #UCAP-CONTENT, .article-content"
)
"""Places in which content management systems put an article's text: TRS, Hanweb, VSB, Webplus, Ucap, NFCMS."""
HUB_LINKS = 5
"""An article that links fewer pages than this refers to them, and is not a list of them."""
INDEX_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z/._\-〔〕()（）]{3,63}")
UNIT_SOURCE = re.compile(r"(?:局|委|厅|院|会|部|办|室|府|处|中心|队|所|站|校|科)(?:\s|$|[（(])")
"""The end of an office's name: a source so named is the publisher, one that is a paper or a site is not."""
OWN_SITE = re.compile(
    r"本[网站](?:原创|发布|站?讯|信息)?|原创|转载|互联网|网络|信息公开|系统?管理员|无|暂无|未知|管理员|admin|[-—/]+",
    re.IGNORECASE,
)
NAME = re.compile(r"[\u4e00-\u9fff]{2}")
LONGEST_NAME = 40
SITE_ENDING = re.compile(r"\s*(?:门户网站|门户网|官方网站|网站|官网|网)?\s*")
SHORTEST_TITLE = 6
TELLING = 14
"""Characters at the beginning of a title by which it is told."""
AFTER_TITLE = re.compile(r"[-_|—–·>»/(（\[【]")
"""Marks between the title of an article and the names of its column and site in <title>."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
POSITION = re.compile(r"(?:当前|所在|您的|现在的?|你的)\s*(?:所在)?\s*位置\s*(?:是|为)?\s*[:：]?")
STEP = re.compile(r"\s*(?:[>＞»›→]|-{1,2}>)+\s*")
LONGEST_BREADCRUMB = 200
GENERATED = ("others", "htmlgeneratetime", "generatetime", "createtime", "maketime", "pagegeneratetime")
"""Names of <meta> values in which templates state when they made a page."""
NEAR = 30
"""A label within so many texts of the title, or of the information table, speaks of the article."""
BEHIND = 12
"""A date within so many texts behind the title is the article's though no label says so."""
Dates = tuple[dt.date | None, dt.date | None]


@dataclasses.dataclass(frozen=True, slots=True)
class ArticleFacts:
    """Facts that an article page states about itself; None where it does not say.

    `published_on` is the date that the page prints as that of publication beside its title or in its information table,
    else its PubDate.  `printed_on` is a date it prints elsewhere or under another name, which may be another document's
    that the text speaks of, so that it counts last.  Neither is ever taken from the address: pages are moved and
    re-created under later dates (a report of January 2019 at `202105/t20210527_…`).

    `publisher` is the 发布机构 of the information table, else ContentSource, else a printed source that is an office.
    `context` names the columns that the page says it stands in (当前位置), see `breadcrumb`.
    """

    title: str | None = None
    published_on: dt.date | None = None
    index_number: str | None = None
    site_id_code: str | None = None
    site_name: str | None = None
    printed_on: dt.date | None = None
    publisher: str | None = None
    context: str | None = None


def article_facts(page: Page) -> ArticleFacts:
    """Title, date, index number (索引号) and publisher (发布机构) as the page prints them."""
    meta = page.meta
    read = tokens(page)
    values = labelled(read)
    title = title_of(page, read)
    beside, elsewhere = printed_dates(read, values, title)
    return ArticleFacts(
        title=title,
        published_on=beside or _marked_date(page) or _published_by_meta(page),
        printed_on=elsewhere,
        index_number=_first_index(values),
        site_id_code=meta.get("siteidcode"),
        site_name=meta.get("sitename"),
        publisher=_publisher(page, values),
        context=breadcrumb(read),
    )


# --- title ------------------------------------------------------------------------------------------------------------


def title_of(page: Page, read: Sequence[Token]) -> str | None:
    """The title of an article: its ArticleTitle, unless that is the site's name, else the text that <title> repeats,
    else the page's only heading of the first order."""
    stated = page.meta.get("articletitle")
    if stated and not _is_template(page, stated):
        return stated
    marked = next((text for element in page.tree.iter("ucaptitle") if (text := squeeze(element.text_content()))), "")
    return marked or _heading(page, read)


def _is_template(page: Page, title: str) -> bool:
    """True for a title that names the site rather than the article."""
    site = page.meta.get("sitename", "")
    return bool(site) and (SITE_ENDING.fullmatch(title.removeprefix(site)) is not None and title.startswith(site))


def _heading(page: Page, read: Sequence[Token]) -> str | None:
    """The text of a page that its <title> repeats, behind which only names of columns and of the site follow."""
    whole = page.title
    printed = (token.text for token in read if len(token.text) >= SHORTEST_TITLE and not _is_link(token.element))
    repeated = [text for text in printed if text != page.meta.get("sitename") and _is_told(whole, text)]
    if repeated:
        return max(repeated, key=len)
    first = {text for element in page.tree.iter("h1") if len(text := squeeze(element.text_content())) >= SHORTEST_TITLE}
    first -= {page.meta.get("sitename", ""), whole}
    return first.pop() if len(first) == 1 else None


def _is_link(element: HtmlElement) -> bool:
    """True for a link that is no heading."""
    parent = element.getparent()
    return element.tag == "a" and (parent is None or parent.tag not in HEADINGS)


def _is_told(whole: str, text: str) -> bool:
    """True for a text at which a <title> begins, or that is most of it."""
    before, _, after = _joined(whole).partition(_joined(text))
    if _joined(text) not in _joined(whole):
        return False
    return len(before) <= len(_joined(text)) // 2 and (not after or AFTER_TITLE.match(after) is not None)


def _joined(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- date -------------------------------------------------------------------------------------------------------------


def printed_dates(read: Sequence[Token], values: Sequence[Labelled], title: str | None) -> Dates:
    """The date of publication printed beside the title or in the information table, and one printed anywhere else.

    A page has other dates in plenty: of teasers in its menus, of documents its text quotes.
    """
    places = _title_places(read, title)
    dated = [(value, day) for value in values if (day := find_date(value.value))]
    table = _table_places(values)
    published = [(value, day) for value, day in dated if value.kind == PUBLISHED]
    for value, day in published:
        if _is_near(value.place, places) or (_is_near(value.place, table) and len(value.name) > 2):
            return day, day
    lone = next((day for token in read if _lies_behind(token.place, places) and (day := _lone_date(token.text))), None)
    strong = [day for value, day in published if len(value.name) > 2]
    made = [day for value, day in dated if value.kind == MADE]
    return lone, next(iter((*strong, *made)), None)


def _title_places(read: Sequence[Token], title: str | None) -> list[int]:
    """The places at which a page prints its title, whole or its beginning."""
    wanted = _joined(title or "")
    printed = [_joined(token.text) for token in read]
    following = [*printed[1:], ""][: len(printed)]
    return [
        place
        for place, (text, after) in enumerate(zip(printed, following, strict=True))
        if _begins(wanted, text) or _is_broken(wanted, text, after)
    ]


def _is_broken(title: str, text: str, after: str) -> bool:
    """True for the first line of a title that goes on in the next text."""
    return (
        len(text) >= SHORTEST_TITLE and bool(after[:SHORTEST_TITLE]) and title.startswith(text + after[:SHORTEST_TITLE])
    )


def _begins(title: str, text: str) -> bool:
    """True for a text that is a title or its beginning, cut short or broken into lines."""
    begun = title[:TELLING]
    return len(begun) >= SHORTEST_TITLE and text.startswith(begun) and (text in title or len(text) <= 2 * len(title))


def _table_places(values: Sequence[Labelled]) -> list[int]:
    """The places of the information table: where an index number or a publisher is labelled."""
    return [value.place for value in values if value.kind in {INDEX, PUBLISHER}]


def _is_near(place: int, others: Sequence[int]) -> bool:
    return any(abs(place - other) <= NEAR for other in others)


def _lies_behind(place: int, titles: Sequence[int]) -> bool:
    return any(0 < place - title <= BEHIND for title in titles)


def _lone_date(text: str) -> dt.date | None:
    return find_date(text) if is_date_only(text) else None


def _marked_date(page: Page) -> dt.date | None:
    """The date within Ucap's tag for it, which pages of other systems carry too."""
    marked = (find_date(element.text_content()) for element in page.tree.iter("publishtime"))
    return next((day for day in marked if day), None)


def _published_by_meta(page: Page) -> dt.date | None:
    """The PubDate of the <meta> block, unless a template fills in the moment at which it made the page."""
    stated = page.meta.get("pubdate", "")
    made = " ".join(page.meta.get(name, "") for name in GENERATED)
    is_template = len(stated) > len("2026-03-02 09:07") and stated in made
    return None if is_template else find_date(stated)


# --- number and publisher ---------------------------------------------------------------------------------------------


def index_number(page: Page) -> str | None:
    """The 索引号 of the information table (公开信息表): beside or behind its label.

    A page often holds the table twice, for wide and narrow screens, and the label of an empty field; the first label
    with a number counts.
    """
    return _first_index(labelled(tokens(page)))


def breadcrumb(read: Sequence[Token]) -> str | None:
    """The names of the columns behind 当前位置, outermost first, joined by ` > `; None where the page prints none."""
    for token in read:
        if POSITION.search(token.text) and (steps := _steps(token.element)):
            return " > ".join(steps)
    return None


def _steps(element: HtmlElement) -> list[str]:
    """The steps of a breadcrumb that begins in an element: what its marks part, else the names of its links."""
    around: HtmlElement | None = element
    while around is not None and next(around.iter("a"), None) is None:
        around = around.getparent()
    text = squeeze(around.text_content()) if around is not None else ""
    if around is None or len(text) > LONGEST_BREADCRUMB:
        return []
    behind = POSITION.split(text, maxsplit=1)[-1]
    parted = STEP.split(behind) if STEP.search(behind) else [link.text_content() for link in around.iter("a")]
    return [name for part in parted if (name := squeeze(part))]


def _first_index(values: Sequence[Labelled]) -> str | None:
    matches = (INDEX_NUMBER.match(value.value) for value in values if value.kind == INDEX)
    return next((match.group() for match in matches if match), None)


def _publisher(page: Page, values: Sequence[Labelled]) -> str | None:
    table = next((value.value for value in values if value.kind == PUBLISHER and _is_name(value.value)), None)
    stated = page.meta.get("contentsource", "")
    if table or (_is_name(stated) and stated not in {page.title, page.meta.get("columnname")}):
        return table or stated
    sources = (value.value for value in values if value.kind == SOURCE)
    return next((source for source in sources if _is_name(source) and UNIT_SOURCE.search(source)), None)


def _is_name(text: str) -> bool:
    """True for what names somebody: not a date, «this site», or a label's next neighbour."""
    return 2 <= len(text) <= LONGEST_NAME and OWN_SITE.fullmatch(text) is None and NAME.search(text) is not None


def hub_rows(page: Page, body: str | None = None) -> list[Row]:
    """The pages that an article only lists: a hub, whose text is little else than links to other articles, as where a
    department publishes for its units.  Empty for every other article.

    `body` is the CSS selector of the article's text; without one the places where content systems put it are tried.
    """
    for element in page.tree.cssselect(body or BODIES):
        listed = {row.url: row for anchor in element.iter("a") if (row := _unit_row(page, anchor))}
        printed = sum(len(row.title) for row in listed.values())
        if len(listed) >= HUB_LINKS and 2 * printed >= len(squeeze(element.text_content())):
            return list(listed.values())
    return []


def _unit_row(page: Page, anchor: HtmlElement) -> Row | None:
    row = row_of(page, anchor)
    if row is None or promised_suffix(row.url, row.title) or urlsplit(row.url).path in {"", "/"}:
        return None
    is_elsewhere = same_document_key(row.url) != same_document_key(page.url)
    return dataclasses.replace(row, published_on=None) if is_elsewhere else None
