"""The phase of a budget as people name it: 预算 or 决算, in either language."""

from __future__ import annotations

from gongkai.vocabulary.dimensions import Phase
from gongkai.vocabulary.glossary import values_of

PHASES: tuple[Phase, ...] = ("approved", "executed")
_ALSO: dict[Phase, str] = {"approved": "budget", "executed": "outcome"}
NAMES = ", ".join(f"{phase} ({_ALSO[phase]}, {values_of('phase')[phase]})" for phase in PHASES)
"""Every name by which a phase is known: ``approved (budget, 预算), executed (outcome, 决算)``."""


def phase_named(name: str) -> Phase | None:
    """The phase of a name; None for a name of none."""
    known = {each: phase for phase in PHASES for each in (phase, _ALSO[phase], values_of("phase")[phase])}
    return known.get(name.strip().lower())
