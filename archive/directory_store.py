"""A store in a directory of a local or mounted file system.

The module is long because it is one class: every operation has to survive a kill and a full disk on its own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import shutil
import stat
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from gongkai.archive import processes
from gongkai.archive.keys import INCOMING, RAW, check_key
from gongkai.archive.store import (
    BadKeyError,
    ObjectInfo,
    ObjectMissingError,
    RootUnusableError,
    S3Access,
    StoreUnavailableError,
)
from gongkai.archive.streams import PieceStream, chunks, closed_afterwards, is_in

_NOT_PERMITTED = {errno.EACCES, errno.EPERM, errno.EROFS}
_KEY_CLASH = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG}
_ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
PART = ".part"
"""Suffix of a file being written."""
_LEFTOVER_SECONDS = 24 * 3600
"""A temporary file not touched for this long belongs to a process that was killed, where nothing else tells."""


class DirectoryStore:
    """Objects as files below one directory, the key as relative path; the directory is made by the first write.

    A file is written under ``.incoming/``, forced to disk, and only then given its name, so that a process killed
    at any moment leaves a whole object or none.  Files of originals are read-only.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Raises RootUnusableError when the path is something other than a directory."""
        self._root = Path(path).absolute()
        self._incoming = self._root / INCOMING
        try:
            mode = self._root.stat().st_mode
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise RootUnusableError(f"{str(path)!r} cannot be opened as an archive root: {error}") from error
        if not stat.S_ISDIR(mode):
            raise RootUnusableError(f"{self.url!r} is not a directory: give one, or a name that is not there yet")
        self._remove_leftovers()

    @property
    def url(self) -> str:
        return str(self._root)

    @property
    def access(self) -> S3Access | None:
        return None

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        target = self._path(key)
        with self._incoming_file(key, data) as temporary, self._named_errors(key), self._kept_names() as changed:
            _make_directory(target.parent, changed)
            temporary.replace(target)
            changed.add(target.parent)

    def write_once(self, key: str, data: bytes | BinaryIO) -> bool:
        with self._kept_names() as changed:
            return self._write_once(key, data, changed)

    def write_all_once(self, objects: Iterable[tuple[str, bytes | BinaryIO]]) -> None:
        with self._kept_names() as changed:
            for key, data in objects:
                with closed_afterwards(data):
                    if not self._write_once(key, data, changed) and not is_in(self.open(key), data):
                        self.write(key, data)

    def _write_once(self, key: str, data: bytes | BinaryIO, changed: set[Path]) -> bool:
        target = self._path(key)
        if self.size(key) is not None:
            return False
        with self._incoming_file(key, data) as temporary, self._named_errors(key):
            changed.add(target.parent)
            try:
                return _name_unless_taken(temporary, target)
            except FileNotFoundError:
                _make_directory(target.parent, changed)
                return _name_unless_taken(temporary, target)

    def replace(self, key: str, data: bytes, tag: str | None) -> bool:
        if tag is None:
            return self.write_once(key, data)
        target = self._path(key)
        with self._incoming_file(key, data) as temporary, self._named_errors(key), self._kept_names() as changed:
            info = self.info(key)
            if info is None or info.tag != tag:
                return False
            temporary.replace(target)
            changed.add(target.parent)
        return True

    def read(self, key: str) -> bytes:
        with self.open(key) as stream, self._named_errors(key):
            return stream.read()

    def read_part(self, key: str, start: int, length: int) -> bytes:
        with self.open(key) as stream, self._named_errors(key):
            stream.seek(start)
            return stream.read(length)

    def open(self, key: str) -> BinaryIO:
        path = self._path(key)
        with self._named_errors(key):
            try:
                return path.open("rb")
            except _ABSENT as error:
                raise ObjectMissingError(f"{key!r} is not in {self.url!r}") from error

    def size(self, key: str) -> int | None:
        path = self._path(key)
        with self._named_errors(key):
            return path.stat().st_size if path.is_file() else None

    def info(self, key: str) -> ObjectInfo | None:
        path = self._path(key)
        with self._named_errors(key):
            try:
                status = path.stat()
            except _ABSENT:
                return None
        return _info(key, status) if stat.S_ISREG(status.st_mode) else None

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        directory = prefix.rpartition("/")[0]
        if directory:
            check_key(directory)
        return self._walk(directory, prefix)

    def copy_all(self, names: Iterable[tuple[str, str]]) -> None:
        with self._kept_names() as changed:
            for source, target in names:
                self._copy(source, target, changed)

    def _copy(self, source: str, target: str, changed: set[Path]) -> None:
        origin, destination = self._path(source), self._path(target)
        if not origin.is_file():
            raise ObjectMissingError(f"{source!r} is not in {self.url!r}")
        temporary = self._incoming / _temporary_name()
        with self._named_errors(target):
            _make_directory(self._incoming, changed)
            _make_directory(destination.parent, changed)
            try:
                _link_or_copy(origin, temporary)
                temporary.replace(destination)
                changed.add(destination.parent)
            finally:
                # Renaming onto another name of the same file leaves both names in place.
                temporary.unlink(missing_ok=True)

    def join(self, key: str, pieces: Sequence[str]) -> None:
        if len(pieces) == 1:
            self.copy_all([(pieces[0], key)])
        else:
            self.write(key, cast("BinaryIO", PieceStream(self._bytes_of(pieces))))

    def _bytes_of(self, keys: Sequence[str]) -> Iterator[bytes]:
        for key in keys:
            with self.open(key) as stream, self._named_errors(key):
                yield from chunks(stream)

    def delete(self, key: str) -> None:
        path = self._path(key)
        with self._named_errors(key), contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
            _sync_directory(path.parent)

    def locate(self, key: str) -> str:
        return str(self._path(key))

    def lock_file(self, name: str) -> Path:
        """An empty file, no object, on which the operating system's lock of this name is held."""
        with self._named_errors(name), self._kept_names() as changed:
            _make_directory(self._incoming, changed)
        return self.lock_path(name)

    def lock_path(self, name: str) -> Path:
        """Where ``lock_file`` puts it."""
        return self._incoming / f"{check_key(name)}.lock"

    def _path(self, key: str) -> Path:
        return self._root / check_key(key)

    @contextlib.contextmanager
    def _incoming_file(self, key: str, data: bytes | BinaryIO) -> Iterator[Path]:
        """The bytes in a new file under ``.incoming/``, on disk; removed afterwards if it is still there."""
        temporary = self._incoming / _temporary_name()
        try:
            with self._named_errors(key):
                descriptor = self._new_file(temporary)
            try:
                # The source is read outside: its errors are not the store's.
                for chunk in chunks(data):
                    with self._named_errors(key):
                        _write_whole(descriptor, chunk)
                with self._named_errors(key):
                    if key.startswith(RAW):
                        temporary.chmod(0o444)
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
            yield temporary
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _new_file(self, path: Path) -> int:
        """An open new file in ``.incoming/``.  Each call to the system gives up the thread: none is made twice.

        Not by tempfile: its files are closed to the group, whatever the umask allows.
        """
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            return os.open(path, flags, 0o666)
        except FileNotFoundError:
            with self._kept_names() as changed:
                _make_directory(self._incoming, changed)
            return os.open(path, flags, 0o666)

    @contextlib.contextmanager
    def _kept_names(self) -> Iterator[set[Path]]:
        """Collect the directories in which names were made or changed; at the end each is forced to disk, once.

        After an error too: a later writer finds the names made and does not look at them again.
        """
        changed: set[Path] = set()
        try:
            yield changed
        finally:
            for path in sorted(changed):
                with self._named_errors(str(path)):
                    _sync_directory(path)

    def _walk(self, directory: str, prefix: str) -> Iterator[ObjectInfo]:
        """Files below ``directory`` whose key starts with ``prefix``, in key order."""
        folder, within = f"{self._root}/{directory}", f"{directory}/" if directory else ""
        with self._named_errors(directory):
            try:
                entries = [entry for entry in os.scandir(folder) if directory or entry.name != INCOMING]
            except (FileNotFoundError, NotADirectoryError):
                return
        # A directory sorts as its name with the slash, as the keys below it do: "a.txt" before "a/x".
        named = [(f"{entry.name}/" if entry.is_dir() else entry.name, entry) for entry in entries]
        for name, entry in sorted(named, key=lambda row: os.fsencode(row[0])):
            key = within + name
            if name.endswith("/"):
                if key.startswith(prefix) or prefix.startswith(key):
                    yield from self._walk(key[:-1], prefix)
            elif key.startswith(prefix) and (info := self._info(key, entry)):
                yield info

    def _info(self, key: str, entry: os.DirEntry[str]) -> ObjectInfo | None:
        """One row of a listing; None when the file has gone since."""
        with self._named_errors(key):
            try:
                status = entry.stat()
            except FileNotFoundError:
                return None
        return _info(key, status)

    def _remove_leftovers(self) -> None:
        """Remove what killed processes left in ``.incoming/``; harmless, so failing to remove it is too."""
        oldest = time.time() - _LEFTOVER_SECONDS
        with contextlib.suppress(OSError):
            for entry in os.scandir(self._incoming):
                with contextlib.suppress(OSError):
                    if entry.name.endswith(PART) and (
                        processes.is_gone(entry.name.partition(".")[0])
                        or entry.stat(follow_symlinks=False).st_mtime < oldest
                    ):
                        Path(entry.path).unlink()

    @contextlib.contextmanager
    def _named_errors(self, key: str) -> Iterator[None]:
        """Turn what the operating system says into what a store raises."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            if error.errno in _NOT_PERMITTED:
                raise RootUnusableError(
                    f"{self.url!r} does not permit {key!r} ({reason}): check owner and permissions"
                ) from error
            if error.errno in _KEY_CLASH:
                raise BadKeyError(f"{key!r} cannot stand beside what {self.url!r} holds ({reason})") from error
            raise StoreUnavailableError(
                f"{self.url!r} failed at {key!r} ({reason}): check the disk and its free space"
            ) from error


def _info(key: str, status: os.stat_result) -> ObjectInfo:
    # The time of the last change too: no program can set it back as it can the time of the last writing.
    tag = f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
    return ObjectInfo(key, status.st_size, dt.datetime.fromtimestamp(status.st_mtime, dt.UTC), tag)


def _temporary_name() -> str:
    return f"{processes.own_mark()}.{uuid.uuid4().hex}{PART}"


def _write_whole(descriptor: int, data: bytes) -> None:
    """Write all of the bytes, of which the system may take fewer at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _name_unless_taken(temporary: Path, target: Path) -> bool:
    """Give the file its name.  False when the name is taken: of two writers exactly one succeeds."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
            raise
        # File systems without hard links (FAT, some network mounts) cannot decide between two writers.
        if target.exists():
            return False
        temporary.replace(target)
    return True


def _link_or_copy(origin: Path, temporary: Path) -> None:
    try:
        os.link(origin, temporary)
    except FileNotFoundError:
        raise
    except OSError:
        # No hard links here, or too many on this file.
        shutil.copyfile(origin, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())


def _make_directory(path: Path, changed: set[Path]) -> None:
    """Make a directory and those above it; ``changed`` gains the ones that got a new entry."""
    if path.is_dir():
        return
    if path.parent != path:
        _make_directory(path.parent, changed)
    path.mkdir(exist_ok=True)
    changed.add(path.parent)


def _sync_directory(path: Path) -> None:
    """Force a directory's entries to disk, so that a new name survives a power cut."""
    if os.name == "nt":
        return  # Windows opens no directories; its file systems log names by themselves.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
