"""Who publishes a lake, under which licence, and at which address."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse

ATTRIBUTION = (
    "Read by gongkai from disclosures that the departments themselves publish under the Regulations on Open Government"
    " Information 《政府信息公开条例》; name the department and gongkai."
)
"""What a catalogue says of where its numbers come from."""

_LICENCES = {
    "Apache-2.0": ("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "PDDL-1.0": ("Open Data Commons Public Domain 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
}


class TermsError(ValueError):
    """Raised when a licence or an address is none."""


@dataclasses.dataclass(frozen=True, slots=True)
class Licence:
    """``name`` is the SPDX identifier, or empty for a licence that is known by its address alone."""

    name: str
    title: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """``licence`` is None where the publisher states none.

    ``base`` is the address of the folder that holds ``lake/``, ending in a slash; empty for relative paths.
    """

    publisher: str = "gongkai"
    licence: Licence | None = None
    base: str = ""

    @classmethod
    def of(cls, publisher: str, licence: str, base: str) -> Terms:
        """The terms as a person gives them.  Raises TermsError."""
        if not publisher.strip():
            raise TermsError("the publisher's name is empty: write who publishes the data")
        if base and not _is_address(base):
            raise TermsError(f"{base!r} is no address: write where the folder is published, such as https://…/budgets/")
        return cls(publisher.strip(), _licence(licence) if licence else None, base and base.rstrip("/") + "/")

    def address(self, path: str) -> str:
        """A path of the folder as an IRI: relative, or at ``base``."""
        return self.base + urllib.parse.quote(path, safe="/=*")


def _licence(text: str) -> Licence:
    for name, (title, url) in _LICENCES.items():
        if text.casefold() in (name.casefold(), url):
            return Licence(name, title, url)
    if _is_address(text):
        return Licence("", text, text)
    known = ", ".join(_LICENCES)
    raise TermsError(f"the licence {text!r} is not known: write one of {known}, or the address of its text")


def _is_address(text: str) -> bool:
    return re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text) is not None
