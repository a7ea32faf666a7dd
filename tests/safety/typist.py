"""A clerk who types and saves households from a script until somebody pulls the plug.

Reads `go SEED` lines; each one is a new clerk in a process of its own, who opens the file, says
before each step what will be written and after it that it is written, and never stops. The
process that reads the lines tells when the clerk is dead.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

# What loads late is loaded before the first clerk is born.
import alembic.command
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401

from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas, drafts, households, register
from giamngheo_desktop.services.opening import Opened, open_database
from giamngheo_desktop.services.register import HouseholdFilter
from tests.harness.register import STANDARD, TODAY, make_context

FIELDS: dict[str, Any] = {
    "full_name": "Đinh Thị Ẩn",
    "birth": PartialDate(1987, 3),
    "phone": drafts.Raw("09123"),
    "surveyed_on": date(2026, 5, 31),
    "causes": ("no_land", "illness"),
    "note": "x" * 3000,
}


def say(*words: object) -> None:
    """One write, so that a line arrives whole or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Clerk:
    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.random = random.Random(seed)
        self.context = make_context(seed=seed)
        say("opening")
        self.opened: Opened = open_database(path, self.context, computer="MAY", create=False)
        say("opened")
        database = self.opened.database
        self.village = areas.tree(database, TODAY).villages()[0].uid
        rows = register.households(database, HouseholdFilter(day=TODAY, standard=STANDARD))
        self.known = [row.uid for row in rows]

    def work(self) -> None:
        for number in count():
            if self.known and self.random.random() < 0.4:
                self.edit(self.random.choice(self.known), number)
            else:
                self.enter(number)

    def enter(self, number: int) -> None:
        draft = households.new_household(self.context, self.village)
        self.type_into(f"household-{draft.uid.hex}")
        members = tuple(
            households.new_member(self.context, full_name=f"Người {number}", is_head=not place)
            for place in range(1 + number % 4)
        )
        self.save(replace(draft, note=f"mới {number}", members=members))
        self.known.append(draft.uid)

    def edit(self, uid: UUID, number: int) -> None:
        stored = households.get(self.opened.database, uid, TODAY)
        head = replace(stored.members[0], phone=f"09{number:08d}")
        self.type_into(f"household-{uid.hex}")
        draft = replace(stored, note=f"sửa {number}", members=(head, *stored.members[1:]))
        self.save(draft, base=stored)

    def type_into(self, key: str) -> None:
        """Field by field, each one on the disk before the next."""
        typed: dict[str, Any] = {}
        for number, (field, value) in enumerate(FIELDS.items(), start=1):
            typed[field] = value
            say("typing", key, number)
            drafts.save(self.path, self.context, key=key, record=typed, base_hash=None, title="Hộ")
            say("typed", key, number)

    def save(self, draft: Household, base: Household | None = None) -> None:
        key = f"household-{draft.uid.hex}"
        say("saving", draft.uid.hex, json.dumps(seen(draft)))
        saved = households.save(
            self.opened.database, self.context, draft, day=TODAY, base=base
        ).value
        say("saved", draft.uid.hex, json.dumps(seen(saved)))
        say("discarding", key)
        drafts.discard(self.path, key)
        say("discarded", key)


def seen(household: Household) -> list[Any]:
    """What a save must have left, as JSON keeps it."""
    return [household.note, [[member.full_name, member.phone] for member in household.members]]


def main() -> None:
    path = Path(sys.argv[1])
    assert alembic.command
    say("ready")
    for line in sys.stdin:
        _, seed = line.split()
        pid = os.fork()
        if pid == 0:
            Clerk(path, int(seed)).work()
        say("born", pid)
        os.waitpid(pid, 0)
        say("dead", pid)


if __name__ == "__main__":
    main()
