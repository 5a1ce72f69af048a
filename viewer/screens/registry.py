"""Every screen, in the order of the navigation."""

from __future__ import annotations

from gongkai.viewer.screens import (
    archive,
    compare,
    contradictions,
    department,
    document,
    documents,
    function,
    holdings,
    place,
    projects,
    run,
    search,
    source,
    start,
    three_public,
    withdrawn,
)

SCREENS = (
    start.SCREEN,
    place.SCREEN,
    department.SCREEN,
    compare.SCREEN,
    function.SCREEN,
    source.SCREEN,
    documents.SCREEN,
    document.SCREEN,
    holdings.SCREEN,
    contradictions.SCREEN,
    three_public.SCREEN,
    projects.SCREEN,
    search.SCREEN,
    archive.SCREEN,
    run.SCREEN,
    withdrawn.SCREEN,
)
