"""The paths of an OCFL storage root, version 1.1, and the files beside its objects.

===========================================  =========================================================================
key                                          what it holds
===========================================  =========================================================================
``UNFINISHED``                               stands while an export is under way and names the objects being written
``0=ocfl_1.1``                               the declaration, written last by the first export
``ocfl_layout.json``, ``extensions/0003-…``  the layout: how the path of an object follows from its identifier
``gongkai.json``                             selection and number of objects, sealed; written anew by each export
``README.md``                                how to read it, for people
``abc/def/012/<identifier>/``                an object; where the identifier is long, its beginning and its SHA-256
===========================================  =========================================================================

The object of an address has the address for its identifier.  Each of its versions is what was observed there when it
changed: ``original/<file name>`` and ``capture/<identifier>.json``.  The object of a capture file is named
``urn:gongkai:captures:<portal>:<run>:<n>`` and holds every observation in it, the failed and unchanged ones too.
"""

from __future__ import annotations

import hashlib
import json
import urllib.parse

from gongkai.archive.keys import CAPTURES

ROOT_DECLARATION = ("0=ocfl_1.1", b"ocfl_1.1\n")
OBJECT_DECLARATION = ("0=ocfl_object_1.1", b"ocfl_object_1.1\n")
LAYOUT = "ocfl_layout.json"
LAYOUT_NAME = "0003-hash-and-id-n-tuple-storage-layout"
LAYOUT_CONFIG = f"extensions/{LAYOUT_NAME}/config.json"
RECORD = "gongkai.json"
README = "README.md"
INVENTORY = "inventory.json"
SIDECAR = "inventory.json.sha512"

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_LONGEST = 100
_NAME_BYTES = 150
"""Of a file name in an object; with the path before it a key stays below what S3 allows."""

_README = """# Originals of government portals, as an OCFL storage root

An object for each address: its versions are what stood there, oldest first. `inventory.json` of an object tells them.
A version holds the original under `original/` and how it was obtained under `capture/`, as JSON.
Objects named `urn:gongkai:captures:…` hold every observation, the failed and unchanged ones too, as JSON and CSV.

Any tool for OCFL 1.1 (https://ocfl.io/1.1/spec/) reads and validates it; so does `gongkai verify --package`.
"""


def object_path(identifier: str) -> str:
    """The path of an object, as extension 0003 has it with its defaults."""
    data = identifier.encode()
    digest = hashlib.sha256(data).hexdigest()
    name = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in data)
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}-{digest}"
    return f"{digest[:3]}/{digest[3:6]}/{digest[6:9]}/{name}"


def captures_identifier(key: str) -> str:
    """The identifier of the object of a capture file."""
    parts = key.removeprefix(CAPTURES).removesuffix(".parquet").split("/")
    return ":".join(["urn:gongkai:captures", *(urllib.parse.quote(part, safe="") for part in parts)])


def safe_name(name: str | None, url: str) -> str:
    """A file name for an original: the one given, else the last of its address."""
    given = (name or urllib.parse.unquote(urllib.parse.urlsplit(url).path)).replace("\\", "/").rpartition("/")[2]
    text = "".join(character for character in given if character.isprintable()).strip(" .")
    stem, dot, suffix = text.rpartition(".")
    kept = stem.encode()[: _NAME_BYTES - len(suffix.encode()) - 1].decode(errors="ignore") if dot else ""
    if len(text.encode()) > _NAME_BYTES:
        text = f"{kept}.{suffix}" if kept else text.encode()[:_NAME_BYTES].decode(errors="ignore")
    return text or "original"


def root_files() -> list[tuple[str, bytes]]:
    """The files beside the objects that never change, without the declaration."""
    layout = {"extension": LAYOUT_NAME, "description": "SHA-256 of the identifier in three tuples, then the identifier"}
    config = {
        "extensionName": LAYOUT_NAME,
        "digestAlgorithm": "sha256",
        "tupleSize": 3,
        "numberOfTuples": 3,
    }
    return [
        (LAYOUT, json.dumps(layout, indent=2).encode() + b"\n"),
        (LAYOUT_CONFIG, json.dumps(config, indent=2).encode() + b"\n"),
        (README, _README.encode()),
    ]
