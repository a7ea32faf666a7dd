"""Rollups against the table of the same year, and where a number is not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.cli.rollup import rollup_lines, rollup_rows
from giamngheo_desktop.domain.area import Area, AreaTree, Level
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.rollup import fold
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services import areas, classes, events, rollups, successions
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness.register import FIRST_DAY, STANDARD, Register
from tests.harness.tables import TOTAL, column, definitions, insert_class, paper, sample_copy

DAY = date(2026, 7, 1)
MEASURED = ("poor_households", "near_poor_households", "poor_persons", "near_poor_persons")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sample_copy(tmp_path_factory.mktemp("rollups") / "mẫu.db") as database:
        yield database


@pytest.mark.parametrize("year", range(2020, 2027))
def test_a_rollup_holds_what_bc1_prints(sample: Database, year: int) -> None:
    standard = standard_for(definitions().standards, year).code
    found = rollups.rollup(sample, year=year, standard=standard)
    assert found.frozen
    doc = paper(sample, year=year)
    villages = {area.name: area.uid for area in found.tree.villages()}
    (commune,) = found.tree.of_level(Level.COMMUNE)
    for measure in MEASURED:
        printed = column(doc, measure)
        total = printed.pop(TOTAL)
        assert printed == {name: found.count(uid, measure) for name, uid in villages.items()}
        for above in found.tree.ancestors(commune.uid):
            assert found.bounds(above.uid, measure) == (total, total)


@pytest.mark.parametrize("year", range(2020, 2027))
def test_a_closed_year_equals_the_register_it_was_frozen_from(sample: Database, year: int) -> None:
    """Nothing was typed since: the live query must find what closing found."""
    standard = standard_for(definitions().standards, year).code
    measures = list(MEASURES.values())
    scope = Scope(year=year, standard=standard)
    with sample.reader() as connection:
        frozen = review_rows.counts(connection, scope, measures, frozen=True)
        live = review_rows.counts(connection, scope, measures, frozen=False)
        named = review_rows.households(connection, scope, MEASURES["poor_households"])
        members = review_rows.members_of(connection, scope, [row.household for row in named])
    assert frozen == live
    assert len(named) == sum(row["poor_households"] for row in frozen.values()) > 0
    assert len(members) == sum(row["poor_persons"] for row in frozen.values())


def test_no_measure_asked_is_no_error(sample: Database) -> None:
    found = rollups.rollup(sample, year=2026, standard=STANDARD, measures=())
    assert found.counts.keys() >= {area.uid for area in found.tree.villages()}


def split(register: Register, home: UUID) -> dict[str, UUID]:
    args = (register.database, register.context)
    news = [
        areas.add_village(*args, register.commune, NewVillage(name=name), DAY).value
        for name in "DE"
    ]
    successions.record_succession(
        *args, olds=[register.villages["A"]], news=news, reason="split", effective_on=DAY
    )
    return dict(zip("DE", news, strict=True))


def test_households_of_a_split_village_stay_in_the_commune(register: Register) -> None:
    """They lived in a village the tree of the day does not have: once they were dropped."""
    homes = [register.household(f"Hộ {n}", village="AAB"[n]).uid for n in range(3)]
    for home in homes:
        register.give_class(home, "poor")
    new = split(register, homes[0])
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    province = next(area.uid for area in found.tree.of_level(Level.PROVINCE))
    assert [found.count(uid, "poor_households") for uid in (register.commune, province)] == [3, 3]
    assert [found.count(uid, "poor_households") for uid in new.values()] == [0, 0]
    assert column(paper(register.database), "poor_households")[TOTAL] == 3
    events.move_village(
        register.database, register.context, household=homes[0], village=new["D"], day=DAY
    )
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    assert found.count(new["D"], "poor_households") == 1
    assert found.count(register.commune, "poor_households") == 3


def test_nothing_recorded_is_not_nought(register: Register) -> None:
    home = register.household("Hộ").uid
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    assert found.unrecorded == {area.uid for area in found.tree}
    assert found.bounds(register.commune, "poor_households") is None
    rows = rollup_rows(found)
    assert {row[measure] for row in rows for measure in MEASURES} == {None}
    assert next(iter(rows[0])) == "unit"
    assert list(rollup_lines(found))[1] == "Quảng Ngãi\t–\t–\t–\t–"
    register.give_class(home, "not_poor")
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    assert found.unrecorded == frozenset()
    assert found.bounds(register.commune, "poor_households") == (0, 0)


def test_a_closed_year_without_households_is_nought(register: Register) -> None:
    classes.close_year(
        register.database,
        register.context,
        year=2026,
        standard=STANDARD,
        definition="f" * 64,
        commune=register.commune,
    )
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    assert (found.frozen, found.bounds(register.commune, "poor_households")) == (True, (0, 0))


def test_preliminary_numbers_have_two_ends(register: Register) -> None:
    homes = [register.household(f"Hộ {n}", "Vợ").uid for n in range(3)]
    values = {"source": "computed", "valid_from": date(2026, 10, 1)}
    insert_class(register, homes[0], "poor", **values)
    insert_class(register, homes[1], None, possible=("poor", "near_poor"), **values)
    insert_class(register, homes[2], "not_poor", **values)
    found = rollups.rollup(register.database, year=2026, standard=STANDARD, recognised=False)
    assert found.bounds(register.commune, "poor_persons") == (2, 4)
    (row,) = [row for row in rollup_rows(found) if row["level"] == "commune"]
    assert (row["poor_households"], row["average_living_households"]) == (None, 0)
    assert row["ranges"] == {
        "poor_households": (1, 2),
        "poor_persons": (2, 4),
        "near_poor_households": (0, 1),
        "near_poor_persons": (0, 2),
    }
    lines = list(rollup_lines(found))
    assert "Sơn Tây\t1–2\t0–1\t2–4\t0–2" in lines


def test_units_come_in_tree_order(register: Register) -> None:
    """A second commune's villages stand below it, not between those of the first."""
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        (province,) = areas.tree(register.database, FIRST_DAY).of_level(Level.PROVINCE)
        other = areas.add_area(
            work,
            Level.COMMUNE,
            name="An Bình",
            kind="xa",
            parent=province.uid,
            valid_from=FIRST_DAY,
        )
        areas.add_area(
            work,
            Level.VILLAGE,
            name="Thôn B",
            kind="thon",
            parent=other,
            position=1,
            valid_from=FIRST_DAY,
        )
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    names = [line.split("\t")[0] for line in rollup_lines(found)][1:]
    assert names == [
        "Quảng Ngãi", "An Bình", "Thôn B", "Sơn Tây", "Thôn A", "Thôn B", "Thôn C",
    ]  # fmt: skip
    below = [line.split("\t")[0] for line in rollup_lines(found, other)][1:]
    assert below == ["An Bình", "Thôn B"]


