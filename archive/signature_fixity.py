"""Fixity of signed inventories: each statement against its signature, its stamp, its list and the statement before.

What a statement lists has to be there with the bytes it had.  All of it is checked offline.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import importlib.util
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from gongkai.archive import capture_table, formats, keys, signatures
from gongkai.archive.fixity import Finding, Problem, Verification, key_digest
from gongkai.archive.lock import is_locked
from gongkai.archive.signatures import Statement, StatementRefusedError
from gongkai.archive.store import ObjectMissingError, StoreError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_PACKAGES = ("cryptography", "rfc3161_client")


@dataclasses.dataclass(frozen=True, slots=True)
class Trust:
    """What a person holds the statements against: keys, certificates in PEM, and the hash of a statement kept apart.

    Without keys or certificates, those count that the statements name, which only shows that nobody without the key
    changed them.
    """

    signers: Sequence[Ed25519PublicKey] = ()
    certificates: str | None = None
    head: str | None = None


@dataclasses.dataclass(slots=True)
class _Chain:
    """All statements as read once, and what their lists name, in a table on disk that goes with it.

    ``place`` in the table is the start of the hash that files an object in a part, see ``fixity.part_of``.
    """

    kinds: dict[int, set[str]]
    made: list[Statement] = dataclasses.field(default_factory=list)
    findings: list[Finding] = dataclasses.field(default_factory=list)
    listed: sqlite3.Connection = dataclasses.field(default_factory=lambda: sqlite3.connect(""))


class SignatureCheck:
    """The check of the signed inventories, for ``verify(…, further=(SignatureCheck(trust),))``.

    It reads statements and lists once, however many parts are verified.
    """

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._can_check = all(importlib.util.find_spec(name) for name in _PACKAGES)
        self._chain: _Chain | None = None

    def __call__(self, verification: Verification) -> Iterator[Finding]:
        chain = self._chain = self._chain or _read(verification)
        for number in range(1, max(chain.kinds, default=0) + 1):
            if "json" not in chain.kinds.get(number, ()):
                yield from _without_statement(verification, number, is_last=number == max(chain.kinds))
        yield from (each for each in chain.findings if verification.is_mine(each.key))
        for made in chain.made:
            if verification.is_mine(made.key("json")):
                yield from self._statement(verification, made)
        yield from _listed(verification, chain)
        if chain.made:
            self._tell(verification, (each.public_key for each in chain.made))
        hashes = {each.sha256 for each in chain.made}
        if self._trust.head and self._trust.head not in hashes and verification.is_mine(signatures.PREFIX):
            detail = f"no statement has the SHA-256 {self._trust.head!r} that you kept: statements were taken out"
            yield Finding(signatures.PREFIX, Problem.MISSING, detail)

    def _tell(self, verification: Verification, keys_named: Iterable[str]) -> None:
        if not self._can_check:
            verification.note(
                "signatures and time stamps were not checked, only hashes: pip install 'gongkai[exchange]'"
            )
        elif not self._trust.signers:
            from gongkai.archive.signing_keys import shown_key  # noqa: PLC0415  its package is an extra

            shown = ", ".join(sorted({shown_key(each) for each in keys_named}))
            verification.note(
                f"the statements are signed with the key that they name themselves, {shown}: give --signed-by FILE to"
                " hold them against a key of yours"
            )

    def _statement(self, verification: Verification, made: Statement) -> Iterator[Finding]:
        key = made.key("json")
        for other, digest in made.previous.items():
            if not other.endswith(".sha256"):
                yield from verification.named(other, digest, f"{key!r} names it")
        if made.number > 1 and made.previous.get(signatures.statement_key(made.number - 1, "json")) is None:
            yield Finding(key, Problem.ALTERED, "it does not name the statement before it")
        if self._can_check:
            yield from self._signature(verification, made)
        verification.checked(key, len(made.data))

    def _signature(self, verification: Verification, made: Statement) -> Iterator[Finding]:
        """The signature of a statement, and its stamp."""
        from gongkai.archive import signing_keys  # noqa: PLC0415  its package is an extra

        try:
            signature = verification.store.read(made.key("sig"))
            signer = signing_keys.public_key(made.public_key.encode())
        except ObjectMissingError:
            yield Finding(made.key("sig"), Problem.MISSING, f"it is the signature of {made.key('json')!r}")
            return
        except ValueError as error:
            yield Finding(made.key("json"), Problem.ALTERED, f"it names no public key: {error}")
            return
        if not signing_keys.is_signed_by(signer, signature, made.data):
            yield Finding(made.key("json"), Problem.ALTERED, "its signature is not that of these bytes by its key")
        elif self._trust.signers and not any(
            signing_keys.is_signed_by(each, signature, made.data) for each in self._trust.signers
        ):
            shown = signing_keys.fingerprint(signer)
            yield Finding(made.key("json"), Problem.ALTERED, f"it is signed with another key: {shown}")
        yield from self._stamp(verification, made, signature)

    def _stamp(self, verification: Verification, made: Statement, signature: bytes) -> Iterator[Finding]:
        from gongkai.archive.time_stamps import TimeStampError, stamped_at  # noqa: PLC0415  its package is an extra

        if made.authority is None:
            return
        trusted = self._trust.certificates or made.authority.certificates
        try:
            reply = verification.store.read(made.key("tsr"))
            stamped_at(reply, made.data + signature, trusted.encode())
        except ObjectMissingError:
            yield Finding(made.key("tsr"), Problem.MISSING, f"it is the time stamp of {made.key('json')!r}")
        except TimeStampError as error:
            yield Finding(made.key("tsr"), Problem.ALTERED, str(error))


def _read(verification: Verification) -> _Chain:
    """Read every statement and its list."""
    chain = _Chain(signatures.numbers(verification.store))
    chain.listed.execute("CREATE TABLE listed (place INTEGER, key TEXT, sha256 TEXT, statement INTEGER)")
    for number, kinds in sorted(chain.kinds.items()):
        if "json" in kinds:
            _read_statement(verification, chain, number)
    chain.listed.execute("CREATE INDEX places ON listed (place)")
    return chain


def _read_statement(verification: Verification, chain: _Chain, number: int) -> None:
    """Read a statement, or note the finding that it is none."""
    key = signatures.statement_key(number, "json")
    try:
        made = signatures.statement(number, verification.store.read(key))
    except (StatementRefusedError, formats.NewerFormatError, StoreError) as error:
        is_altered = isinstance(error, StatementRefusedError)
        chain.findings.append(Finding(key, Problem.ALTERED if is_altered else Problem.UNREADABLE, str(error)))
        return
    if made.number != number:
        chain.findings.append(Finding(key, Problem.MISPLACED, f"it is statement {made.number}"))
        return
    chain.made.append(made)
    altered = list(verification.same_bytes(made.key("sha256"), made.list_sha256))
    chain.findings += altered
    if not altered:
        chain.listed.executemany("INSERT INTO listed VALUES (?, ?, ?, ?)", _rows(verification, made))


def _rows(verification: Verification, made: Statement) -> Iterator[tuple[int, str, str, int]]:
    """The lines of a list with the places of their objects; its bytes were found right before."""
    with contextlib.suppress(StatementRefusedError), verification.store.open(made.key("sha256")) as stream:
        for sha256, name in signatures.lines(stream):
            verification.look_at_the_time()
            yield int(key_digest(name)[:8], 16), name, sha256, made.number


def _without_statement(verification: Verification, number: int, *, is_last: bool) -> Iterator[Finding]:
    """A number without its statement: one that vanished, or a signing under way or cut off."""
    key = signatures.statement_key(number, "json")
    if not verification.is_mine(key) or (is_last and is_locked(verification.store, signatures.LOCK)):
        return
    if not is_last:
        yield Finding(key, Problem.MISSING, "later statements are there")
    elif verification.store.size(key) is None and not verification.is_reported(key):
        detail = "its other files are there: a signing was cut off, which the next gongkai sign replaces"
        yield Finding(key, Problem.UNFINISHED, detail)


def _listed(verification: Verification, chain: _Chain) -> Iterator[Finding]:
    """Every object of this part that a statement lists."""
    details = {made.number: f"statement {made.number} of {made.signed_at:%Y-%m-%d} lists it" for made in chain.made}
    first, last = verification.places
    sql = "SELECT key, sha256, statement FROM listed WHERE place BETWEEN ? AND ?"
    for name, sha256, number in chain.listed.execute(sql, (first, last)):
        verification.look_at_the_time()
        if (original := keys.sha256_of_key(name)) is not None:
            yield from verification.cited(original, details[number])
        else:
            yield from _capture_file(verification, name, sha256, details[number])


def _capture_file(verification: Verification, key: str, sha256: str, detail: str) -> Iterator[Finding]:
    """A capture file as it was signed; one whose own seal is broken is found by itself."""
    try:
        data = verification.store.read(key)
        if hashlib.sha256(data).hexdigest() != sha256:
            capture_table.load(data)
            yield from verification.named(key, sha256, detail)
    except ObjectMissingError:
        yield from verification.named(key, sha256, detail)
    except (capture_table.CapturesUnreadableError, StoreError):
        return
