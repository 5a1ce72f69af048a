"""Wheel and sdist: one top-level name, all data, and a demo that runs where others have taken our rooms' names."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.slow

TAKEN = ("archive", "crawler", "lake", "parsing", "queries", "vocabulary")
"""Names that other projects install, or could: none of them may be ours."""
DATA = {".sql", ".csv", ".yaml", ".json", ".html", ".txt", ".pdf", ".docx", ".xlsx", ".ttf", ".typed"}


def built(target: str, project: Path, into: Path) -> Path:
    """The wheel or sdist of a project folder."""
    before = set(into.iterdir()) if into.exists() else set()
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (made,) = set(into.iterdir()) - before
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return built("wheel", next(folder.iterdir()), tmp_path_factory.mktemp("wheel-of-sdist"))


def tracked() -> set[str]:
    """Files that git tracks in the package's rooms, as the package names them; all that lie there without git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rooms = {link.name for link in (ROOT / "gongkai").iterdir() if link.is_symlink()}
    return {
        name if name.startswith("gongkai/") else f"gongkai/{name}"
        for name in listed.split("\0")
        if name.split("/")[0] in rooms or (name.startswith("gongkai/") and name.removeprefix("gongkai/") not in rooms)
    }


def recorded(wheel: Path) -> set[str]:
    """The files that the wheel's RECORD names."""
    with zipfile.ZipFile(wheel) as archive:
        (record,) = [name for name in archive.namelist() if name.endswith(".dist-info/RECORD")]
        text = archive.read(record).decode()
    return {row[0] for row in csv.reader(io.StringIO(text)) if row}


def test_the_wheel_has_one_top_level_name(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in recorded(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gongkai"}


def test_wheel_and_sdist_hold_every_file_of_the_rooms(wheel: Path, sdist: Path, wheel_of_sdist: Path) -> None:
    wanted = tracked()
    assert {Path(name).suffix for name in wanted} >= DATA
    assert wanted - recorded(wheel) == set()
    assert wanted - recorded(wheel_of_sdist) == set()
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert wanted - held == set()


def clean_environment(folder: Path, wheel: Path) -> Path:
    """A new environment with the wheel and packages of other projects that bear our rooms' names; its programs.

    Dependencies are those of this environment, named by a file that makes nothing else of it known: this checkout,
    installed for editing here, is not.
    """
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(list(map(str, install)), check=True, capture_output=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    for name in TAKEN:
        (packages / name).mkdir()
        (packages / name / "__init__.py").write_text(f'raise ImportError("{name} is another project\'s")\n')
    return programs


@pytest.mark.parametrize("kind", ["wheel", "wheel_of_sdist"])
def test_the_demo_runs_where_others_have_taken_the_names_of_our_rooms(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    programs = clean_environment(tmp_path / "environment", request.getfixturevalue(kind))

    def said(program: str, *arguments: str) -> str:
        command = [str(programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = said("python", "-c", "import gongkai.archive as a; print(a.__file__)")
    assert Path(where).is_relative_to(tmp_path / "environment")
    root = str(tmp_path / "root")
    said("gongkai", "--root", root, "demo")
    counted = said("gongkai", "--root", root, "query", "SELECT count(*) AS n FROM documents", "--format", "csv")
    assert int(counted.split()[1]) >= 5
    instructions = "from gongkai.mcp import limits, server; print(server._instructions(limits.Limits()))"
    assert "Never count a yuan twice" in said("python", "-c", instructions)


def test_the_readme_names_the_extras_that_a_person_asks_for() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for name in ("ocr", "archives", "browser", "s3", "mcp", "notebooks"):
        assert name in extras
        assert f"'.[{name}]'" in readme, name


def test_the_egg_for_scrapyd_says_where_its_settings_are_and_holds_its_data(wheel: Path, tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, ROOT / "contrib" / "scrapyd" / "egg.py", wheel],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    with zipfile.ZipFile(made) as egg:
        assert "settings = gongkai.crawler.settings" in egg.read("EGG-INFO/entry_points.txt").decode()
        assert b"Name: gongkai" in egg.read("EGG-INFO/PKG-INFO")
    use = (
        "import gongkai.archive as archive\n"
        "from gongkai.crawler.portal.shipped import check_portals, portal_files\n"
        "from gongkai.crawler.settings import BOT_NAME\n"
        "print(archive.__file__.count('.egg'), len(portal_files()) > 50, check_portals(), BOT_NAME)"
    )
    # -I: neither the checkout nor the current directory; the dependencies are those of this environment
    start = f"import sys; sys.path[:0] = [{made!r}]\n{use}"
    said = subprocess.run([sys.executable, "-I", "-c", start], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert said.stdout.split() == ["1", "True", "[]", "gongkai"]
