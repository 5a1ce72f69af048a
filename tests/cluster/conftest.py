"""Clusters on loopback for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from tests.cluster.clusters import RunningCluster, running_cluster


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    """A scheduler without workers."""
    with running_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running
