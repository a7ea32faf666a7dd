"""Registers of former communes go into the one of the commune they became, in one undo step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.cli import main
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.reports import former as files
from giamngheo_desktop.reports import upward
from giamngheo_desktop.reports.former_report import lines_of
from giamngheo_desktop.services import areas, rollups, undo
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.dated import DAY
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.exchange.former import Former
from giamngheo_desktop.services.exchange.former_units import Merger, Picks, UnitKey
from giamngheo_desktop.services.reporting import schedules
from giamngheo_desktop.services.successions import NewUnit, record_succession
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas as stored_areas
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.consistency import contradictions
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import error_text
from tests.harness.register import (
    FIRST_DAY,
    STANDARD,
    Register,
    dump,
    empty_database,
    living,
    make_context,
)

MERGED = date(2026, 7, 1)
BEFORE, AFTER = date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def register(
    database: Database, name: str, villages: str, seed: int, first_day: date = FIRST_DAY
) -> Register:
    context = make_context(seed=seed)
    new = NewCommune(
        province="Quảng Ngãi",
        commune=name,
        first_day=first_day,
        year=2026,
        villages=[NewVillage(name=f"Thôn {one}") for one in villages],
        settings={},
    )
    commune = areas.new_commune(database, context, new).value
    tree = areas.tree(database, first_day)
    found = {area.name.removeprefix("Thôn "): area.uid for area in tree.villages(commune)}
    return Register(database, context, commune, found)


def give_number(town: Register, name: str) -> None:
    with write_unit(town.database, town.context, Op.SAVE_HOUSEHOLD) as work:
        (person,) = records.find(work.connection, Kind.PERSON, full_name=name)
        work.update(Kind.PERSON, person["uid"], id_number="051080000001")


@pytest.fixture
def sources(tmp_path: Path, definitions: Definitions) -> list[Path]:
    """A package of the first commune, the register of the second."""
    with empty_database(tmp_path / "1.db") as database:
        town = register(database, "Sơn Bua", "AB", seed=1)
        home = town.household("Nguyễn Văn A", "Lê Thị B", code="H1").uid
        town.give_class(home)
        town.household("Hồ Văn C", village="B", code="H2")
        give_number(town, "Nguyễn Văn A")
        upward.send(
            database, definitions, town.context, tmp_path / "1.xlsx", year=2026,
            recipient=Recipient.SUCCESSOR,
        )  # fmt: skip
    with empty_database(tmp_path / "2.db") as database:
        other = register(database, "Sơn Mùa", "AC", seed=2)
        home = other.household("Đinh Văn D", village="C", code="H1").uid
        other.give_class(home, "near_poor")
        other.household("Nguyễn Văn A", village="A", code="H1-2")
        give_number(other, "Nguyễn Văn A")
        act = (database, other.context)
        plan = sections.begin(*act, definitions, other.commune, 2026, "ke_hoach_chuan").value
        schedules.take(*act, definitions, plan, "pho_minh_2024")
        allocation.save(*act, 2026, {other.villages["A"]: {"poor_decrease": 5}})
        versions.issue(*act, plan, date(2026, 2, 1))
        second = versions.next_version(*act, plan, versions.Change.ADJUSTS).value
        allocation.save(*act, 2026, {other.villages["A"]: {"poor_decrease": 6}})
        versions.issue(*act, second, date(2026, 4, 1))
        database.checkpoint()
    return [tmp_path / "1.xlsx", tmp_path / "2.db"]


@pytest.fixture
def successor(tmp_path: Path) -> Iterator[Register]:
    """The new commune with the former ones; Thôn A of the first went into its Thôn B."""
    with empty_database(tmp_path / "moi.db") as database:
        town = register(database, "Sơn Bua", "AB", seed=3)
        town.villages["second"] = town.second_commune("Sơn Mùa", "A2")
        with_names = (("A2", "Thôn A"),)
        for key, name in with_names:
            areas.change_area(database, town.context, town.villages[key], FIRST_DAY, name=name)
        record_succession(
            database, town.context, olds=[town.commune, town.villages["second"]],
            news=[NewUnit(name="Sơn Tây Thượng")], reason="merged", effective_on=MERGED,
        )  # fmt: skip
        record_succession(
            database, town.context, olds=[town.villages["A"]], news=[town.villages["B"]],
            reason="merged", effective_on=MERGED,
        )  # fmt: skip
        yield town


def add_village(town: Register, commune: UUID, name: str) -> None:
    """A village of a former commune, typed after it ended."""
    done = areas.add_village(town.database, town.context, commune, NewVillage(name=name), FIRST_DAY)
    new = areas.top_unit(town.database, AFTER)
    areas.change_area(town.database, town.context, done.value, MERGED, parent=new)


def take(town: Register, definitions: Definitions, sources: list[Path]) -> Former:
    asked = files.Asked(paths=tuple(sources), year=2025)
    done = files.take_over(town.database, definitions, town.context, asked, computer="pc")
    return done.value


def test_registers_of_former_communes_become_one(
    successor: Register, sources: list[Path], definitions: Definitions
) -> None:
    add_village(successor, successor.villages["second"], "Thôn C")
    act = (successor.database, successor.context)
    village = successor.villages["A2"]
    own = versions.begin(*act, areas.top_unit(successor.database, AFTER), 2026).value
    allocation.save(*act, 2026, {village: {"poor_decrease": 9}})
    before = living(dump(successor.database))
    taken = take(successor, definitions, sources)
    after = living(dump(successor.database))
    former = [row for uid, row in after[Kind.DOCUMENT].items() if uid != own]
    assert [row["area"] for row in former] == [successor.villages["second"]] * 2
    numbers = {row["document"]: row["poor_decrease"] for row in after[Kind.VILLAGE_TARGET].values()}
    assert sorted(numbers.values()) == [5, 6, 9]
    assert len(after[Kind.DOCUMENT_SECTION]) > 20
    with successor.database.reader() as connection:  # what was issued counts before a draft
        assert stored_areas.targets_of(connection, 2026)[village]["poor_decrease"] == 6
        held = stored_areas.targets_of(connection, 2026, own)
        assert held[village]["poor_decrease"] == 9
    group = versions.issue(*act, own, date(2026, 8, 1)).changes.group
    with successor.database.reader() as connection:
        assert stored_areas.targets_of(connection, 2026)[village]["poor_decrease"] == 9
    undo.undo(*act, group)
    first, second = taken.taken
    assert (first.name, second.name) == ("Sơn Bua", "Sơn Mùa")
    assert first.added[Kind.HOUSEHOLD] == second.added[Kind.HOUSEHOLD] == 2
    assert (first.relabelled, second.relabelled) == ([], [("H1", "H1-2"), ("H1-2", "H1-2-2")])
    assert (first.moved, second.moved) == (1, 0)
    assert [twin.name for twin in second.twins] == ["Nguyễn Văn A"]
    (told,) = (line.here for line in lines_of(taken) if line.about == "twin")
    assert told.startswith(
        "Có thể là Nguyễn Văn A, sinh 05/1980, hộ Nguyễn Văn A (Thôn B) trong sổ"
    )
    (total,) = taken.sums
    assert (total.names, total.said["poor_households"]) == (("Sơn Bua", "Sơn Mùa"), 1)
    assert (total.said["poor_persons"], total.said["near_poor_households"]) == (2, 1)
    assert (total.differences, total.silent) == ({}, ())
    with successor.database.reader() as connection:
        assert list(contradictions(connection, AFTER)) == []
        assert audit.broken_link(connection) is None
    found = rollups.rollup(successor.database, year=2026, standard=STANDARD, as_of=AFTER)
    new = areas.top_unit(successor.database, AFTER)
    assert found.count(new, "poor_households") == 1
    assert found.count(new, "near_poor_households") == 1
    assert found.count(successor.villages["B"], "poor_households") == 1
    then = rollups.rollup(successor.database, year=2026, standard=STANDARD, as_of=BEFORE)
    assert then.count(successor.villages["A"], "poor_households") == 1
    step = undo.next_step(successor.database)
    assert step is not None
    undo.undo(successor.database, successor.context, step.group)
    assert living(dump(successor.database)) == before
    assert len(take(successor, definitions, sources).taken) == 2


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Register]:
    """The new commune as it begins: it knows no former one, and has a Thôn A of its own."""
    with empty_database(tmp_path / "moi.db") as database:
        yield register(database, "Sơn Tây Thượng", "A", seed=5, first_day=date(2026, 1, 1))


def picks_of(town: Register, sources: list[Path]) -> dict[UnitKey, UUID]:
    """The first Thôn A went into the one here, the second is another one."""
    with Database(sources[1]).reader() as connection:
        (other,) = records.find(connection, Kind.AREA_VERSION, name="Thôn A")
    villages = (town.villages["A"], other["area"])
    names = ("Sơn Bua", "Sơn Mùa")
    communes = {(path.name, Level.COMMUNE, name): town.commune
                for path, name in zip(sources, names, strict=True)}  # fmt: skip
    return communes | {(path.name, Level.VILLAGE, "Thôn A"): uid
                       for path, uid in zip(sources, villages, strict=True)}  # fmt: skip


def test_registers_of_communes_that_the_file_never_knew_bring_their_units(
    newcomer: Register, sources: list[Path], definitions: Definitions
) -> None:
    act = (newcomer.database, definitions, newcomer.context)
    begun = date(2026, 1, 1)
    home = newcomer.household("Hồ Thị Đ", day=begun).uid  # of nobody's table
    newcomer.give_class(home, valid_from=begun)
    before = living(dump(newcomer.database))
    picks = picks_of(newcomer, sources)

    def waits(picks: Picks, merger: Merger | None) -> tuple[str, list[str]]:
        asked = files.Asked(paths=tuple(sources[1:]), year=2025, picks=picks, merger=merger)
        (one,) = files.look(*act, asked, computer="pc").files
        code = one.refused.code if one.refused else ""
        return code, [unit.said for unit in one.units if unit.unit is None]

    merger = Merger(MERGED, "NQ 1/2026")
    communes = {key: uid for key, uid in picks.items() if key[1] is Level.COMMUNE}
    assert waits({}, None) == ("former_unknown", ["Sơn Mùa"])
    assert waits(communes, None) == ("former_day", [])
    assert waits(communes, merger) == ("former_villages", ["Thôn A"])
    assert waits(picks, Merger(FIRST_DAY - DAY)) == ("former_then", [])
    assert waits(picks, merger) == ("", [])
    assert living(dump(newcomer.database)) == before
    asked = files.Asked(paths=tuple(sources), year=2025, picks=picks, merger=merger)

    taken = files.take_over(*act, asked, computer="pc").value
    first, second = taken.taken
    assert first.added[Kind.HOUSEHOLD] == second.added[Kind.HOUSEHOLD] == 2
    assert (first.moved, second.moved) == (1, 0)
    assert second.relabelled == [("H1", "H1-2"), ("H1-2", "H1-2-2")]
    assert [twin.name for twin in second.twins] == ["Nguyễn Văn A"]
    (total,) = taken.sums
    assert (total.unit, total.differences, total.silent) == (newcomer.commune, {}, ())
    assert (total.said["poor_households"], total.said["near_poor_households"]) == (1, 1)
    with newcomer.database.reader() as connection:
        assert list(contradictions(connection, AFTER)) == []
        (step, *_) = records.find(connection, Kind.SUCCESSION, new_area=newcomer.commune)
    assert (step["effective_on"], step["decision"]) == (MERGED, "NQ 1/2026")
    top = areas.top_unit(newcomer.database, FIRST_DAY)  # before the new commune was
    assert areas.tree(newcomer.database, FIRST_DAY)[top].level is Level.PROVINCE
    tree = areas.tree(newcomer.database, AFTER)
    assert [one.uid for one in tree.of_level(Level.COMMUNE)] == [newcomer.commune]
    assert len(tree.of_level(Level.PROVINCE)) == 1
    names = [one.name for one in tree.villages(newcomer.commune)]
    assert names == ["Thôn A", "Thôn B", "Thôn A", "Thôn C"]
    found = rollups.rollup(newcomer.database, year=2026, standard=STANDARD, as_of=AFTER)
    assert found.count(newcomer.commune, "poor_households") == 2
    assert found.count(newcomer.villages["A"], "poor_households") == 2
    then = rollups.rollup(newcomer.database, year=2026, standard=STANDARD, as_of=BEFORE)
    assert then.count(first.unit, "poor_households") == 1
    assert then.count(newcomer.commune, "poor_households") == 1

    assert refused(newcomer, definitions, sources[:1]) == "former_taken"
    again = undo.next_step(newcomer.database)
    assert again is not None
    undo.undo(newcomer.database, newcomer.context, again.group)
    assert living(dump(newcomer.database)) == before
    asked = replace(asked, paths=tuple(sources[1:]))
    assert len(files.take_over(*act, asked, computer="pc").value.taken) == 1


def test_the_register_of_the_commune_itself_is_not_taken_in(
    sources: list[Path], definitions: Definitions
) -> None:
    own, asked = Database(sources[1]), files.Asked(paths=tuple(sources[1:]), year=2025)
    try:
        (one,) = files.look(own, definitions, make_context(), asked, computer="pc").files
        assert one.refused is not None
        assert one.refused.code == "former_here"
    finally:
        own.close()


def test_a_register_made_of_a_work_package_is_not_taken_for_the_whole(
    successor: Register, sources: list[Path], definitions: Definitions
) -> None:
    database = Database(sources[1])
    with write_unit(database, make_context(seed=9), Op.TAKE_WORK) as work:
        unit = areas.top_unit(database, AFTER)
        said = {"area": unit, "kind": "work", "direction": "received", "note": "Thôn C"}
        work.insert(Kind.PACKAGE, received_on=MERGED, file="goi.xlsx", sha256="0", **said)
    database.close()
    assert refused(successor, definitions, sources) == "former_part"


def refused(town: Register, definitions: Definitions, sources: list[Path]) -> str:
    before = dump(town.database)
    with pytest.raises(AppError) as failure:
        take(town, definitions, sources)
    assert dump(town.database) == before
    assert error_text(failure.value)
    return failure.value.code


def test_what_is_not_known_here_is_refused_whole(
    successor: Register, sources: list[Path], definitions: Definitions, tmp_path: Path
) -> None:
    assert refused(successor, definitions, sources) == "former_villages"  # no Thôn C
    asked = files.Asked(paths=tuple(sources[1:]), year=2025)
    act = (successor.database, definitions, successor.context)
    (unknown,) = [unit for one in files.look(*act, asked, computer="pc").files
                  for unit in one.units if unit.unit is None]  # fmt: skip
    (itself,) = [uid for uid, name in unknown.offered if name == "Thôn C (Sơn Mùa cũ)"]
    asked = replace(asked, picks={unknown.key: itself})
    (total,) = files.look(*act, asked, computer="pc").sums  # it comes along
    assert (total.said["near_poor_households"], total.differences) == (1, {})
    again = shutil.copy(sources[0], tmp_path / "again.xlsx")
    assert refused(successor, definitions, [sources[0], again]) == "former_twice"
    take(successor, definitions, sources[:1])
    assert refused(successor, definitions, sources[:1]) == "former_taken"
    with empty_database(tmp_path / "other.db") as database:
        other = register(database, "Ba Tơ", "A", seed=4)
        assert refused(other, definitions, sources[:1]) == "former_unknown"


def test_the_command_line_says_what_was_taken_over(
    successor: Register, sources: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    add_village(successor, successor.villages["second"], "Thôn C")
    named = ["package", "former", "--db", str(successor.database.path), *map(str, sources)]
    before = dump(successor.database)
    assert main.entry([*named, "--json", "--dry-run"]) == main.FINDINGS
    dry = json.loads(capsys.readouterr().out)
    assert dump(successor.database) == before
    assert main.entry([*named, "--json"]) == main.FINDINGS  # one may be in both registers
    said = json.loads(capsys.readouterr().out)
    assert [dry[part] for part in ("sums", "lines")] == [said[part] for part in ("sums", "lines")]
    assert said["taken"][0]["units"][1] == {"said": "Thôn A", "here": "Thôn A", "now": "Thôn B"}
    assert [one["unit"] for one in said["taken"]] == ["Sơn Bua", "Sơn Mùa"]
    assert said["taken"][1]["relabelled"] == [["H1", "H1-2"], ["H1-2", "H1-2-2"]]
    assert said["sums"][0]["figures"]["poor_households"] == [1, 1]
    assert main.entry(named) == main.REFUSED
    assert "Đã nhận sổ của Sơn Bua" in capsys.readouterr().err


def test_a_typed_figure_of_a_package_or_a_register_counts(
    successor: Register, sources: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    add_village(successor, successor.villages["second"], "Thôn C")
    named = ["package", "former", "--db", str(successor.database.path), *map(str, sources)]
    named += ["--dry-run", "--said"]
    assert main.entry([*named, "9.xlsx:poor_households=1"]) == main.REFUSED
    assert "“9.xlsx”" in capsys.readouterr().err

    def figures(*more: str) -> list[str]:
        assert main.entry([*named[:-1], *more]) == main.FINDINGS
        lines = capsys.readouterr().out.splitlines()
        told = [line.split(": So số: ") for line in lines if ": So số: Hộ " in line]
        both = "Sơn Bua, Sơn Mùa, năm 2026"
        return [what if names == both else f"{names}: {what}" for names, what in told][:-1]

    uncounted = "Hộ cận nghèo: 1 (đếm trong tệp, không có biểu để so) → 1"
    assert figures() == ["Hộ nghèo: 1 (đếm trong tệp, không có biểu để so) → 1", uncounted]
    said = ["--said", "2.db:poor_households=0", "--said", "2.db:near_poor_households=1"]
    assert figures(*said) == ["Hộ nghèo: 1 → 1 (khớp)", "Hộ cận nghèo: 1 → 1 (khớp)"]
    assert figures("--said", f"{sources[0]}:poor_households=99") == [
        "Hộ nghèo: 99 → 1 (lệch)", "Sơn Bua, năm 2026: Hộ nghèo: 99 → 1 (lệch)", uncounted
    ]  # fmt: skip
    said = ["--said", f"{sources[0]}:poor_households=0", "--said", "2.db:poor_households=1"]
    assert figures(*said) == [
        "Hộ nghèo: 1 → 1 (khớp)", "Sơn Bua, năm 2026: Hộ nghèo: 0 → 1 (lệch)",
        "Sơn Mùa, năm 2026: Hộ nghèo: 1 → 0 (lệch)", uncounted,
    ]  # fmt: skip


def test_a_typed_figure_is_compared_in_its_own_year_whatever_comes_beside_it(
    successor: Register, sources: list[Path], tmp_path: Path, definitions: Definitions,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    add_village(successor, successor.villages["second"], "Thôn C")
    with closing(Database(tmp_path / "1.db")) as database:
        old = tmp_path / "2025.xlsx"
        upward.send(database, definitions, make_context(seed=5), old, year=2025,
                    recipient=Recipient.SUCCESSOR)  # fmt: skip
    named = ["package", "former", "--db", str(successor.database.path), str(old), str(sources[1])]
    named += ["--dry-run", "--json", "--said", "2.db:near_poor_households=99"]
    assert main.entry([*named, "--said", "2025.xlsx:near_poor_households=98"]) == main.FINDINGS
    told = json.loads(capsys.readouterr().out)
    figures = [one for one in told["lines"] if one["about"] == "figure"]
    assert [(one["file"], one["said"], one["here"], one["state"]) for one in figures
            if "cận nghèo" in one["said"] and "Hộ" in one["said"]] == [
        ("Sơn Bua, năm 2025", "Hộ cận nghèo: 98", "–", "differs"),
        ("Sơn Bua, Sơn Mùa, năm 2026", "Hộ cận nghèo (chưa có số của Sơn Bua)", "1", ""),
        ("Sơn Mùa, năm 2026", "Hộ cận nghèo: 99", "1", "differs"),
    ]  # fmt: skip
    assert [one["apart"].get("near_poor_households") for one in told["sums"]] == [
        None, [["Sơn Mùa", 99, 1]]
    ]  # fmt: skip
    act = (successor.database, definitions, successor.context)
    looked = files.look(*act, files.Asked(paths=(old, sources[1]), year=2025), computer="pc")
    typed = {"2.db": {"near_poor_households": 99}, old.name: {"near_poor_households": 98}}
    for said in (typed, {name: {} for name in typed}, typed):  # as typed beside what was looked at
        looked = looked.compared_with(said)
    assert [line[:5] for line in lines_of(looked)] == [tuple(one.values()) for one in told["lines"]]


def test_the_command_line_names_what_an_unknown_commune_becomes(
    newcomer: Register, sources: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["package", "former", "--db", str(newcomer.database.path), str(sources[1])]
    named += ["--map", "Sơn Mùa=Sơn Tây Thượng", "--merged-on", "01/07/2026"]
    assert main.entry([*named, "--dry-run"]) == main.FINDINGS
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "2.db: Thôn: Thôn A (cần chọn)"
    assert out[1].endswith("một trong: Thôn A; Thôn A (Sơn Mùa cũ)")
    named += ["--map", "2.db:Thôn A=Thôn A (Sơn Mùa cũ)", "--json"]
    assert main.entry(named) == main.DONE
    (taken,) = json.loads(capsys.readouterr().out)["taken"]
    assert (taken["unit"], taken["added"]["household"]) == ("Sơn Mùa", 2)
    assert main.entry(named) == main.REFUSED  # not for the names of its units
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "former_taken"


def test_what_map_says_is_taken_exactly_or_refused_in_a_sentence(
    newcomer: Register, sources: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["package", "former", "--db", str(newcomer.database.path), str(sources[1])]
    named += ["--json", "--map", "Sơn Mùa=Sơn Tây Thượng", "--map"]
    day = ["--merged-on", "2026-07-01"]
    before = dump(newcomer.database)

    def refusal(*more: str) -> tuple[str, str]:
        assert main.entry([*named, *more]) == main.REFUSED
        said = json.loads(capsys.readouterr().out)["error"]
        return said["code"], said["text"]

    code, text = refusal("Sơn Mùa=Sơn Tây Thượng")  # twice the same is once
    assert (code, text.endswith("Thêm --merged-on NGÀY và --decision CHỮ.")) == ("former_day", True)
    code, text = refusal("Thôn A=Thôn A (xã cũ)")  # nobody knows yet which villages it has
    assert code == "former_day"
    code, text = refusal("sơn mùa=Sơn Tây Thượng", *day)
    way = "Thêm --map “Thôn A=…” (mỗi đơn vị một --map), sau dấu “=” là một trong: "
    assert (code, text.endswith(f"{way}Thôn A; Thôn A (Sơn Mùa cũ).")) == ("former_villages", True)
    twice = ("Thôn A=Thôn A", "--map", "thôn  A=Thôn A (Sơn Mùa cũ)", *day)
    code, text = refusal(*twice)
    assert code == "former_map_twice"
    assert "“Thôn A” là “Thôn A”, lại ghi là “Thôn A (Sơn Mùa cũ)”" in text
    code, text = refusal("Thôn A=Thôn Z", *day)
    assert (code, "“Thôn Z”, chỉ vào: Thôn A; Thôn A (Sơn Mùa cũ)" in text) == (
        "former_no_choice", True)  # fmt: skip
    code, text = refusal("Thôn Z=Thôn A", *day)
    assert (code, "chỉ có: Sơn Mùa, Thôn A, Thôn C." in text) == ("former_no_unit", True)
    assert refusal("Thôn A", *day)[0] == "former_map"
    assert dump(newcomer.database) == before

    nearer = ("2.db:Thôn A=Thôn A (xã cũ)", "--map", "Thôn A=Thôn A", *day, "--dry-run")
    assert main.entry([*named, *nearer]) == main.DONE
    (taken,) = json.loads(capsys.readouterr().out)["taken"]
    assert {one["said"]: one["here"] for one in taken["units"]}["Thôn A"] == "Thôn A (Sơn Mùa cũ)"
