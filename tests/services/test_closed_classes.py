"""What a closed year counted is corrected, never written anew: no class of it, none before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.services import classes, events, household_entry, households, undo
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.household_entry import ClassChange
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import STANDARD, TODAY, Register, dump, living

NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def home(register: Register) -> UUID:
    """Near-poor on the list of 2025; 2025 is closed."""
    uid = register.household("Lò Văn An", "Vợ An").uid
    give(register, uid, "near_poor", 2025)
    close(register)
    return uid


def give(reg: Register, home: UUID, name: str, year: int, source: str = "decision") -> UUID:
    return reg.give_class(home, name, year=year, valid_from=date(year, 12, 1), source=source)


def close(reg: Register, commune: UUID | None = None) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=2025,
        standard=STANDARD,
        definition="0" * 64,
        commune=commune or reg.commune,
    )


def entry(home: UUID, year: int, valid_from: date) -> ClassEntry:
    return ClassEntry(
        household=home,
        standard=STANDARD,
        review_year=year,
        household_class="poor",
        source="decision",
        valid_from=valid_from,
    )


def refused(reg: Register, write: Callable[[], object]) -> None:
    before = dump(reg.database)
    with pytest.raises(RefusedError, match="class_of_closed_year") as caught:
        write()
    assert caught.value.params == {"year": 2025}
    assert dump(reg.database) == before


@pytest.mark.parametrize("source", ["decision", "opening"])
@pytest.mark.parametrize("year", [2024, 2025])
def test_neither_of_the_closed_year_nor_of_one_before(
    register: Register, home: UUID, year: int, source: str
) -> None:
    refused(register, lambda: give(register, home, "poor", year, source))
    forgotten = register.household("Ghi sót").uid
    refused(register, lambda: give(register, forgotten, "poor", year, source))


def test_none_is_taken_away_or_typed_over_on_the_page(register: Register, home: UUID) -> None:
    (stored,) = classes.of_household(register.database, home)
    shown = register.get(home, TODAY)

    def remove() -> None:
        with write_unit(register.database, register.context, Op.SAVE_HOUSEHOLD) as work:
            classes.remove_in(work, stored["uid"])

    def save(change: ClassChange) -> None:
        household_entry.save(
            register.database,
            register.context,
            shown,
            base=shown,
            shown_on=TODAY,
            since=TODAY,
            commune=register.commune,
            change=change,
        )

    refused(register, remove)
    refused(register, lambda: save(ClassChange(entry=None, stored=stored["uid"])))
    new = entry(home, 2025, stored["valid_from"])
    refused(register, lambda: save(ClassChange(entry=new, stored=stored["uid"])))


def test_the_years_after_it_and_what_is_computed_are_written(
    register: Register, home: UUID
) -> None:
    give(register, home, "poor", 2026)
    give(register, home, "poor", 2025, "computed")
    assert len(classes.of_household(register.database, home)) == 3


def test_another_commune_that_is_open_goes_on(register: Register, home: UUID) -> None:
    register.second_commune("Hương Sơn", "H")
    other = register.household("Hoa", village="H").uid
    give(register, other, "poor", 2025)
    assert [row["review_year"] for row in classes.of_household(register.database, other)] == [2025]


def test_who_came_after_the_year_brings_its_class_of_that_year(
    register: Register, home: UUID
) -> None:
    def arrive(day: date) -> UUID:
        draft = households.new_household(register.context, register.villages["C"])
        members = (register.member("Mới", is_head=True),)
        draft = Household(uid=draft.uid, village=draft.village, members=members)
        events.move_in(
            register.database,
            register.context,
            draft=draft,
            day=day,
            brought=entry(draft.uid, 2025, day),
            commune=register.commune,
        )
        return draft.uid

    refused(register, lambda: arrive(date(2025, 12, 31)))
    assert classes.of_household(register.database, arrive(NEW_YEAR))


def test_a_correction_and_its_undo_and_a_year_opened_again_are_let_through(
    register: Register, home: UUID
) -> None:
    before = living(dump(register.database))
    args = (register.database, register.context)
    wanted = corrections.Correction(
        household=home, standard=STANDARD, year=2025, household_class="poor", reason="Cộng nhầm"
    )
    corrections.correct(*args, wanted, commune=register.commune)
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(*args, step.group)
    assert living(dump(register.database)) == before
    classes.reopen_year(*args, year=2025, standard=STANDARD, reason="Ghi sót hộ")
    give(register, home, "poor", 2025)
    assert {row["household_class"] for row in classes.of_household(register.database, home)} >= {
        "poor"
    }
