"""The documentation as a site in two languages: ``python -m docs.site.build FOLDER``, or ``make site``.

The pages are those of the repository: ``README.md`` is the front page, ``docs/*.md`` and ``docs/zh/*.md`` follow, and
what has no Chinese stands in both.  They are copied beside each other, their links with them, and Zensical, strictly,
makes of each language a folder: English in FOLDER, Chinese in FOLDER/zh.  A link or an anchor that leads nowhere ends
the build.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

PAGES = {
    "index": ("README.md", "README.zh-CN.md"),
    **{
        name: (f"docs/{name}.md", f"docs/zh/{name}.md")
        for name in ("viewer", "querying", "commands", "lake", "catalogues", "mcp", "crawling", "running")
    },
    **{name: (f"docs/{name}.md", f"docs/zh/{name}.md") for name in ("archivists", "container", "cluster", "settings")},
    "glossary": ("docs/glossary.md", "docs/glossary.md"),
    "notebooks": ("docs/notebooks/README.md", "docs/zh/notebooks.md"),
    "contributing": ("CONTRIBUTING.md", "CONTRIBUTING.md"),
    "changelog": ("CHANGELOG.md", "docs/zh/CHANGELOG.md"),
    "license": ("LICENSE", "LICENSE"),
}
"""Pages in the order of the navigation, and the file of each in English and in Chinese."""
LANGUAGES = ("en", "zh")
WORDS = {"en": ("Use the dark scheme", "Use the light scheme"), "zh": ("改用深色", "改用浅色")}
TITLES = {"en": "gongkai", "zh": "gongkai 公开"}

PICTURES = (".png", ".svg", ".webp", ".jpg")

_LINK = re.compile(r"""(\]\(|src="|srcset=")([^)"#\s:]+)(?=[)"#])""")
_OTHER_LANGUAGE = re.compile(r"^\[(中文|English)\]\([^)]+\)$", re.MULTILINE)
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


class LostPageError(Exception):
    """A page that leads to a file which is no page of the site."""


class BrokenSiteError(Exception):
    """Links or anchors that lead nowhere, as Zensical names them."""


def page_of(file: str) -> str:
    """The page made of a file of the repository."""
    for name, files in PAGES.items():
        if file in files:
            return name
    raise LostPageError(file)


def _beside(file: str, link: str) -> str:
    """What a link of a file leads to, named from the repository's root."""
    return os.path.normpath(Path(file).parent / link)


def _switch(name: str, language: str) -> str:
    """The link to a page in its other language."""
    if language == "en":
        return f'<a class="other-language" hreflang="zh" href="zh/{name}.html">中文</a>'
    return f'<a class="other-language" hreflang="en" href="../{name}.html">English</a>'


def page_text(name: str, language: str) -> str:
    """A page as the site shows it: links between pages, and the switch in place of the link to the other language.

    Pictures keep the place that they have in the repository.
    """
    file = PAGES[name][LANGUAGES.index(language)]
    text = (ROOT / file).read_text(encoding="utf-8")
    if name == "license":
        return f"# {'Licence' if language == 'en' else '许可证'}\n\n```text\n{text.strip()}\n```\n"
    text = _OTHER_LANGUAGE.sub(lambda _: _switch(name, language), text, count=1)
    parts = _FENCE.split(text)
    parts[::2] = [_LINK.sub(lambda link: link[1] + _moved(_beside(file, link[2])), prose) for prose in parts[::2]]
    return "".join(parts)


def _moved(target: str) -> str:
    """A file of the repository as pages lead to it."""
    return target if target.endswith(PICTURES) else f"{page_of(target)}.md"


def settings_text(language: str) -> str:
    """Zensical's settings for a language."""
    dark, light = WORDS[language]
    english, chinese = ("index.html", "zh/index.html") if language == "en" else ("../index.html", "index.html")
    alternate = (
        f'[{{name = "English", link = "{english}", lang = "en"}}, {{name = "中文", link = "{chinese}", lang = "zh"}}]'
    )
    shared = (HERE / "zensical.toml").read_text(encoding="utf-8")
    shared = shared.replace("LANGUAGE", f'language = "{language}"').replace("DARK", dark).replace("LIGHT", light)
    shared = shared.replace("generator = false", f"generator = false\nalternate = {alternate}")
    nav = json.dumps([f"{name}.md" for name in PAGES])
    return f'[project]\nsite_name = "{TITLES[language]}"\nsite_dir = "site"\nnav = {nav}\n{shared}'


def build_language(language: str, folder: Path) -> Path:
    """The site of a language, made in an empty folder."""
    pages = folder / "pages"
    pages.mkdir(parents=True)
    for name in PAGES:
        text = page_text(name, language)
        (pages / f"{name}.md").write_text(text, encoding="utf-8")
        for picture in {link[2] for link in _LINK.finditer(text) if link[2].endswith(PICTURES)}:
            (pages / picture).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / picture, pages / picture)
    shutil.copy(HERE / "site.css", pages)
    (folder / "zensical.toml").write_text(settings_text(language), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BrokenSiteError(done.stdout + done.stderr)
    return folder / "site"


def build(target: Path) -> None:
    """Both languages, in a folder that takes the place of what it held."""
    with tempfile.TemporaryDirectory() as made:
        english, chinese = (build_language(language, Path(made) / language) for language in LANGUAGES)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(english, target)
        shutil.copytree(chinese, target / "zh")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
