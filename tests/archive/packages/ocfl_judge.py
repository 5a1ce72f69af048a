"""ocfl-py as a judge, in a process of its own: it is installed without the libraries for S3 and pairtrees.

``python ocfl_judge.py root FOLDER`` prints one JSON document: whether the storage root is valid, how many objects it
has, and every message; ``object FOLDER…`` prints a list of the codes that each object gets.
"""

from __future__ import annotations

import json
import sys
import types
from typing import Any


def load() -> Any:
    """The package, with stand-ins for what it imports and does not need here."""
    stand_in: Any = types.ModuleType("s3fs")
    stand_in.S3FileSystem = type("S3FileSystem", (), {})
    sys.modules["s3fs"] = stand_in
    pairtree: Any = types.ModuleType("pairtree")
    pairtree.id_encode = pairtree.id_decode = str
    sys.modules["pairtree"] = pairtree
    import ocfl  # noqa: PLC0415

    return ocfl


def root(folder: str) -> dict[str, Any]:
    judge = load().StorageRoot(root=folder)
    valid = judge.validate(log_warnings=True, log_errors=True)
    return {
        "valid": valid and judge.num_objects == judge.good_objects,
        "objects": judge.num_objects,
        "messages": [*judge.errors, *judge.log.messages],
    }


def codes(folder: str) -> list[str]:
    module = load()
    validator = module.validator.Validator(log_warnings=True)
    try:
        validator.validate_object(folder)
    except Exception as error:  # noqa: BLE001 - it meets inventories that it was not made for
        return [f"E: {type(error).__name__}"]
    return sorted(validator.log.codes)


if __name__ == "__main__":
    if sys.argv[1] == "root":
        print(json.dumps(root(sys.argv[2])))
    else:
        print(json.dumps([codes(folder) for folder in sys.argv[2:]]))
