"""Measures what pages of the viewer cost: each kind is asked of a server started for it, again, and of one in use.

    python benchmarks/viewer.py ROOT [--rounds N] [--only PART …] [--people N]

The kinds are found by following links from the start page: a screen with the names of its parameters, without those of
data to take away.  Of each kind the first address found is asked; seconds on the wall are the least of the rounds, the
processor's those of the server for the first answer.  A server in use has answered the kinds behind this one in the
alphabet.  ``--people`` lets so many ask all kinds at once of one server,
and tells its slowest answers, and its memory at the end.  Linux only.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import html
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from pathlib import Path

import urllib3

_LINK = re.compile(r'(?:href|src)="(/[^"#]*)"')
_DATA = (".csv", ".xlsx", ".parquet", ".sql", ".css", ".js")
_SETTLED = 2.0
"""Seconds in which a new server has a connection ready."""
_FARTHEST = 4
"""Links from the start page."""
_TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A viewer of an archive, on a free port."""

    def __init__(self, root: str) -> None:
        command = [sys.executable, "-m", "gongkai", "--root", root, "serve", "--port", "0"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        line = ""
        while "http://" not in line:
            line = self._process.stdout.readline() if self._process.stdout else ""
            if not line:
                raise SystemExit(f"the viewer of {root!r} did not start")
        (self._url,) = re.findall(r"http://[^/\s]+", line)
        time.sleep(_SETTLED)

    def get(self, address: str) -> tuple[int, bytes, float]:
        """Status, body, and seconds on the wall."""
        begun = time.perf_counter()
        answer = urllib3.request("GET", self._url + address, timeout=600, retries=False)
        return answer.status, answer.data, time.perf_counter() - begun

    def home(self) -> str:
        """The address of the start page, with its publication."""
        answer = urllib3.request("GET", self._url + "/en", redirect=True)
        return urllib.parse.urlsplit(str(answer.geturl())).path

    @property
    def worked(self) -> float:
        """Seconds of the processor so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def megabytes(self) -> tuple[float, float]:
        """How much memory it holds now, and how much it held at most."""
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines())
        return int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


@contextlib.contextmanager
def serving(root: str) -> Iterator[Server]:
    """A new server for as long as it is needed."""
    server = Server(root)
    try:
        yield server
    finally:
        server.close()


def kind_of(address: str) -> str | None:
    """Screen and parameters of a page, or what kind of picture it is; None for data and what is no page."""
    parts = urllib.parse.urlsplit(address)
    if parts.path.endswith(_DATA) or parts.path.startswith(("/zh", "/static", "/original")):
        return None
    if parts.path.startswith("/picture"):
        return f"picture ({parts.path.rpartition('.')[2]})"
    screen = parts.path.rpartition("/")[2]
    names = sorted({name for name, value in urllib.parse.parse_qsl(parts.query) if value})
    return f"{screen} by {', '.join(names)}" if names else screen


def kinds(server: Server) -> dict[str, str]:
    """An address of each kind of page."""
    found: dict[str, str] = {}
    waiting = [server.home()]
    for _ in range(_FARTHEST):
        pages, waiting = waiting, []
        for address in pages:
            kind = kind_of(address)
            if kind is None or kind in found:
                continue
            found[kind] = address
            if not kind.startswith("picture"):
                body = server.get(address)[1].decode("utf-8", "replace")
                waiting += map(html.unescape, _LINK.findall(body))
    searched = server.home().rpartition("/")[0] + "/search?words=" + urllib.parse.quote("会议费")
    return {**found, "search by words": searched}


def measure(root: str, rounds: int, only: Sequence[str]) -> dict[str, str]:
    """Print what each kind costs; returns the addresses."""
    with serving(root) as server:
        addresses = kinds(server)
    wanted = {kind: each for kind, each in addresses.items() if not only or any(part in kind for part in only)}
    with serving(root) as server:
        in_use = {kind: server.get(wanted[kind])[2] for kind in sorted(wanted, reverse=True)}
    print("| page | first, s | of the processor | again, s | in use, s | kB |\n|---|---|---|---|---|---|")
    for kind, address in sorted(wanted.items()):
        first, worked, again = list[float](), list[float](), list[float]()
        for _ in range(rounds):
            with serving(root) as server:
                before = server.worked
                status, body, seconds = server.get(address)
                first.append(seconds)
                worked.append(server.worked - before)
                again.append(server.get(address)[2])
        told = "" if status == 200 else f" (answer {status})"
        cells = (min(first), min(worked), min(again), in_use[kind])
        print(f"| {kind}{told} | {' | '.join(f'{each:.2f}' for each in cells)} | {len(body) / 1000:,.0f} |")
        sys.stdout.flush()
    return wanted


def crowd(root: str, people: int, addresses: Sequence[str]) -> None:
    """So many people ask for everything at once, each beginning elsewhere."""
    with serving(root) as server:

        def walk(number: int) -> list[tuple[int, float]]:
            at = number * len(addresses) // people
            return [
                (status, seconds)
                for each in (*addresses[at:], *addresses[:at])
                for status, _, seconds in [server.get(each)]
            ]

        with concurrent.futures.ThreadPoolExecutor(people) as threads:
            answers = [answer for walked in threads.map(walk, range(people)) for answer in walked]
        seconds = sorted(each for _, each in answers)
        refused = sum(status != 200 for status, _ in answers)
        now, most = server.megabytes
        print(
            f"\n{people} people at once, {len(answers)} answers, {refused} of them refused: "
            f"median {statistics.median(seconds):.2f} s, slowest {seconds[-1]:.2f} s; "
            f"{now:.0f} MB at the end, {most:.0f} at most"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[], help="kinds whose name holds this")
    parser.add_argument("--people", type=int, default=0)
    given = parser.parse_args()
    addresses = measure(given.root, given.rounds, given.only)
    if given.people:
        crowd(given.root, given.people, sorted(addresses.values()))


if __name__ == "__main__":
    main()
