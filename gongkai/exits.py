"""Exit codes, and which error of which package ends with which."""

from __future__ import annotations

import enum


class Exit(enum.IntEnum):
    """Exit codes of commands."""

    OK = 0
    """Everything was done."""
    SOMETHING_FAILED = 1
    """Finished, but something failed, was refused or not found, or a document is read worse than before; standard error
    and the issues table say what."""
    WRONG_USAGE = 2
    """Nothing was done: a wrong option, argument, portal, query name or parameter, or SQL that cannot run."""
    LISTING_FAILED = 3
    """A portal's listing cannot be trusted: unreachable, refused, empty, repeated, or another site's."""
    ARCHIVE_UNUSABLE = 4
    """The archive root, its store or its lake cannot be read or written."""
    UNEXPECTED = 5
    """An error in gongkai itself."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C or a signal; what was finished is kept."""
    PIPE_CLOSED = 141
    """The reader of standard output went away, such as `head`."""


# By name, because importing the classes would load every package at start-up; an error's own packages are loaded.
_BY_ERROR = {
    "gongkai.archive.archive.AmbiguousHashError": Exit.WRONG_USAGE,
    "gongkai.archive.archive.OriginalMissingError": Exit.SOMETHING_FAILED,
    "gongkai.archive.archive.OriginalAlteredError": Exit.SOMETHING_FAILED,
    "gongkai.archive.copying.OtherArchiveError": Exit.WRONG_USAGE,
    "gongkai.archive.object_lock.LockUnsupportedError": Exit.WRONG_USAGE,
    "gongkai.archive.packages.unfinished.PackageRefusedError": Exit.WRONG_USAGE,
    "gongkai.archive.store.ArchiveError": Exit.ARCHIVE_UNUSABLE,
    "gongkai.crawler.errors.CrawlerError": Exit.WRONG_USAGE,
    "gongkai.crawler.errors.PageUnavailableError": Exit.LISTING_FAILED,
    "gongkai.lake.files.ManifestError": Exit.ARCHIVE_UNUSABLE,
    "gongkai.lake.release.ReleaseRefusedError": Exit.WRONG_USAGE,
    "gongkai.queries.errors.LakeUnusableError": Exit.ARCHIVE_UNUSABLE,
    "gongkai.queries.errors.QueryError": Exit.WRONG_USAGE,
}


def exit_for(error: BaseException) -> Exit | None:
    """The exit code of an error a person can cause, None for any other."""
    for kind in type(error).__mro__:
        code = _BY_ERROR.get(f"{kind.__module__}.{kind.__qualname__}")
        if code is not None:
            return code
    return None
