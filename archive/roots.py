"""Archive roots as people write them, and the store behind each."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.settings import S3Settings, copy_settings, s3_settings
from gongkai.archive.store import RootUnusableError, Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def open_copy(root: str) -> Store:
    """The store of a second copy: as ``open_store``, on S3 with settings of its own (``copy_settings``)."""
    return open_store(root, copy_settings)


def open_store(root: str, settings: Callable[[], S3Settings] = s3_settings) -> Store:
    """The store at a directory path or an ``s3://bucket/prefix`` URL.

    Raises RootUnusableError when it cannot be opened, StoreUnavailableError when an S3 server does not answer.
    """
    if not root:
        raise RootUnusableError("the archive root is empty: give a directory or s3://bucket/prefix")
    scheme = _SCHEME.match(root)
    if scheme is None:
        return DirectoryStore(root)
    if scheme[1] == "s3":
        from gongkai.archive.s3_store import S3Store  # noqa: PLC0415  its client takes as long to load as all the rest

        return S3Store(root, settings())
    raise RootUnusableError(f"{root!r} has the unknown scheme {scheme[1]!r}: give a directory or s3://bucket/prefix")
