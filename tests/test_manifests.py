"""The Kubernetes manifests of ``docs/cluster.md``: judged by the API's own schemas, their commands by our parsers."""

from __future__ import annotations

import contextlib
import copy
import os
import re
import shlex
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import kubernetes_validate
import pytest
import yaml
from distributed.cli.dask_scheduler import main as dask_scheduler
from distributed.cli.dask_worker import main as dask_worker

from gongkai.application import application
from gongkai.archive import Archive, add_files
from gongkai.crawler.settings import FILE_TIMEOUT_SECONDS
from gongkai.lake.manifest import read_manifest
from gongkai.parsing.left import pending
from tests.conftest import fresh_root
from tests.crawler.site import until
from tests.places import DEMO_SITE, ROOT
from tests.s3_servers import S3Server
from tests.test_container import CONTAINERFILE, PINNED

PAGES = ("docs/cluster.md", "docs/zh/cluster.md")
KINDS = ["Service", "Deployment", "Deployment", "CronJob", "NetworkPolicy"]


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def manifests(page: str) -> list[dict[str, Any]]:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)
    return [each for block in blocks for each in yaml.safe_load_all(block)]


def pods(page: str) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    """The name, the pod's specification and the pod's labels of whatever starts pods."""
    for each in manifests(page):
        spec = each["spec"]
        if each["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            yield each["metadata"]["name"], spec["template"]["spec"], spec["template"]["metadata"]["labels"]


def versions(page: str) -> list[str]:
    """The oldest and the newest version of the API that the page promises, and one between them."""
    [(first, last)] = re.findall(r"Kubernetes 1\.(\d+) (?:to|至) 1\.(\d+)", text_of(page))
    return [f"1.{number}" for number in (first, (int(first) + int(last)) // 2, last)]


def test_what_the_page_promises_is_what_can_be_judged() -> None:
    known = kubernetes_validate.utils.all_versions()
    for page in PAGES:
        promised = versions(page)
        assert f"{promised[0]}.0" in known
        assert kubernetes_validate.latest_version() == f"{promised[-1]}.0"


@pytest.mark.parametrize("page", PAGES)
def test_each_manifest_is_one_of_every_version_promised(page: str) -> None:
    assert [each["kind"] for each in manifests(page)] == KINDS
    for each in manifests(page):
        for version in versions(page):
            kubernetes_validate.validate(each, version, strict=True)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Service", ("spec", "port"), 8786),
        ("Deployment", ("spec", "template", "spec", "terminationGracePeriod"), 120),
        ("CronJob", ("spec", "jobTemplate", "spec", "template", "spec", "containers", 0, "command", 0), 8786),
        ("NetworkPolicy", ("spec", "ingress"), {}),
    ],
)
def test_a_field_that_is_none_is_refused(kind: str, path: tuple[str | int, ...], value: object) -> None:
    [each, *_] = [copy.deepcopy(each) for each in manifests(PAGES[0]) if each["kind"] == kind]
    place: Any = each
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(each, versions(PAGES[0])[0], strict=True)


def test_both_languages_have_the_same_manifests() -> None:
    ours, theirs = map(manifests, PAGES)
    assert ours == theirs


def test_the_scheduler_is_reached_under_the_name_and_ports_of_its_service() -> None:
    service, *deployments = manifests(PAGES[0])[:3]
    for each in deployments:
        labels = each["spec"]["template"]["metadata"]["labels"]
        assert each["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert service["spec"]["selector"] == deployments[0]["spec"]["selector"]["matchLabels"]
    [port] = service["spec"]["ports"]
    address = f"tcp://{service['metadata']['name']}:{port['port']}"
    containers = {name: pod["containers"][0] for name, pod, _ in pods(PAGES[0])}
    assert address in containers["gongkai-worker"]["command"]
    assert address in containers["gongkai-parse"]["command"]
    scheduler = containers["gongkai-scheduler"]
    assert str(port["port"]) in scheduler["command"]
    probed = scheduler["readinessProbe"]["httpGet"]
    assert (probed["path"], f":{probed['port']}") == ("/health", scheduler["command"][-1])


def test_only_pods_of_the_cluster_reach_one_another() -> None:
    policy = manifests(PAGES[0])[-1]["spec"]
    chosen = policy["podSelector"]["matchLabels"]
    assert policy["ingress"] == [{"from": [{"podSelector": {"matchLabels": chosen}}]}]
    assert all(chosen.items() <= labels.items() for _, _, labels in pods(PAGES[0]))


def test_no_pod_has_more_rights_than_it_needs() -> None:
    for name, pod, _ in pods(PAGES[0]):
        assert pod["securityContext"]["runAsNonRoot"], name
        [container] = pod["containers"]
        assert container["securityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
        assert PINNED.fullmatch(container["image"])
        assert not any("KEY" in each["name"] for each in container.get("env", ())), "secrets come from outside"


def test_temporary_files_go_where_the_image_has_them() -> None:
    [place] = re.findall(r"TMPDIR=(\S+)", CONTAINERFILE.read_text(encoding="utf-8"))
    for name, pod, _ in pods(PAGES[0]):
        mounted = [each["mountPath"] for each in pod["containers"][0].get("volumeMounts", ())]
        assert mounted == ([] if name == "gongkai-scheduler" else [place])


def test_a_crawl_has_time_to_end_in_order() -> None:
    """Dask's nanny would give it eight seconds, whatever the pod is given."""
    [worker] = [pod for name, pod, _ in pods(PAGES[0]) if name == "gongkai-worker"]
    assert "--no-nanny" in worker["containers"][0]["command"]
    assert worker["terminationGracePeriodSeconds"] > FILE_TIMEOUT_SECONDS


def commands(page: str) -> Iterator[list[str]]:
    """Those of the manifests, and those that the page gives to be typed."""
    for _, pod, _ in pods(page):
        yield pod["containers"][0]["command"]
    for line in re.findall(r"^    ((?:\S*/)?(?:gongkai|dask) .*)$", text_of(page), re.MULTILINE):
        program, *rest = shlex.split(line)
        yield [program.rpartition("/")[2], *rest]
    for line in re.findall(r"`(gongkai [^`…]+)`", text_of(page)):
        yield shlex.split(line)


@pytest.mark.parametrize("page", PAGES)
def test_each_command_is_one_with_these_options(page: str) -> None:
    names = set()
    for program, *words in commands(page):
        if program == "dask":
            name, rest = words[0], words[1:]
            command: click.Command | None = {"scheduler": dask_scheduler, "worker": dask_worker}[name]
        else:
            _, (name, *rest), _ = application.make_parser(click.Context(application)).parse_args(words)
            command = application.get_command(click.Context(application), name)
        assert command is not None, name
        command.make_context(name, rest)
        names.add(name)
    assert names == {"scheduler", "worker", "parse", "crawl"}


def test_the_commands_of_the_pods_parse_an_archive(
    seaweedfs: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scheduler, worker and command as processes, names and ports being those of this machine."""
    root, scheduler, health = fresh_root(seaweedfs, monkeypatch), free_port(), free_port()
    archive = Archive.open(root)
    add_files(archive, [next((DEMO_SITE / "202502").glob("*.xlsx"))])
    here = {"gongkai-scheduler": "127.0.0.1", "8786": str(scheduler), ":8787": f"127.0.0.1:{health}", "12GB": "4GB"}
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "GONGKAI_ROOT": root, "TMPDIR": str(tmp_path)}
    running: dict[str, subprocess.Popen[bytes]] = {}
    with contextlib.ExitStack() as ending, (tmp_path / "log").open("wb") as log:
        for name, pod, _ in pods(PAGES[0]):
            program, *words = pod["containers"][0]["command"]
            words = [re.sub("|".join(map(re.escape, here)), lambda found: here[found[0]], word) for word in words]
            words += ["--host", "127.0.0.1"] if program == "dask" else []
            command = [sys.executable, "-m", program, *words]
            running[name] = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=tmp_path)
            ending.callback(stopped, running[name])
            if name == "gongkai-scheduler":
                until(lambda: answers(health))
        assert running["gongkai-parse"].wait(300) == 0, (tmp_path / "log").read_text(errors="replace")
    assert pending(archive) == []
    assert read_manifest(archive.store) is not None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def stopped(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(60)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        return bool(answer.status == 200)
    return False
