"""Makes of a wheel the egg that scrapyd wants: `python contrib/scrapyd/egg.py gongkai-0.1.0-py3-none-any.whl`.

scrapyd-deploy builds eggs with setuptools, which finds neither the rooms behind their links nor the data in them; the
wheel has both.  An egg is the same ZIP file with its metadata under another name.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

METADATA = {"METADATA": "EGG-INFO/PKG-INFO", "entry_points.txt": "EGG-INFO/entry_points.txt"}


def egg_of(wheel: Path, folder: Path) -> Path:
    """The egg of a wheel, written into a folder under the wheel's name and version."""
    egg = folder / f"{'-'.join(wheel.name.split('-')[:2])}.egg"
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(egg, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in names:
            folder_name, _, file_name = name.partition("/")
            if not folder_name.endswith(".dist-info"):
                target.writestr(name, source.read(name))
            elif file_name in METADATA:
                target.writestr(METADATA[file_name], source.read(name))
        target.writestr("EGG-INFO/top_level.txt", "gongkai\n")
        for room in sorted({name.split("/")[1] for name in names if name.count("/") > 1 and ".dist-info/" not in name}):
            if f"gongkai/{room}/__init__.py" not in names:  # data alone is no package to Python's reader of ZIP files
                target.writestr(f"gongkai/{room}/__init__.py", "")
    return egg


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].endswith(".whl"):
        sys.exit(f"usage: {sys.argv[0]} WHEEL")
    print(egg_of(Path(sys.argv[1]), Path.cwd()))
