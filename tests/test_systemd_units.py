"""The systemd units: what they start exists, what they name is there, and each failure is told."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from gongkai.application import application

UNITS = sorted((Path(__file__).resolve().parents[1] / "contrib" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service" and "@" not in unit.name]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_a_command_that_is_understood_and_tells_of_failures(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    [line] = re.findall(r"^ExecStart=/opt/gongkai/.venv/bin/gongkai (.+)$", text, re.MULTILINE)
    name, *words = line.split()
    command = application.get_command(click.Context(application), name)
    assert command is not None
    command.make_context(name, words)
    assert "\nOnFailure=gongkai-failed@%n.service\n" in text
    assert (unit.with_suffix(".timer") in UNITS) != ("\n[Install]\n" in text), "started by its timer, or at boot"


def test_the_one_process_stands_for_all_timers_and_stops_its_children_itself() -> None:
    text = next(unit for unit in SERVICES if unit.name == "gongkai-run.service").read_text(encoding="utf-8")
    [conflicts] = re.findall(r"^Conflicts=(.+)$", text, re.MULTILINE)
    assert set(conflicts.split()) == {unit.name for unit in UNITS if unit.suffix == ".timer"}
    for line in ("KillMode=mixed", "Restart=on-failure", "SuccessExitStatus=130"):
        assert f"\n{line}\n" in text


def test_every_timer_has_its_service() -> None:
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert len(timers) == 4
    assert [timer for timer in timers if timer.with_suffix(".service") not in UNITS] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/gongkai/.venv/bin/gongkai", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    names = [str(tmp_path / unit.name.replace("@.", "@gongkai-crawl.service.")) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False, timeout=60
    )
    if "Failed to initialize manager" in done.stderr:
        pytest.skip("systemd cannot be asked here")
    told = [line for line in done.stderr.splitlines() if "gongkai" in line and "man " not in line]
    assert told == []
