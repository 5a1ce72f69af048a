"""Attacks on an archive, again and again for a given time: kills, dead workers, writers at once, rot, stores away.

    python benchmarks/torture.py [--minutes N] [--seed S] [--on directory,seaweedfs,ministack] [--attack NAME …]

A portal on loopback and a folder of files are crawled, added and parsed once undisturbed.  Each trial attacks another
archive of the same sources, runs the disturbed commands again, and compares everything with the undisturbed archive:
what is held for each address, every original, every row of every table, the current files, and what `verify` says.
A trial ends as survived, as a loss (something differs, or sound objects are complained of) or as a silent answer
(damage that `verify` or a query did not tell).  The last line sums up; the exit code is 1 unless all survived.

The same seed gives the same attacks in the same order; where between two system calls a kill falls is the machine's.
The module is long because the attacks are many; each is a generator of trials and the function that one trial is.
"""

# Every worker of a parsing imports this module: what workers do not need is imported where it is used.
# ruff: noqa: PLC0415, S101, S311

from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import itertools
import json
import multiprocessing
import multiprocessing.process
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

PROCESSES = multiprocessing.get_context("forkserver")
HELD, LET_GO = "held", "let-go"
MOMENTS = ("before", "amid", "after")
PRELOADED = [
    *(f"gongkai.commands.{name}" for name in ("add", "crawl", "parse", "query", "verify")),
    "gongkai.crawler.run",
    "gongkai.parsing.workers",
    "gongkai.queries.lake",
    "scrapy.core.downloader.handlers.http11",
]
"""What a command imports, once for all."""
PATIENCE_SECONDS = 600
"""A command that takes longer hangs."""

# --- a command in a process of its own --------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Death:
    """Where a process is to be killed: at the so-many-th step of this name, before, after or amid it.

    ``hold`` keeps it waiting there instead, until it is let go.
    """

    step: str
    number: int
    moment: str

    def __str__(self) -> str:
        return f"{self.moment} {self.step} {self.number}"


def kind_of(key: str) -> str:
    """What an object is, by its key."""
    for kind, beginning in KINDS.items():
        if key.startswith(beginning):
            return "page" if kind == "report" and key.endswith(".html") else kind
    return "current" if key.endswith("/data.parquet") else key


KINDS = {
    "original": "raw/sha256/",
    "capture": "captures/",
    "report": "runs/",
    "note": "runs_under_way/",
    "inventory": "inventory.json",
    "inventory copy": "raw/inventory.json",
    "version": "lake/versions/",
    "manifest": "lake/manifest.json",
    "mark": "lake/publishing.json",
    "retired": "lake/retired.json",
    "index": "indexes/",
    "lock": "locks/",
}


