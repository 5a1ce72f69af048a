"""The command group: global options, and commands imported only when they are run."""

from __future__ import annotations

import importlib
import importlib.metadata

import click
from click.shell_completion import CompletionItem

from gongkai.exits import Exit
from gongkai.session import DEFAULT_ROOT, Session
from gongkai.vocabulary.languages import LANGUAGES, VARIABLE, said, speaks_chinese

COMMANDS = {
    "demo": "Crawl, parse and query a small portal on this machine.",
    "crawl": "Fetch what portals publish into the archive.",
    "add": "Archive local files.",
    "parse": "Read archived originals into the lake.",
    "run": "Crawl, parse, index and verify in one long-running process.",
    "query": "Ask the lake, in SQL or by the name of a query.",
    "search": "Find words in narrative, projects, indicators and tables.",
    "tables": "Explain tables, views and columns.",
    "documents": "List the parsed documents.",
    "get": "Hand out an original.",
    "versions": "List the versions of a document, and what differs.",
    "withdrawn": "List documents that are gone from their address or were replaced.",
    "evidence": "Show where in its original a number is printed.",
    "quality": "Say how far documents were understood, and compare two runs.",
    "export": "Hand the lake to other tools, catalogues and data portals.",
    "serve": "Look at archive and lake in a browser.",
    "mcp": "Let a language model ask the lake, read-only.",
    "verify": "Check every object of the archive, byte for byte.",
    "copy": "Keep a second copy of the archive on another store.",
    "lock": "Retain what is archived, so that nobody can delete it.",
    "sign": "Sign and time-stamp an inventory of what was kept since the last one.",
    "status": "Say what the archive holds and what is left to do.",
    "portals": "List the known portals, check their files, describe another.",
    "vocabulary": "What the lake could add to the code lists.",
}
"""Every command with its short help; each is a module of ``gongkai.commands``."""

EXIT_CODES = "\b\nExit codes:\n" + "\n".join(
    f"{code.value:>5}  {text}"
    for code, text in (
        (Exit.OK, "everything was done"),
        (Exit.SOMETHING_FAILED, "finished, but something failed, was refused or not found"),
        (Exit.WRONG_USAGE, "nothing done: wrong option, argument, portal, query or SQL"),
        (Exit.LISTING_FAILED, "a portal's listing cannot be trusted"),
        (Exit.ARCHIVE_UNUSABLE, "the archive root, its store or its lake cannot be used"),
        (Exit.UNEXPECTED, "an error in gongkai itself"),
        (Exit.INTERRUPTED, "stopped by Ctrl-C; what was finished is kept"),
        (Exit.PIPE_CLOSED, "the reader of standard output went away"),
    )
)


def help_formatter(width: int) -> click.HelpFormatter:
    """Writes texts and lists as help is written, in the person's language."""
    return _written_by().formatter_class(width=width)


def _written_by() -> type[click.Context]:
    if not speaks_chinese():
        return click.Context
    written_by: type[click.Context] = importlib.import_module("gongkai.chinese_help").ChineseContext
    return written_by


def spoken(command: click.Command) -> click.Command:
    """A command that writes its help, and that of those below it, in the person's language."""
    written_by = _written_by()
    waiting = [command]
    while waiting:
        each = waiting.pop()
        each.context_class = written_by
        waiting += each.commands.values() if isinstance(each, click.Group) else ()
    return command


class LazyGroup(click.Group):
    """Commands by name from ``COMMANDS``; the crawler and the readers of documents take a second to import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"gongkai.commands.{cmd_name}").command
        return spoken(command)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands that begin so, none of them imported, and options."""
        commands = [
            CompletionItem(name, help=said(text)) for name, text in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    envvar="GONGKAI_ROOT",
    default=DEFAULT_ROOT,
    show_default=True,
    show_envvar=True,
    metavar="PATH|s3://BUCKET/PREFIX",
    help="The archive: a directory or an S3 bucket.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar=VARIABLE,
    show_envvar=True,
    expose_value=False,
    help="Speak English or Chinese.  Default: as the machine's locale.",
)
@click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")
@click.version_option(importlib.metadata.version("gongkai"), prog_name="gongkai")
@click.pass_context
def application(context: click.Context, root: str, *, debug: bool) -> None:
    """An open archive of what China's government departments said they would spend, and what they spent.

    \b
    gongkai demo                     see it work, on this machine alone
    gongkai add FILE|DIR...          archive your own files, then
    gongkai parse                    read them into the lake, then
    gongkai query                    list what can be asked by name
    """
    context.obj = Session(root, debug)
