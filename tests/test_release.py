"""The release: built to the same bytes by anybody, installed where nothing else is, its licences and parts told."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from contrib.release import dependencies, make
from contrib.release.bill import bill
from tests.places import ROOT

MADE = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
PYTHONS = ("3.11", "3.12", "3.13")
ALL = "GONGKAI_RELEASE"
"""Set by `make release` to the folder of its files, which are tried on every interpreter that there is; otherwise the
files are built here, and tried on the one that runs the tests."""


@pytest.fixture(scope="module")
def time() -> dt.datetime:
    """What the files are built with."""
    return make.commit_time() if ALL in os.environ else MADE


@pytest.fixture(scope="module")
def made(time: dt.datetime, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel and the sdist, the wheel second."""
    if folder := os.environ.get(ALL):
        files = list((ROOT / folder).glob(f"gongkai-{make.version()}*"))
    else:
        files = make.distributions(ROOT, tmp_path_factory.mktemp("dist"), time)
    return sorted(files, key=lambda file: file.suffix)


def checkout(folder: Path) -> Path:
    """The files of this checkout as somebody else has them: other times, other permissions, another place."""
    shutil.copytree(
        ROOT, folder, symlinks=True, ignore=shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "gongkai-data")
    )
    shutil.copy(ROOT / ".gitignore", folder)
    for file in folder.rglob("*"):
        if not file.is_symlink():
            file.chmod(0o700 if file.is_dir() or os.access(file, os.X_OK) else 0o600)
    return folder


@pytest.mark.slow
def test_others_build_the_same_bytes(made: list[Path], time: dt.datetime, tmp_path: Path) -> None:
    again = make.distributions(checkout(tmp_path / "elsewhere"), tmp_path / "dist", time)
    assert {file.name: file.read_bytes() for file in made} == {file.name: file.read_bytes() for file in again}


def interpreter(wanted: str) -> str | None:
    """A Python of a version: this one, one on the PATH, or pyenv's."""
    if sys.version_info[:2] == tuple(map(int, wanted.split("."))):
        return sys.executable
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for candidate in (shutil.which(f"python{wanted}"), *map(str, sorted(pyenv.glob(f"{wanted}.*/bin/python")))):
        if candidate and not subprocess.run([candidate, "-c", ""], check=False, capture_output=True).returncode:
            return candidate
    return None


def told(programs: Path, *command: str, within: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(programs / command[0]), *command[1:]],
        cwd=within,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("wanted", PYTHONS)
def test_a_clean_environment_runs_the_demo(wanted: str, made: list[Path], tmp_path: Path) -> None:
    python = interpreter(wanted)
    if python is None:
        pytest.skip(f"no Python {wanted} here: put python{wanted} on the PATH, or pyenv install {wanted}")
    if python != sys.executable and ALL not in os.environ:
        pytest.skip(f"Python {wanted} is tried by `make release`, with its own files")
    subprocess.run([python, "-m", "venv", tmp_path / "environment"], check=True)
    programs = tmp_path / "environment" / "bin"
    pip = ("python", "-m", "pip", "install", "--quiet")
    told(programs, *pip, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt"), within=tmp_path)
    for file in made:
        told(programs, *pip, "--no-deps", "--no-build-isolation", "--force-reinstall", str(file), within=tmp_path)
        root = str(tmp_path / file.suffix)
        assert told(programs, "gongkai", "--version", within=tmp_path).split()[-1] == make.version()
        where = told(programs, "python", "-c", "import gongkai.archive as a; print(a.__file__)", within=tmp_path)
        assert Path(where).is_relative_to(tmp_path / "environment")
        told(programs, "gongkai", "--root", root, "demo", within=tmp_path)
        question = ("query", "SELECT count(*) AS n FROM documents", "--format", "csv")
        assert int(told(programs, "gongkai", "--root", root, *question, within=tmp_path).split()[1]) >= 5
        told(programs, "gongkai", "--root", root, "verify", within=tmp_path)


def test_wheel_and_sdist_hold_licence_and_notice(made: list[Path]) -> None:
    sdist, wheel = made
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = {Path(name).name for name in archive.namelist() if "/licenses/" in name}
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    assert in_wheel == {"LICENSE", "NOTICE"}
    assert in_sdist >= {"LICENSE", "NOTICE", "CHANGELOG.md", "README.md", "docs/zh/lake.md"}


def test_nobody_is_made_to_install_what_reaches_over_to_their_own_work() -> None:
    used = dependencies.dependencies()
    assert dependencies.missing() == []
    assert dependencies.refused(used) == []
    by = {each.name: each.asked_by for each in used}
    assert by["scrapy"] == ("core",)
    assert by["rapidocr"] == ("ocr",)
    assert by["pytest"] == ("development",)


@pytest.mark.parametrize(
    ("licence", "is_free"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GPL-2.0-or-later OR MIT", True),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        (dependencies.UNKNOWN, False),
    ],
)
def test_which_licences_users_can_be_asked_to_take(licence: str, is_free: bool) -> None:
    assert dependencies.is_free(licence) is is_free


def test_licences_are_judged_only_where_metadata_do_not_tell_them() -> None:
    installed = {each.name for each in dependencies.dependencies()}
    rows = dependencies.judgements()
    assert {row["name"] for row in rows} <= installed
    assert all(row["why"] for row in rows)


def test_the_bill_names_every_part_and_what_it_needs() -> None:
    used = dependencies.dependencies()
    text = bill(used, MADE)
    assert text == bill(used, MADE)
    told = json.loads(text)
    parts = {part["name"]: part for part in told["components"]}
    assert set(parts) == {each.name for each in used if each.is_shipped_with}
    assert parts["scrapy"]["scope"] == "required"
    assert parts["mcp"]["scope"] == "optional"
    assert told["metadata"]["component"]["version"] == make.version()
    needed = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    assert parts["twisted"]["bom-ref"] in needed[parts["scrapy"]["bom-ref"]]
    assert parts["scrapy"]["bom-ref"] in needed[told["metadata"]["component"]["bom-ref"]]


def test_a_release_has_a_dated_section_of_the_changelog() -> None:
    make.check_changelog((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), make.version())
    with pytest.raises(make.NotReadyError, match=r"## 9\.9\.9"):
        make.check_changelog("# Changelog\n\n## 9.9.9 – unreleased\n", "9.9.9")
