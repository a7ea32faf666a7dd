"""Lists of former communes go into the register of the one they became: looked at, then taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.cli import main
from giamngheo_desktop.domain.area import Level, Succession
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.former_report import keep_former
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.services import areas, rollups, undo
from giamngheo_desktop.services.exchange import book, former
from giamngheo_desktop.services.exchange.former import Former, Looked, Pending
from giamngheo_desktop.services.exchange.former_list import ListSource
from giamngheo_desktop.services.exchange.former_taking import Taken
from giamngheo_desktop.services.exchange.former_units import Picks, UnknownUnitsError
from giamngheo_desktop.services.successions import NewUnit, record_succession
from giamngheo_desktop.storage.consistency import contradictions
from giamngheo_desktop.storage.engine import Database
from tests.harness import foreign_lists
from tests.harness.list_imports import YEAR, Town, town
from tests.harness.register import STANDARD, Register, dump, living

MERGED = date(2026, 7, 1)
BOOK = "members_27"
SAID = {"poor_households": 6, "near_poor_households": 4}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    """Suối Lành and another commune became Suối Lớn."""
    with town(tmp_path) as found:
        database, act = found.database, found.context
        first = areas.top_unit(database, date(YEAR, 12, 31))
        old = Register(database, act, first, {})
        other = old.second_commune("Suối Cả", "X")
        record_succession(
            database, act, olds=[first, other], news=[NewUnit(name="Suối Lớn")], reason="merged",
            effective_on=MERGED,
        )  # fmt: skip
        yield found


def pending(here: Town, name: str, year: int = YEAR, **said: int) -> Pending:
    """A list as read, without the children that read a file."""
    return Pending(name, lambda: ListSource(name=name, source=here.source(name), year=year,
                                            said=said))  # fmt: skip


def look(here: Town, *lists: Pending, picks: Picks | None = None) -> Looked:
    path = here.folder / "copy.db"
    path.unlink(missing_ok=True)
    here.database.copy_to(path)
    copy = Database(path)
    try:
        return former.look(
            here.database, copy, here.context, foreign_lists.definitions(), lists, picks
        )
    finally:
        copy.close()


def rename(here: Town, old: str, new: str) -> UUID:
    """As if the former commune's village had always had another name here."""
    tree = areas.tree(here.database, date(YEAR, 12, 31))
    (village,) = [one.uid for one in tree.villages() if one.name == old]
    for day in (date(YEAR, 1, 1), MERGED):
        areas.change_area(here.database, here.context, village, day, name=new)
    return village


def take(here: Town, *lists: Pending, picks: Picks | None = None) -> Done[Former]:
    known = foreign_lists.definitions()
    return former.take_over(here.database, here.context, known, lists, picks)


def test_a_list_is_looked_at_then_taken_in_one_step(here: Town) -> None:
    before = dump(here.database)
    looked = look(here, pending(here, BOOK))
    assert dump(here.database) == before
    (one,) = looked.files
    assert one.taken is not None
    assert (one.taken.name, one.taken.rows, looked.may_take) == ("Suối Lành", (), True)
    assert (one.taken.added[Kind.HOUSEHOLD], one.taken.added[Kind.PERSON]) == (12, 42)
    (total,) = looked.sums
    assert (total.names, total.silent, total.said) == (("Suối Lành",), ("Suối Lành",), {})
    counted = dict(total.found)
    assert counted["poor_households"] > 0
    (told,) = looked.compared_with({BOOK: {**SAID, "poor_households": 99}}).sums
    assert told.differences["poor_households"] == (99, counted["poor_households"])

    listed = pending(here, BOOK, poor_households=counted["poor_households"])
    done = take(here, listed)
    keep_former(here.database, done, MERGED)
    (total,) = done.value.sums
    assert (total.silent, total.differences, dict(total.found)) == ((), {}, counted)
    found = rollups.rollup(here.database, year=YEAR, standard=STANDARD)
    first = areas.top_unit(here.database, date(YEAR, 12, 31))
    assert found.count(first, "poor_households") == counted["poor_households"]
    with here.database.reader() as connection:
        assert list(contradictions(connection, date(2026, 12, 31))) == []
    with pytest.raises(AppError, match="former_taken"):
        take(here, listed)

    (entry,) = book.entries(here.database)
    assert (entry.step.op, entry.is_newest, entry.has_report) == (Op.TAKE_FORMER, True, True)
    assert [(file.name, len(file.sha256)) for file in entry.files] == [
        (BOOK, len(f"hash of {BOOK}"))
    ]
    assert (entry.made[Kind.HOUSEHOLD], entry.made[Kind.PERSON]) == (12, 42)
    assert kept(here.database, entry.step.group).title == ("KẾT QUẢ NHẬN SỔ CÁC XÃ CŨ",)
    undo.undo(here.database, here.context, entry.step.group)
    assert living(dump(here.database)) == living(before)
    (entry,) = book.entries(here.database)
    assert (entry.is_undone, entry.is_newest, entry.has_report) == (True, False, True)


