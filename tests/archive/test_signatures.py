"""Signed inventories: what was listed stays provable, and whatever was altered, removed or forged is found."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongkai.archive import capture_table, signatures
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.archive.carrying import Carrier
from gongkai.archive.copying import copy_objects
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.fixity import Problem, verify
from gongkai.archive.signature_fixity import SignatureCheck, Trust
from gongkai.archive.signatures import Authority, StatementRefusedError, sign, statements
from gongkai.archive.store import ObjectMissingError
from gongkai.archive.time_stamps import TimeStampError, stamped_at
from tests.archive.authority import Issuer, Stamper, needs_openssl

MakeCapture = Callable[..., Capture]
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
FIRST, SECOND = "signatures/000001.json", "signatures/000002.json"
CAPTURES = "captures/hebei-qinhuangdao/20261122T141500Z-3fa9/000000.parquet"
RECORDED = Path(__file__).with_name("expired_authority")


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def add(make_capture: MakeCapture) -> Callable[[Archive, bytes], str]:
    def keep(archive: Archive, data: bytes) -> str:
        original = archive.keep_original(data)
        archive.record([make_capture(payload_sha256=original.sha256, payload_bytes=original.bytes)])
        return original.sha256

    return keep


@pytest.fixture
def local(tmp_path: Path, add: Callable[[Archive, bytes], str]) -> Archive:
    archive = Archive.open(str(tmp_path / "archive"))
    add(archive, b"one")
    return archive


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(tmp_path)


@pytest.fixture
def stamper(issuer: Issuer) -> Stamper:
    return issuer.authority("own")


@pytest.fixture
def authority(stamper: Stamper) -> Iterator[Authority]:
    with stamper.served() as url:
        yield Authority(url, stamper.root.read_text())


def found(archive: Archive, trust: Trust | None = None, **options: Any) -> dict[str, Problem]:
    further = (SignatureCheck(trust or Trust()),)
    return {each.key: each.problem for each in verify(archive, further=further, **options)}


def test_each_statement_lists_what_came_since_the_one_before(
    archive: Archive, key: Ed25519PrivateKey, add: Callable[[Archive, bytes], str]
) -> None:
    one = add(archive, b"one")
    first = sign(archive, key, None, NOW).statement
    assert first is not None
    assert (first.number, first.originals, first.captures) == (1, 1, 1)
    assert sign(archive, key, None, NOW).statement is None
    two = add(archive, b"two")
    second = sign(archive, key, None, NOW).statement
    assert second is not None
    assert second.previous[FIRST] == first.sha256
    with archive.store.open(second.key("sha256")) as stream:
        listed = {name: sha256 for sha256, name in signatures.lines(stream)}
    assert f"raw/sha256/{two[:2]}/{two}" in listed
    assert f"raw/sha256/{one[:2]}/{one}" not in listed
    assert [each.number for each in statements(archive.store)] == [1, 2]
    assert found(archive) == {}
    assert found(archive, Trust([key.public_key()], head=first.sha256)) == {}
    parts = [found(archive, Trust([key.public_key()]), subset=(part, 3)) for part in (1, 2, 3)]
    assert parts == [{}, {}, {}]


@pytest.mark.parametrize("kind", ["json", "sig", "sha256"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_flipped_byte_of_any_file_is_found(
    local: Archive, key: Ed25519PrivateKey, add: Callable[[Archive, bytes], str], kind: str, number: int
) -> None:
    sign(local, key, None, NOW)
    add(local, b"two")
    sign(local, key, None, NOW)
    name = signatures.statement_key(number, kind)
    data = bytearray(local.store.read(name))
    data[len(data) // 2] ^= 1
    local.store.write(name, bytes(data))
    assert set(found(local).values()) == {Problem.ALTERED}
    local.store.delete(name)
    assert found(local)[name] is Problem.MISSING
    add(local, b"three")
    if (kind, number) not in {("sig", 1), ("sha256", 2)}:
        with pytest.raises((StatementRefusedError, ObjectMissingError)):
            sign(local, key, None, NOW)


def test_what_was_taken_out_with_every_trace_is_missed(local: Archive, key: Ed25519PrivateKey) -> None:
    """Without the statement nothing would tell: the original, its captures and its run are gone."""
    sign(local, key, None, NOW)
    [(sha256, _)] = list(local.originals())
    root = Path(local.store.url)
    for name in ("raw", "captures", "runs"):
        shutil.rmtree(root / name)
    (root / "inventory.json").unlink()
    missed = found(local, Trust([key.public_key()]))
    assert missed == {f"raw/sha256/{sha256[:2]}/{sha256}": Problem.MISSING, CAPTURES: Problem.MISSING}


def test_a_capture_file_rewritten_with_a_seal_of_its_own_is_found(
    local: Archive, key: Ed25519PrivateKey, make_capture: MakeCapture
) -> None:
    sign(local, key, None, NOW)
    local.store.write(CAPTURES, capture_table.dump([make_capture(url="https://other.example/")]))
    assert found(local) == {CAPTURES: Problem.ALTERED}


def test_statements_of_another_key_are_found_and_told(
    local: Archive, key: Ed25519PrivateKey, add: Callable[[Archive, bytes], str]
) -> None:
    sign(local, key, None, NOW)
    add(local, b"put in by someone else")
    sign(local, Ed25519PrivateKey.generate(), None, NOW)
    assert found(local, Trust([key.public_key()])) == {SECOND: Problem.ALTERED}
    notes: list[str] = []
    assert found(local, note=notes.append) == {}
    assert notes[0].count("SHA256:") == 2
    assert "--signed-by" in notes[0]


def test_statements_cut_off_at_the_end_are_missed_by_the_hash_that_was_kept(
    local: Archive, key: Ed25519PrivateKey, add: Callable[[Archive, bytes], str]
) -> None:
    sign(local, key, None, NOW)
    add(local, b"two")
    second = sign(local, key, None, NOW).statement
    assert second is not None
    for name in second.own_keys:
        local.store.delete(name)
    assert found(local) == {SECOND: Problem.MISSING}, "a run report names it"
    shutil.rmtree(Path(local.store.url) / "runs")
    for copy in ("inventory.json", "raw/inventory.json"):
        local.store.delete(copy)
    assert found(local) == {}
    assert found(local, Trust(head=second.sha256)) == {"signatures/": Problem.MISSING}


def test_many_signers_at_once_make_one_chain(
    archive: Archive, key: Ed25519PrivateKey, add: Callable[[Archive, bytes], str]
) -> None:
    def add_and_sign(number: int) -> None:
        own = Archive(archive.store)
        add(own, f"{number}".encode())
        sign(own, key, None, NOW)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(add_and_sign, range(3)))
    made = list(statements(archive.store))
    assert [each.number for each in made] == list(range(1, len(made) + 1))
    assert (sum(each.originals for each in made), sum(each.captures for each in made)) == (3, 3)
    assert found(archive) == {}


@pytest.mark.parametrize("kept", ["sha256", "sig", "tsr"])
def test_a_signing_that_was_cut_off_is_named_and_done_again(local: Archive, key: Ed25519PrivateKey, kept: str) -> None:
    local.store.write(signatures.statement_key(1, kept), b"rest")
    assert found(local) == {FIRST: Problem.UNFINISHED}
    sign(local, key, None, NOW)
    assert found(local) == {}
    assert local.store.size(signatures.statement_key(1, "tsr")) is None


def test_nothing_is_signed_on_top_of_a_damaged_statement(
    local: Archive, key: Ed25519PrivateKey, add: Callable[[Archive, bytes], str]
) -> None:
    sign(local, key, None, NOW)
    add(local, b"two")
    local.store.write(FIRST, local.store.read(FIRST).replace(b"2026", b"2025"))
    with pytest.raises(StatementRefusedError, match="are damaged"):
        sign(local, key, None, NOW)
    assert local.store.size(SECOND) is None


def test_a_damaged_capture_file_is_left_out_and_named(local: Archive, key: Ed25519PrivateKey) -> None:
    local.store.write(CAPTURES, local.store.read(CAPTURES)[:-9] + b"x" * 9)
    signing = sign(local, key, None, NOW)
    assert signing.left_out == (CAPTURES,)
    assert signing.statement is not None
    assert (signing.statement.originals, signing.statement.captures) == (1, 0)


@needs_openssl
def test_a_stamp_is_kept_and_checked_and_its_loss_or_exchange_found(
    archive: Archive, key: Ed25519PrivateKey, authority: Authority, add: Callable[[Archive, bytes], str]
) -> None:
    add(archive, b"one")
    unstamped = sign(archive, key, None, NOW).statement
    stamped = sign(archive, key, authority, NOW)
    assert unstamped is not None
    assert stamped.statement is not None
    assert stamped.stamped_at is not None
    assert stamped.statement.originals == 0, "a first stamp covers what was signed before through the chain"
    assert sign(archive, key, authority, NOW).statement is None
    assert found(archive) == {}
    reply = stamped.statement.key("tsr")
    whole = archive.store.read(reply)
    # A signature is random: a fixed last byte would now and then be the one that stands there.
    archive.store.write(reply, whole[:-1] + bytes([whole[-1] ^ 1]))
    assert found(archive) == {reply: Problem.ALTERED}
    archive.store.delete(reply)
    assert found(archive) == {reply: Problem.MISSING}


@needs_openssl
def test_a_stamp_that_does_not_hold_is_named_and_not_copied(
    local: Archive, key: Ed25519PrivateKey, authority: Authority, add: Callable[[Archive, bytes], str], tmp_path: Path
) -> None:
    add(local, b"one")
    made = sign(local, key, authority, NOW).statement
    assert made is not None
    stamp = made.key("tsr")
    whole = local.store.read(stamp)
    local.store.write(stamp, whole[:-1] + bytes([whole[-1] ^ 1]))
    carrier = Carrier(local.store, DirectoryStore(tmp_path / "copy"))
    copy_objects(carrier)
    assert [(finding.key, finding.problem) for finding in carrier.findings] == [(stamp, Problem.ALTERED)]
    assert (carrier.target.size(stamp), carrier.target.read(made.key("json"))) == (None, made.data)
    local.store.write(stamp, whole)
    carrier = Carrier(local.store, carrier.target)
    copy_objects(carrier)
    assert (carrier.findings, carrier.target.read(stamp)) == ([], whole)


@needs_openssl
def test_a_stamp_of_an_authority_expired_or_unknown_or_of_other_bytes_is_refused(
    local: Archive, key: Ed25519PrivateKey, issuer: Issuer, tmp_path: Path
) -> None:
    expired = issuer.authority("expired", (-30, -1))
    with expired.served() as url, pytest.raises(TimeStampError, match="certificate has expired"):
        sign(local, key, Authority(url, issuer.pem.read_text()), NOW)
    (tmp_path / "other").mkdir()
    foreign = Issuer(tmp_path / "other")
    good = issuer.authority("good")
    with good.served() as url, pytest.raises(TimeStampError, match="issuer certificate"):
        sign(local, key, Authority(url, foreign.pem.read_text()), NOW)
    assert list(statements(local.store)) == []
    with good.served() as url:
        made = sign(local, key, Authority(url, issuer.pem.read_text()), NOW).statement
    assert made is not None
    assert found(local, Trust(certificates=foreign.pem.read_text())) == {made.key("tsr"): Problem.ALTERED}
    assert found(local, Trust(certificates=issuer.pem.read_text())) == {}
    request = tmp_path / "request"
    for stamper, data in ((expired, made.data + local.store.read(made.key("sig"))), (good, b"other bytes")):
        (tmp_path / "data").write_bytes(data)
        query = ["openssl", "ts", "-query", "-data", str(tmp_path / "data"), "-sha256", "-cert", "-out", str(request)]
        subprocess.run(query, check=True, capture_output=True)
        local.store.write(made.key("tsr"), stamper.reply(request.read_bytes()))
        assert found(local) == {made.key("tsr"): Problem.ALTERED}


@needs_openssl
def test_an_authority_run_with_chain_is_refused_with_the_reason(issuer: Issuer, local: Archive) -> None:
    stamper = issuer.authority("own")
    stamper.chain = True
    with stamper.served() as url, pytest.raises(TimeStampError, match="must not be given -chain"):
        sign(local, Ed25519PrivateKey.generate(), Authority(url, issuer.pem.read_text()), NOW)


def test_an_authority_that_is_not_there_leaves_nothing_signed(local: Archive, key: Ed25519PrivateKey) -> None:
    pem = (RECORDED / "root.pem").read_text()
    with pytest.raises(TimeStampError, match="was not reached"):
        sign(local, key, Authority("http://127.0.0.1:9/", pem), NOW)
    assert list(local.store.list("signatures/")) == []


def test_a_stamp_outlives_the_certificate_it_was_made_with() -> None:
    reply, root = (RECORDED / "reply.tsr").read_bytes(), (RECORDED / "root.pem").read_bytes()
    assert stamped_at(reply, (RECORDED / "data.txt").read_bytes(), root).year == 2026
    with pytest.raises(TimeStampError):
        stamped_at(reply, b"other", root)


@needs_openssl
def test_openssl_and_sha256sum_check_all_of_it_without_us(
    local: Archive, key: Ed25519PrivateKey, authority: Authority, tmp_path: Path
) -> None:
    made = sign(local, key, authority, NOW).statement
    assert made is not None
    root = Path(local.store.url)
    (tmp_path / "key.pub").write_text(made.public_key)
    joined = tmp_path / "joined"
    joined.write_bytes(made.data + local.store.read(made.key("sig")))
    statement, signature, reply = (str(root / made.key(kind)) for kind in ("json", "sig", "tsr"))
    signed = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(tmp_path / "key.pub"), "-rawin"]
    stamped = ["openssl", "ts", "-verify", "-data", str(joined), "-in", reply, "-CAfile", str(tmp_path / "root.pem")]
    for command in (
        [*signed, "-in", statement, "-sigfile", signature],
        stamped,
        ["sha256sum", "--check", "--strict", made.key("sha256")],
    ):
        subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert hashlib.sha256((root / made.key("sha256")).read_bytes()).hexdigest() == made.list_sha256


@needs_openssl
def test_killed_at_any_write_the_next_signing_makes_it_whole(
    key: Ed25519PrivateKey,
    authority: Authority,
    add: Callable[[Archive, bytes], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An end by a signal at a write, seen from the store: nothing later is written."""
    left = 0

    def dying(write: Callable[..., Any]) -> Callable[..., Any]:
        def written(*arguments: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return write(*arguments)

        return written

    for name in ("write", "write_once", "delete"):
        monkeypatch.setattr(DirectoryStore, name, dying(getattr(DirectoryStore, name)))
    for step in range(20):
        archive = Archive.open(str(tmp_path / f"killed-{step}"))
        left = 1000
        add(archive, b"one")
        sign(archive, key, None, NOW)
        add(archive, b"two")
        left = step
        try:
            sign(archive, key, authority, NOW)
        except KeyboardInterrupt:
            left = 1000
            sign(archive, key, authority, NOW)
        else:
            assert step > 4
            break
        assert [(each.number, each.originals) for each in statements(archive.store)] == [(1, 1), (2, 1)]
        assert found(archive) == {}
    else:
        raise AssertionError("signing never ended")
