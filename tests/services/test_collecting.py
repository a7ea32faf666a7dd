"""A file of a province takes in packages: any order, any number of times, the newest stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Batch, Manifest, PackageKind
from giamngheo_desktop.domain.package_columns import PERSONAL, Recipient
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.services import areas, checks, households, rollups, settings, undo
from giamngheo_desktop.services.exchange import collecting, comments, senders, upward
from giamngheo_desktop.services.exchange.collecting import State
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage import audit, package_rows
from giamngheo_desktop.storage.consistency import contradictions
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.schema import HEAD
from giamngheo_desktop.texts import error_text, package_state
from tests.harness.packages import YEAR, collection, receive, send
from tests.harness.register import (
    STANDARD,
    Register,
    dump,
    empty_database,
    living,
    make_context,
    make_register,
)
from tests.harness.review import shipped

END = date(YEAR, 12, 31)


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


class Town:
    """Two communes, the first with two packages: between them a household left, one came, a class
    changed and a number was typed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = [folder / f"{name}.xlsx" for name in ("xa1-goi1", "xa1-goi2", "xa2-goi1")]
        with empty_database(folder / "1.db") as database:
            town = make_register(database, seed=1)
            self.first = town.commune
            home = town.household("Nguyễn Văn A", "Lê Thị B").uid
            other = town.household("Đinh Văn C", village="B").uid
            town.give_class(other, "not_poor", note="chỉ ở gói 1")
            town.give_class(home)
            upward.remember_columns(database, town.context, PERSONAL, year=YEAR)
            send(database, town.context, self.paths[0])
            upward.remember_columns(database, town.context, (), year=YEAR)
            town.give_class(home, "near_poor", valid_from=date(2026, 6, 1), source="decision")
            added = town.household("Hồ Thị D", village="C").uid
            town.give_class(added)
            last = undo.next_step(database)
            assert last is not None
            undo.undo(database, town.context, last.group)
            send(database, town.context, self.paths[1])
        with empty_database(folder / "2.db") as database:
            other = make_register(database, "DE", seed=2)
            areas.change_area(
                database, other.context, other.commune, date(2025, 1, 1), name="Trà Bồng"
            )
            self.second = other.commune
            home = other.household("Phạm Văn E", village="D").uid
            other.give_class(home)
            send(database, other.context, self.paths[2])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town"))


def state(database: Database) -> dict[Kind, dict[UUID, Any]]:
    rows = living(dump(database))
    return {kind: rows[kind] for kind in package_rows.SENT}


def taken(
    reader: PackageReader, path: Path, packages: Sequence[Path]
) -> tuple[dict[Kind, dict[UUID, Any]], list[State]]:
    with empty_database(path) as database:
        context = collection(database)
        states = [receive(reader, database, context, one).state for one in packages]
        with database.reader() as connection:
            assert audit.broken_link(connection) is None
            assert list(contradictions(connection, END)) == []
        return state(database), states