class Steps:
    """Counts the steps of a store by name, notes them, and kills the process where it is to die."""

    def __init__(self, death: Death | None, folder: Path) -> None:
        self.death = death
        self._folder = folder
        self.taken: collections.Counter[str] = collections.Counter()
        self._lock = threading.Lock()
        self._is_amid = False

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        with self._lock:
            self.taken[name] += 1
            death = self.death
            is_last = death is not None and death.step == name and death.number == self.taken[name]
        if is_last and death and death.moment == "before":
            die()
        if is_last and death and death.moment == "hold":
            (self._folder / HELD).touch()
            while not (self._folder / LET_GO).exists():
                time.sleep(0.02)
            is_last = False
        if is_last and death and death.moment == "amid":
            self._is_amid = True
            threading.Timer(0.003, die).start()  # where the store forces nothing to disk, in the midst of a request
        yield
        if is_last:
            die()

    def forced_to_disk(self) -> None:
        """The data of a new file are on disk, and it has no name yet."""
        if self._is_amid:
            die()

    def one_by_one(self, method: str, things: Iterable[Any], key: int) -> Iterator[Any]:
        for thing in things:
            with self.step(f"{method} {kind_of(thing[key])}"):
                yield thing


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def watch(steps: Steps) -> None:
    """Have every write of every store say its step."""
    from gongkai.archive.directory_store import DirectoryStore
    from gongkai.archive.s3_store import S3Store

    def stepping(method: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(store: Any, key: str, *given: Any) -> Any:
            with steps.step(f"{method} {kind_of(key)}"):
                return original(store, key, *given)

        return stepped

    def many(method: str, original: Callable[..., Any], key: int) -> Callable[..., Any]:
        return lambda store, things: original(store, steps.one_by_one(method, things, key))

    for store in (DirectoryStore, S3Store):
        for method in ("write", "write_once", "replace", "delete"):
            setattr(store, method, stepping(method, getattr(store, method)))
        for method, key in (("write_all_once", 0), ("copy_all", 1)):
            setattr(store, method, many(method, getattr(store, method), key))
    force = os.fsync

    def forced(descriptor: int) -> None:
        force(descriptor)
        steps.forced_to_disk()

    os.fsync = forced


def victim(folder: Path, arguments: Sequence[str], settings: Mapping[str, str], death: Death | None, most: int) -> None:
    """Run a command of gongkai; leave what it said, and the steps it took, in the folder."""
    for number, name in ((1, "out"), (2, "err")):
        with (folder / name).open("wb") as file:
            os.dup2(file.fileno(), number)
    os.setpgid(0, 0)
    os.environ.update(settings)
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    steps = Steps(death, folder)
    watch(steps)
    from gongkai.__main__ import main

    try:
        main(arguments)
    finally:
        with contextlib.suppress(OSError):
            (folder / "steps").write_text(json.dumps(steps.taken))


class Command:
    """A command under way."""

    def __init__(
        self,
        world: World,
        root: Root,
        *arguments: str,
        death: Death | None = None,
        most: int = 0,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.arguments = arguments
        self._folder = Path(tempfile.mkdtemp(dir=world.folder / "commands"))
        environment = {"GONGKAI_S3_TIMEOUT": "60", **root.environment, **(settings or {})}
        given = (self._folder, ["--root", root.url, *arguments], environment, death, most)
        self.process = PROCESSES.Process(target=victim, args=given)
        self.process.start()

    def signal(self, number: int, *, group: bool = False) -> None:
        assert self.process.pid is not None
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.process.pid, number)

    def children(self) -> list[int]:
        """The worker processes it has just now."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                after_name = status.read_text().rpartition(")")[2].split()
                command = status.with_name("cmdline").read_bytes()
                if int(after_name[1]) == self.process.pid and b"spawn_main" in command:
                    found.append(int(status.parent.name))
        return found

    def wait_until_held(self) -> None:
        """Wait until it stands at its step; or is over, where another came before it this time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (self._folder / HELD).exists() and not self.is_over() and time.monotonic() < deadline:
            time.sleep(0.02)

    def let_go(self) -> None:
        (self._folder / LET_GO).touch()

    def is_over(self) -> bool:
        return self.process.exitcode is not None

    def code(self) -> int:
        """Wait for its end; its exit code, negative for the signal that killed it."""
        self.process.join(PATIENCE_SECONDS)
        if self.process.exitcode is None:
            self.signal(signal.SIGKILL, group=True)
            raise LossError(f"{' '.join(self.arguments)} hung: {self.errors[-300:]}")
        return self.process.exitcode

    @property
    def errors(self) -> str:
        return (self._folder / "err").read_text(errors="replace")

    @property
    def output(self) -> str:
        return (self._folder / "out").read_text(errors="replace")

    @property
    def steps(self) -> dict[str, int]:
        return dict(json.loads((self._folder / "steps").read_text()))


class LossError(Exception):
    """Raised when a trial lost something, or a sound archive was complained of."""


class SilentError(Exception):
    """Raised when damage was not told."""


# --- archives and what they hold --------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Root:
    """An archive root, and the settings under which a command reaches it; ``server`` is None for a directory."""

    kind: str
    url: str
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)
    server: Any = None

    def archive(self) -> Any:
        from gongkai.archive import Archive

        os.environ.update(self.environment)
        return Archive.open(self.url)


