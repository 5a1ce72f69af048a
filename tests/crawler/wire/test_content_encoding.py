"""Encoded bodies are undone a bounded piece at a time, or refused by name."""

from __future__ import annotations

import gzip
import zlib

import pytest
from scrapy.http import Headers

from gongkai.archive import Outcome
from gongkai.crawler.errors import AnswerRefusedError
from gongkai.crawler.wire.content_encoding import Decoder, decoder_of


def encoded(name: str) -> Headers:
    return Headers({"Content-Encoding": name})


@pytest.mark.parametrize(
    ("name", "encode"), [("gzip", gzip.compress), ("X-GZIP ", gzip.compress), ("deflate", zlib.compress)]
)
def test_a_body_is_undone_however_it_is_cut(name: str, encode: object) -> None:
    body = "预算".encode() * 100_000
    sent = encode(body)  # type: ignore[operator]
    decoder = decoder_of(encoded(name))
    assert decoder is not None
    pieces = [part for start in range(0, len(sent), 7) for part in decoder.undo(sent[start : start + 7])]
    assert b"".join(pieces) == body
    assert max(map(len, pieces)) <= Decoder.PIECE, "a small body stands for an immense one"
    assert decoder.is_whole


def test_a_body_without_its_end_is_not_whole() -> None:
    decoder = decoder_of(encoded("gzip"))
    assert decoder is not None
    list(decoder.undo(gzip.compress(b"x" * 1000)[:-9]))
    assert not decoder.is_whole


def test_nothing_is_undone_where_nothing_was_encoded_and_the_unknown_is_refused() -> None:
    assert decoder_of(Headers()) is None
    assert decoder_of(encoded("identity")) is None
    with pytest.raises(AnswerRefusedError, match="'br'") as refused:
        decoder_of(encoded("br"))
    assert refused.value.outcome is Outcome.WRONG_TYPE
