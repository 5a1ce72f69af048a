"""Every screen, in the order of the navigation."""

from __future__ import annotations

from gongkai.viewer.screens import documents, start

SCREENS = (
    start.SCREEN,
    documents.SCREEN,
)
