"""A worker that is not like this machine, or sees another archive, is given nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from gongkai.archive import Archive
from gongkai.archive.keys import HANDOVER
from gongkai.cluster.terms import WorkerRefusedError, assure, marked, refusal


def test_a_worker_like_this_one_at_the_same_archive_keeps_the_terms(tmp_path: Path) -> None:
    store = Archive.open(str(tmp_path)).store
    with marked(store) as terms:
        assert refusal(terms) is None
        assure(terms)
        store.write(terms.key("left"), b"rows")
    assert list(store.list(HANDOVER)) == []


@pytest.mark.parametrize("name", ["gongkai", "parser", "schema"])
def test_another_version_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with marked(Archive.open(str(tmp_path)).store) as terms:
        other = dataclasses.replace(terms, **{name: "another"})
        reason = refusal(other)
        assert reason is not None
        assert f"{getattr(terms, name)!r}, not 'another'" in reason
        with pytest.raises(WorkerRefusedError, match="not 'another'"):
            assure(other)


def test_another_archive_is_refused_also_where_it_has_the_same_name(tmp_path: Path) -> None:
    """As a worker with another disk mounted at that path, or another S3 server behind that bucket's name, sees it."""
    store = Archive.open(str(tmp_path)).store
    with marked(store) as terms:
        store.write(terms.key("archive"), b"of another client")
        reason = refusal(terms)
        assert reason is not None
        assert f"does not see the archive {terms.root!r}" in reason
        store.delete(terms.key("archive"))
        assert refusal(terms) is not None


def test_an_archive_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with marked(Archive.open(str(tmp_path / "root")).store) as terms:
        (tmp_path / "file").write_bytes(b"")
        reason = refusal(dataclasses.replace(terms, root=str(tmp_path / "file")))
    assert reason is not None
    assert "does not see the archive" in reason
