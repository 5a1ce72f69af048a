"""What gongkai depends on, and under which licences: read from the metadata of what is installed.

``python -m contrib.release.dependencies`` prints a row for each distribution and fails where the core or an extra needs
one whose licence reaches over to what uses it (GPL, AGPL, SSPL), or where nobody can tell its licence.  What only the
developers use is listed, and judged by nobody: it is in no wheel and is asked of no user.  Where metadata do not tell
the licence in SPDX's words, ``licences.csv`` says it, and why.
"""

from __future__ import annotations

import csv
import dataclasses
import importlib.metadata
import re
import sys
from pathlib import Path

import license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "gongkai"
CORE = "core"
DEVELOPMENT = "development"
JUDGED = Path(__file__).with_name("licences.csv")
REACHES_OVER = re.compile(r"^(AGPL|GPL|SSPL|BUSL|OSL|EUPL|CC-BY-NC|CC-BY-SA)", re.IGNORECASE)
UNKNOWN = "unknown"

_SPDX = license_expression.get_spdx_licensing()
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Zope Public License": "ZPL-2.1",
}
_OTHER_WORDS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "CC0": "CC0-1.0",
    "MIT License": "MIT",
}


@dataclasses.dataclass(frozen=True)
class Dependency:
    """An installed distribution that gongkai uses, by whom it is asked for, and what it asks for itself."""

    name: str
    version: str
    licence: str
    asked_by: tuple[str, ...]
    requires: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_shipped_with(self) -> bool:
        """The core or an extra makes users install it."""
        return self.asked_by != (DEVELOPMENT,)


def needs(name: str, extras: frozenset[str]) -> dict[str, frozenset[str]]:
    """The names that an installed distribution asks for on this machine, with the extras of each."""
    asked: dict[str, frozenset[str]] = {}
    for text in importlib.metadata.requires(name) or []:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            other = canonicalize_name(requirement.name)
            asked[other] = asked.get(other, frozenset()) | requirement.extras
    return asked


def reached(extra: str) -> dict[str, frozenset[str]]:
    """All that the core (extra ``""``) or an extra of gongkai makes somebody install, with the extras of each."""
    seen: dict[str, frozenset[str]] = {}
    waiting = list(needs(PROJECT, frozenset({extra})).items())
    while waiting:
        name, extras = waiting.pop()
        if name in seen and extras <= seen[name]:
            continue
        seen[name] = seen.get(name, frozenset()) | extras
        if is_installed(name):
            waiting += needs(name, seen[name] | {""}).items()
    return seen


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """The licence in SPDX's words, of the first of three fields that tells it."""
    written = [*metadata.get_all("License-Expression", []), *metadata.get_all("License", [])]
    for text in (_OTHER_WORDS.get(each.strip(), each.strip()) for each in written):
        if _is_spdx(text):
            return str(text)
    named = [each.rsplit(" :: ", 1)[1] for each in metadata.get_all("Classifier", []) if each.startswith("License ::")]
    known = sorted({_CLASSIFIERS[each] for each in named if each in _CLASSIFIERS})
    return " AND ".join(known) if known and all(each in _CLASSIFIERS for each in named) else UNKNOWN


def _is_spdx(text: str) -> bool:
    return bool(re.fullmatch(r"[\w.+()-]+( [\w.+()-]+){0,20}", text)) and not _SPDX.validate(text).errors


def is_free(licence: str) -> bool:
    """Something may use it and stay under a licence of its own: of alternatives one that allows it is enough."""
    return licence != UNKNOWN and _allows(_SPDX.parse(licence))


def _allows(part: license_expression.LicenseExpression) -> bool:
    if isinstance(part, _SPDX.OR):
        return any(map(_allows, part.args))
    if isinstance(part, _SPDX.AND):
        return all(map(_allows, part.args))
    return not REACHES_OVER.match(str(part))


def judgements() -> list[dict[str, str]]:
    """Licences that metadata do not tell, each with why."""
    with JUDGED.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def dependencies() -> list[Dependency]:
    """Every distribution beside gongkai that is installed here, in the order of names."""
    extras = importlib.metadata.metadata(PROJECT).get_all("Provides-Extra", [])
    asked = {CORE: reached("")} | {extra: reached(extra) for extra in extras}
    judged = {row["name"]: row for row in judgements()}
    found: dict[str, Dependency] = {}
    for each in importlib.metadata.distributions():
        name = canonicalize_name(each.name)
        if name == PROJECT:
            continue
        by = (CORE,) if name in asked[CORE] else tuple(extra for extra in extras if name in asked[extra])
        opinion = judged.get(name, {"licence": licence_of(each.metadata), "why": ""})
        wanted: frozenset[str] = next((names[name] for names in asked.values() if name in names), frozenset())
        requires = tuple(sorted(filter(is_installed, needs(name, wanted | {""}))))
        found[name] = Dependency(name, each.version, opinion["licence"], by or (DEVELOPMENT,), requires, opinion["why"])
    return [found[name] for name in sorted(found)]


def refused(of: list[Dependency]) -> list[Dependency]:
    """What users would install under a licence that reaches over to their own work, or under none that is known."""
    return [each for each in of if each.is_shipped_with and not is_free(each.licence)]


def missing() -> list[str]:
    """What an extra asks for and this environment lacks, so that nobody looked at its licence."""
    extras = ["", *importlib.metadata.metadata(PROJECT).get_all("Provides-Extra", [])]
    return sorted({name for extra in extras for name in reached(extra) if not is_installed(name)})


def write_licences(of: list[Dependency], file: Path) -> None:
    """A row for each dependency; those that users install come first."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened, lineterminator="\n")
        rows.writerow(["name", "version", "licence", "asked_by", "why"])
        for each in sorted(of, key=lambda each: (not each.is_shipped_with, each.name)):
            rows.writerow([each.name, each.version, each.licence, " ".join(each.asked_by), each.why])


if __name__ == "__main__":
    write_licences(dependencies(), Path("/dev/stdout"))
    sys.exit("\n".join(f"{each.name}: {each.licence}" for each in refused(dependencies())) or None)
