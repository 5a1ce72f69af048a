"""``gongkai run``: one process that crawls, parses, indexes and verifies for as long as it runs."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from gongkai.archive import LockedError, locked
from gongkai.archive.lock import Hold
from gongkai.archive.store import StoreUnavailableError
from gongkai.crawler.portal.shipped import find_portals
from gongkai.duration_option import seconds
from gongkai.exits import Exit
from gongkai.log import Log, complain, log_options, opened_log
from gongkai.notification import notify_options
from gongkai.running.jobs import Job
from gongkai.running.news import News
from gongkai.running.server import serving
from gongkai.running.state import State
from gongkai.running.supervisor import LOCK, Jobs, Supervisor
from gongkai.session import CommandError, Session, say

PORT = 8780
_LEAST_BATCH_SECONDS = 60
_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 5.0, 120.0
"""Between two attempts to reach a store that was away when the process began."""


def _time_of_day(_context: click.Context, _option: click.Parameter, given: str) -> dt.time:
    try:
        return dt.datetime.strptime(given, "%H:%M").time()  # noqa: DTZ007  a time of day, of China
    except ValueError as error:
        raise click.BadParameter(f"{given!r} is no time of day such as 03:00") from error


@click.command("run", short_help="Crawl, parse, index and verify in one long-running process.")
@click.argument("portals", nargs=-1, metavar="[PORTAL...]")
@click.option(
    "--crawl-every",
    callback=seconds,
    default="15m",
    show_default=True,
    metavar="TIME",
    help="Look so often for portals that are due.",
)
@click.option(
    "--publish-every",
    callback=seconds,
    default="10m",
    show_default=True,
    metavar="TIME",
    help="Parse and publish what came no oftener than that.",
)
@click.option(
    "--index-every",
    callback=seconds,
    default="1h",
    show_default=True,
    metavar="TIME",
    help="Bring the index of the full text in line no oftener than that.",
)
@click.option(
    "--night-at",
    callback=_time_of_day,
    default="03:00",
    show_default=True,
    metavar="TIME",
    help="Verify every day at this time of China, such as 03:00.",
)
@click.option(
    "--verify-for",
    callback=seconds,
    default="1h",
    show_default=True,
    metavar="TIME",
    help="Verify for so long, what was not read for longest.",
)
@click.option(
    "--copy-to", metavar="DIR|s3://BUCKET/PREFIX", help="Bring a second copy of the archive up to date every night."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Port of the status page and the metrics on 127.0.0.1; 0 for any that is free.",
)
@notify_options
@log_options
@click.pass_obj
def command(
    session: Session,
    portals: tuple[str, ...],
    *,
    crawl_every: float,
    publish_every: float,
    index_every: float,
    night_at: dt.time,
    verify_for: float,
    copy_to: str | None,
    port: int,
    targets: tuple[str, ...],
    notify_always: bool,
    quiet: bool,
    log_level: str | None,
    log_format: str | None,
    log_file: Path | None,
) -> None:
    """Keep the archive and its lake up to date until stopped: a schedule without cron.

    Portals that are due are crawled, what they publish is parsed and published as it arrives, the full text is
    indexed, and every night a part of the archive is verified.  It starts the commands of these names and keeps
    nothing of its own: killed and started again it goes on.  The commands may be run beside it.
    """
    find_portals(portals)
    with contextlib.ExitStack() as stack:
        log = stack.enter_context(opened_log(log_level, log_format, log_file))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-run-")))
        logged = _log_arguments(log_level, log_format, log_file)
        told = ["--notify-always"] if notify_always else []
        jobs = Jobs(
            crawl=_job(
                "crawl",
                [*portals, "--due", "--quiet", "--metrics", str(folder / "portals.prom"), *told, *logged],
                crawl_every,
                targets,
                is_wanted=True,
            ),
            parse=_job("parse", ["--quiet", "--max-time", f"{_batch_seconds(publish_every)}s", *logged], publish_every),
            index=_job("search", ["--index-only"], index_every, writes_log=False),
            nightly=[
                _job("verify", ["--oldest-first", "--seconds", f"{verify_for:g}", *told], 0, targets, writes_log=False),
                *([_job("copy", [copy_to, *told], 0, targets, writes_log=False)] if copy_to else []),
            ],
            batch=dt.timedelta(seconds=_batch_seconds(publish_every)),
        )
        state = State(session.root, dt.datetime.now(dt.UTC), jobs.all, folder / "portals.prom")
        with _held(session, state, port, log, quiet=quiet) as hold:
            news = News(targets, always=notify_always)
            Supervisor(state, jobs, news, log, night_at).run(hold)


def _batch_seconds(publish_every: float) -> int:
    return max(round(publish_every), _LEAST_BATCH_SECONDS)


def _log_arguments(level: str | None, form: str | None, file: Path | None) -> list[str]:
    given = {"--log-level": level, "--log-format": form, "--log-file": file and str(file)}
    return [text for name, value in given.items() if value for text in (name, value)]


def _job(
    name: str,
    arguments: Sequence[str],
    pause: float,
    targets: Sequence[str] = (),
    *,
    is_wanted: bool = False,
    writes_log: bool = True,
) -> Job:
    """A job whose processes tell the targets; by the environment, for an address may hold a secret."""
    environment = {**os.environ, "GONGKAI_NOTIFY": "\n".join(targets)}
    return Job(
        name=name,
        arguments=[name, *arguments],
        pause=dt.timedelta(seconds=pause),
        environment=environment,
        tells=bool(targets),
        is_wanted=is_wanted,
        writes_log=writes_log,
    )


@contextlib.contextmanager
def _held(session: Session, state: State, port: int, log: Log, *, quiet: bool) -> Iterator[Hold]:
    """Hold the lock, and serve the status page, also while the store that has the lock is waited for.

    Raises CommandError where another process runs on this archive, or the port is taken.
    """
    pause = _PAUSE_SECONDS
    with contextlib.ExitStack() as stack:
        address = ""
        while True:
            try:
                hold = stack.enter_context(locked(session.archive().store, LOCK))
                break
            except LockedError as error:
                raise CommandError(
                    f"gongkai run is at work on {session.root!r} already ({error}): nothing to do", Exit.WRONG_USAGE
                ) from error
            except StoreUnavailableError as error:
                address = address or stack.enter_context(serving(state, port))
                if state.away is None:
                    complain(log, "away", f"the store does not answer: {error}; nothing is begun until it does")
                state.away, state.why = state.away or dt.datetime.now(dt.UTC), str(error)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        address = address or stack.enter_context(serving(state, port))
        log.write("info", "running", f"the status page is at {address}")
        if not quiet and not log.on_stderr:
            say(f"the status page is at {address}")
        yield hold