class World:
    """The sources, the servers, and the undisturbed archive."""

    def __init__(self, folder: Path, site: Any, servers: Mapping[str, Any], chance: random.Random) -> None:
        from tests.crawler.crawling import write_portal

        self.folder, self.servers, self.chance = folder, servers, chance
        (folder / "commands").mkdir()
        self.files = sources(folder, site)
        self.portal = write_portal(folder, site)
        self._made = itertools.count()
        self._counts: dict[tuple[str, str], dict[str, int]] = {}
        self.captured = self._undisturbed(("crawl", str(self.portal)), ("add", *self.files))
        self.whole = self._undisturbed(("parse",), of=self.captured)
        self.facts = facts(self.whole)
        self.answers = {sql: self.answer(self.whole, sql) for sql in QUERIES}
        for sql, (code, said) in self.answers.items():
            assert code == 0, f"{sql}: {said}"

    def _undisturbed(self, *commands: Sequence[str], of: Root | None = None) -> Root:
        root = self.fresh("directory", of)
        for arguments in commands:
            command = Command(self, root, *arguments)
            assert command.code() in {0, 1}, command.errors
        return root

    def fresh(self, kind: str, of: Root | None = None) -> Root:
        """A new root, empty or holding what another one holds."""
        if kind == "directory":
            root = Root(kind, str(self.folder / f"root-{next(self._made)}"))
            if of and of.kind == "directory":
                shutil.copytree(of.url, root.url, ignore=shutil.ignore_patterns(".incoming"))
        else:
            server = self.servers[kind].server
            root = Root(kind, f"s3://{server.bucket}/{uuid.uuid4().hex}", server.environment(), self.servers[kind])
            if of:
                target, source = root.archive().store, of.archive().store
                for info in list(source.list("")):
                    target.write(info.key, source.read(info.key))
        return root

    def drop(self, root: Root) -> None:
        if root.kind == "directory":
            shutil.rmtree(root.url, ignore_errors=True)

    def run(self, root: Root, *arguments: str, allowed: Iterable[int] = (0,), **more: Any) -> Command:
        """Run a command to its end.  Raises LossError for an exit code that is not allowed."""
        command = Command(self, root, *arguments, **more)
        if (code := command.code()) not in set(allowed):
            raise LossError(f"{arguments[0]} ended with {code}: {command.errors[-400:]}")
        return command

    def answer(self, root: Root, sql: str) -> tuple[int, str]:
        command = Command(self, root, "query", "--format", "csv", sql)
        code = command.code()
        return code, command.output if code == 0 else command.errors

    def commands(self) -> dict[str, tuple[str, ...]]:
        return {
            "crawl": ("crawl", str(self.portal)),
            "add": ("add", *self.files),
            "parse": ("parse", "--workers", "2"),
            "parse all": ("parse", "--all", "--workers", "2"),
        }

    def before(self, command: str, kind: str) -> Root:
        """An archive in the state in which a command has the most to do."""
        states = {"crawl": None, "add": None, "parse": self.captured, "parse all": self.whole}
        return self.fresh(kind, states[command])

    def counted(self, kind: str, command: str) -> dict[str, int]:
        """How often a command takes each step by name."""
        if (kind, command) not in self._counts:
            root = self.before(command, kind)
            self._counts[kind, command] = self.run(root, *self.commands()[command], allowed=(0, 1)).steps
            self.drop(root)
        return self._counts[kind, command]

    def complete(self, root: Root) -> None:
        """Do everything that the undisturbed archive saw done, until nothing is left to try again."""
        self.run(root, "crawl", str(self.portal))
        self.run(root, "add", *self.files)
        for _ in range(4):
            if "may pass" not in self.run(root, "parse", "--workers", "1", allowed=(0, 1)).errors:
                return

    def compare(self, root: Root) -> None:
        """Raises LossError unless the archive holds what the undisturbed one holds, and verifies."""
        found = facts(root)
        for name, expected in self.facts.items():
            if found[name] != expected:
                missing = list((expected - found[name]).items())[:3]
                more = list((found[name] - expected).items())[:3]
                raise LossError(f"{name} differs: missing {str(missing)[:300]}, more {str(more)[:300]}")
        self.verify(root)

    def verify(self, root: Root) -> None:
        self.run(root, "verify")


COLUMNS_OF_TIME = ("first_captured_at",)

QUERIES = (
    "SELECT * EXCLUDE (first_captured_at) FROM documents ORDER BY ALL",
    "SELECT * FROM line_items ORDER BY ALL",
    "SELECT * FROM cells ORDER BY ALL",
)