def test_a_list_of_a_commune_that_the_file_never_knew_goes_into_villages_of_today(
    tmp_path: Path,
) -> None:
    with town(tmp_path) as here:
        commune = areas.top_unit(here.database, date(YEAR, 12, 31))
        rename(here, "Thôn Đồi Chè", "Thôn Chè")
        listed = pending(here, BOOK, poor_households=99)
        looked = look(here, listed)
        (line,) = (one for one in looked.files[0].units if one.level is Level.COMMUNE)
        assert (line.unit, dict(line.offered)) == (None, {commune: "Suối Lành"})
        assert not looked.may_take
        picks: dict[Any, Any] = {line.key: commune}
        looked = look(here, listed, picks=picks)
        (line,) = (one for one in looked.files[0].units if one.unit is None)
        assert line.said == "Thôn Đồi Chè"
        picks[line.key] = next(uid for uid, name in line.offered if name == "Thôn Chè")
        assert look(here, listed, picks=picks).may_take
        done = take(here, listed, picks=picks)
        (one,) = done.value.taken
        (total,) = done.value.sums
        assert (one.added[Kind.HOUSEHOLD], total.names) == (12, ("Xã Suối Lành",))
        counted = rollups.rollup(here.database, year=YEAR, standard=STANDARD)
        poor = counted.count(commune, "poor_households")
        assert poor
        assert total.differences["poor_households"] == (99, poor)
        with here.database.reader() as connection:
            assert list(contradictions(connection, date(2026, 12, 31))) == []
        with pytest.raises(AppError, match="former_taken"):  # not twice
            take(here, listed, picks=picks)
        assert look(here, pending(here, "free_members"), picks=picks).files


def test_who_is_in_two_lists_is_told_and_never_made_one(here: Town) -> None:
    """Another commune has the same people; whose list it is says the officer."""
    again = pending(here, "free_members")
    (unknown,) = look(here, again).files
    assert isinstance(unknown.refused, UnknownUnitsError)
    (line,) = [one for one in unknown.units if one.level is Level.COMMUNE]
    offered = {name: uid for uid, name in line.offered}
    if line.unit is None:
        assert set(offered) == {"Suối Lành", "Suối Cả", "Suối Lớn"}
    picks: dict[Any, Any] = {line.key: offered.get("Suối Cả")}
    (unknown,) = look(here, again, picks=picks).files
    villages = [one for one in unknown.units if one.level is Level.VILLAGE]
    assert villages
    assert {name for one in villages for _, name in one.offered} == {"Thôn X"}
    picks |= {one.key: one.offered[0][0] for one in villages}
    looked = look(here, pending(here, BOOK), again, picks=picks)
    first, second = (one.taken for one in looked.files)
    assert first is not None
    assert second is not None
    assert (second.name, bool(second.twins), first.twins) == ("Suối Cả", True, [])
    assert second.added[Kind.PERSON] > 0


