"""The viewer follows each publication, answers from earlier ones, and never mixes two."""

from __future__ import annotations

import dataclasses
import functools
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from gongkai.queries.errors import SqlError
from gongkai.queries.settings import QuerySettings
from gongkai.viewer.addresses import ServedAddresses
from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.publications import EMPTY, Publications
from gongkai.viewer.screens import department
from gongkai.viewer.view import Question, View
from tests.places import DEMO_SITE
from tests.viewer.conftest import served_at, until
from tests.viewer.test_application import fetched, opened

PAGE = DEMO_SITE / "202302" / "t20230221_100011.html"


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[Archive, str]]:
    """An archive of one workbook, and the address of a viewer on it."""
    root = tmp_path / "archive"
    archive = Archive.open(str(root))
    add_files(archive, sorted(DEMO_SITE.glob("*/W*.xlsx")))
    parse(archive, workers=1)
    with served_at(root) as address:
        yield archive, address


def test_a_new_publication_is_followed_and_the_earlier_one_still_answers(growing: tuple[Archive, str]) -> None:
    archive, viewer = growing
    before = opened(viewer)
    add_files(archive, [PAGE])
    parse(archive, workers=1)

    until(lambda: opened(viewer) != before)
    after = opened(viewer)
    _, old, _ = fetched(f"{before}/documents")
    _, new, _ = fetched(f"{after}/documents")

    assert old.count("/document?sha256=") < new.count("/document?sha256=")
    assert "This was read from an earlier publication." in old
    assert after.rpartition("/")[2] in old, "it names the newest one"
    assert "earlier publication" not in new


def test_every_link_of_a_page_names_its_own_publication(growing: tuple[Archive, str]) -> None:
    _, viewer = growing
    base = opened(viewer)
    _, page, _ = fetched(f"{base}/documents")

    named = set(re.findall(r'href="/(?:en|zh)/([0-9a-f]{12})/', page))
    assert named == {base.rpartition("/")[2]}


def test_an_archive_without_a_lake_has_pages(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    add_files(Archive.open(str(root)), [PAGE])

    with served_at(root) as viewer:
        status, page, _ = fetched(f"{viewer}/en/{EMPTY}/documents")

    assert status == 200
    assert "Nothing is held of this." in page


def test_readers_take_turns_and_none_waits_for_ever(demo_root: Path) -> None:
    publications = Publications(Archive.open(str(demo_root)).store, QuerySettings(), readers=2)
    name = publications.newest()
    at_once: list[int] = []
    inside, lock = [0], threading.Lock()

    def read() -> None:
        with publications.reading(name) as lake:
            with lock:
                inside[0] += 1
                at_once.append(inside[0])
            lake.execute("SELECT count(*) FROM documents").fetchall()
            with lock:
                inside[0] -= 1

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    publications.close()

    assert len(at_once) == 8
    assert max(at_once) <= 2


def test_a_publication_that_never_was_is_not_held(demo_root: Path) -> None:
    publications = Publications(Archive.open(str(demo_root)).store, QuerySettings())

    with pytest.raises(NotHeldError, match="0123456789ab"), publications.reading("0123456789ab"):
        raise AssertionError("nothing is read")
    publications.close()


def test_nothing_is_written_by_looking(demo_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(demo_root, root)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}

    with served_at(root) as viewer:
        base = opened(viewer)
        for screen in ("start", "documents", "holdings", "place", "department"):
            assert fetched(f"{base}/{screen}")[0] == 200

    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == before


def test_a_spare_connection_is_there_while_nobody_waits(demo_root: Path) -> None:
    publications = Publications(Archive.open(str(demo_root)).store, QuerySettings(), readers=2)
    name = publications.newest()

    with publications.reading(name) as one, publications.spare(name) as other, publications.spare(name) as third:
        assert other is not None
        assert other is not one
        assert third is None
    with publications.spare(name) as again:
        assert again is not None
    publications.close()


def test_what_is_asked_ahead_is_what_is_asked_in_turn(demo_root: Path) -> None:
    archive = Archive.open(str(demo_root))
    publications = Publications(archive.store, QuerySettings())
    name = publications.newest()
    shown = []
    for spare in (None, functools.partial(publications.spare, name)):
        with publications.reading(name) as lake:
            given = {"entity": "曹妃甸区人力资源和社会保障局", "place": "河北省/唐山市/曹妃甸区"}
            view = View("department", "en", name, given, ServedAddresses("en", name), archive, lake, spare=spare)
            shown.append((department.show(view), list(view.asked)))
    publications.close()

    assert shown[0] == shown[1]
    assert "people" in shown[1][1]


def test_a_connection_is_ready_before_anybody_asks(demo_root: Path) -> None:
    publications = Publications(Archive.open(str(demo_root)).store, QuerySettings())
    name = publications.newest()
    until(lambda: bool(publications._idle.get(name)))
    with publications.reading(name) as lake:
        assert lake._planner is not None
        assert lake.already("SELECT count(*) > 0 FROM function_names", {}) == [(True,)]
        assert lake.already("SELECT count(*) > 0 FROM temp.held_function_names", {}) == [(True,)]
    publications.close()


def test_what_goes_wrong_ahead_goes_wrong_where_it_is_asked(demo_root: Path) -> None:
    archive = Archive.open(str(demo_root))
    publications = Publications(archive.store, QuerySettings())
    name = publications.newest()
    with publications.reading(name) as lake:
        spare = functools.partial(publications.spare, name)
        view = View("place", "en", name, {}, ServedAddresses("en", name), archive, lake, spare=spare)
        wrong, right = Question("SELECT no_such_column FROM documents"), Question("SELECT 1 AS one")
        view.ahead({"wrong": ("Wrong", wrong, 1), "right": ("Right", right, 1)})

        with pytest.raises(SqlError, match="no_such_column"):
            view.ask("wrong", "Wrong", wrong)
        assert view.ask("right", "Right", right).rows == ({"one": 1},)
    publications.close()


def test_a_lake_that_went_on_amid_a_page_is_told(demo_root: Path) -> None:
    publications = Publications(Archive.open(str(demo_root)).store, QuerySettings())
    name = publications.newest()

    with pytest.raises(NotHeldError, match="not held any more"), publications.reading(name) as lake:
        lake._manifest = None
    publications.close()


def test_the_empty_lake_is_not_the_one_that_came_after(growing: tuple[Archive, str]) -> None:
    archive, _ = growing
    publications = Publications(archive.store, QuerySettings())
    publications._moments[EMPTY] = dataclasses.replace(publications._moments[publications.newest()], manifest=None)

    with pytest.raises(NotHeldError, match=EMPTY), publications.reading(EMPTY):
        raise AssertionError("nothing is read")
    publications.close()
