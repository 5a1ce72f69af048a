"""Options that are a time, such as ``45m``."""

from __future__ import annotations

import math
import re

import click

_DURATION = re.compile(r"(\d{1,9})\s*([smh])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600}


def seconds(_context: click.Context, _option: click.Parameter, given: str | None) -> float:
    """The seconds of a time such as ``45m``; without one there is no limit."""
    if given is None:
        return math.inf
    parts = _DURATION.fullmatch(given.strip())
    if parts is None or not int(parts[1]):
        raise click.BadParameter(f"{given!r} is no time above 0 such as 90s, 45m or 6h")
    return int(parts[1]) * _UNIT_SECONDS[parts[2]]