def facts(root: Root) -> dict[str, collections.Counter[Any]]:
    """Everything that the sources alone decide, each as often as it is there."""
    from gongkai.lake.manifest import read_manifest
    from gongkai.lake.publication import read_table
    from gongkai.lake.schema import TABLES

    archive = root.archive()
    manifest = read_manifest(archive.store)
    found: dict[str, collections.Counter[Any]] = {
        "originals": collections.Counter(archive.originals()),
        "held": collections.Counter(
            (portal, url, capture.payload_sha256)
            for portal in ("test", "local")
            for url, capture in archive.latest_by_url(portal).items()
        ),
        "current files": collections.Counter(
            info.key
            for info in archive.store.list("lake/")
            if not info.key.startswith("lake/versions/") and not info.key.endswith("retired.json")
        ),
        "passed over": collections.Counter(manifest.passed_over if manifest else ()),
        "unsettled": collections.Counter(dict(manifest.unsettled) if manifest else {}),
    }
    for name in TABLES:
        rows = read_table(archive.store, name, manifest)
        rows = rows.drop_columns([column for column in COLUMNS_OF_TIME if column in rows.column_names])
        found[name] = collections.Counter(repr(row) for row in rows.to_pylist())
    return found


def sources(folder: Path, site: Any) -> list[str]:
    """A column of documents on the site, and a folder of files; the files' paths."""
    from tests.crawler.site import COLUMN, PDF, Reply, article, listing, pdf, row
    from tests.places import DEMO_SITE

    workbook = (DEMO_SITE / "202502" / "W020250210391746205001.xlsx").read_bytes()
    page = next(path for path in sorted(DEMO_SITE.glob("*/*.html")) if path.stat().st_size > 20_000).read_bytes()
    site.pages[f"{COLUMN}index.html"] = listing(row(f"{n}.html", f"{n}局2026年部门预算") for n in range(5))
    for n in range(5):
        site.pages[f"{COLUMN}{n}.html"] = article(f"{n}局2026年部门预算", [(f"{n}.pdf", "预算.pdf")])
        site.pages[f"{COLUMN}{n}.pdf"] = pdf(str(n), 5_000)
    site.pages[f"{COLUMN}0.pdf"] = Reply(workbook, media_type=PDF)
    local = folder / "files"
    local.mkdir()
    for n in range(3):
        (local / f"{n}局2025年部门预算.html").write_bytes(page.replace(b"</body>", f"<p>{n}</p></body>".encode()))
    (local / "空.xls").write_bytes(bytes(range(256)) * 40)
    return [str(path) for path in sorted(local.iterdir())]


# --- the attacks ------------------------------------------------------------------------------------------------------

Trial = Callable[[], None]


