"""Packages of files that hold several communes: each is whole, and a merger counts nobody twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.reports.upward import send as send_whole
from giamngheo_desktop.services import rollups, successions
from giamngheo_desktop.services.exchange import collecting, senders, upward
from giamngheo_desktop.services.exchange.proving import prove
from giamngheo_desktop.services.successions import NewUnit
from giamngheo_desktop.storage import package_rows
from giamngheo_desktop.storage.consistency import contradictions
from giamngheo_desktop.texts import error_text
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
MERGED_ON = date(YEAR, 7, 1)

Rows = dict[Kind, dict[UUID, object]]


@pytest.fixture(scope="module")
def reader() -> Iterator[PackageReader]:
    with PackageReader() as opened:
        yield opened


def two_communes(town: Register) -> UUID:
    """A household in each; the second commune."""
    second = town.second_commune("Trà Bồng", "D")
    town.give_class(town.household("Nguyễn Văn A", "Lê Thị B").uid)
    home = town.household("Phạm Văn E", village="D").uid
    replace(town, commune=second).give_class(home)
    return second


def test_one_of_several_communes_is_a_package_that_can_be_taken(
    reader: PackageReader, tmp_path: Path
) -> None:
    path = tmp_path / "goi.xlsx"
    with empty_database(tmp_path / "a.db") as database:
        town = make_register(database)
        second = two_communes(town)
        sent, _ = send(database, town.context, path, unit=second)
        with database.reader() as connection:
            inside = package_rows.within(connection, [second])
            own = {one: package_rows.uids(connection, one, inside) for one in package_rows.SENT}
        rows = living(dump(database))
        with pytest.raises(AppError, match="package_many_communes"):
            send_whole(database, shipped(), town.context, tmp_path / "all.xlsx", year=YEAR)
        assert not (tmp_path / "all.xlsx").exists()
        assert upward.refusal(database, second, YEAR) is None

    with empty_database(tmp_path / "b.db") as database:
        receive(reader, database, collection(database), path)
        taken = living(dump(database))
        for kind in package_rows.SENT:
            found = {uid: row for uid, row in taken[kind].items() if uid in own[kind]}
            assert found.keys() == {uid for uid in own[kind] if uid in rows[kind]}, kind
            if kind not in (Kind.AREA_VERSION, Kind.PERSON, Kind.HOUSEHOLD):  # named, or kept home
                assert found == {uid: rows[kind][uid] for uid in found}
        assert len(taken[Kind.HOUSEHOLD]) == 1

    manifest, batches = reader.read(path)
    prove(make_context(), manifest, batches, name=path.name)
    assert manifest == sent
    manifest, batches = reader.read(path)
    cut = (replace(one, rows=[row for row in one.rows if "province" not in row]) for one in batches)
    with pytest.raises(AppError, match="package_damaged"):
        prove(make_context(), manifest, cut, name=path.name)
    one_of_all = replace(manifest, level="district")
    with pytest.raises(AppError, match="package_of_many"):
        prove(make_context(), one_of_all, [], name=path.name)


def test_the_package_of_a_merged_commune_takes_the_place_of_those_before(
    reader: PackageReader, tmp_path: Path
) -> None:
    old, other, new, later = (tmp_path / f"{name}.xlsx" for name in ("cu1", "cu2", "moi", "cu1b"))
    with empty_database(tmp_path / "a.db") as database:
        town = make_register(database)
        second = two_communes(town)
        send(database, town.context, old, unit=town.commune, year=YEAR - 1)
        (merged,) = successions.record_succession(
            database, town.context, olds=[town.commune, second],
            news=[NewUnit(name="Sơn Trà", kind="xa")], reason="merged", effective_on=MERGED_ON,
        ).value  # fmt: skip
        send(database, town.context, later, unit=town.commune, year=YEAR - 1)
        send(database, town.context, other, unit=second, year=YEAR - 1)
        send(database, town.context, new)

    states: list[Rows] = []
    for number, order in enumerate(
        ([new], [old, new], [old, other, later, new], [later, other, new], [other, new])
    ):
        with empty_database(tmp_path / f"p{number}.db") as database:
            context = collection(database)
            for path in order:
                receive(reader, database, context, path)
            found = living(dump(database))
            states.append({kind: found[kind] for kind in package_rows.SENT})
            with database.reader() as connection:
                assert list(contradictions(connection, END)) == []
            names = [one.name for one in senders.senders(database, YEAR, END)]
            assert names == ["Sơn Trà"]  # a commune that is no more owes nothing
            counted = rollups.rollup(database, year=YEAR, standard=STANDARD, as_of=END)
            assert counted.count(merged, "poor_households") == 2
            before = dump(database)
            for path in {old, other, later} - {*order}:
                with pytest.raises(AppError, match="package_gone_over") as refused:
                    receive(reader, database, context, path)
                assert error_text(refused.value).startswith(f"Gói {path.name}: sổ của ")
                assert "đã gửi ở moi.xlsx" in error_text(refused.value)
            assert dump(database) == before
    assert all(one == states[0] for one in states)


def test_a_household_that_another_commune_sent_is_not_taken_twice(
    reader: PackageReader, tmp_path: Path
) -> None:
    first, again = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path, seed in ((first, 1), (again, 2)):
        with empty_database(tmp_path / f"{seed}.db") as database:
            town = make_register(database, seed=seed)
            town.household("Nguyễn Văn A")
            send(database, town.context, path)
    with empty_database(tmp_path / "p.db") as database:
        context = collection(database)
        receive(reader, database, context, first)
        known = next(iter(living(dump(database))[Kind.HOUSEHOLD])).hex
        manifest, batches = reader.read(again)
        before = dump(database)
        odd = (
            replace(one, rows=[[known, *row[1:]] for row in one.rows])
            if one.table == "household"
            else one
            for one in batches
        )
        with pytest.raises(AppError, match="package_of_others"):
            collecting.receive(database, context, manifest, odd, name="2.xlsx")
        assert dump(database) == before
