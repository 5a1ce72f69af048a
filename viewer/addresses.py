"""The address of every screen, and of what can be taken from it.

``/{language}/{publication}/{screen}?{parameters}`` is a page; the same with ``/{part}.{form}`` behind the screen is the
data of one part of it.  Pictures and originals are named by their document, and change with no publication.
"""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Mapping
from typing import Protocol

from gongkai.vocabulary.languages import Language

Parameters = Mapping[str, object]

STYLE = "viewer.css"
SCRIPT = "viewer.js"


class Addresses(Protocol):
    """Where things are found from a page: on a server, or in a folder of files."""

    def screen(self, name: str, parameters: Parameters) -> str | None:
        """A page; None where it is not there to be linked to."""

    def data(self, name: str, part: str, form: str, parameters: Parameters) -> str | None:
        """The data of a part of a page."""

    def picture(self, sha256: str, page: int, form: str) -> str | None:
        """A page of a document as a picture: ``webp``, ``svg``."""

    def original(self, sha256: str) -> str | None:
        """A document as it was published."""

    def static(self, name: str) -> str:
        """The style sheet or the script."""

    def other_language(self, name: str, parameters: Parameters) -> str | None:
        """The same page in the other language."""


@dataclasses.dataclass(frozen=True, slots=True)
class ServedAddresses:
    """Addresses on the server."""

    language: Language
    publication: str

    def screen(self, name: str, parameters: Parameters) -> str:
        return f"/{self.language}/{self.publication}/{name}{_query(parameters)}"

    def data(self, name: str, part: str, form: str, parameters: Parameters) -> str:
        return f"/{self.language}/{self.publication}/{name}/{part}.{form}{_query(parameters)}"

    def picture(self, sha256: str, page: int, form: str) -> str:
        return f"/picture/{self.publication}/{sha256}/{page}.{form}"

    def original(self, sha256: str) -> str:
        return f"/original/{self.publication}/{sha256}"

    def static(self, name: str) -> str:
        return f"/static/{name}"

    def other_language(self, name: str, parameters: Parameters) -> str:
        other: Language = "en" if self.language == "zh" else "zh"
        return dataclasses.replace(self, language=other).screen(name, parameters)


def _query(parameters: Parameters) -> str:
    given = {name: str(value) for name, value in parameters.items() if value is not None and value != ""}
    return f"?{urllib.parse.urlencode(given)}" if given else ""