def kill_at_steps(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """The process killed before, amid and after every step of every command by name."""
    deaths: list[tuple[str, Death]] = []
    for command in world.commands():
        for step, count in sorted(world.counted(kind, command).items()):
            numbers = [world.chance.randint(1, count) for _ in MOMENTS]
            deaths += [(command, Death(step, n, moment)) for n, moment in zip(numbers, MOMENTS, strict=True)]
    world.chance.shuffle(deaths)
    for command, death in deaths:
        yield f"{command}: {death}", lambda c=command, d=death: killed(world, kind, c, d)  # type: ignore[misc]


def killed(world: World, kind: str, command: str, death: Death) -> None:
    root = world.before(command, kind)
    Command(world, root, *world.commands()[command], death=death).code()
    if command != "parse all":
        sound_though_unfinished(world, root)
    world.complete(root)
    world.compare(root)
    world.drop(root)


def sound_though_unfinished(world: World, root: Root) -> None:
    """`verify` after a kill names nothing but what the next run completes."""
    command = Command(world, root, "verify", "--format", "json")
    if (code := command.code()) == 0:
        return
    problems = {row["problem"] for row in json.loads(command.output or "[]")} if code == 1 else set()
    if code == 4 and "there is no archive" in command.errors:
        return
    if problems != {"unfinished"}:
        raise LossError(f"verify after a kill ended with {code}: {command.output[:300]}{command.errors[-200:]}")


def kill_at_random(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """The process and all its workers killed, or stopped by SIGTERM or SIGINT, after a random time; twice at times."""
    for command in itertools.cycle(world.commands()):
        number = world.chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        times = world.chance.choice([1, 1, 3])
        text = f"{command}: {number.name} {times}×"
        yield text, lambda c=command, n=number, t=times: stopped(world, kind, c, n, t)  # type: ignore[misc]


def stopped(world: World, kind: str, name: str, number: signal.Signals, times: int) -> None:
    root = world.before(name, kind)
    for _ in range(times):
        command = Command(world, root, *world.commands()[name])
        time.sleep(world.chance.random() * 4)
        command.signal(number, group=number == signal.SIGKILL)
        code = command.code()
        if number != signal.SIGKILL and code not in {0, 1, 130, -number}:
            raise LossError(f"{name} stopped by {number.name} ended with {code}: {command.errors[-300:]}")
    if name != "parse all":
        sound_though_unfinished(world, root)
    world.complete(root)
    world.compare(root)
    world.drop(root)


def kill_workers(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """Workers of a parsing killed, one or more, at random times."""
    while True:
        yield "parse", lambda: workers_killed(world, kind)


def workers_killed(world: World, kind: str) -> None:
    root = world.before("parse", kind)
    command = Command(world, root, *world.commands()["parse"])
    deadline = time.monotonic() + PATIENCE_SECONDS
    for _ in range(world.chance.randint(1, 3)):
        time.sleep(world.chance.random())
        while not (workers := command.children()) and not command.is_over() and time.monotonic() < deadline:
            time.sleep(0.05)
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(world.chance.choice(workers), signal.SIGKILL)
    if (code := command.code()) not in {0, 1}:
        raise LossError(f"a parsing whose workers died ended with {code}: {command.errors[-300:]}")
    world.complete(root)
    world.compare(root)
    world.drop(root)


def write_at_once(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """Two or three commands started together on one archive."""
    names = ("crawl", "add", "parse", "parse all", "verify", "query")
    every = [*itertools.combinations_with_replacement(names, 2), *itertools.combinations_with_replacement(names, 3)]
    world.chance.shuffle(every)
    for together in itertools.cycle(every):
        if {"crawl", "add", "parse", "parse all"}.intersection(together):
            yield " + ".join(together), lambda t=together: at_once(world, kind, t)  # type: ignore[misc]


def at_once(world: World, kind: str, names: Sequence[str]) -> None:
    arguments = {**world.commands(), "verify": ("verify",), "query": ("query", "--format", "csv", QUERIES[1])}
    state = world.whole if {"query", "parse all"}.intersection(names) else world.captured
    root = world.fresh(kind, state)
    commands = []
    for name in names:
        commands.append(Command(world, root, *arguments[name]))
        time.sleep(world.chance.choice([0, 0, 0.3, 1]))
    for name, command in zip(names, commands, strict=True):
        code = command.code()
        allowed = {0, 1} if name.startswith("parse") else {0}
        if name == "crawl" and names.count(name) > 1:
            allowed |= {2, 4}  # one of them is told that the portal is being crawled
        if code not in allowed:
            raise LossError(f"{name} ended with {code}: {command.output[-300:]} {command.errors[-300:]}")
        if name == "query" and (code, command.output) != world.answers[QUERIES[1]]:
            raise SilentError("a reader saw other rows than those of one whole run")
    world.complete(root)
    world.compare(root)
    world.drop(root)


def rot(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """A byte flipped, bytes cut off, an object gone, a folder gone; then `verify`, queries, and the lake rebuilt."""
    keys: dict[str, list[str]] = {}
    for info in world.whole.archive().store.list(""):
        keys.setdefault(kind_of(info.key), []).append(info.key)
    for what in ("retired", "index"):  # both may go at any time
        keys.pop(what, None)
    folders = ("captures/", "runs/", "raw/", "raw/sha256/", "lake/", "lake/versions/", "lake/line_items/")
    while True:
        for what, named in sorted(keys.items()):
            for how in ("flip", "truncate", "delete"):
                key = world.chance.choice(named)
                yield f"{how} {what}", lambda k=key, h=how: rotten(world, kind, k, h)  # type: ignore[misc]
        for folder in folders:
            yield f"delete {folder}", lambda f=folder: rotten(world, kind, f, "folder")  # type: ignore[misc]


def rotten(world: World, kind: str, key: str, how: str) -> None:
    root = world.fresh(kind, world.whole)
    store = root.archive().store
    if world.chance.random() < 0.5:  # what is remembered as intact must not outlast it
        time.sleep(2.1)
        world.answer(root, QUERIES[0])
    damage(world, root, store, key, how)
    verified = Command(world, root, "verify")
    if (code := verified.code()) not in {1, 4}:
        raise SilentError(f"verify ended with {code} although {key} was damaged ({how}): {verified.errors[-200:]}")
    for sql in QUERIES:
        code, said = world.answer(root, sql)
        if code == 0 and said != world.answers[sql][1]:
            raise SilentError(f"a query answered otherwise although {key} was damaged ({how})")
        if code not in {0, 1, 4}:
            raise LossError(f"a query ended with {code} after {key} was damaged ({how}): {said[-300:]}")
    if key.startswith("lake/"):
        world.run(root, "parse", "--all", allowed=(0, 1))
        world.compare(root)
    world.drop(root)


def damage(world: World, root: Root, store: Any, key: str, how: str) -> None:
    """In place on a directory, as a failing disk does it."""
    if how == "folder":
        for info in list(store.list(key)):
            store.delete(info.key)
        return
    if how == "delete":
        store.delete(key)
        return
    data = bytearray(store.read(key))
    if how == "flip":
        data[world.chance.randrange(len(data))] ^= 1 << world.chance.randrange(8)
    else:
        del data[world.chance.randrange(len(data)) :]
    if root.kind == "directory":
        path = Path(store.locate(key))
        path.chmod(0o644)
        # The current file and its version are two names of one file, and rot together.
        path.write_bytes(bytes(data))
    else:
        store.write(key, bytes(data))


def kill_store(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """The S3 server killed in the midst of a command, and started again soon, or after the command gave up."""
    if kind == "directory":
        return
    for command in itertools.cycle(world.commands()):
        counted = world.counted(kind, command)
        step = world.chance.choice(sorted(counted))
        held = Death(step, world.chance.randint(1, counted[step]), "hold")
        pause = world.chance.choice([0.0, 1.0, 3.0, None])
        away = "until it gave up" if pause is None else f"{pause} s"
        text = f"{command}: away before {step} {held.number} {away}"
        yield text, lambda c=command, h=held, p=pause: store_killed(world, kind, c, h, p)  # type: ignore[misc]


def store_killed(world: World, kind: str, name: str, held: Death, pause: float | None) -> None:
    root = world.before(name, kind)
    patience = {"GONGKAI_S3_ATTEMPTS": "2"} if pause is None else {}
    command = Command(world, root, *world.commands()[name], settings=patience, death=held)
    command.wait_until_held()
    root.server.kill()
    command.let_go()
    try:
        if pause is None:
            code = command.code()
        else:
            time.sleep(pause)
    finally:
        root.server.start()
    code = command.code()
    if code not in {0, 1, 3, 4}:
        raise LossError(f"{name} ended with {code} when its store was away: {command.errors[-300:]}")
    if name != "parse all":
        sound_though_unfinished(world, root)
    world.complete(root)
    world.compare(root)


def fail_store(world: World, kind: str) -> Iterator[tuple[str, Trial]]:
    """Requests to the S3 server met by 500, 503, resets, lost and cut answers; or a directory's disk full."""
    for command in itertools.cycle(world.commands()):
        if kind == "directory":
            most = world.chance.choice([1_000, 4_000, 20_000])
            text = f"{command}: files end at {most} bytes"
            yield text, lambda c=command, m=most: disk_full(world, kind, c, m)  # type: ignore[misc]
        else:
            fault = world.chance.choice(["500", "503", "reset", "lost", "cut", "html"])
            times = world.chance.choice([1, 5, 40])
            yield (
                f"{command}: {fault} {times}×",
                (
                    lambda c=command, f=fault, t=times: store_failed(world, kind, c, f, t)  # type: ignore[misc]
                ),
            )


def disk_full(world: World, kind: str, name: str, most: int) -> None:
    root = world.before(name, kind)
    command = Command(world, root, *world.commands()[name], most=most)
    if (code := command.code()) == 5:
        raise LossError(f"{name} ended with {code} on a full disk: {command.errors[-300:]}")
    if name != "parse all":
        sound_though_unfinished(world, root)
    world.complete(root)
    world.compare(root)
    world.drop(root)


def store_failed(world: World, kind: str, name: str, fault: str, times: int) -> None:
    from tests.archive.conftest import FaultProxy

    root = world.before(name, kind)
    proxy = FaultProxy(root.server.server.endpoint)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings = {"GONGKAI_S3_ENDPOINT": f"http://{proxy.endpoint}", "GONGKAI_S3_ATTEMPTS": "3"}
    try:
        command = Command(world, root, *world.commands()[name], settings=settings)
        time.sleep(world.chance.random() * 3)
        proxy.fail(fault, times)
        code = command.code()
    finally:
        proxy.released.set()
        proxy.shutdown()
        proxy.server_close()
        thread.join()
    if code not in {0, 1, 3, 4}:
        raise LossError(f"{name} ended with {code} when its store failed: {command.errors[-300:]}")
    world.complete(root)
    world.compare(root)


ATTACKS: dict[str, Callable[[World, str], Iterator[tuple[str, Trial]]]] = {
    "kill at steps": kill_at_steps,
    "kill at random": kill_at_random,
    "kill workers": kill_workers,
    "write at once": write_at_once,
    "rot": rot,
    "kill store": kill_store,
    "fail store": fail_store,
}

OFTEN = ("kill at steps", *ATTACKS, "kill at steps")
"""A turn of all: the steps are many."""

# --- the run ----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Tally:
    """Ends of trials, by attack and kind of root."""

    survived: collections.Counter[tuple[str, str]] = dataclasses.field(default_factory=collections.Counter)
    losses: list[str] = dataclasses.field(default_factory=list)
    silent: list[str] = dataclasses.field(default_factory=list)

    @property
    def trials(self) -> int:
        return self.survived.total() + len(self.losses) + len(self.silent)


def forever(trials: Callable[[], Iterator[tuple[str, Trial]]]) -> Iterator[tuple[str, Trial]]:
    """Trial after trial, and from the first again; ends where there is none."""
    while True:
        count = 0
        for count, trial in enumerate(trials(), 1):  # noqa: B007
            yield trial
        if not count:
            return


def run(world: World, attacks: Sequence[str], kinds: Sequence[str], seconds: float, most: int) -> Tally:
    """Trial after trial, the attacks and kinds of roots in turn, until the time is up."""
    deadline, tally = time.monotonic() + seconds, Tally()
    turns = [
        (name, kind, forever(lambda n=name, k=kind: ATTACKS[n](world, k)))  # type: ignore[misc]
        for name in attacks
        for kind in kinds
    ]
    for name, kind, trials in itertools.cycle(turns):
        if time.monotonic() >= deadline or tally.trials >= most:
            return tally
        text, trial = next(trials, ("", None))
        if trial is None:
            continue
        label = f"{name} · {kind} · {text}"
        began = time.monotonic()
        try:
            trial()
        except SilentError as error:
            tally.silent.append(f"{label}: {error}")
            verdict = f"SILENT {error}"
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the trial did not survive
            tally.losses.append(f"{label}: {type(error).__name__}: {error}")
            verdict = f"LOST {type(error).__name__}: {error}"
        else:
            tally.survived[name, kind] += 1
            verdict = "survived"
        print(f"{tally.trials:5} {time.monotonic() - began:6.1f} s  {label}: {verdict}", flush=True)
    return tally


def show(tally: Tally, minutes: float) -> None:
    print()
    for (name, kind), count in sorted(tally.survived.items()):
        print(f"{name:16} {kind:10} {count:5} survived")
    for title, told in (("LOST", tally.losses), ("SILENT", tally.silent)):
        for each in told:
            print(f"{title} {each}")
    print(
        f"{minutes:.1f} minutes: {tally.trials} trials, {tally.survived.total()} survived,"
        f" {len(tally.losses)} losses, {len(tally.silent)} silent answers"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Attack an archive for a given time.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--trials", type=int, default=10**9, help="end after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", default="directory,seaweedfs,ministack", help="kinds of roots, separated by commas")
    parser.add_argument("--attack", action="append", choices=ATTACKS, help="this one alone; repeatable")
    options = parser.parse_args()
    from tests.crawler.site import running_site
    from tests.s3_servers import RUNNING

    os.environ["PYTHONPATH"] = str(ROOT)  # commands too run the gongkai beside this file, whichever is installed
    PROCESSES.set_forkserver_preload(PRELOADED)
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="torture-")))
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        kinds = [name for name in options.on.split(",") if name != "directory"]
        servers = {name: stack.enter_context(RUNNING[name]()) for name in kinds}
        world = World(folder, stack.enter_context(running_site()), servers, random.Random(options.seed))
        tally = run(world, options.attack or OFTEN, options.on.split(","), options.minutes * 60, options.trials)
    show(tally, (time.monotonic() - began) / 60)
    return 1 if tally.losses or tally.silent or not tally.trials else 0


if __name__ == "__main__":
    sys.exit(main())
