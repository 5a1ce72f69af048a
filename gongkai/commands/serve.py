"""``gongkai serve``: the archive and its lake as web pages."""

from __future__ import annotations

import importlib
import importlib.util
import ipaddress
import os
import socket
import webbrowser
from pathlib import Path

import click

from gongkai.exits import Exit
from gongkai.session import CommandError, Session, say

PASSWORD = "GONGKAI_VIEWER_PASSWORD"  # noqa: S105 - the name of the setting


@click.command("serve", short_help="Look at archive and lake in a browser.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8620, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", multiple=True, help="Another host name people reach it by.  Repeatable.")
@click.option("--user", default="gongkai", show_default=True, help=f"Asked for with the password in {PASSWORD}.")
@click.option("--judgements", type=click.Path(dir_okay=False, path_type=Path), help="File of what your group thinks.")
@click.option("--open", "opens", is_flag=True, help="Open a browser on it.")
@click.pass_obj
def command(
    session: Session, *, host: str, port: int, names: tuple[str, ...], user: str, judgements: Path | None, opens: bool
) -> None:
    """Look at archive and lake in a browser: numbers beside their pages, departments, places, contradictions.

    Nothing is changed in archive or lake.  What a group thinks of contradictions is kept in a file beside the archive.
    """
    if importlib.util.find_spec("uvicorn") is None or importlib.util.find_spec("starlette") is None:
        raise CommandError("gongkai serve needs the extra viewer: pip install 'gongkai[viewer]'", Exit.WRONG_USAGE)
    archive = session.filled_archive()
    beside = Path(f"{session.root.rstrip('/')}-judgements.jsonl") if "://" not in session.root else None
    serving = importlib.import_module("gongkai.serving")
    password = os.environ.get(PASSWORD, "")
    guarded = "whoever has the password" if password else f"everybody, for want of a password in {PASSWORD},"
    warning = f"listening on {host!r}: {guarded} can read this archive from other machines"
    hosts = frozenset({host.lower(), socket.gethostname().lower(), *map(str.lower, names)})
    served = serving.Serving(host, port, hosts, user, password, judgements or beside)
    try:
        serving.serve(
            archive, served, lambda address: _ready(address, None if _is_loopback(host) else warning, opens=opens)
        )
    except KeyboardInterrupt as error:
        raise CommandError(
            "stopped: the address is closed; archive and lake are as they were", Exit.INTERRUPTED
        ) from error


def _ready(address: str, warning: str | None, *, opens: bool) -> None:
    if warning:
        say(warning)
    say(f"open {address} in a browser; Ctrl-C ends it")
    if opens:
        webbrowser.open(address)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
