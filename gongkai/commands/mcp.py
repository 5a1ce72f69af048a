"""``gongkai mcp``: the lake for a language model."""

from __future__ import annotations

import importlib
import importlib.util

import click

from gongkai.exits import Exit
from gongkai.mcp.limits import Limits
from gongkai.queries.settings import query_settings
from gongkai.session import CommandError, Session

_DEFAULT = Limits()


@click.command("mcp", short_help="Let a language model ask the lake, read-only.")
@click.option("--rows", type=click.IntRange(1), default=_DEFAULT.rows, show_default=True, help="Rows of an answer.")
@click.option(
    "--bytes", "size", type=click.IntRange(1000), default=_DEFAULT.bytes, show_default=True, help="Size of its rows."
)
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=_DEFAULT.seconds, show_default=True, help="Time for an answer."
)
@click.option(
    "--memory",
    metavar="SIZE",
    help=f"Memory for an answer, such as 2GB.  Default: GONGKAI_QUERY_MEMORY, else {_DEFAULT.memory}.",
)
@click.pass_obj
def command(session: Session, *, rows: int, size: int, seconds: float, memory: str | None) -> None:
    """Let a language model ask the lake, read-only.

    A server of the Model Context Protocol on standard input and output, started by the program that the model runs in.
    An answer past the rows or bytes is cut and says so; one past the time or the memory is an error.
    """
    if importlib.util.find_spec("mcp") is None:
        raise CommandError("gongkai mcp needs the extra mcp: pip install 'gongkai[mcp]'", Exit.WRONG_USAGE)
    session.filled_archive()
    given = query_settings({"GONGKAI_QUERY_MEMORY": memory}) if memory else query_settings()
    limits = Limits(rows, size, seconds, given.memory or _DEFAULT.memory)
    importlib.import_module("gongkai.mcp.server").serve(session.root, limits)
