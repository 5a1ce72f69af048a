"""DuckDB's errors as one sentence with a position.

With its setting ``errors_as_json`` DuckDB gives the reason and the position as data; without it, as text with an
excerpt of the SQL and a caret, whose place is wrong after Chinese characters.
"""

from __future__ import annotations

import json
import re


def sentence(error: Exception) -> str:
    """An error's reason and DuckDB's hints on one line.

    Its guess at the name of a table is left out: it prefers its own catalogue to the lake's.
    """
    kind, fields = _parts(error)
    message = fields["exception_message"]
    lines = []
    for line in message.splitlines():
        if line.startswith("LINE ") or ("Table with name" in message and line.startswith("Did you mean")):
            break
        if line.strip():
            lines.append(line.strip().rstrip("!. "))
    reason = ", ".join(lines).replace(":, ", ": ") or "no reason given"
    return f"{kind}: {reason}" if kind else reason


def unwritten(error: Exception) -> str | None:
    """Why DuckDB could not write a file, such as a full disk; None where the error is another one."""
    found = re.search(r'Could not write file "[^"]*": ([^\n"]+)', str(error))
    return found[1].strip() if found else None


def position(error: Exception, sql: str) -> str:
    """`` (line 3, column 7)`` counted in characters from 1, empty where DuckDB does not know."""
    kind, fields = _parts(error)
    if not fields.get("position", "").isdigit():
        return ""
    offset = int(fields["position"])
    # The parser counts characters, everything after it the bytes of UTF-8.
    before = sql[:offset] if kind == "Parser Error" else sql.encode()[:offset].decode(errors="ignore")
    line = before.count("\n") + 1
    return f" (line {line}, column {len(before) - before.rfind(chr(10))})"


def _parts(error: Exception) -> tuple[str, dict[str, str]]:
    """The kind of error, and DuckDB's fields: ``exception_message`` always, ``position`` where it is known."""
    message = str(error)
    found = re.search(r"(?:^|\s)([A-Z][A-Za-z /]* Error): (\{.*\})\s*$", message, re.DOTALL)
    if found is None:
        return "", {"exception_message": message}
    try:
        return found[1], {"exception_message": "", **json.loads(found[2])}
    except ValueError:
        return "", {"exception_message": message}
