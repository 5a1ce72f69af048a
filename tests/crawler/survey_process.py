"""One look at a portal, as the process that takes it sees it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from gongkai.crawler.errors import ProposalError
from gongkai.crawler.survey.first_look import survey


def main(folder: Path, url: str) -> None:
    """Look, and write `seen.json` into the folder: address and role of each page, or the error."""
    with (folder / "errors").open("wb") as errors:
        os.dup2(errors.fileno(), 2)
    try:
        pages = survey(url, allow_loopback=True)
        seen = {"pages": [[page.url, page.role.value] for page in pages]}
    except ProposalError as error:
        seen = {"error": [[type(error).__name__, str(error)]]}
    (folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
