"""JSON as every catalogue is written: equal catalogues are equal bytes."""

from __future__ import annotations

import json
from typing import Any


def json_text(document: dict[str, Any]) -> bytes:
    """UTF-8, members in the order given, one line feed at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