def test_what_no_name_places_waits_and_nothing_is_left_out(here: Town) -> None:
    hill = rename(here, "Thôn Đồi Chè", "Thôn Chè")
    with pytest.raises(AppError, match="former_villages") as failure:
        take(here, pending(here, BOOK))
    assert isinstance(failure.value, UnknownUnitsError)
    (line,) = [one for one in failure.value.lines if one.unit is None]
    assert (line.said, (hill, "Thôn Chè") in line.offered) == ("Thôn Đồi Chè", True)
    looked = look(here, pending(here, BOOK), picks={line.key: hill})
    assert looked.may_take
    assert looked.files[0].taken is not None
    assert looked.files[0].taken.added[Kind.HOUSEHOLD] == 12
    again = (BOOK, Level.VILLAGE, "Buôn Ea Lang")  # a name that is known may be another one, too
    (one,) = look(here, pending(here, BOOK), picks={line.key: hill, again: hill}).files
    assert {unit.said: unit.unit for unit in one.units}["Buôn Ea Lang"] == hill


def test_tables_of_different_years_are_not_added_up() -> None:
    first, second, new = (UUID(int=number) for number in (1, 2, 3))
    steps = [Succession(old=old, new=new, reason="merged", effective_on=date(2025, 7, 1))
             for old in (first, second)]  # fmt: skip
    one, other = (
        Taken(file=name, name=name, unit=unit, year=year, standard="2022", said=SAID)
        for name, unit, year in (("A", first, 2025), ("B", second, 2026))
    )
    parts = former._together(steps, [one, other])
    sums = [former.Sum(unit=key[0], year=key[1], parts=tuple(found), found={})
            for key, found in parts.items()]  # fmt: skip
    assert [(each.year, each.silent, each.said) for each in sums] == [
        (2025, ("B",), {}), (2026, ("A",), {})]  # fmt: skip
    two = [replace(one, name=name, said={"poor_households": count})
           for name, count in (("A", 3), ("A", 3), ("B", 4))]  # fmt: skip
    into_one_of_today = former.Sum(unit=first, year=2025, parts=tuple(two), found={})
    assert into_one_of_today.said == {"poor_households": 7}
    looked = former.Looked((), tuple(sums)).compared_with({"A": {"poor_households": 1}})
    assert [each.silent for each in looked.sums] == [("B",), ("A",)]


def test_the_command_line_looks_first(
    here: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rename(here, "Thôn Đồi Chè", "Thôn Chè")
    path = foreign_lists.write_book(f"{BOOK}.xls", tmp_path)
    named = ["package", "former", "--db", str(here.database.path), str(path)]
    named += ["--year", str(YEAR), "--said", f"{path.name}:poor_households=99"]
    assert main.entry([*named[:-1], "sai"]) == main.REFUSED
    before = dump(here.database)
    assert main.entry([*named, "--dry-run"]) == main.FINDINGS
    out = capsys.readouterr().out.splitlines()
    assert f"{path.name}: Thôn: Thôn Đồi Chè (cần chọn)" in out
    assert f"{path.name}: Thôn: Buôn Ea Lang → Buôn Ea Lang (được)" in out
    assert out[-1] == "Chỉ xem trước, chưa ghi gì."
    assert dump(here.database) == before
    assert main.entry([*named, "--map", "Thôn Đồi Chè=Thôn Chè", "--json"]) == main.FINDINGS
    taken = json.loads(capsys.readouterr().out)
    assert taken["sums"][0]["figures"]["poor_households"][0] == 99
    log = ["exchange", "log", "--db", str(here.database.path)]
    assert main.entry([*log, "--json"]) == main.DONE
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["op"], said["files"][0]["file"]) == ("take_former", path.name)
    target = tmp_path / "report.xlsx"
    assert main.entry([*log, "--report", said["action"], "-o", str(target)]) == main.DONE
    assert target.stat().st_size > 1000
    assert main.entry([*log, "--report", str(UUID(int=1))]) == main.REFUSED
    capsys.readouterr()
    assert main.entry(log) == main.DONE
    out = capsys.readouterr().out.splitlines()
    assert out[0].endswith(f"{path.name} – 12 hộ, 42 người mới")
