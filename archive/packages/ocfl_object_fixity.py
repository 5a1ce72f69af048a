"""One OCFL object on any store: its declaration, inventories, versions and every byte of its contents."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from gongkai.archive.packages.ocfl_codes import Note
from gongkai.archive.packages.ocfl_digests import digests_of
from gongkai.archive.packages.ocfl_inventory import SPECIFICATIONS, Read, read_inventory
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store, StoreError

_INVENTORY = "inventory.json"
_DECLARATION = "0=ocfl_object_"
_VERSION_LIKE = re.compile(r"v\d+")
_REGISTERED = re.compile(r"(00\d\d-[a-z0-9-]+|initial)")
_SIDECAR = re.compile(rb"(\S+)[ \t]+inventory\.json\s*")


class ObjectCheck:
    """The check of the object whose files lie below ``prefix``, which ends in a slash or is empty.

    ``empty`` are folders without any file, below the prefix, which only a directory has.
    """

    def __init__(self, store: Store, prefix: str, files: Collection[ObjectInfo], empty: Collection[str] = ()) -> None:
        self._store, self._prefix = store, prefix
        self._sizes = {info.key.removeprefix(prefix): info.size for info in files}
        self._empty = sorted(path.removeprefix(prefix) for path in empty)
        self._specification = SPECIFICATIONS[-1]
        self._root = Read()
        self._read: dict[str, Read] = {}
        """Inventories of versions that could be read."""
        self.checked: list[tuple[str, int]] = []
        """Key and length of each object that was read."""

    @property
    def identifier(self) -> str:
        """The identifier, once ``notes`` is through."""
        return self._root.identifier

    @property
    def specification(self) -> str:
        """The version of the specification, once ``notes`` is through."""
        return self._specification

    def notes(self) -> Iterator[Note]:
        """Everything wrong or unwise."""
        yield from self._declaration()
        if _INVENTORY not in self._sizes:
            yield self._note("E063", _INVENTORY, "the object has no inventory")
            return
        self._root = read_inventory(self._bytes(_INVENTORY), f"{self._prefix}{_INVENTORY}", self._specification)
        yield from self._root.notes
        yield from self._sidecar("", self._root)
        yield from self._top()
        if not self._root.versions:
            return
        for version in self._root.versions:
            yield from self._version(version)
        yield from self._succession()
        yield from self._contents()

    def _note(self, code: str, below: str, text: str) -> Note:
        return Note(code, f"{self._prefix}{below}", text)

    def _bytes(self, below: str) -> bytes:
        data = self._store.read(f"{self._prefix}{below}")
        self.checked.append((f"{self._prefix}{below}", len(data)))
        return data

    def _declaration(self) -> Iterator[Note]:
        """``0=ocfl_object_1.1`` and what it says."""
        declared = [name for name in self._sizes if name.startswith("0=") and "/" not in name]
        known = {f"{_DECLARATION}{number}": number for number in SPECIFICATIONS}
        if not declared:
            yield self._note("E003", f"{_DECLARATION}{self._specification}", "the object has no declaration")
        if len(declared) > 1:
            yield self._note("E003", declared[0], f"the object has {len(declared)} declarations")
        for name in declared:
            if name not in known:
                yield self._note("E006", name, "it declares no version of OCFL that is known")
                continue
            self._specification = known[name]
            if self._bytes(name) != f"{name[2:]}\n".encode():
                yield self._note("E007", name, "its content is not its name")

    def _sidecar(self, version: str, read: Read) -> Iterator[Note]:
        """The digest of an inventory."""
        below = f"{version}/{_INVENTORY}" if version else _INVENTORY
        sidecar = f"{below}.{read.algorithm}"
        if sidecar not in self._sizes:
            yield self._note("E058", sidecar, "nothing says the digest of the inventory")
            return
        match = _SIDECAR.fullmatch(self._bytes(sidecar))
        if match is None:
            yield self._note("E061", sidecar, "it is no digest with the name inventory.json")
            return
        found = digests_of(self._store, f"{self._prefix}{below}", [read.algorithm])[read.algorithm]
        if found.encode() != match[1].lower():
            yield self._note("E060", below, f"its {read.algorithm} is {found}, its sidecar says {match[1].decode()}")

    def _top(self) -> Iterator[Note]:
        """What lies in the object beside its versions."""
        for name in sorted({path.partition("/")[0] for path in self._sizes if "/" in path} | set(self._empty_tops())):
            if name == "extensions":
                yield from self._extensions()
            elif _VERSION_LIKE.fullmatch(name) and name not in self._root.versions:
                yield self._note("E046", f"{name}/", "the inventory knows no such version")
            elif name not in self._root.versions and name != "logs":
                yield self._note("E001", f"{name}/", "the specification knows no such folder")
        allowed = {_INVENTORY, f"{_INVENTORY}.{self._root.algorithm}"}
        for path in self._sizes:
            if "/" not in path and path not in allowed and not path.startswith("0="):
                yield self._note("E001", path, "the specification knows no such file")

    def _empty_tops(self) -> Iterator[str]:
        return (path.partition("/")[0] for path in self._empty)

    def _extensions(self) -> Iterator[Note]:
        names = {path.split("/")[1]: path for path in [*self._sizes, *self._empty] if path.startswith("extensions/")}
        for name, path in names.items():
            if path == f"extensions/{name}" and path in self._sizes:
                yield self._note("E067", path, "only folders lie in extensions")
            elif not _REGISTERED.fullmatch(name):
                yield self._note("W013", f"extensions/{name}/", "no such extension is registered")

    def _version(self, version: str) -> Iterator[Note]:
        """The folder of a version and its own inventory."""
        below = [path for path in self._sizes if path.startswith(f"{version}/")]
        empty = [path for path in self._empty if path == version or path.startswith(f"{version}/")]
        if not below and not empty:
            yield self._note("E046", f"{version}/", "the inventory has this version, its folder is not there")
            return
        if f"{version}/{_INVENTORY}" in self._sizes:
            yield from self._own_inventory(version)
        else:
            yield self._note("W010", f"{version}/{_INVENTORY}", "the version has no inventory of its own")
        algorithm = self._read[version].algorithm if version in self._read else self._root.algorithm
        yield from self._folder(version, below, empty, {_INVENTORY, f"{_INVENTORY}.{algorithm}"})

    def _folder(self, version: str, below: list[str], empty: list[str], allowed: set[str]) -> Iterator[Note]:
        contents = f"{version}/{self._root.content_directory}"
        for path in below:
            name = path.removeprefix(f"{version}/")
            if "/" not in name and name not in allowed:
                yield self._note("E015", path, "it lies beside the contents of a version")
        others = {path.split("/")[1] for path in [*below, *empty] if path.count("/") > (path in self._sizes)}
        for name in sorted(others - {self._root.content_directory}):
            yield self._note("W002", f"{version}/{name}/", "it lies beside the contents of a version")
        if empty and not any(path.startswith(f"{contents}/") for path in below) and contents in empty:
            yield self._note("W003", f"{contents}/", "the contents of the version are an empty folder")
        for path in empty:
            if path.startswith(f"{contents}/"):
                yield self._note("E024", f"{path}/", "it is an empty folder")

    def _own_inventory(self, version: str) -> Iterator[Note]:
        below = f"{version}/{_INVENTORY}"
        data = self._bytes(below)
        if version == self._root.versions[-1]:
            if data != self._bytes(_INVENTORY):
                yield self._note("E064", below, "it is not the inventory of the object")
                return
            self._read[version] = self._root
        else:
            self._read[version] = read = read_inventory(data, f"{self._prefix}{below}", self._root.specification)
            yield from read.notes
            if read.versions and read.versions[-1] != version:
                yield self._note("E040", below, f"its last version is {read.versions[-1]!r}")
        yield from self._sidecar(version, self._read[version])

    def _succession(self) -> Iterator[Note]:
        """Each version's inventory against those before it and against that of the object."""
        before: Read | None = None
        for version, read in self._read.items():
            key = f"{version}/{_INVENTORY}"
            if read.identifier != self._root.identifier:
                yield self._note("E037", key, f"its id is {read.identifier!r}, not {self._root.identifier!r}")
            if read.content_directory != self._root.content_directory:
                yield self._note("E020", key, f"its contentDirectory is {read.content_directory!r}")
            if before is not None:
                yield from self._after(before, read, key)
            before = read
            if read is not self._root and read.document:
                yield from self._as_it_was(version, read)

    def _after(self, before: Read, read: Read, key: str) -> Iterator[Note]:
        if read.sets_content_directory and not before.sets_content_directory:
            yield self._note("E019", key, "it sets a contentDirectory, which the first version did not")
        if read.specification < before.specification:
            yield self._note("E103", key, f"it is of OCFL {read.specification}, after {before.specification}")
        for path in sorted(before.manifest.keys() - read.manifest.keys()):
            yield self._note("E023", key, f"it no longer has {path!r}")

    def _as_it_was(self, version: str, read: Read) -> Iterator[Note]:
        """The versions in an earlier inventory against the same ones in that of the object (E066)."""
        key = f"{version}/{_INVENTORY}"
        if not set(read.versions) < set(self._root.versions):
            yield self._note("E066", key, "it has versions that the object has not")
            return
        if not (read.is_sound and self._root.is_sound):
            return
        for name in read.versions:
            then, now = read.paths(name), self._root.paths(name)
            changed = {
                path for path in then.keys() | now.keys() if not then.get(path, {""}) <= now.get(path, frozenset())
            }
            for path in sorted(changed):
                yield self._note("E066", key, f"{name} has {path!r} otherwise than the object's inventory")
            old, new = read.document["versions"][name], self._root.document["versions"][name]
            for member in ("created", "message", "user"):
                if old.get(member) != new.get(member):
                    yield self._note("W011", key, f"{member} of {name} is not that in the object's inventory")

    def _contents(self) -> Iterator[Note]:
        """Every file of the contents, against the digests of all inventories, in one reading."""
        promised: dict[str, set[tuple[str, str, str]]] = {}
        for read in {id(read): read for read in [self._root, *self._read.values()]}.values():
            for path, digest in read.manifest.items():
                promised.setdefault(path, set()).add(("E092", read.algorithm, digest))
            for algorithm, digest, path in read.fixity:
                promised.setdefault(path, set()).add(("E093", algorithm, digest))
        middle = f"/{self._root.content_directory}/"
        folders = tuple(f"{version}{middle}" for version in self._root.versions)
        for path in sorted(self._sizes):
            if path.startswith(folders) and path not in self._root.manifest:
                yield self._note("E023", path, "the inventory does not name it")
        for path, digests in sorted(promised.items()):
            if path in self._sizes:
                yield from self._file(path, digests)
            else:
                for code in sorted({code for code, _, _ in digests}):
                    yield self._note(code, path, "an inventory names it, and it is not there")

    def _file(self, path: str, digests: set[tuple[str, str, str]]) -> Iterator[Note]:
        key = f"{self._prefix}{path}"
        try:
            found = digests_of(self._store, key, {algorithm for _, algorithm, _ in digests})
        except ObjectMissingError:
            yield Note("E092", key, "an inventory names it, and it is not there")
            return
        except (StoreError, OSError) as error:
            yield Note("E092", key, f"it cannot be read: {error}")
            return
        self.checked.append((key, self._sizes[path]))
        for code, algorithm, digest in sorted(digests):
            if found[algorithm] != digest:
                yield Note(code, key, f"its {algorithm} is {found[algorithm]}, an inventory says {digest}")
