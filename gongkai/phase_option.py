"""The option ``--phase`` of every command that has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gongkai.vocabulary.dimensions import Phase
from gongkai.vocabulary.phases import NAMES, PHASES, phase_named

F = TypeVar("F", bound=Callable[..., Any])


class _Phase(click.Choice[str]):
    """A phase by any of its names, kept as the lake has it."""

    def __init__(self) -> None:
        super().__init__(PHASES)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Phase:
        """Raises click.BadParameter for a name of no phase."""
        phase = phase_named(str(value))
        if phase is None:
            self.fail(f"{value!r} is no phase: give one of {NAMES}", param, ctx)
        return phase


def phase_option(command: F) -> F:
    """Give a command the option."""
    told = "预算 (or budget, approved) or 决算 (or outcome, executed)."
    return click.option("--phase", type=_Phase(), help=told)(command)
