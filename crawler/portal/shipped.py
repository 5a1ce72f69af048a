"""The portal files of this project and of a group of its own: found by id, and checked for the place they stand in.

`GONGKAI_PORTALS` names folders laid out as `portals/` is, parted by colons; a file there takes the place of a shipped
one of the same id, and of one in a folder named later.
"""

from __future__ import annotations

import importlib.resources
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from gongkai.crawler.errors import PortalFileError, UnknownPortalError
from gongkai.crawler.facts import closest
from gongkai.crawler.portal.file import Portal, load_portal
from gongkai.crawler.portal.schedule import Schedule
from gongkai.vocabulary.divisions import division

PROVINCE_FOLDERS = {
    "11": "beijing",
    "12": "tianjin",
    "13": "hebei",
    "14": "shanxi",
    "15": "neimenggu",
    "21": "liaoning",
    "22": "jilin",
    "23": "heilongjiang",
    "31": "shanghai",
    "32": "jiangsu",
    "33": "zhejiang",
    "34": "anhui",
    "35": "fujian",
    "36": "jiangxi",
    "37": "shandong",
    "41": "henan",
    "42": "hubei",
    "43": "hunan",
    "44": "guangdong",
    "45": "guangxi",
    "46": "hainan",
    "50": "chongqing",
    "51": "sichuan",
    "52": "guizhou",
    "53": "yunnan",
    "54": "xizang",
    "61": "shaanxi",
    "62": "gansu",
    "63": "qinghai",
    "64": "ningxia",
    "65": "xinjiang",
}
"""The folder under `portals/` of each province, by the first two digits of its divisions' codes; 陕西 is `shaanxi`, as
the province itself writes it."""


def portal_files() -> dict[str, Traversable]:
    """Every portal file by the id its path gives it, in order of id: one's own over the shipped ones.

    Raises PortalFileError where `GONGKAI_PORTALS` names something that is no folder.
    """
    files = dict(_walk(importlib.resources.files("gongkai.portals"), ""))
    for folder in reversed(own_folders()):
        files |= dict(_walk(folder, ""))
    return dict(sorted(files.items()))


def own_folders() -> list[Path]:
    """The folders of portal files that `GONGKAI_PORTALS` names, the first of which has the last word."""
    folders = [Path(name) for name in os.environ.get("GONGKAI_PORTALS", "").split(os.pathsep) if name]
    for folder in folders:
        if not folder.is_dir():
            raise PortalFileError(f"GONGKAI_PORTALS names {str(folder)!r}, which is no folder.")
    return folders


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name.endswith(".yaml"):
            yield prefix + entry.name.removesuffix(".yaml"), entry
        elif entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")


def _load_shipped(portal_id: str, path: Traversable) -> Portal:
    portal = load_portal(path)
    if portal.id != portal_id:
        raise PortalFileError(f"{path}: id is {portal.id!r}; its place under portals/ makes it {portal_id!r}.")
    _check_place(str(path), portal)
    return portal


def _check_place(source: str, portal: Portal) -> None:
    """A shipped file describes a real division, and stands in the folder of its province."""
    code = portal.division_code
    if division(code) is None:
        raise PortalFileError(f"{source}: division_code is {code!r}; GB/T 2260 has no such division.")
    folder = PROVINCE_FOLDERS.get(code[:2])
    if portal.id.partition("/")[0] != folder:
        raise PortalFileError(f"{source}: division_code {code!r} lies in {folder!r}; the id is {portal.id!r}.")


def find_portals(ids: Sequence[str] = ()) -> list[Portal]:
    """The portals of these ids in the order given, each once; all of them when no id is given.

    An id that ends in `.yaml` is the path of a portal file of one's own.  Raises UnknownPortalError for an id without
    a file, and PortalFileError for a file that is not understood.
    """
    files = portal_files()
    return [_find(name, files) for name in (dict.fromkeys(ids) if ids else files)]


def schedules() -> dict[str, Schedule]:
    """The schedules that portal files state, by id; only files that state one are read as YAML, which takes its time.

    Raises PortalFileError for such a file that is not understood.
    """
    files = portal_files().items()
    stated = [(name, path) for name, path in files if b"schedule" in path.read_bytes()]
    return {name: _load_shipped(name, path).schedule for name, path in stated}


def _find(wanted: str, files: Mapping[str, Traversable]) -> Portal:
    if wanted in files:
        return _load_shipped(wanted, files[wanted])
    if wanted.endswith(".yaml"):
        return load_portal(Path(wanted))
    near = closest(wanted, files) or [known for known in files if known.rsplit("/", 1)[-1] == wanted]
    hint = f"the closest are {', '.join(near)}" if near else "`gongkai portals list` lists the known ones"
    raise UnknownPortalError(f"No portal file is named {wanted!r}; {hint}.")


def check_portals() -> list[PortalFileError]:
    """Read every shipped portal file; the errors found, one per faulty file, in order of id."""
    errors = []
    for portal_id, path in portal_files().items():
        try:
            _load_shipped(portal_id, path)
        except PortalFileError as error:
            errors.append(error)
    return errors
