"""Originals that arrive together are stored together, and each learns of its own failure."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from gongkai.archive import Archive, ArchiveError, Arrival, Arrived, Original
from gongkai.crawler.spider.archive_pipeline import Keeper


def arrived(text: str) -> Arrived:
    arrival = Arrival()
    arrival.write(text.encode())
    return arrival.finish()


def keep_all(keeper: Keeper, payloads: list[Arrived]) -> list[Original | BaseException]:
    async def together() -> list[Original | BaseException]:
        return await asyncio.gather(*map(keeper.keep, payloads), return_exceptions=True)

    return asyncio.run(together())


def test_every_payload_gets_the_original_that_holds_its_bytes(tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path))
    payloads = [arrived(f"预算 {number % 30}") for number in range(40)]
    kept = keep_all(Keeper(archive), payloads)
    assert [one.sha256 for one in kept if isinstance(one, Original)] == [payload.sha256 for payload in payloads]
    assert len(list(archive.originals())) == 30


def test_a_payload_that_cannot_be_stored_spoils_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, keep = Archive.open(str(tmp_path)), Archive.keep_original

    def refuse_one(self: Archive, payload: Arrived) -> Original:
        if payload.head == b"refused":
            raise ArchiveError("the disk is full")
        return keep(self, payload)

    monkeypatch.setattr(Archive, "keep_original", refuse_one)
    kept = keep_all(Keeper(archive), [arrived(text) for text in ("一", "refused", "二")])
    assert [type(one) for one in kept] == [Original, ArchiveError, Original]
