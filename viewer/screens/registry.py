"""Every screen, in the order of the navigation."""

from __future__ import annotations

from gongkai.viewer.screens import (
    archive,
    department,
    document,
    documents,
    function,
    holdings,
    place,
    run,
    source,
    start,
    withdrawn,
)

SCREENS = (
    start.SCREEN,
    place.SCREEN,
    department.SCREEN,
    function.SCREEN,
    source.SCREEN,
    documents.SCREEN,
    document.SCREEN,
    holdings.SCREEN,
    archive.SCREEN,
    run.SCREEN,
    withdrawn.SCREEN,
)
