"""The option ``--cluster``, and the way to what needs the extra of that name."""

from __future__ import annotations

import importlib
from typing import Any

import click

from gongkai.exits import Exit
from gongkai.session import CommandError

cluster_option = click.option(
    "--cluster",
    metavar="tcp://HOST:PORT|local:N",
    help="Have it done by a Dask cluster: the address of its scheduler, or N workers on this machine.",
)


def cluster_room(name: str) -> Any:
    """A module of ``gongkai.cluster``.  Raises CommandError where the extra is not installed."""
    try:
        return importlib.import_module(f"gongkai.cluster.{name}")
    except ModuleNotFoundError as error:
        if error.name not in {"dask", "distributed"}:
            raise
        raise CommandError(
            f"--cluster needs the package {error.name!r}: pip install 'gongkai[cluster]'", Exit.WRONG_USAGE
        ) from error
