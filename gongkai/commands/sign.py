"""``gongkai sign``: a signed and time-stamped inventory of what was kept since the last one."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from gongkai.archive import signatures
from gongkai.archive.store import Store
from gongkai.exits import Exit
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, Session, echo, say
from gongkai.vocabulary.languages import said

_STATEMENTS: dict[str, pa.DataType] = {
    "statement": pa.int64(),
    "signed_at": pa.timestamp("us", "UTC"),
    "stamped_at": pa.timestamp("us", "UTC"),
    "signing_key": pa.string(),
    "originals": pa.int64(),
    "capture_files": pa.int64(),
    "bytes": pa.int64(),
    "sha256": pa.string(),
}


def exchange_room(name: str) -> Any:
    """A module of the archive that needs the extra ``exchange``.  Raises CommandError where that is not installed."""
    try:
        return importlib.import_module(f"gongkai.archive.{name}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"cryptography", "rfc3161_client"}:
            raise
        raise CommandError(
            f"signatures need the package {error.name!r}: pip install 'gongkai[exchange]'", Exit.WRONG_USAGE
        ) from error


@click.command("sign", short_help="Sign and time-stamp an inventory of what was kept since the last one.")
@click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path),
    envvar="GONGKAI_SIGNING_KEY",
    show_envvar=True,
    metavar="FILE",
    help="The holder's private key, Ed25519 in PEM.",
)
@click.option(
    "--tsa",
    envvar="GONGKAI_TSA",
    show_envvar=True,
    metavar="URL",
    help="A time-stamping authority (RFC 3161); without one the time is the holder's word.",
)
@click.option(
    "--tsa-root",
    type=click.Path(path_type=Path),
    envvar="GONGKAI_TSA_ROOT",
    show_envvar=True,
    metavar="FILE",
    help="The certificates trusted to have issued that of the authority, in PEM.",
)
@click.option("--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Only make a key: FILE and FILE.pub.")
@click.option("--list", "lists", is_flag=True, help="Only list the statements that were signed.")
@answer_options
@click.pass_obj
def command(
    session: Session,
    *,
    key_file: Path | None,
    tsa: str | None,
    tsa_root: Path | None,
    new_key: Path | None,
    lists: bool,
    form: Format,
    output: Path | None,
) -> Exit:
    """Sign an inventory of the originals and captures that no inventory names yet, and have it time-stamped.

    Each statement names the one before by its hash, so that nothing can be put in or taken out later unseen.  Keep the
    SHA-256 of the last one where nobody who can write to the archive reaches it.
    """
    if new_key is not None:
        return _make_key(new_key)
    if lists:
        answer(records(_STATEMENTS, _listed(session.filled_archive().store)), form, output)
        return Exit.OK
    if key_file is None:
        raise CommandError("give --key FILE, or make a key with gongkai sign --new-key FILE", Exit.WRONG_USAGE)
    return _sign(session, key_file, _authority(tsa, tsa_root))


def _make_key(path: Path) -> Exit:
    module = exchange_room("signing_keys")
    try:
        public = module.new_key(path)
    except module.KeyRefusedError as error:
        raise CommandError(str(error), Exit.WRONG_USAGE) from error
    shown = module.fingerprint(module.public_key_file(public))
    say(f"the key {shown} was made: keep {str(path)!r} to yourself and give {str(public)!r} to whoever is to check")
    return Exit.OK


def _authority(url: str | None, certificates: Path | None) -> signatures.Authority | None:
    if url is None:
        return None
    if certificates is None:
        raise CommandError(
            "--tsa needs --tsa-root FILE with the authority's root certificate, by which its stamp is checked before it"
            " is kept",
            Exit.WRONG_USAGE,
        )
    return signatures.Authority(url, read_certificates(certificates))


def read_certificates(path: Path) -> str:
    """Certificates in PEM.  Raises CommandError."""
    module = exchange_room("time_stamps")
    try:
        data = path.read_bytes()
        if not module.certificates(data):
            raise CommandError(f"{str(path)!r} holds no certificate", Exit.WRONG_USAGE)
        return data.decode()
    except OSError as error:
        raise CommandError(f"{str(path)!r} cannot be read: {error.strerror}", Exit.WRONG_USAGE) from error
    except (module.TimeStampError, UnicodeDecodeError) as error:
        raise CommandError(f"{str(path)!r} holds no certificates in PEM", Exit.WRONG_USAGE) from error


def _sign(session: Session, key_file: Path, authority: signatures.Authority | None) -> Exit:
    module, stamps = exchange_room("signing_keys"), exchange_room("time_stamps")
    try:
        key = module.private_key(key_file, _passphrase)
        signing = signatures.sign(session.filled_archive(), key, authority, dt.datetime.now(dt.UTC))
    except module.KeyRefusedError as error:
        raise CommandError(str(error), Exit.WRONG_USAGE) from error
    except (stamps.TimeStampError, signatures.StatementRefusedError) as error:
        raise CommandError(f"nothing was signed: {error}", Exit.SOMETHING_FAILED) from error
    for left_out in signing.left_out:
        say(f"gongkai: {left_out!r} is damaged and was not signed: run {session.command} verify")
    made = signing.statement
    if made is None:
        say("everything is signed already")
    else:
        echo(
            f"statement {made.number} · originals {made.originals} · capture files {made.captures} ·"
            f" SHA-256 {made.sha256}"
        )
        if signing.stamped_at is None:
            say("no time stamp: when it was signed is the holder's word alone; give --tsa URL")
    return Exit.SOMETHING_FAILED if signing.left_out else Exit.OK


def _passphrase() -> str:
    return str(click.prompt(said("passphrase of the key"), hide_input=True, err=True))


def _listed(store: Store) -> Iterator[dict[str, Any]]:
    module, stamps = exchange_room("signing_keys"), exchange_room("time_stamps")
    for made in signatures.statements(store):
        stamped_at = None
        if made.authority is not None:
            data = made.data + store.read(made.key("sig"))
            stamped_at = stamps.stamped_at(store.read(made.key("tsr")), data, made.authority.certificates.encode())
        yield {
            "statement": made.number,
            "signed_at": made.signed_at,
            "stamped_at": stamped_at,
            "signing_key": module.shown_key(made.public_key),
            "originals": made.originals,
            "capture_files": made.captures,
            "bytes": made.bytes,
            "sha256": made.sha256,
        }
