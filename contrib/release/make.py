"""Makes the files of a release: ``python -m contrib.release.make FOLDER``, or ``make release``.  Nothing is uploaded.

FOLDER holds the wheel and the sdist, ``sbom.cdx.json`` (CycloneDX), ``licences.csv`` of all that is depended on, and
``SHA256SUMS``.  Times are those of the commit, so that anybody who checks it out gets the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from contrib.release.bill import bill
from contrib.release.dependencies import dependencies, missing, refused, write_licences

ROOT = Path(__file__).resolve().parents[2]
BILL, LICENCES, SUMS = "sbom.cdx.json", "licences.csv", "SHA256SUMS"


class NotReadyError(Exception):
    """What keeps a release from being made, in one sentence that says what to do."""


def version() -> str:
    said: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return said


def check_changelog(text: str, of: str) -> None:
    """The changelog has a dated section for a version."""
    if not re.search(rf"^## {re.escape(of)} – \d{{4}}-\d\d-\d\d$", text, re.MULTILINE):
        raise NotReadyError(f"CHANGELOG.md has no section '## {of} – YYYY-MM-DD': cut one from 'Unreleased'")


def commit_time() -> dt.datetime:
    """When the commit that is checked out was made; its files must be those of the folder."""
    if changed := _git("status", "--porcelain"):
        raise NotReadyError(f"files that no commit holds, {changed.split()[1]!r} among them: commit or remove them")
    return dt.datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), dt.UTC)


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def distributions(project: Path, folder: Path, made: dt.datetime) -> list[Path]:
    """The wheel and the sdist of a project folder; their bytes depend on its files and the time alone."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(made.timestamp()))}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    files = sorted(folder.iterdir())
    check = [sys.executable, "-m", "twine", "check", "--strict", *map(str, files)]
    judged = subprocess.run(check, check=False, capture_output=True, text=True)
    if judged.returncode:
        raise NotReadyError(judged.stdout + judged.stderr)
    return files


def release(folder: Path, made: dt.datetime) -> None:
    """All files of the release, in a folder that takes the place of what it held."""
    used = dependencies()
    if lacking := missing():
        raise NotReadyError(f"{', '.join(lacking)} not installed, so its licence is unknown: make .venv/dev.stamp")
    if unfree := refused(used):
        named = ", ".join(f"{each.name} ({each.licence})" for each in unfree)
        raise NotReadyError(f"licences that users cannot be asked to take: {named}; judge them in {LICENCES}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    distributions(ROOT, folder, made)
    (folder / BILL).write_text(bill(used, made), encoding="utf-8")
    write_licences(used, folder / LICENCES)
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(folder.iterdir())]
    (folder / SUMS).write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    try:
        check_changelog((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version())
        release(Path(sys.argv[1]).resolve(), commit_time())
    except NotReadyError as error:
        sys.exit(f"No release: {error}.")
