"""The terms on which a worker is given tasks: gongkai as it is here, and the same archive."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib.metadata
import secrets
from collections.abc import Iterator

from gongkai.archive import Archive, ArchiveError
from gongkai.archive.keys import HANDOVER
from gongkai.archive.store import Store
from gongkai.lake.schema import schema_fingerprint
from gongkai.parsing.left import PARSER_VERSION

_MARK = "archive"


class WorkerRefusedError(Exception):
    """Raised on a worker that does not keep the terms of a task; the message is what is said after its name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """The root, what keys of this run begin with, the text of the mark in it, and what gongkai is here."""

    root: str
    run: str
    mark: str
    gongkai: str
    parser: str
    schema: str

    def key(self, name: str) -> str:
        """The key of something that is handed over in this run."""
        return f"{HANDOVER}{self.run}.{name}"


@contextlib.contextmanager
def marked(store: Store, command: str) -> Iterator[Terms]:
    """Terms for one run of a command.  The mark in the archive, and what else was handed over, goes with the block."""
    version = importlib.metadata.version("gongkai")
    run, mark = f"{command}-{secrets.token_hex(8)}", secrets.token_hex(16)
    terms = Terms(store.url, run, mark, version, PARSER_VERSION, schema_fingerprint())
    store.write(terms.key(_MARK), terms.mark.encode())
    try:
        yield terms
    finally:
        sweep(store, run)


def sweep(store: Store, runs: str) -> None:
    """Remove what was handed over, and nobody took, in runs whose name begins so."""
    for info in list(store.list(f"{HANDOVER}{runs}")):
        store.delete(info.key)


def refusal(terms: Terms) -> str | None:
    """On a worker: why it is given nothing, to be read after its name; None where it keeps the terms."""
    here = {
        "version of gongkai": (importlib.metadata.version("gongkai"), terms.gongkai),
        "parser version": (PARSER_VERSION, terms.parser),
        "schema of the lake": (schema_fingerprint(), terms.schema),
    }
    for what, (own, wanted) in here.items():
        if own != wanted:
            return f"its {what} is {own!r}, not {wanted!r}: install the version of this machine there"
    try:
        mark = Archive.open(terms.root).store.read(terms.key(_MARK)).decode(errors="replace")
    except (ArchiveError, OSError) as error:
        mark = str(error)
    if mark != terms.mark:
        return f"it does not see the archive {terms.root!r} ({mark}): give a root that all machines share"
    return None


@functools.lru_cache(maxsize=16)
def assure(terms: Terms) -> None:
    """On a worker, once for each run: raises WorkerRefusedError where it does not keep the terms."""
    if (reason := refusal(terms)) is not None:
        raise WorkerRefusedError(reason)
