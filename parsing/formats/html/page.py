"""A portal page to the text lines and grids of its article.

Where a page marks its article the way the usual portal systems do, only the article is read.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from gongkai.parsing.formats.envelopes.detection import decode_text
from gongkai.parsing.formats.html.blocks import BlockReader
from gongkai.parsing.formats.html.elements import INLINE, all_text, children, collapsed, is_hidden
from gongkai.parsing.formats.layout.words import AMOUNT, NO_WORDS, TableWords
from gongkai.parsing.text.grid import Block, Doubt, Reading, TextLine, UnreadableDocumentError

MAX_BYTES = 64 * 2**20
"""Bytes of a page; the longest article seen has 3 MB."""

ARTICLE_IDS = re.compile(
    r"(?:font)?zoom|zoomcon|ucap-content|vsb_content(_\d+)?|(?:art|article|news|detail|ivs|js|info|text)_?content"
    r"|infocont|main-text",
    re.IGNORECASE,
)
ARTICLE_CLASSES = frozenset(
    {
        "trs_editor",
        "trs_ueditor",
        "trs_editor_view",
        "v_news_content",
        "article-content",
        "news_cont_d_wrap",
        "bt_content",
        "main-txt",
        "con_article-bd",
        "pages_content",
        "hap_xq_content",
        "content-txt",
        "ucap-content",
        "trs_word",
        "wp_articlecontent",
        "article_content",
        "articlecontent",
        "arti_content",
        "art_con",
        "news_content",
        "newscontent",
        "newscontnet",
        "detailcontent",
        "j-fontcontent",
        "ewb-article-content",
        "xxgk-articlebox",
        "document-text",
        "txt-main",
    }
)
"""Where the portal systems put an article: TRS, Hanweb, VSB, Ucap, NFCMS, Longxun, Epoint and others; lower case."""
_FEW = 3
"""Amounts outside of a marked article that may be the page's own, such as numbers of visitors."""

_TITLE_TAGS = ("h1", "h2", "h3", "ucaptitle")
"""Elements that portals print an article's title in."""
_FIRST_BLOCKS = 10
"""Blocks of an article looked through for its title, which is not read twice."""

_SITE_NAME = re.compile(r"\s*(?:[_|]|\s[-—–]+\s|--)\s*")
"""Between the parts of a page's title: the article's, its column's and the site's name, in any order."""
_YEAR = re.compile(r"20\d{2}")
_TITLE_LINE = re.compile(r"(?=.*20\d{2})(?=(?:.*?[\u4e00-\u9fff]){6})[^:：]{8,80}")

MOST_ATTRIBUTES = 1_000
"""Attributes of one element: the parser compares each with all before it, and 100,000 cost ten seconds."""
_OVERFULL_TAG = re.compile(
    r"(<[a-zA-Z][^\s>/]*+)"
    rf"(?:[\s/]++(?:[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++)?+)?+)?+){{{MOST_ATTRIBUTES},}}+"
)

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(data: bytes, declared: str | None = None, words: TableWords = NO_WORDS) -> Reading:
    """A page's text and tables in reading order; ``declared`` is the charset of its HTTP header, if any.

    ``words`` tell an amount, and so the article that states some.

    Raises UnreadableDocumentError: ``too_large``, or ``corrupt`` where there is no element.
    """
    root, doubts = _parse(data, declared)
    reader = BlockReader()
    article = _article(root)
    for part in article:
        reader.read(part)
    doubts += [*reader.doubts, *reader.struck_out.doubts()]
    title = _title(root)
    blocks = (*_heading_above(root, article, title, reader.blocks, words), *reader.blocks)
    return Reading("html", blocks, doubts=tuple(doubts), title=title)


def _parse(data: bytes, declared: str | None) -> tuple[etree._Element, list[Doubt]]:
    if len(data) > MAX_BYTES:
        raise UnreadableDocumentError("too_large", f"the page has {len(data)} bytes, more than {MAX_BYTES}")
    in_page = _CHARSET.search(data[:8192])
    text, _ = decode_text(data, declared or (in_page[1].decode("ascii") if in_page else None))
    text = _XML_DECLARATION.sub("", text).replace("\0", "")
    text, overfull = _OVERFULL_TAG.subn(r"\1 ", text)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocumentError("corrupt", f"the page cannot be read as HTML: {error}") from error
    doubts = []
    if overfull:
        reason = f"{overfull} elements have more than {MOST_ATTRIBUTES} attributes, which were not read"
        doubts.append(Doubt("too_large", reason))
    if text.count("�") > 0:
        doubts.append(Doubt("undecodable_text", f"{text.count('�')} characters of the page could not be decoded"))
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        doubts.append(Doubt("too_deep", "the page nests its elements too deeply; what lies deeper was not read"))
    return root, doubts