# --- the sums alone ------------------------------------------------------------------------------


def _tree() -> tuple[AreaTree, dict[str, UUID]]:
    uids = {name: UUID(int=number) for number, name in enumerate("PXYabc", start=1)}
    parents = {"P": None, "X": "P", "Y": "P", "a": "X", "b": "X", "c": "Y"}
    levels = {"P": Level.PROVINCE, "X": Level.COMMUNE, "Y": Level.COMMUNE}
    return AreaTree(
        Area(
            uid=uids[name],
            version=uids[name],
            level=levels.get(name, Level.VILLAGE),
            name=name,
            kind="",
            parent=uids[parent] if parent else None,
            sort_key=name,
        )
        for name, parent in parents.items()
    ), uids


def test_a_set_of_villages_counts_where_all_of_them_are() -> None:
    tree, uid = _tree()
    leaves = {
        uid["a"]: {"n": 1},
        frozenset({uid["a"], uid["b"]}): {"n": 10},
        frozenset({uid["b"], uid["c"]}): {"n": 100},
        UUID(int=99): {"n": 1000},
        frozenset[UUID](): {"n": 5},
    }
    sums = {name: fold(leaves, tree).get(uid[name], {}).get("n") for name in uid}
    assert sums == {"P": 111, "X": 11, "Y": None, "a": 1, "b": None, "c": None}


def test_a_walk_puts_units_without_a_parent_last() -> None:
    tree, uid = _tree()
    loose = Area(
        uid=UUID(int=50),
        version=UUID(int=50),
        level=Level.VILLAGE,
        name="loose",
        kind="",
        parent=UUID(int=51),
        position=1,
    )
    walked = [area.name for area in AreaTree([loose, *tree]).walk()]
    assert walked == ["P", "X", "a", "b", "Y", "c", "loose"]
    assert uid["P"] is not None
