"""Originals parsed by real clusters on loopback: the same lake as by the process pool, also when anything is killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.__main__ import run
from gongkai.archive import Archive, add_files, verify
from gongkai.archive.keys import HANDOVER, original_key
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import MANIFEST_KEY, read_manifest
from gongkai.parsing.left import pending
from gongkai.parsing.stage import parse
from tests.cluster.clusters import RunningCluster, dask_worker, kill, running_cluster, spawned_by
from tests.conftest import fresh_root
from tests.places import DEMO_SITE
from tests.s3_servers import S3Server

FILES = sorted(path for path in (DEMO_SITE / "202502").iterdir() if path.suffix in {".pdf", ".xlsx", ".docx"})


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of real disclosures and of one that cannot be read, nothing parsed yet."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "half.docx").write_bytes(FILES[0].read_bytes()[:5000])
    add_files(Archive.open(str(folder / "root")), [*FILES, folder / "half.docx"])
    return folder / "root"


@pytest.fixture(scope="module")
def lake(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The manifest of the lake that the process pool makes, which names every file by its SHA-256."""
    root = shutil.copytree(filled, tmp_path_factory.mktemp("pool") / "root")
    parse(Archive.open(str(root)), workers=1)
    return lake_of(root)


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "root")


def lake_of(root: Path) -> bytes:
    return Archive.open(str(root)).store.read(MANIFEST_KEY)


def handed_over(root: Path) -> list[str]:
    return [info.key for info in Archive.open(str(root)).store.list(HANDOVER)]


def gongkai(root: Path, address: str) -> int:
    return run(["--root", str(root), "parse", "--quiet", "--cluster", address])


class Held:
    """The first pending original of an archive, which keeps whoever reads it waiting until it is given back."""

    def __init__(self, root: Path) -> None:
        archive = Archive.open(str(root))
        self.sha256 = pending(archive)[0]
        self._path = Path(archive.store.locate(original_key(self.sha256)))
        self._data = self._path.read_bytes()
        self.met, self._over = threading.Event(), threading.Event()
        self._path.unlink()
        os.mkfifo(self._path)
        threading.Thread(target=self._hold, args=(os.fspath(self._path),), daemon=True).start()

    def _hold(self, path: str) -> None:
        with open(path, "wb"):  # noqa: PTH123 - the path may be another file by now
            self.met.set()
            self._over.wait(300)

    def give_back(self) -> None:
        """From now on it is read as it was; who has begun to read it waits on."""
        self._path.unlink()
        self._path.write_bytes(self._data)

    def let_go(self) -> None:
        self._over.set()


@pytest.fixture
def held(root: Path) -> Iterator[Held]:
    held = Held(root)
    yield held
    held.let_go()


@contextlib.contextmanager
def parsing(root: Path, address: str) -> Iterator[subprocess.Popen[str]]:
    """``gongkai parse --cluster`` as a process of its own."""
    command = [sys.executable, "-m", "gongkai", "--root", str(root), "parse", "--quiet", "--cluster", address]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def shared_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    """A cluster of one worker, which its nanny starts again."""
    with running_cluster(tmp_path_factory.mktemp("cluster")) as running:
        running.add_worker()
        yield running


pytestmark = pytest.mark.slow