def _title(root: etree._Element) -> str | None:
    """The portal's ArticleTitle (prescribed for government sites), else the page's title."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and (meta.get("content") or "").strip():
            return collapsed(meta.get("content") or "")
    title = root.find(".//title")
    return (collapsed(all_text(title)) or None) if title is not None else None


def _heading_above(
    root: etree._Element, article: list[etree._Element], title: str | None, blocks: list[Block], words: TableWords
) -> list[TextLine]:
    """The article's title where it stands outside of the article: portals keep it in a field of its own.

    A heading counts if the page's title begins with it (a site's name may follow) or has it as a part, so that the
    headings of navigation and of other articles stay out.  Without one, the first part of the page's title that tells
    a year counts; without that, the line above the article that does.  An article without amounts, such as one that
    only links its attachments, discloses nothing itself and gets no title.
    """
    if not _states_amounts(blocks, words):
        return []
    is_whole = article in ([root.find("body")], [root])
    text = _titled(root, article, title or "") or (None if is_whole else _line_above(article[0]))
    read = blocks if is_whole else blocks[:_FIRST_BLOCKS]
    shown = {_plain(block.text) for block in read if isinstance(block, TextLine)}
    return [] if text is None or _plain(text) in shown else [TextLine(text, heading=1)]


def _titled(root: etree._Element, article: list[etree._Element], title: str) -> str | None:
    """The heading outside of the article that the page's title names, else the part of that title that tells a year."""
    inside = {element for part in article for element in part.iter("*")}
    headings = [
        collapsed(all_text(element))
        for element in root.iter(*_TITLE_TAGS)
        if element not in inside and not any(map(is_hidden, (element, *element.iterancestors())))
    ]
    parts = [part for part in _SITE_NAME.split(title) if part]
    plain, titles = _plain(title), {_plain(part) for part in parts}
    named = [text for text in headings if text and plain.startswith(_plain(text))]
    named += [text for text in headings if _plain(text) in titles]
    return next((text for text in (*named, *parts) if text in named or _YEAR.search(text)), None)


def _line_above(article: etree._Element) -> str | None:
    """The nearest line above the article that tells a year and is no label, such as that of the day."""
    for element in (article, *article.iterancestors()):
        for above in element.itersiblings("*", preceding=True):
            reader = BlockReader()
            reader.read(above)
            lines = [block for block in reversed(reader.blocks) if isinstance(block, TextLine) and not block.is_link]
            for line in lines:
                if _TITLE_LINE.fullmatch(line.text):
                    return line.text
            if len(lines) > _FIRST_BLOCKS:
                return None
    return None


def _states_amounts(blocks: list[Block], words: TableWords) -> bool:
    return any(not isinstance(block, TextLine) or words.amount.search(block.text) for block in blocks)


def _plain(text: str) -> str:
    return "".join(text.split())


def _article(root: etree._Element) -> list[etree._Element]:
    """The elements that hold the article, outermost ones only; the whole body where none is marked or filled, or where
    most of the page's amounts stand outside of the marked ones."""
    marked = [element for element in root.iter("*") if _is_article(element)]
    known = set(marked)
    outermost = [element for element in marked if known.isdisjoint(element.iterancestors())]
    filled = [element for element in outermost if _has_content(element)]
    body = root.find("body")
    whole = [root if body is None else body]
    if filled:
        inside = sum(map(_amounts, filled))
        return whole if _amounts(whole[0]) > 2 * inside + _FEW else filled
    articles = [element for element in root.iter("article") if _has_content(element)]
    return articles if len(articles) == 1 else whole


def _amounts(element: etree._Element) -> int:
    """Amounts that an element shows."""
    own = sum(1 for _ in AMOUNT.finditer(element.text or ""))
    return own + sum(
        (0 if is_hidden(child) else _amounts(child)) + sum(1 for _ in AMOUNT.finditer(child.tail or ""))
        for child in children(element)
    )


def _is_article(element: etree._Element) -> bool:
    classes = (element.get("class") or "").lower().split()
    marked = ARTICLE_IDS.fullmatch((element.get("id") or "").strip()) or not ARTICLE_CLASSES.isdisjoint(classes)
    return (bool(marked) and element.tag not in INLINE) or element.tag == "ucapcontent"


def _has_content(element: etree._Element) -> bool:
    reader = BlockReader()
    reader.read(element)
    return bool(reader.blocks)
