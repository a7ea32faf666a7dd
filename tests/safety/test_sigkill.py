"""Killed at any moment of typing and saving: what was said to be saved is in the file.

A save is acknowledged when it returns. What was under way may be in the file or not, never half.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services import drafts, households
from giamngheo_desktop.services.backups import newest_first
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.storage import audit
from tests.harness.register import TODAY, dump, empty_database, make_context, make_register
from tests.safety.typist import FIELDS, seen

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="clerks are forked")
LONGEST_PAUSE = 0.006  # about as long as one save takes


class Office:
    """The file, what clerks said of it, and the process that gives birth to clerks."""

    def __init__(self, path: Path, server: subprocess.Popen[str], seed: int) -> None:
        self.path = path
        self.server = server
        self.random = random.Random(seed)
        self.saved: dict[str, Any] = {}  # household → what the last acknowledged save left
        self.typed: dict[str, int] = {}  # draft → how many fields are acknowledged
        self.moments: set[str] = set()  # the last words of the killed
        self.groups = 0

    def line(self) -> list[str]:
        assert self.server.stdout is not None
        return self.server.stdout.readline().rstrip("\n").split(" ", 2)

    def one_clerk(self, seed: int) -> None:
        assert self.server.stdin is not None
        self.server.stdin.write(f"go {seed}\n")
        self.server.stdin.flush()
        pending: dict[str, list[str]] = {}
        wanted = self.random.choice([0, 1, 2, 3, *range(4, 60)])  # words before the plug is pulled
        pause = self.random.random() * LONGEST_PAUSE
        heard, pid, last = 0, 0, "nothing"
        while True:
            words = self.line()
            match words[0]:
                case "born":
                    pid = int(words[1])
                case "dead":
                    break
                case _:
                    heard += 1
                    last = words[0]
                    self.note(words, pending)
            if pid and heard >= wanted:
                until = time.perf_counter() + pause
                while time.perf_counter() < until:
                    pass  # a pause too short to sleep through
                os.kill(pid, signal.SIGKILL)
                wanted = sys.maxsize
        self.moments.add(last)
        self.check(pending, opened=last not in {"nothing", "opening"})

    def note(self, words: list[str], pending: dict[str, list[str]]) -> None:
        """What is under way has no answer yet; what was answered must be in the file."""
        match words:
            case ["typing" | "saving" | "discarding" as kind, *rest]:
                pending[kind] = rest
            case ["typed", key, number]:
                self.typed[key] = int(number)
                del pending["typing"]
            case ["saved", uid, values]:
                self.saved[uid] = json.loads(values)
                del pending["saving"]
            case ["discarded", key]:
                del self.typed[key]
                del pending["discarding"]

    def check(self, pending: dict[str, list[str]], *, opened: bool) -> None:
        context = make_context()
        found = open_database(self.path, context, computer="MAY", create=False)
        assert not opened or found.left_by is not None
        database = found.database
        assert database.damage() is None
        with database.reader() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
            assert audit.broken_link(connection) is None
        under_way = dict([pending["saving"]]) if "saving" in pending else {}
        present = {uid.hex for uid in dump(database)[Kind.HOUSEHOLD]}
        assert set(self.saved) <= present <= {*self.saved, *under_way}
        for uid in present:
            stored = seen(households.get(database, UUID(hex=uid), TODAY))
            allowed = [self.saved.get(uid)]
            if uid in under_way:
                allowed.append(json.loads(under_way[uid]))
            assert stored in allowed
            self.saved[uid] = stored
        self.check_drafts(pending)
        closed = close_database(found, context)
        assert closed.failure is None

    def check_drafts(self, pending: dict[str, list[str]]) -> None:
        found = drafts.find(self.path)
        assert found.problems == ()
        kept = {draft.key: draft.record for draft in found.drafts}
        typing = dict([pending["typing"]]) if "typing" in pending else {}
        discarding = pending.get("discarding", [])
        for key, number in self.typed.items():
            if key in kept:
                fields = dict(list(FIELDS.items())[: len(kept[key])])
                assert kept[key] == fields  # each field as typed
                # At most the open field is missing; a form opened anew begins anew.
                under_way = int(typing.get(key, number))
                assert len(kept[key]) in {number, under_way}
            else:
                assert [key] == discarding
        assert set(kept) <= {*self.typed, *typing}
        for key in kept:
            drafts.discard(self.path, key)
        self.typed = {}


@contextmanager
def office(folder: Path, seed: int) -> Iterator[Office]:
    path = folder / "Sổ hộ.db"
    with empty_database(path) as database:
        make_register(database)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.safety.typist", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parents[2],
    )
    with server:
        found = Office(path, server, seed)
        assert found.line() == ["ready"]
        yield found
        assert server.stdin is not None
        server.stdin.close()


def kill(folder: Path, times: int, seed: int) -> Office:
    with office(folder, seed) as found:
        for number in range(times):
            found.one_clerk(seed * 1000 + number)
    return found


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    found = kill(tmp_path, 10, seed=1)
    assert len(found.saved) > 5
    assert len(found.moments) > 2  # not always at the same step
    assert 0 < len(newest_first(found.path)) <= 14


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    found = kill(tmp_path, 200, seed=2)
    assert {"opening", "opened", "typing", "typed", "saving"} <= found.moments
    # Within microseconds of a save the draft goes: on a fast machine nobody dies in between.
    assert found.moments & {"saved", "discarding"}
    assert len(newest_first(found.path)) == 14