def test_a_local_cluster_makes_on_s3_the_lake_of_the_process_pool(
    seaweedfs: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3_root = fresh_root(seaweedfs, monkeypatch)
    archive = Archive.open(s3_root)
    of_others = multiprocessing.active_children()
    add_files(archive, FILES[:2])
    assert run(["--root", s3_root, "parse", "--quiet", "--cluster", "local:1"]) == 0
    assert pending(archive) == []
    by_cluster = read_manifest(archive.store)
    parse(archive, everything=True, workers=1)
    assert read_manifest(archive.store) == by_cluster
    assert list(archive.store.list(HANDOVER)) == []
    assert [child for child in multiprocessing.active_children() if child not in of_others] == []


def test_a_child_that_dies_costs_its_original_a_try_and_no_worker(
    root: Path, held: Held, lake: bytes, shared_cluster: RunningCluster
) -> None:
    with parsing(root, shared_cluster.address) as process:
        assert held.met.wait(300)
        worker = dask_worker(shared_cluster.workers[0])
        held.give_back()
        [child] = spawned_by(worker)
        os.kill(child, signal.SIGKILL)
        assert process.wait(300) == 1
    manifest = read_manifest(Archive.open(str(root)).store)
    assert manifest is not None
    assert manifest.unsettled == {held.sha256: 1}
    assert dask_worker(shared_cluster.workers[0]) == worker, "the worker lives on"
    gongkai(root, shared_cluster.address)
    assert lake_of(root) == lake


def test_a_worker_that_is_killed_costs_nothing(
    root: Path, held: Held, lake: bytes, shared_cluster: RunningCluster
) -> None:
    with parsing(root, shared_cluster.address) as process:
        assert held.met.wait(300)
        worker = dask_worker(shared_cluster.workers[0])
        held.give_back()
        os.kill(worker, signal.SIGKILL)
        assert process.wait(300) == 1, "one file cannot be read"
    assert dask_worker(shared_cluster.workers[0]) != worker
    assert lake_of(root) == lake
    assert handed_over(root) == []


def test_a_client_that_is_killed_leaves_what_the_next_run_completes(
    root: Path, held: Held, lake: bytes, shared_cluster: RunningCluster
) -> None:
    with parsing(root, shared_cluster.address) as process:
        assert held.met.wait(300)
        process.kill()
        process.wait()
    held.give_back()
    held.let_go()
    assert gongkai(root, shared_cluster.address) == 1, "one file cannot be read"
    assert lake_of(root) == lake
    assert [key for key in handed_over(root) if not key.endswith(held.sha256)] == []
    assert list(verify(Archive.open(str(root)), further=(lake_files,))) == [], (
        "what was handed over is no matter of fixity"
    )


def test_a_worker_of_another_version_that_joins_later_ends_the_run(
    root: Path, held: Held, lake: bytes, shared_cluster: RunningCluster
) -> None:
    with parsing(root, shared_cluster.address) as process:
        assert held.met.wait(300)
        other = shared_cluster.add_worker(
            "--preload", "import gongkai.cluster.terms as terms; terms.PARSER_VERSION = '0'"
        )
        _, errors = process.communicate(timeout=300)
        kill(other)
        assert process.returncode == 1
    [sentence] = errors.splitlines()
    assert "parser version is '0'" in sentence
    held.give_back()
    held.let_go()
    parse(Archive.open(str(root)), workers=1)
    assert lake_of(root) == lake


def test_a_worker_without_room_for_a_process_ends_the_run_and_spoils_no_original(
    root: Path, lake: bytes, cluster: RunningCluster
) -> None:
    full = "lambda *_: (_ for _ in ()).throw(OSError(12, 'Cannot allocate memory'))"
    cluster.add_worker("--preload", f"import gongkai.parsing.workers as workers; workers._start = {full}")
    with parsing(root, cluster.address) as process:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 1
    [sentence] = errors.splitlines()
    assert "cannot start a process (Cannot allocate memory)" in sentence
    parse(Archive.open(str(root)), workers=1)
    assert lake_of(root) == lake


def test_a_scheduler_that_is_killed_ends_the_run_with_a_sentence_and_the_next_completes_it(
    root: Path, held: Held, lake: bytes, cluster: RunningCluster
) -> None:
    cluster.add_worker()
    with parsing(root, cluster.address) as process:
        assert held.met.wait(300)
        kill(cluster.scheduler)
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 1
    [sentence] = errors.splitlines()
    assert "went away: what was finished is kept" in sentence
    held.give_back()
    parse(Archive.open(str(root)), workers=1)
    assert lake_of(root) == lake
