"""Portals crawled by real clusters on loopback: what one process files, and a host never at two workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.__main__ import run
from gongkai.archive import Archive
from gongkai.archive.keys import HANDOVER
from gongkai.cluster.crawling import HostQueue, Visiting
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.portal.file import Portal, StartUrl
from tests.cluster.clusters import RunningCluster, spawned_by
from tests.crawler.crawling import write_portal
from tests.crawler.site import COLUMN, Reply, Site, article, listing, pdf, row, running_site, until


def portal_at(name: str, *hosts: str) -> Portal:
    starts = tuple(StartUrl(f"https://{host}/") for host in hosts)
    return Portal(
        id=name, name=name, family="static", division_code="990000", start_urls=starts, parameters=Parameters()
    )


def visiting(name: str, *hosts: str) -> Visiting:
    return Visiting(portal_at(name, *hosts), None, False, False, 60.0, {})


def test_portals_that_share_a_host_are_given_out_one_after_the_other() -> None:
    first, second, third, other = (
        visiting("a", "one.cn"),
        visiting("b", "one.cn", "two.cn"),
        visiting("c", "two.cn"),
        visiting("d", "three.cn"),
    )
    queue = HostQueue([first, second, third, other])
    assert [queue.take(), queue.take(), queue.take()] == [first, other, None]
    queue.done(other)
    assert queue.take() is None
    queue.done(first)
    assert [queue.take(), queue.take()] == [second, None]
    queue.done(second)
    assert [queue.take(), queue.take()] == [third, None]
    queue.done(third)
    assert queue.take() is None


def publish(site: Site, column: str, count: int) -> None:
    """A column of so many articles with a file each."""
    rows = [row(f"./a{number}.html", f"甲局{number}号2025年部门预算") for number in range(count)]
    site.pages[f"{column}index.html"] = listing(rows)
    for number in range(count):
        title = f"甲局{number}号2025年部门预算公开"
        site.pages[f"{column}a{number}.html"] = article(title, [(f"./f{number}.pdf", "预算.pdf")])
        site.pages[f"{column}f{number}.pdf"] = pdf(f"{column}{number}")


def filed(root: Path) -> set[tuple[str, str, str, str | None]]:
    """What an archive holds of each address, whenever and in however many runs it came."""
    return {
        (capture.portal, capture.url, capture.role.value, capture.payload_sha256)
        for capture in Archive.open(str(root)).captures()
    }


@pytest.mark.slow
def test_a_cluster_files_what_one_process_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_site() as one, running_site(address="127.0.0.2") as two:
        publish(one, COLUMN, 2)
        publish(one, "/other/", 2)
        publish(two, COLUMN, 2)
        portals = [
            str(write_portal(tmp_path, one, "first")),
            str(write_portal(tmp_path, f"{one.url}/other/index.html", "second")),
            str(write_portal(tmp_path, two, "third")),
        ]
        command = ["crawl", "--quiet", "--limit", "9", *portals]
        alone = subprocess.run(
            [sys.executable, "-m", "gongkai", "--root", str(tmp_path / "alone"), *command], check=True
        )
        assert alone.returncode == 0
        one.forget()
        assert run(["--root", str(tmp_path / "root"), *command, "--cluster", "local:2"]) == 0
        assert filed(tmp_path / "root") == filed(tmp_path / "alone")
        asked = [asked.path.startswith("/other/") for asked in one.log if asked.path != "/robots.txt"]
        assert asked == sorted(asked), "the portals of one host were crawled side by side"
    archive = Archive.open(str(tmp_path / "root"))
    assert sorted(portal["portal"] for report in archive.run_reports() for portal in report["portals"]) == [
        "first",
        "second",
        "third",
    ]
    assert list(archive.store.list(HANDOVER)) == []
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_a_host_that_defends_itself_is_left_alone_by_every_worker(tmp_path: Path) -> None:
    with running_site() as site:
        publish(site, COLUMN, 2)
        publish(site, "/other/", 2)
        site.pages |= {f"{COLUMN}a{number}.html": Reply(b"<script>C3VK='1'</script>") for number in range(2)}
        portals = [
            str(write_portal(tmp_path, site, "first")),
            str(write_portal(tmp_path, f"{site.url}/other/index.html", "second")),
        ]
        assert run(["--root", str(tmp_path / "root"), "crawl", "--quiet", *portals, "--cluster", "local:1"]) == 3
        assert len(site.paths()) == 2, "the first column, and the page that was a challenge"
    reports = {
        each["portal"]: each for run in Archive.open(str(tmp_path / "root")).run_reports() for each in run["portals"]
    }
    assert reports["second"]["failures"] == {"challenged": 1}


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_the_archive_nothing(tmp_path: Path, cluster: RunningCluster) -> None:
    nanny = cluster.add_worker()
    with running_site() as site:
        publish(site, COLUMN, 4)
        portal = str(write_portal(tmp_path, site))
        command = [sys.executable, "-m", "gongkai", "--root", str(tmp_path / "root"), "crawl", portal, "--quiet"]
        with site.holding(after=4):
            process = subprocess.Popen([*command, "--cluster", cluster.address])
            until(lambda: len(site.log) > 4)
            [worker] = spawned_by(nanny.pid)
            [child] = spawned_by(worker)
            os.kill(worker, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{child}").exists())
        assert process.wait(300) == 0
        assert run(["--root", str(tmp_path / "root"), "crawl", portal, "--quiet", "--cluster", cluster.address]) == 0
    archive = Archive.open(str(tmp_path / "root"))
    kept = {archive.original(capture.payload_sha256) for capture in archive.captures() if capture.payload_sha256}
    assert {pdf(f"{COLUMN}{number}").body for number in range(4)} <= kept


@pytest.mark.slow
def test_a_portal_that_nobody_waits_for_any_more_is_stopped_in_order(tmp_path: Path, cluster: RunningCluster) -> None:
    nanny = cluster.add_worker()
    with running_site() as site:
        publish(site, COLUMN, 500)
        portal = str(write_portal(tmp_path, site, delay_seconds=1))
        command = [sys.executable, "-m", "gongkai", "--root", str(tmp_path / "root"), "crawl", portal, "--quiet"]
        with site.holding(after=1):
            process = subprocess.Popen([*command, "--cluster", cluster.address])
            until(lambda: len(site.log) > 1)
            [worker] = spawned_by(nanny.pid)
            [child] = spawned_by(worker)
            process.kill()
            process.wait()
        until(lambda: not Path(f"/proc/{child}").exists())
        assert len(site.log) < 500
    [report] = Archive.open(str(tmp_path / "root")).run_reports()
    assert report["interrupted"]


@pytest.mark.slow
def test_a_worker_without_a_nanny_that_is_stopped_waits_for_its_crawl(tmp_path: Path, cluster: RunningCluster) -> None:
    """In a container nothing outlives the worker, which is its first process."""
    worker = cluster.add_worker("--no-nanny")
    with running_site() as site:
        publish(site, COLUMN, 500)
        portal = str(write_portal(tmp_path, site, delay_seconds=1))
        command = [sys.executable, "-m", "gongkai", "--root", str(tmp_path / "root"), "crawl", portal, "--quiet"]
        process = subprocess.Popen([*command, "--cluster", cluster.address])
        try:
            with site.holding(after=3):
                until(lambda: len(site.log) > 3)
                [child] = spawned_by(worker.pid)
                worker.terminate()
            worker.wait(300)
            assert not Path(f"/proc/{child}").exists()
        finally:
            process.kill()
            process.wait()
    archive = Archive.open(str(tmp_path / "root"))
    [report] = archive.run_reports()
    assert report["interrupted"]
    assert len(list(archive.captures())) >= 2
