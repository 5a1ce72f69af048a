"""Documents that were published inside another file: in an archive file (zip, …) or embedded in a Word document.

The archive keeps the file as received, not what lies in it; which file holds a document is known to the lake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gongkai.archive.archive import Archive
from gongkai.exits import Exit
from gongkai.parsing.formats.envelopes.containers import contents
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.text.grid import UnreadableDocumentError
from gongkai.queries.evidence import documents_of
from gongkai.queries.lake import connect
from gongkai.session import CommandError


def document_of(archive: Archive, digits: str) -> Mapping[str, Any] | None:
    """The lake's row of the one document whose SHA-256 begins with the digits; None where it knows none.

    Raises CommandError when the digits begin several hashes, and what opening the lake raises.
    """
    with connect(archive.store) as connection:
        documents = documents_of(connection, digits)
    if len(documents) > 1:
        named = ", ".join(document["sha256"] for document in documents)
        raise CommandError(f"{digits!r} begins several hashes, give more digits: {named}", Exit.WRONG_USAGE)
    return documents[0] if documents else None


def bytes_of(archive: Archive, document: Mapping[str, Any]) -> bytes:
    """A document's bytes, hash-checked; out of the file it was published in where it was.

    Raises OriginalMissingError, OriginalAlteredError, CommandError.
    """
    sha256, container = document["sha256"], document["container_sha256"]
    if container is None:
        return archive.original(sha256)
    try:
        for member in contents(identified(archive.original(container))):
            if member.file is not None and hashlib.sha256(member.file.data).hexdigest() == sha256:
                return member.file.data
    except UnreadableDocumentError as error:
        raise CommandError(
            f"{sha256!r} lies in the original {container!r}, which cannot be opened here: {error}",
            Exit.SOMETHING_FAILED,
        ) from error
    raise CommandError(
        f"{sha256!r} is no longer found in the original {container!r}: run gongkai parse --all", Exit.SOMETHING_FAILED
    )
