"""Every screen, in the order of the navigation."""

from __future__ import annotations

from gongkai.viewer.screens import (
    archive,
    contradictions,
    document,
    documents,
    holdings,
    projects,
    run,
    search,
    start,
    withdrawn,
)

SCREENS = (
    start.SCREEN,
    documents.SCREEN,
    document.SCREEN,
    holdings.SCREEN,
    contradictions.SCREEN,
    projects.SCREEN,
    search.SCREEN,
    archive.SCREEN,
    run.SCREEN,
    withdrawn.SCREEN,
)
