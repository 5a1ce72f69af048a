"""More questions at once than are answered: each is told so on a page, when to come again, and none waits for ever."""

from __future__ import annotations

import concurrent.futures
import threading
from collections.abc import Iterator, Sequence
from email.message import Message
from pathlib import Path

import pytest

from gongkai.viewer import application, drawing, protection
from gongkai.viewer.drawing import Drawer
from gongkai.viewer.errors import TooMuchError
from gongkai.viewer.publications import READERS
from gongkai.viewer.view import Screen, Shown, View
from tests.viewer.conftest import served_at, until
from tests.viewer.test_application import fetched, opened

Answer = tuple[int, str, Message]

BUSY = {"en": "too many people are asking at once", "zh": "同时提问的人太多"}
FAST = {"en": "too many requests: wait a moment", "zh": "请求太多：请稍候"}


class Slow:
    """A screen whose pages are answered when ``go`` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)

    def show(self, _: View) -> Shown:
        self.begun.release()
        assert self.go.wait(60)
        return Shown("Slow", "told.html", {"sentence": "here it is"})


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    screen = Slow()
    monkeypatch.setitem(application.SCREENS_BY_NAME, "slow", Screen("slow", "Slow", screen.show))
    yield screen
    screen.go.set()


def refusals(answers: Sequence[Answer], status: int, sentence: str, language: str) -> int:
    """How many are refused; each of them on a page that can be read and says when to come again."""
    refused = [answer for answer in answers if answer[0] != 200]
    for found, page, headers in refused:
        assert found == status
        assert headers["Content-Type"].startswith("text/html")
        assert int(headers["Retry-After"]) > 0
        assert headers["Content-Security-Policy"] == protection.POLICY
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page
        assert sentence in page
    return len(refused)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_gets_no_turn_is_told_to_come_again(
    demo_root: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(protection, "WAITING_SECONDS", 0.2)
    with served_at(demo_root) as viewer, concurrent.futures.ThreadPoolExecutor(60) as people:
        base = opened(viewer, language)
        first = [people.submit(fetched, f"{base}/slow?n={number}") for number in range(READERS)]
        for _ in first:
            assert slow.begun.acquire(timeout=60)
        others = list(people.map(fetched, [f"{base}/slow?n={number}" for number in range(READERS, 60)]))
        same = fetched(f"{base}/slow?n=0")
        slow.go.set()
        answered = [each.result(60) for each in first]

    assert refusals([*others, same], 503, BUSY[language], language) == 60 - READERS + 1
    assert [(status, "here it is" in page) for status, page, _ in answered] == [(200, True)] * READERS


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_request_too_many_is_refused_before_it_waits(
    demo_root: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(protection, "AT_ONCE", 2)
    with served_at(demo_root) as viewer, concurrent.futures.ThreadPoolExecutor(2) as people:
        base = opened(viewer, language)
        first = [people.submit(fetched, f"{base}/slow?n={number}") for number in range(2)]
        for _ in first:
            assert slow.begun.acquire(timeout=60)
        refused = fetched(f"{base}/start")
        picture = fetched(f"{viewer}/picture/x/{'0' * 64}/1.webp", {"Accept-Language": language})
        slow.go.set()
        assert [each.result(60)[0] for each in first] == [200, 200]
        after = fetched(f"{base}/start")

    assert refusals([refused], 503, BUSY[language], language) == 1
    assert picture[0] == 503
    assert picture[1].startswith(BUSY[language])
    assert after[0] == 200


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_address_that_asks_without_end_is_refused_for_a_moment(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    with served_at(demo_root) as viewer:
        base = opened(viewer, language)
        monkeypatch.setattr(protection, "BURST", 5)
        monkeypatch.setattr(protection, "REQUESTS_A_SECOND", 0)
        answers = [fetched(f"{base}/start") for _ in range(8)]
        at_once = fetched(viewer, {"Accept-Language": f"{language};q=0.9"})
        monkeypatch.setattr(protection, "REQUESTS_A_SECOND", 50)
        until(lambda: fetched(f"{base}/start")[0] == 200)

    assert refusals(answers, 429, FAST[language], language) >= 3
    assert refusals([at_once], 429, FAST[language], language) == 1


def test_the_turn_of_a_picture_is_not_waited_for_without_end(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "WAITING_SECONDS", 0.1)
    drawer = Drawer()
    with drawer._turn, pytest.raises(TooMuchError, match="too many pages are being drawn"):
        drawer.draw("0" * 64, lambda: b"", 1)
    drawer.close()