def test_the_order_of_packages_does_not_matter_and_twice_is_once(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    wanted, states = taken(reader, tmp_path / "0.db", town.paths)
    assert states == [State.NEW, State.NEWER, State.NEW]
    for number, order in enumerate(permutations(town.paths), 1):
        found, states = taken(reader, tmp_path / f"{number}.db", [*order, order[0]])
        assert found == wanted
        assert states[3:] == [State.SAME]
    assert sum(row["level"] == "commune" for row in wanted[Kind.AREA].values()) == 2
    assert sum(row["level"] == "province" for row in wanted[Kind.AREA].values()) == 1


def test_a_newer_package_says_what_it_changed(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        receive(reader, database, context, town.paths[0])
        before = state(database)
        found = receive(reader, database, context, town.paths[1])
        assert found.added[Kind.HOUSEHOLD] == 1
        assert found.added[Kind.CLASS_RECORD] == 2
        assert found.names == ("Hồ Thị D", "Nguyễn Văn A")
        step = undo.next_step(database)
        assert step is not None
        undo.undo(database, context, step.group)
        assert state(database) == before
        assert receive(reader, database, context, town.paths[1]).state is State.NEWER


def test_the_first_package_is_one_undo_step_too(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        before = state(database)
        receive(reader, database, context, town.paths[2])
        step = undo.next_step(database)
        assert step is not None
        undo.undo(database, context, step.group)
        assert state(database) == before
        assert receive(reader, database, context, town.paths[2]).state is State.NEW
        assert len(state(database)[Kind.HOUSEHOLD]) == 1


def test_the_province_counts_what_its_communes_count(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        for path in town.paths:
            receive(reader, database, context, path)
        found = rollups.rollup(database, year=YEAR, standard=STANDARD, as_of=END)
        province = areas.top_unit(database, END)
        assert found.count(town.first, "near_poor_households") == 1
        assert found.count(town.second, "poor_households") == 1
        assert found.count(province, "poor_households") == 1
        assert found.count(province, "near_poor_households") == 1


def receive_for(
    recipient: Recipient, reader: PackageReader, database: Database, context: Any, path: Path
) -> None:
    """As if it had been made for this one."""
    manifest, batches = reader.read(path)
    facts = {**manifest.facts, "recipient": recipient.value}
    named = replace(manifest, facts=facts)
    collecting.receive(database, context, named, batches, name=path.name)


def test_a_file_of_a_province_stays_about_it_with_one_commune(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        province = areas.top_unit(database, END)
        receive(reader, database, context, town.paths[0])
        assert areas.top_unit(database, END) == province
        years = working_years(database, shipped(), END)
        assert {one.unit for one in years} == {province}
    with empty_database(tmp_path / "b.db") as database:
        context = collection(database, Level.DISTRICT, district="Sơn Tây")
        assert refusal(reader, town.paths[0], database, context) == "package_not_for_district"
        receive_for(Recipient.DISTRICT, reader, database, context, town.paths[0])
        tree = areas.tree(database, END)
        assert tree[areas.top_unit(database, END)].level is Level.DISTRICT


def test_districts_come_with_the_communes_that_name_them(
    reader: PackageReader, tmp_path: Path
) -> None:
    paths = []
    for seed in (1, 2):
        with empty_database(tmp_path / f"{seed}.db") as database:
            context = make_context(seed=seed)
            new = areas.NewCommune(
                province="Tỉnh Quảng Ngãi",
                district="Sơn Tây",
                commune=f"Xã {seed}",
                first_day=date(2025, 1, 1),
                year=YEAR,
                villages=[areas.NewVillage(name="Thôn 1")],
                settings={},
            )
            areas.new_commune(database, context, new)
            paths.append(tmp_path / f"{seed}.xlsx")
            send(database, context, paths[-1])
    found = []
    for number, order in enumerate((paths, paths[::-1])):
        with empty_database(tmp_path / f"p{number}.db") as database:
            context = collection(database, province="Tỉnh Quảng Ngãi")
            for path in order:
                receive(reader, database, context, path)
            tree = areas.tree(database, date(2025, 6, 1))
            (district,) = tree.of_level(Level.DISTRICT)
            assert len(tree.communes(district.uid)) == 2
            found.append(state(database))
    assert found[0] == found[1]


def refusal(reader: PackageReader, path: Path, database: Database, context: Any) -> str:
    before = dump(database)
    with pytest.raises(AppError) as refused:
        receive(reader, database, context, path)
    assert dump(database) == before
    assert path.name in error_text(refused.value)
    return refused.value.code


def test_what_does_not_belong_here_is_refused_with_nothing_written(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    path = town.paths[2]
    with empty_database(tmp_path / "a.db") as database:
        other = collection(database, province="Kon Tum")
        assert refusal(reader, path, database, other) == "package_other_place"
    with empty_database(tmp_path / "b.db") as database:
        own: Register = make_register(database, seed=3)
        assert refusal(reader, path, database, own.context) == "package_wrong_level"
    with empty_database(tmp_path / "c.db") as database:
        context = collection(database)
        manifest, batches = reader.read(path)
        half = (batch for batch in batches if batch.table != "household")
        before = dump(database)
        with pytest.raises(AppError, match="package_damaged"):
            collecting.receive(database, context, manifest, half, name="a")
        for other_one in (Recipient.SUCCESSOR, Recipient.DISTRICT):
            with pytest.raises(AppError, match="package_not_for_province"):
                receive_for(other_one, reader, database, context, path)
        assert dump(database) == before


def test_a_province_takes_what_was_made_for_its_district_while_there_was_one(
    reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "goi.xlsx"
    with empty_database(tmp_path / "xa.db") as database:
        commune = make_context()
        new = areas.NewCommune(
            province="Tỉnh Quảng Ngãi", district="Sơn Tây", commune="Xã 1", year=YEAR,
            first_day=date(2024, 1, 1), villages=[areas.NewVillage(name="Thôn 1")], settings={},
        )  # fmt: skip
        areas.new_commune(database, commune, new)
        send(database, commune, path)

    def take(
        database: Database, context: Any, made_at: str, to: str = "district", *,
        without: str = "", **values: Any,
    ) -> collecting.Received:  # fmt: skip
        manifest, batches = reader.read(path)
        facts = {**manifest.facts, "recipient": to}
        manifest = replace(manifest, hash=f"{made_at}{to}", made_at=f"{made_at}T08:00:00",
                           facts=facts, **values)  # fmt: skip
        rows = (replace(one, rows=[row for row in one.rows if without not in row])
                for one in batches)  # fmt: skip
        return collecting.receive(database, context, manifest, rows, name="goi.xlsx").value

    with empty_database(tmp_path / "tinh.db") as database:
        context = collection(database)
        before = dump(database)
        for day, values, why in (
            ("2025-07-01", {}, "package_not_for_province"),
            ("2025-06-30", {"to": "successor"}, "package_not_for_province"),
            ("2025-06-30", {"without": "province"}, "package_no_province"),
        ):
            with pytest.raises(AppError, match=why) as refused:
                take(database, context, day, **values)
            assert "goi.xlsx" in error_text(refused.value)
        assert dump(database) == before

        found = take(database, context, "2025-06-30", sequence=7)
        assert (found.state, found.for_district) == (State.NEW, True)
        said = package_state(found.state, found.stands, found.doubt, for_district=True)
        assert said == "gói đầu tiên của xã. Gói lập để gửi huyện, không phải gửi tỉnh."
        (one,) = senders.senders(database, YEAR, END)
        assert (one.name, one.sequence, one.for_district, one.doubt) == ("Xã 1", 7, True, None)
        found = take(database, context, "2025-12-01", "province")  # has a number of its own
        assert (found.state, found.stands, found.doubt) == (State.NEWER, 1, None)
        assert take(database, context, "2025-06-29", sequence=8).state is State.OLDER
        (one,) = senders.senders(database, YEAR, END)
        assert (one.sequence, one.for_district, one.doubt) == (1, False, None)
    with empty_database(tmp_path / "kt.db") as database:
        other = collection(database, province="Kon Tum")
        before = dump(database)
        for year in (YEAR, 2019):  # before any of its units
            with pytest.raises(AppError, match="package_other_place"):
                take(database, other, "2025-06-30", year=year)
        assert dump(database) == before


def _saying(batches: Iterable[Batch], table: str, column: str, said: str | None) -> Iterator[Batch]:
    """With one value said otherwise."""
    for batch in batches:
        rows = [list(row) for row in batch.rows]
        if batch.table == table and rows:
            rows[-1][batch.columns.index(column)] = said
        yield Batch(batch.table, batch.columns, rows)


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    ("table", "column", "said"),
    [("household", "house_area", "9" * 30), ("membership", "person", "f" * 32),
     ("area", "level", "0"), ("person", "given_name", None), ("area_version", "name", None)],
)  # fmt: skip
def test_a_value_that_no_table_holds_is_refused_with_nothing_written(
    town: Town, reader: PackageReader, tmp_path: Path, table: str, column: str, said: str | None,
    known: bool,
) -> None:  # fmt: skip
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        if known:
            receive(reader, database, context, town.paths[0])
        before = dump(database)
        manifest, batches = reader.read(town.paths[1])
        odd = _saying(batches, table, column, said)
        with pytest.raises(AppError, match="package_damaged"):
            collecting.receive(database, context, manifest, odd, name="a")
        assert dump(database) == before


@pytest.mark.parametrize("lost", ["", "year", "text"])
def test_a_comment_of_no_day_or_without_a_column_is_refused_with_nothing_written(
    tmp_path: Path, lost: str
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        own = make_register(database)
        manifest = Manifest(
            kind=PackageKind.COMMENTS, schema=HEAD, program="1", unit=own.commune.hex,
            unit_name="Sơn Tây", level="commune",
        )  # fmt: skip
        said = dict.fromkeys((one.name for one in fields(comments.Comment)), "x")
        del said["unit"]
        row = {**said, "year": "2026", **({"at": "2026-01-01"} if lost else {})}
        row.pop(lost, None)
        odd = Batch(comments.TABLE, tuple(row), [list(row.values())])
        before = dump(database)
        with pytest.raises(AppError, match="package_damaged"):
            comments.receive(database, own.context, manifest, [odd], name="a")
        assert dump(database) == before


def test_who_has_sent_and_who_is_late(town: Town, reader: PackageReader, tmp_path: Path) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        values = {senders.LIMIT: "15/12", senders.EXPECTED: "xã Trà Bồng\nBa Tơ"}
        settings.save(database, context, values, date(2026, 1, 1))
        for path in town.paths:
            receive(reader, database, context, path)
        found = senders.senders(database, YEAR, date(2026, 12, 16))
        assert [(one.name, one.sequence, one.versions, one.late) for one in found] == [
            ("Ba Tơ", None, 0, True),
            ("Sơn Tây", 2, 2, False),
            ("Trà Bồng", 1, 1, False),
        ]
        early = senders.senders(database, YEAR, date(2026, 12, 15))
        assert not any(one.late for one in early)
        later = senders.senders(database, YEAR + 1, date(2027, 12, 16))
        assert [one.late for one in later] == [True] * 3
        assert not any(one.of_year for one in later)
        senders.expect(database, context, ["Ba Tơ", "Ba Dinh"], "", year=YEAR + 1)
        later = senders.senders(database, YEAR + 1, date(2027, 12, 16))
        assert [one.name for one in later] == ["Ba Dinh", "Ba Tơ", "Sơn Tây", "Trà Bồng"]
        with pytest.raises(AppError, match="package_limit"):
            senders.expect(database, context, [], "31/2", year=YEAR)
        with pytest.raises(AppError, match="package_commune_twice"):
            senders.expect(database, context, ["Ba Tơ", "Xã Ba Tơ"], "", year=YEAR)


def test_what_came_is_a_register_to_work_with(
    town: Town, reader: PackageReader, tmp_path: Path
) -> None:
    with empty_database(tmp_path / "a.db") as database:
        context = collection(database)
        receive(reader, database, context, town.paths[2])
        (uid,) = state(database)[Kind.HOUSEHOLD]
        home = households.get(database, uid, END)
        assert [member.full_name for member in home.members] == ["Phạm Văn E"]
        found = checks.check_register(database, shipped(), day=END, today=END)
        missing = {one.problem.field for one in found if one.problem.code == "required_missing"}
        assert "surveyed_on" in missing
        assert "surveyor" not in missing  # which the commune keeps
        shown = checks.check_one(database, shipped(), home, reference_day=END, today=END)
        assert [one.problem for one in found] == shown
