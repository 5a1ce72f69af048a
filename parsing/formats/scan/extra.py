"""The optional extra that reads scans: is it installed?  Asked without importing any of it."""

from __future__ import annotations

import importlib.util
import pathlib

PACKAGES = ("cv2", "numpy", "onnxruntime")
"""Packages that reading scans imports; of ``rapidocr`` only the files of its networks are used."""

INSTALL = "pip install 'gongkai[ocr]'"
"""How to get the extra."""


class NoNetworksError(Exception):
    """Raised when the ``rapidocr`` package is missing or brings other files than those known."""


UNCERTAIN = 0.9
"""Likelihood below which a text with digits is named in a doubt: most misread amounts are below, few others."""


def is_installed() -> bool:
    """True where every package of the extra can be imported and the networks' files are there."""
    try:
        network_files()
    except NoNetworksError:
        return False
    return all(importlib.util.find_spec(package) for package in PACKAGES)


def network_files() -> tuple[pathlib.Path, pathlib.Path]:
    """The files of the network that finds lines and of the one that reads them, in the ``rapidocr`` package.

    Raises NoNetworksError.
    """
    package = importlib.util.find_spec("rapidocr")
    places = package.submodule_search_locations if package else None
    files = sorted(path for place in places or () for path in (pathlib.Path(place) / "models").glob("*.onnx"))
    finders, readers = ([path for path in files if f"_{task}_" in path.name] for task in ("det", "rec"))
    if not finders or not readers:
        raise NoNetworksError(f"no networks that read scans are installed; {INSTALL}")
    return finders[-1], readers[-1]
