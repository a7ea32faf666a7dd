"""Lists of households: one snapshot, editions, open years, columns of one's own choice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.name_list import LIST_FIELDS, Per, SavedList, fields_for
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.name_list import make_list
from giamngheo_desktop.services import households, saved_lists, undo
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.storage.engine import Database
from tests.harness.examples import examples
from tests.harness.register import STANDARD, Register, empty_database, make_register, template
from tests.harness.tables import cells, definitions, paper
from tests.services.test_corrections import NEAR, NONE, POOR, close, correct, home

DEFS = definitions()


def made(register: Register, code: str = "ho_ngheo", year: int = 2025, **asked: Any) -> ReportDoc:
    return make_list(register.database, DEFS, code, year=year, **asked)


def undo_last(register: Register) -> None:
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)


def heads(doc: ReportDoc) -> list[str]:
    """The names of the lines that have a number."""
    (table,) = doc.tables
    return [table.row_name(row) for row in table.rows if row.labels[0]]


def values(doc: ReportDoc, key: str) -> dict[str, Any]:
    (table,) = doc.tables
    return {
        table.row_name(row): table.cell(at, key).value
        for at, row in enumerate(table.rows)
        if row.labels[0]
    }


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "code", [code for code, (one,) in DEFS.name_lists.items() if not one.of_review]
)
def test_as_many_statements_for_ten_households_as_for_three(database: Database, code: str) -> None:
    register = make_register(database)
    said = []
    for number in range(10):
        home(
            register,
            f"Hộ {number}",
            "ABC"[number % 3],
            (2024, POOR),
            (2025, (POOR, NEAR)[number % 2]),
        )
        if number in (2, 9):
            with counted(database) as statements:
                made(register, code)
            said.append(len(statements))
    assert said[0] == said[1]


def test_a_closed_list_stays_as_it_was_closed(database: Database) -> None:
    register = make_register(database)
    one = home(register, "Một", "A", (2025, POOR), persons=3)
    home(register, "Hai", "A", (2025, POOR))
    close(register, 2025)
    before = made(register)
    assert heads(before) == ["Hai", "Một"]
    moved = replace(register.get(one), merit_household="yes", causes=("land",))
    households.save(database, register.context, moved, day=date(2025, 6, 1), base=register.get(one))
    assert made(register).tables == before.tables
    assert before.extra["frozen"] == "true"
    assert values(before, "decision_number")["Một"] == "2025/QĐ"
    assert values(before, "decision_day")["Một"] == "15/12/2025"


def test_each_edition_names_whom_it_named(database: Database) -> None:
    register = make_register(database)
    one = home(register, "Một", "A", (2025, POOR))
    home(register, "Hai", "A", (2025, POOR))
    close(register, 2025)
    correct(register, one, NONE)
    assert heads(made(register)) == ["Hai"]
    assert heads(made(register, edition=1)) == ["Hai", "Một"]
    assert heads(made(register, edition=2)) == ["Hai"]
    assert "lần 2" in " ".join(made(register).subtitle)
    with pytest.raises(AppError) as refused:
        made(register, edition=3)
    assert refused.value.code == "edition_missing"


def test_an_open_year_says_whom_it_waits_for(database: Database) -> None:
    register = make_register(database)
    home(register, "Một", "A", (2025, POOR))
    home(register, "Hai", "B", (2025, POOR), (2026, POOR))
    close(register, 2025)
    doc = made(register, year=2026)
    assert heads(doc) == ["Hai"]
    assert any("Thôn A" in note for note in doc.notes)
    in_force = made(register, year=2026, as_of=date(2026, 6, 30))
    assert values(in_force, "decision_number") == {"Một": "2025/QĐ", "Hai": "2025/QĐ"}


def test_without_the_list_of_the_year_before_no_word_is_guessed(database: Database) -> None:
    register = make_register(database)
    home(register, "Một", "A", (2025, POOR))
    home(register, "Hai", "A", (2025, NEAR), (2026, POOR))
    close(register, 2025)
    doc = made(register)
    assert values(doc, "movement") == {"Một": ""}
    assert any("Thôn A" in note and "2024" in note for note in doc.notes)
    later = made(register, year=2026)
    assert values(later, "movement") == {"Hai": "Cận nghèo trở thành hộ nghèo"}


def test_a_household_without_members_or_head_has_its_line(database: Database) -> None:
    register = make_register(database)
    home(register, "Một", "A", (2025, POOR))
    nobody = register.household(village="A").uid
    register.give_class(nobody, POOR, year=2025, source="decision", valid_from=date(2025, 12, 1))
    for code in ("ho_ngheo", "thanh_vien", "chi_tiet_ngheo"):
        (table,) = made(register, code).tables
        assert len([row for row in table.rows if row.labels[0]]) == 2
    rows = cells(paper(database, "BC1", 2025))
    assert rows["Tổng cộng"]["poor_households"].value == 2


def test_an_empty_list_is_a_sound_page(database: Database) -> None:
    register = make_register(database)
    for code, (one,) in DEFS.name_lists.items():
        if not one.of_review and not one.first_row:
            (table,) = made(register, code).tables
            assert (table.rows, table.empty) == ((), "Không có hộ nào.")


def test_the_review_list_keeps_its_own_numbers(database: Database) -> None:
    register = make_register(database)
    home(register, "Một", "A", (2025, POOR))
    home(register, "Hai", "B", (2025, NEAR))
    close(register, 2025)
    new = NewReview(
        year=2026,
        begun_on=date(2026, 9, 1),
        reference_day=date(2026, 12, 1),
        standards=(ReviewStandard(code=STANDARD, purpose="movement"),),
    )
    reviews.begin(database, register.context, DEFS, new, commune=register.commune)
    doc = made(register, "ra_soat", 2026)
    assert values(doc, "review_ground") == {
        "Một": "Hộ nghèo đang quản lý",
        "Hai": "Hộ cận nghèo đang quản lý",
    }
    assert heads(made(register, "ra_soat", 2026, unit=register.villages["B"])) == ["Hai"]


@settings(
    max_examples=examples(8, 25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_choice_of_columns_is_a_list_of_the_same_households(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    register = _chosen(tmp_path_factory)
    code = data.draw(st.sampled_from(["ho_ngheo", "thanh_vien"]))
    per = DEFS.name_list(code).per
    columns = data.draw(st.lists(st.sampled_from(sorted(fields_for(per))), unique=True))
    doc = made(register, code, columns=columns)
    (table,) = doc.tables
    keys = [leaf.key for leaf in table.leaves]
    assert [key for key in keys if key in columns] == columns
    assert set(keys) - set(columns) <= {"household_number", "head_name", "member_name"}
    assert "household_number" in keys
    assert heads(doc)


_MADE: list[Register] = []


def _chosen(factory: pytest.TempPathFactory) -> Register:
    if not _MADE:
        path = factory.mktemp("lists") / "xã.db"
        path.write_bytes(template().read_bytes())
        register = make_register(Database(path))
        home(register, "Một", "A", (2025, POOR), persons=3)
        home(register, "Hai", "B", (2025, POOR))
        close(register, 2025)
        _MADE.append(register)
    return _MADE[0]


def test_every_field_says_where_it_stands_and_members_only_in_lists_of_members() -> None:
    assert all("." in field.source for field in LIST_FIELDS.values())
    assert not any(field.of_member for field in fields_for(Per.HOUSEHOLD).values())
    assert set(fields_for(Per.MEMBER)) == set(LIST_FIELDS)


def test_columns_are_saved_under_a_name_taken_back_and_forgotten(database: Database) -> None:
    register = make_register(database)
    home(register, "Một", "A", (2025, POOR))
    close(register, 2025)
    args = (database, register.context)
    wanted = SavedList("Phát quà Tết", "ho_ngheo", ("head_name", "persons", "remark"))
    saved_lists.save_list(*args, wanted)
    assert saved_lists.saved_lists(database) == [wanted]
    doc = made(register, "phat qua tet")
    assert [leaf.key for leaf in doc.tables[0].leaves][1:] == ["head_name", "persons", "remark"]
    assert doc.title[-1] == "Phát quà Tết"
    changed = replace(wanted, columns=("head_name", "note"))
    saved_lists.save_list(*args, changed)
    assert saved_lists.saved_lists(database) == [changed]
    undo_last(register)
    assert saved_lists.saved_lists(database) == [wanted]
    saved_lists.remove_list(*args, "Phát quà Tết")
    assert saved_lists.saved_lists(database) == []
    undo_last(register)
    assert saved_lists.saved_lists(database) == [wanted]
    other = replace(wanted, name="Quà {Tết}", columns=("note",))
    saved_lists.save_list(*args, other)
    saved_lists.rename_list(*args, "phát quà tết", "Trung  thu")
    renamed = replace(wanted, name="Trung thu")
    assert saved_lists.saved_lists(database) == [other, renamed]
    assert made(register, "Quà {Tết}").title[-1] == "Quà {Tết}"  # no placeholder
    for call in (
        lambda: saved_lists.save_list(*args, replace(renamed, base="ho_can_ngheo")),
        lambda: saved_lists.rename_list(*args, "Trung thu", "quà {tết}"),
    ):
        with pytest.raises(RefusedError) as taken:
            call()
        assert taken.value.code == "list_name_taken"
    undo_last(register)
    assert saved_lists.saved_lists(database) == [wanted, other]
    with pytest.raises(RefusedError) as nameless:
        saved_lists.save_list(*args, replace(wanted, name="  "))
    assert nameless.value.code == "list_name_missing"


EXITS = {"thoat_ngheo": (POOR, (NEAR, NONE)), "thoat_can_ngheo": (NEAR, (NONE,))}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"),
            st.sampled_from([POOR, NEAR, NONE]),
            st.sampled_from([POOR, NEAR, NONE]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_lists_have_as_many_households_and_persons_as_the_tables(
    tmp_path_factory: pytest.TempPathFactory,
    lives: list[tuple[str, str, str]],
    closed: bool,
) -> None:
    with empty_database(tmp_path_factory.mktemp("lists") / "xã.db") as database:
        register = make_register(database)
        for number, (village, was, now) in enumerate(lives):
            years = ((2025, was), (2026, now))
            home(register, f"Hộ {number}", village, *years, persons=1 + number % 3)
        close(register, 2025)
        if closed:
            close(register, 2026)
        flows = {code: cells(paper(database, code, 2026)) for code in ("BC1",)}
        for unit, village in (
            (None, "Tổng cộng"),
            *((register.villages[v], f"Thôn {v}") for v in "AB"),
        ):
            for code, key in (("ho_ngheo", "poor"), ("ho_can_ngheo", "near_poor")):
                doc = made(register, code, 2026, unit=unit)
                row = flows["BC1"][village]
                assert len(heads(doc)) == row[f"{key}_households"].value
                assert sum(values(doc, "persons").values()) == row[f"{key}_persons"].value
            for code, (was, others) in EXITS.items():
                left = [
                    place
                    for place, before, after in lives
                    if (before, after in others) == (was, True)
                    and village in ("Tổng cộng", f"Thôn {place}")
                ]
                assert len(heads(made(register, code, 2026, unit=unit))) == len(left)
