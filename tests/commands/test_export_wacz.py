"""`gongkai export wacz` by portal and place, and what commands say where the extra ``exchange`` is not installed."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.exits import Exit
from tests.archive.packages.captured import fill
from tests.commands.conftest import Command, Ended

PORTAL = "fujian.fuzhou"
WITHOUT = """
import sys
sys.modules |= dict.fromkeys(("warcio", "cryptography", "rfc3161_client"))
from gongkai.__main__ import main
main(sys.argv[1:])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive of a portal, and of a file that was added."""
    folder, file = tmp_path / "two-portals", tmp_path / "a.txt"
    archive = Archive(DirectoryStore(folder))
    fill(archive, PORTAL)
    file.write_bytes(b"a")
    add_files(archive, [file])
    return folder


def captures(ended: Ended) -> int:
    assert ended.code == Exit.OK, ended.errors
    return int(ended.errors.split(": ")[1].split(" captures")[0])


def test_a_portal_by_its_name_with_a_slash(gongkai: Command) -> None:
    everything = captures(gongkai("export", "wacz", "all.wacz"))
    one = captures(gongkai("export", "wacz", "one.wacz", "--portal", "fujian/fuzhou"))
    both = captures(gongkai("export", "wacz", "both.wacz", "--portal", "fujian/fuzhou", "--portal", "local"))
    assert (one + 1, everything) == (both, both)


@pytest.mark.parametrize("name", ["fujian/fuzhou", PORTAL])
def test_a_bag_of_a_portal_by_either_name(gongkai: Command, name: str) -> None:
    ended = gongkai("export", "bagit", "bag", "--portal", name)
    assert ended.code == Exit.OK, ended.errors


@pytest.mark.parametrize("name", ["福州市", "350100", "福建省"])
def test_a_place_is_what_its_portals_published(gongkai: Command, name: str) -> None:
    by_portal = captures(gongkai("export", "wacz", "portal.wacz", "--portal", "fujian/fuzhou"))
    assert captures(gongkai("export", "wacz", "place.wacz", "--place", name)) == by_portal
    with zipfile.ZipFile("place.wacz") as package:
        assert json.loads(package.read("datapackage.json"))["title"] == "place"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--place", "无此地"), Exit.SOMETHING_FAILED, "'无此地'"),
        (("--place", "北京市"), Exit.WRONG_USAGE, "no capture is selected"),
        (("--portal", "no/where"), Exit.WRONG_USAGE, "no capture is selected"),
        (("--document", "ffffffffffff"), Exit.SOMETHING_FAILED, "'ffffffffffff'"),
        (("--split", "much"), Exit.WRONG_USAGE, "'much'"),
    ],
)
def test_what_is_not_held_is_told_and_nothing_is_written(
    gongkai: Command, tmp_path: Path, options: tuple[str, ...], code: Exit, said: str
) -> None:
    ended = gongkai("export", "wacz", "x.wacz", *options)
    assert ended.code == code
    assert said in ended.errors
    assert not (tmp_path / "x.wacz").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "wacz", "x.wacz"),
        ("verify", "--package", "x.wacz"),
        ("sign", "--new-key", "key.pem"),
    ],
)
def test_without_the_extra_one_sentence_says_how_to_install_it(
    root: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "x.wacz").write_bytes(b"PK") if "verify" in arguments else None
    command = [sys.executable, "-c", WITHOUT, "--root", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, cwd=tmp_path)
    assert Ended(done.returncode, done.stdout, done.stderr).is_one_sentence, done.stderr
    assert done.returncode == Exit.WRONG_USAGE
    assert "pip install 'gongkai[exchange]'" in done.stderr
