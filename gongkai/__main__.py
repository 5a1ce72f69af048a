"""``gongkai``, the command.

Exit codes:

===  ======================================================================================================
  0  everything was done
  1  finished, but something failed, was refused or not found: a capture failed, a document was refused,
     ``verify`` found something, ``get`` found nothing, ``quality --against`` a document that is read worse
  2  nothing was done: a wrong option, argument, portal, query name or parameter, or SQL that cannot run
  3  a portal's listing cannot be trusted: unreachable, refused, empty, repeated, or another site's
  4  the archive root, its store or its lake cannot be read or written
  5  an error in gongkai itself; ``--debug`` shows where
130  stopped by Ctrl-C or SIGTERM; what was finished is kept
141  the reader of standard output went away, such as ``head``
===  ======================================================================================================

Errors are one sentence on standard error; standard output carries results only.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence

import click
from click.shell_completion import shell_complete

from gongkai.application import application, spoken
from gongkai.exits import Exit, exit_for
from gongkai.session import CommandError, echo, say
from gongkai.vocabulary.languages import choose

COMPLETE = "_GONGKAI_COMPLETE"
"""Set by a shell that asks for completions, as click's scripts for bash, zsh and fish do."""

GOES_ON = "interrupted: what was finished is kept; run the same command again to go on"
NOTHING_CHANGED = "interrupted: nothing was changed"
AS_THEY_WERE = "interrupted: archive and lake are as they were"
RECORDED = "interrupted: what was read and mended is recorded; run the same command again to finish"
KEPT_OF = {
    **dict.fromkeys(("documents", "evidence", "get", "mcp", "quality", "query", "tables", "versions"), NOTHING_CHANGED),
    **dict.fromkeys(("vocabulary", "withdrawn", "portals"), NOTHING_CHANGED),
    **dict.fromkeys(("export/croissant", "export/datapackage", "export/dcat", "export/duckdb"), NOTHING_CHANGED),
    **dict.fromkeys(("export/ducklake", "export/release-diff", "export/sql", "export/sqlite"), NOTHING_CHANGED),
    "search": AS_THEY_WERE,
    "serve": AS_THEY_WERE,
    "status": AS_THEY_WERE,
    "verify": RECORDED,
}
"""Says what Ctrl-C leaves of a command, or of all commands of a group; ``GOES_ON`` is said of those not named.

A file appears when it is whole, and the one that stood there stays until then.  ``search`` and ``status`` may have kept
a part of an index that they make beside the lake.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code.  SIGTERM stops a command as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if instruction := os.environ.get(COMPLETE):
        choose(None, os.environ)
        sys.exit(shell_complete(application, {}, "gongkai", COMPLETE, instruction))
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; every error ends here as one sentence and an exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    choose(_language(given), os.environ)
    spoken(application)
    context = None
    try:
        # Not application.main(), which ends a closed pipe with an exit code of its own.
        with application.make_context("gongkai", list(given)) as context:
            result = application.invoke(context)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return _stopped(_kept(context, given))
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except BrokenPipeError:
        return _pipe_closed()
    except click.ClickException as error:
        return _refused(error)
    except Exception as error:  # noqa: BLE001 - the one place where every error becomes a sentence and an exit code
        return _failed(error, debug="--debug" in given)
    return result if isinstance(result, int) else Exit.OK


def _language(arguments: Sequence[str]) -> str | None:
    """The language that ``--lang`` names before the command: read first, for what is wrong is said in it too."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            return value or next(iter(arguments[at + 1 :]), None)
        if not argument.startswith("-") and (at == 0 or arguments[at - 1] != "--root"):
            return None
    return None


def _refused(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    message = error.format_message()
    if isinstance(error, click.NoSuchOption) and error.option_name in {"--root", "--lang", "--debug"}:
        message = f"write {error.option_name} before the command: gongkai {error.option_name} … COMMAND"
    _complain(message)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        echo(f"Try: {error.ctx.command_path} --help", err=True)
    return error.exit_code


def _failed(error: Exception, *, debug: bool) -> int:
    code = error.code if isinstance(error, CommandError) else exit_for(error)
    if debug:
        echo("".join(traceback.format_exception(error)), nl=False, err=True)
    if code is not None:
        _complain(str(error))
        return code
    _complain(f"an error in gongkai itself: {type(error).__name__}: {_first_line(error)}")
    if not debug:
        echo("Please report it with what gongkai --debug shows for the same command.", err=True)
    return Exit.UNEXPECTED


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "no reason given")


def _complain(message: str) -> None:
    say(f"gongkai: {message}")


def _kept(context: click.Context | None, given: Sequence[str]) -> str:
    """Tell what the interrupted command left."""
    name = context.invoked_subcommand if context else None
    if context is None or name is None:
        return NOTHING_CHANGED
    command = application.get_command(context, name)
    below = command.list_commands(context) if isinstance(command, click.Group) else []
    further = next((word for word in given[given.index(name) + 1 :] if word in below), "")
    return KEPT_OF.get(name) or KEPT_OF.get(f"{name}/{further}", GOES_ON)


def _stopped(message: str) -> int:
    say(f"\ngongkai: {message}")
    return Exit.INTERRUPTED


def _pipe_closed() -> int:
    """Leave quietly: Python would complain again when it flushes standard output at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.PIPE_CLOSED


if __name__ == "__main__":
    main()
