"""Notes and bridge below the tables of a year with decisions in it, on a real file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.movement import LISTED
from giamngheo_desktop.domain.movement_bridge import Bridge, Count
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services import events
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.movement.movement_bridge import Bridged, bridges
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness.register import STANDARD, Register
from tests.harness.tables import paper
from tests.services.test_corrections import NEAR, NONE, POOR, close, give, home
from tests.services.test_movements import every_row

YEAR = 2026
WINDOW = date(2026, 9, 1)


def decide(reg: Register, uid: UUID, code: str, day: date) -> None:
    """A decision of the review of a month."""
    reg.give_class(
        uid,
        code,
        year=YEAR,
        valid_from=day,
        source="decision",
        decision_number=f"{day.month}/QĐ-TX",
        decision_on=day,
    )


def found(reg: Register, villages: str = "ABC", year: int = YEAR) -> dict[HouseholdClass, Bridged]:
    scope = Scope(year=year, standard=STANDARD)
    with reg.database.reader() as connection:
        placing = Placing(connection, scope.day, scope.day)
        moves = movements.moves(connection, scope, scope.day)
        wanted = frozenset(reg.villages[village] for village in villages)
        return bridges(placing, scope, moves, wanted, WINDOW)


def a_year(reg: Register) -> dict[str, UUID]:
    """In March poor and out in October; near-poor all year but for the summer; poor since May."""
    homes = {
        "Ra": home(reg, "Ra", "A", (2025, NONE)),
        "Về": home(reg, "Về", "B", (2025, NEAR)),
        "Mới": home(reg, "Mới", "B"),
        "Đi": home(reg, "Đi", "C"),
        "Ở": home(reg, "Ở", "A", (2025, POOR)),
    }
    close(reg, 2025)
    decide(reg, homes["Ra"], POOR, date(2026, 3, 15))
    decide(reg, homes["Ra"], NONE, date(2026, 10, 20))
    decide(reg, homes["Về"], NONE, date(2026, 4, 25))
    decide(reg, homes["Mới"], POOR, date(2026, 5, 20))
    decide(reg, homes["Đi"], POOR, date(2026, 5, 20))
    args = (reg.database, reg.context)
    events.move_out(*args, household=homes["Đi"], day=date(2026, 8, 1))
    for name, code in (("Ra", NONE), ("Về", NEAR), ("Ở", NONE)):
        give(reg, homes[name], code, YEAR)
    return homes


def test_the_bridge_of_a_year_typed_by_hand(register: Register) -> None:
    homes = a_year(register)
    both = found(register)
    assert both[HouseholdClass.POOR].bridge == Bridge(
        1, {3: Count(1, 0), 10: Count(0, 1), 5: Count(2, 0)}, Count(0, 1), Count(0, 1), 1
    )
    assert both[HouseholdClass.NEAR_POOR].bridge == Bridge(
        1, {4: Count(0, 1)}, Count(1, 0), Count(), 1
    )
    passed = {one.household for one in both[HouseholdClass.POOR].passed}
    assert passed == {homes["Ra"], homes["Đi"]}
    (back,) = both[HouseholdClass.NEAR_POOR].passed
    assert back.household == homes["Về"]


def test_the_paper_names_whom_the_two_ends_do_not_show(register: Register) -> None:
    a_year(register)
    notes = paper(register.database, "BC2").notes
    (between,) = (note for note in notes if "đã vào, ra trong năm" in note)
    assert "Ra (Thôn A): vào 15/03/2026 theo QĐ 3/QĐ-TX, ra 20/10/2026 theo QĐ 10/QĐ-TX" in between
    assert "vào 20/05/2026 theo QĐ 5/QĐ-TX, ra vì biến động hộ" in between
    (bridge,) = (note for note in notes if note.startswith("Từ các quyết định"))
    assert bridge == (
        "Từ các quyết định trong năm: đầu kỳ 1 hộ; thường xuyên +3 −1; định kỳ cuối năm +0 −1; "
        "biến động hộ +0 −1; cuối kỳ 1 hộ."
    )
    village = paper(register.database, "BC2", unit=register.villages["B"])
    assert not any("đã vào, ra trong năm" in note for note in village.notes)


def test_bridges_meet_the_tables_in_every_village(register: Register) -> None:
    every_row(register)
    for villages in ("ABC", "A", "B", "C"):
        both = found(register, villages)
        wanted = {register.villages[village] for village in villages}
        scope = Scope(year=YEAR, standard=STANDARD)
        with register.database.reader() as connection:
            moves = movements.moves(connection, scope, scope.day)
        for table in LISTED:
            bridge = both[table].bridge
            ends = [
                sum(end.household_class is table and end.place in wanted for end in stands.values())
                for stands in (moves.opening, moves.closing)
            ]
            assert [bridge.opening, bridge.closing] == ends
            counts = [*bridge.months.values(), bridge.periodic, bridge.other]
            assert bridge.opening + sum(one.entered - one.left for one in counts) == bridge.closing
