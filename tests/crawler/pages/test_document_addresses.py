"""An address tells a document from a column by how it ends."""

from __future__ import annotations

import pytest

from gongkai.crawler.pages.document_addresses import is_document

PAGE = "http://www.example.gov.cn/zwgk/yjs/index.html"


@pytest.mark.parametrize(
    "address",
    [
        "/zwgk/202602/t20260209_12277777.html",
        "/art/2025/2/28/art_104_123.html",
        "/col/col1229047284/art/2025/art_605baebef80d4cb98128a9b494957a3c.html",
        "/info/1001/2345.htm",
        "/content-61463-2614-1.html",
        "/gkmlpt/content/4/4361/post_4361282.html",
        "/wlmqs/c119194/202601/cc9f0a66b9ef44c5b1e2f50220f00c0c.shtml",
        "/sitesources/x/page_pc/zwgk/article13e07b3040e04e2ab1507cb71787c779.html",
        "/20260226/dd59183f15a04caf8debfae3fe2b9bca/c.html",
        "/columns/eaaa7e7a-9186-415c-a4ad-9700a365f37a/202602/11/7ee7b132-1f7e-4706-a615-26127f965a85.html",
        "/2026/0302/c12a3456/page.htm",
        "/public/7071/12345678.html",
        "/zwgk/yjs/P020260302293556492838.pdf",
        "/index.php?m=letter&a=show&id=606",
        "https://mp.weixin.qq.com/s/F6q5g6S3LcZDxhrSwPq51w",
    ],
)
def test_documents(address: str) -> None:
    assert is_document(address if "://" in address else f"http://www.example.gov.cn{address}", PAGE)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/zwgk/yjs/",
        "/zwgk/yjs/index.html",
        "/col/col1229562305/index.html",
        "/columns/eaaa7e7a-9186-415c-a4ad-9700a365f37a/index.html",
        "/c119064/zfxxgk_list.shtml",
        "/channels/12450.html",
        "/column/668/index.html",
        "/czxx/czyjs.htm",
        "http://www.other.gov.cn/detail?id=1",
    ],
)
def test_columns(address: str) -> None:
    assert not is_document(address if "://" in address else f"http://www.example.gov.cn{address}", PAGE)
