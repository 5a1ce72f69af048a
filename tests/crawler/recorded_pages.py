"""Recorded pages by the names that the crawler's tests call them: our own small ones, and the published ones.

Our own keep of a published page what a family reads: the marks of its system, its <meta> block, addresses, dates,
counts, pagers and files; their words are ours.  Those of shipped portals lie in the recordings of these portals, the
others in ``recorded/`` beside this module.  The published pages lie outside the repository, at ``../shared``; every
name here is the beginning of a file's name there.
"""

from __future__ import annotations

from pathlib import Path

from tests.places import RECORDED, SHARED

PUBLISHED = SHARED / "corpus" / "html"
OWN = Path(__file__).with_name("recorded")
OF_PORTALS = {
    "gbk_yiyang": "hunan_yiyang/1-article.html",
    "gkmlpt_0": "guangdong_foshan-xfj/1-listing.html",
    "gkmlpt_1": "guangdong_foshan-fsga/1-listing.html",
    "gkmlpt_2": "guangdong_foshan-fscz/1-listing.html",
    "gkmlpt_3": "guangdong_foshan-jtys/1-listing.html",
    "gkmlpt_4": "guangdong_foshan-fscom/1-listing.html",
    "gkmlpt_5": "guangdong_foshan-wjj/1-listing.html",
    "hanweb_pdfiframe_0": "zhejiang_wenzhou/1-article.html",
    "other_5": "anhui_wuhu/1-article.html",
    "other_7": "yunnan_kunming/1-article.html",
    "trs_0": "guangdong_foshan/1-listing.html",
    "trs_2": "fujian_fuzhou/1-article.html",
    "trs_3": "fujian_xiamen/1-article.html",
    "trs_4": "guangdong_guangzhou/1-listing.html",
    "trs_5": "hunan_changsha/1-listing.html",
    "truecms_0": "jiangsu_nantong/1-article.html",
    "truecms_1": "jiangsu_lianyungang/1-article.html",
    "ucap_0": "guangdong_dongguan/1-article.html",
    "ucap_1": "jiangsu_zhenjiang/1-article.html",
    "ucap_2": "jiangxi_nanchang/1-article.html",
    "ucap_3": "jiangxi_ganzhou/1-article.html",
    "ucap_4": "jiangsu_suqian/1-article.html",
    "ucap_5": "jiangsu_suqian/2-article.html",
    "vsb_0": "shandong_linyi/1-article.html",
    "zhengzhou_0": "henan_zhengzhou/1-article.html",
}


def own_page(beginning: str) -> bytes:
    """The one small page of ours whose name has this beginning."""
    pages = {path.stem: path for path in OWN.glob("*.html")}
    pages |= {name: RECORDED / path for name, path in OF_PORTALS.items()}
    return _one_or_first(pages, beginning).read_bytes()


def published_page(beginning: str) -> bytes:
    """The published page of this name; FileNotFoundError where the corpus lacks it."""
    return _one_or_first({path.name: path for path in PUBLISHED.iterdir()}, beginning).read_bytes()


def _one_or_first(pages: dict[str, Path], beginning: str) -> Path:
    """The page of this name, else the first whose name begins so."""
    if beginning in pages:
        return pages[beginning]
    names = sorted(name for name in pages if name.startswith(beginning))
    if not names:
        raise FileNotFoundError(f"no recorded page's name begins with {beginning!r}")
    return pages[names[0]]
