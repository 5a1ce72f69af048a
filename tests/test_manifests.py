"""The Kubernetes manifests of ``docs/cluster.md``: of kinds that exist, and naming one another rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.places import ROOT

VERSIONS = {"Service": "v1", "Deployment": "apps/v1", "CronJob": "batch/v1"}
FIELDS = {
    "pod": {"containers", "restartPolicy", "terminationGracePeriodSeconds", "enableServiceLinks"},
    "container": {"name", "image", "command", "env", "envFrom", "resources"},
    "Service": {"selector", "ports"},
    "Deployment": {"replicas", "selector", "template"},
    "CronJob": {"schedule", "concurrencyPolicy", "jobTemplate"},
}
"""Fields of the API that the manifests use, by kind."""
PAGES = ("docs/cluster.md", "docs/zh/cluster.md")


def manifests(page: str) -> list[dict[str, Any]]:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [each for block in blocks for each in yaml.safe_load_all(block)]


def pods(page: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the pod's specification of whatever starts pods."""
    for each in manifests(page):
        spec = each["spec"]
        if each["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            yield each["metadata"]["name"], spec["template"]["spec"]


@pytest.mark.parametrize("page", PAGES)
def test_each_manifest_is_of_a_kind_that_exists_with_fields_of_that_kind(page: str) -> None:
    kinds = [each["kind"] for each in manifests(page)]
    assert kinds == ["Service", "Deployment", "Deployment", "CronJob"]
    for each in manifests(page):
        assert each.keys() == {"apiVersion", "kind", "metadata", "spec"}
        assert each["apiVersion"] == VERSIONS[each["kind"]]
        assert each["spec"].keys() <= FIELDS[each["kind"]]
    for _, pod in pods(page):
        assert pod.keys() <= FIELDS["pod"]
        for container in pod["containers"]:
            assert container.keys() <= FIELDS["container"]
            assert all(isinstance(word, str) for word in container["command"]), "a number is refused as an argument"
            assert all(isinstance(each["value"], str) for each in container.get("env", []))


@pytest.mark.parametrize("page", PAGES)
def test_the_scheduler_is_reached_under_the_name_and_port_of_its_service(page: str) -> None:
    service, *deployments = manifests(page)[:3]
    for each in deployments:
        assert each["spec"]["selector"]["matchLabels"] == each["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == deployments[0]["spec"]["selector"]["matchLabels"]
    [port] = service["spec"]["ports"]
    address = f"tcp://{service['metadata']['name']}:{port['port']}"
    commands = {name: pod["containers"][0]["command"] for name, pod in pods(page)}
    assert address in commands["gongkai-worker"]
    assert address in commands["gongkai-parse"]
    assert str(port["port"]) in commands["gongkai-scheduler"]
