"""Documents that no longer stand at their address: gone, moved or replaced, since when, last seen when."""

from __future__ import annotations

from gongkai.viewer.screens.archive import newest_run, turned
from gongkai.viewer.view import Screen, Shown, View
from gongkai.vocabulary.languages import said


def show(view: View) -> Shown:
    """All of them, as ``gongkai withdrawn`` lists them."""
    withdrawn = turned(view, view.gather("withdrawn", "Withdrawn and replaced documents", newest_run(view.archive)))
    return Shown(said("Withdrawn and replaced documents"), "withdrawn.html", {"withdrawn": withdrawn}, changes=True)


SCREEN = Screen("withdrawn", "Withdrawn", show)
