"""Looking before closing counts in the reach that closing has: one commune of several."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes, events
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.closing import Closing, look_before_closing
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.corrections import Correction
from tests.harness.register import STANDARD, Register
from tests.harness.report_rows import close as close_year
from tests.harness.tables import TOTAL, column, definitions, paper


def test_one_commune_of_two(register: Register) -> None:
    reg = register
    other = reg.second_commune("Hương Sơn", "H")
    for village in "AAHHH":
        home = reg.household("Một", village=village).uid
        reg.give_class(home, "poor", year=2025)
        if village == "H":
            reg.give_class(home, "near_poor", valid_from=date(2026, 12, 1), source="decision")
            first = home
    reg.give_class(first, "poor", valid_from=date(2026, 12, 1), source="decision")

    def look(unit: object) -> Closing:
        return look_before_closing(
            reg.database,
            definitions(),
            year=2026,
            standard=STANDARD,
            unit=unit,  # type: ignore[arg-type]
        )

    mine, theirs = look(reg.commune), look(other)
    assert (mine.results, mine.poor, len(mine.waiting), len(mine.kept)) == (0, 2, 2, 2)
    assert (theirs.results, theirs.poor, theirs.near_poor, len(theirs.waiting)) == (3, 1, 2, 0)
    classes.close_year(
        reg.database, reg.context, year=2026, standard=STANDARD, definition="f" * 64, commune=other
    )
    doc = paper(reg.database, unit=other)
    assert column(doc, "poor_households")[TOTAL] == 1
    assert column(doc, "near_poor_households")[TOTAL] == 2
    with pytest.raises(RefusedError):
        look(other)
    assert look(reg.commune) == mine


def test_who_has_no_result_of_the_year_keeps_the_class_and_has_not_left(register: Register) -> None:
    """“Khác giảm” is of those who died, moved away or were merged: no one forgot those."""
    reg = register
    homes = {
        name: reg.household("Một", "Hai", village="A").uid for name in ("still", "gone", "new")
    }
    reg.give_class(homes["still"], "poor", year=2025)
    reg.give_class(homes["gone"], "near_poor", year=2025)
    close = {"standard": STANDARD, "definition": "f" * 64, "commune": reg.commune}
    args = (reg.database, reg.context)
    classes.close_year(*args, year=2025, **close)
    events.move_out(*args, household=homes["gone"], day=date(2026, 5, 1))
    reg.give_class(homes["new"], "poor", valid_from=date(2026, 12, 1), source="decision")
    look = look_before_closing(
        reg.database, definitions(), year=2026, standard=STANDARD, unit=reg.commune
    )
    assert look.waiting == look.kept == {homes["still"]}
    assert (look.results, look.poor, look.near_poor) == (1, 2, 0)
    classes.close_year(*args, year=2026, **close)
    lines = {
        code: [cell.value for cell in paper(reg.database, code).tables[0].rows[-2].cells]
        for code in ("BC2", "BC3")
    }
    assert lines == {"BC2": [1, 0, 0, 0, 0, 0, 1, 0, 2], "BC3": [1, 0, 0, 1, 0, 0, 0, 0, 0]}
    assert column(paper(reg.database), "poor_households")[TOTAL] == 2
    for code in ("BC1", "BC2", "BC3"):
        (note,) = kept_notes(reg, code)
        assert note == (
            "Năm 2026 khóa sổ khi còn 1 hộ trong danh sách chưa có kết quả công nhận của năm; "
            "các hộ ấy giữ diện năm trước (Thôn A: 1 hộ)."
        )


def test_only_a_table_that_counts_average_living_tells_whose_was_kept(register: Register) -> None:
    reg = register
    home = reg.household("Một", village="A").uid
    reg.give_class(home, "not_poor", year=2025, average_living=True)
    for year in (2025, 2026):
        close_year(reg, year)
    assert column(paper(reg.database), "average_living_households")[TOTAL] == 1
    (note,) = kept_notes(reg, "BC1")
    assert "khóa sổ khi còn 1 hộ" in note
    assert not any(kept_notes(reg, code) for code in ("BC2", "BC3", "BC4", "THON-TH"))


def test_who_is_corrected_later_is_no_longer_kept_but_was_in_the_edition_before(
    register: Register,
) -> None:
    reg = register
    home = reg.household("Một", village="A").uid
    reg.give_class(home, "poor", year=2025)
    args = (reg.database, reg.context)
    for year in (2025, 2026):
        classes.close_year(
            *args, year=year, standard=STANDARD, definition="f" * 64, commune=reg.commune
        )
    wanted = Correction(
        household=home, standard=STANDARD, year=2026, household_class="near_poor", reason="Sót"
    )
    corrections.correct(*args, wanted, commune=reg.commune)
    assert kept_notes(reg, "BC1", edition=2) == []
    assert len(kept_notes(reg, "BC1", edition=1)) == 1


def kept_notes(reg: Register, code: str, **request: int) -> list[str]:
    return [note for note in paper(reg.database, code, **request).notes if "giữ diện" in note]


def test_a_list_of_the_standard_before_is_not_carried_into_the_new_one(register: Register) -> None:
    reg = register
    old, new = (reg.household("Một", village="A").uid for _ in range(2))
    reg.give_class(old, "poor", year=2026)
    entry = ClassEntry(
        household=new, standard="2027", review_year=2027, household_class="poor",
        source="decision", valid_from=date(2027, 12, 1),
    )  # fmt: skip
    classes.record(reg.database, reg.context, entry, commune=reg.commune)
    look = look_before_closing(
        reg.database, definitions(), year=2027, standard="2027", unit=reg.commune
    )
    assert (look.waiting, look.kept, look.poor) == ({old}, frozenset(), 1)
