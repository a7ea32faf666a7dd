"""The command line, started as a user starts it, and what it wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).parents[2]
START = "from giamngheo_desktop.cli.main import entry; raise SystemExit(entry())"
PROCESSES = 2
Cells = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def _environment() -> dict[str, str]:
    return dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")


def run(*arguments: object) -> Ran:
    """One command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", START, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=_environment(),
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def run_each(*commands: Sequence[object]) -> list[Ran]:
    """Every command in a process of its own, two at a time."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(lambda command: run(*command), commands))


class Workers:
    """Processes that run one command after another: starting Python takes most of a command."""

    def __init__(self) -> None:
        self._all: list[subprocess.Popen[str]] = []
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def start(self) -> None:
        for _ in range(PROCESSES):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.independent.many"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="ascii",
                cwd=ROOT,
                env=_environment(),
            )
            self._all.append(process)
            self._idle.put(process)

    def stop(self) -> None:
        for process in self._all:
            process.communicate()
        self._all.clear()
        self._idle = SimpleQueue()

    def ask(self, arguments: Sequence[object]) -> Ran:
        process = self._idle.get()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps([str(argument) for argument in arguments]) + "\n")
            process.stdin.flush()
            return Ran(*json.loads(process.stdout.readline()))
        finally:
            self._idle.put(process)


WORKERS = Workers()


def run_many(commands: Sequence[Sequence[object]]) -> list[Ran]:
    """Many commands, two at a time, in processes that are already there."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(WORKERS.ask, commands))


@dataclass(frozen=True)
class Request:
    """One report to be made: of which file, which, of which year, and further options."""

    database: Path
    code: str
    year: int
    options: tuple[str, ...] = ()
    form: str = field(default="json", kw_only=True)

    def command(self, target: Path) -> list[object]:
        return [
            *("report", self.code, "--db", self.database, "--year", self.year),
            *(*self.options, "--format", self.form, "-o", target),
        ]


def write_reports(folder: Path, requests: Sequence[Request]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / f"{number:03}.{wish.form}" for number, wish in enumerate(requests)]
    made = run_many([wish.command(target) for wish, target in zip(requests, targets, strict=True)])
    for wish, ran in zip(requests, made, strict=True):
        assert (ran.code, ran.err) == (0, ""), (wish, ran)
    return targets


def read_json(path: Path) -> dict[str, Any]:
    """Numbers with a point become exact decimals: no float hides how one was rounded."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return found


def write_json(folder: Path, requests: Sequence[Request]) -> list[dict[str, Any]]:
    return [read_json(path) for path in write_reports(folder, requests)]


def cells(document: dict[str, Any]) -> Cells:
    """(label of the row, key of the column) → value, in the order of the paper."""
    found = {}
    for row in document["rows"]:
        for key, value in row["values"].items():
            assert (row["label"], key) not in found
            found[row["label"], key] = value
    return found


def differing(before: Cells, after: Cells) -> set[tuple[str, str]]:
    assert list(before) == list(after)
    return {place for place in before if before[place] != after[place]}
