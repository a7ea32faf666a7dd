"""Activities, money, supports and help travel upward as the register does, and are taken back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.package_columns import PERSONAL
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.exchange import upward
from giamngheo_desktop.services.exchange.collecting import State
from giamngheo_desktop.storage import package_rows
from giamngheo_desktop.storage.engine import Database
from tests.harness.packages import YEAR, collection, receive, send
from tests.harness.random_records import Clerk
from tests.harness.register import dump, empty_database, living, make_register
from tests.harness.review import shipped

PROGRAMME = [
    kind for kind in list(Kind)[list(Kind).index(Kind.BODY) :] if kind in package_rows.SENT
]


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


def told(database: Database) -> dict[Kind, dict[UUID, dict[str, Any]]]:
    rows = living(dump(database))
    home = {kind: set(package_rows.sent_columns(kind)) for kind in PROGRAMME}
    return {
        kind: {
            uid: {name: value for name, value in row.items() if name in home[kind]}
            for uid, row in rows[kind].items()
        }
        for kind in PROGRAMME
    }


def test_what_was_recorded_stands_the_same_at_the_province(
    reader: PackageReader, tmp_path: Path
) -> None:
    paths = [tmp_path / "goi1.xlsx", tmp_path / "goi2.xlsx"]
    sent = []
    with empty_database(tmp_path / "xa.db") as database:
        town = make_register(database)
        for name in ("Lò Thị A", "Vàng Văn B"):
            town.give_class(town.household(name, f"{name} con").uid)
        clerk = Clerk(database, town.context, town.commune, random.Random(3))
        for form in shipped().records.values():
            clerk.save(form)
        for _ in range(12):
            with suppress(RefusedError):
                clerk.write()
        upward.remember_columns(database, town.context, PERSONAL, year=YEAR)
        for path in paths:
            for _ in range(120):
                with suppress(RefusedError):
                    clerk.act()
            sent.append(told(database))
            send(database, town.context, path)
    assert "issued" not in package_rows.sent_columns(Kind.REPORT_RECEIPT)  # the paper stays home
    lists = {Kind.PERIOD_LIST, Kind.PERIOD_ROW}  # they are issued, not typed
    assert not [kind for kind in PROGRAMME if not sent[1][kind] and kind not in lists]
    with empty_database(tmp_path / "tinh.db") as database:
        context = collection(database)
        states = []
        for path, expected in zip(paths, sent, strict=True):
            states.append(receive(reader, database, context, path).state)
            assert told(database) == expected
        states.append(receive(reader, database, context, paths[0]).state)
        assert states == [State.NEW, State.NEWER, State.SAME]
        assert told(database) == sent[1]
        step = undo.next_step(database)
        assert step is not None
        undo.undo(database, context, step.group)
        assert told(database) == sent[0]
