"""Data entry that beats paper: a simulated commune in which 15 % of the answers change.

All changes are in half of the households; the day of the survey is new in each of them, beyond
that. Counted are the presses of a clerk at the real widgets, against typing every answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import pytest

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.review.case_view import CaseView
from giamngheo_desktop.services import households
from giamngheo_desktop.services.review import case_entry
from tests.gui import hands
from tests.gui.cases import THEN, begin
from tests.gui.commune import VILLAGES, YEAR, make_world
from tests.gui.paper_forms import Clerk, Paper, differences, last_year, paper_of

COMMUNE = 200  # households on the list
SURVEYED = date(YEAR, 6, 20)


@dataclass
class Count:
    """What was counted over a pile of forms."""

    forms: int = 0
    answers: int = 0
    changed: int = 0
    wrong: int = 0
    unconfirmed: int = 0
    presses: int = 0
    typed: int = 0  # the characters of each answer, and Enter

    @property
    def ratio(self) -> float:
        return self.presses / self.typed


def type_pile(qtbot, folder, forms: int, seed: int = 3) -> Count:
    rng = Random(seed)
    homes = tuple((n % 3, f"Hộ {n}", rng.randint(2, 5), "poor", "poor") for n in range(forms))
    world = make_world(folder, villages=VILLAGES, homes=homes)
    for uid in world.homes:
        home = households.get(world.database, uid, THEN)
        full = last_year(home, rng, YEAR)
        households.save(world.database, world.context, full, day=THEN, base=home)
    desk, count = world.desk, Count()
    cases = begin(world)
    view = CaseView(desk)
    qtbot.addWidget(view)
    view.resize(1150, 640)
    view.show()
    hands.turn_to(view)
    clerk = Clerk(view)
    for number, case in enumerate(cases):
        sheet = case_entry.open_case(desk.database, desk.definitions, case, desk.context.today())
        share = 0.3 if number % 2 else 0
        paper = paper_of(sheet.base, sheet.asking, sheet.day, share, SURVEYED, rng)
        view.open(case)
        qtbot.waitUntil(lambda: bool(view.form.seen))  # it is on the screen
        clerk.enter_form(paper)
        after = case_entry.open_case(desk.database, desk.definitions, case, desk.context.today())
        _add(count, after, paper)
    count.presses = clerk.presses
    world.close()
    return count


def _add(count: Count, after: case_entry.CaseSheet, paper: Paper) -> None:
    assert set(after.answers) == set(paper.values)
    count.forms += 1
    count.answers += len(paper.values)
    count.changed += len(paper.changed)
    count.wrong += len(differences(after.household, paper))
    confirmed = AnswerState.CONFIRMED
    count.unconfirmed += sum(state is not confirmed for state in after.answers.states.values())
    count.typed += paper.typed(after.asking)


def judge(count: Count, capsys: pytest.CaptureFixture[str]) -> None:
    changed = (count.changed - count.forms) / count.answers  # beside the days of the survey
    with capsys.disabled():
        print(
            f"\n{count.forms} phiếu, {count.answers} câu, đổi {changed:.1%}: {count.presses} phím, "
            f"gõ hết {count.typed} phím, {count.ratio:.1%}; sai {count.wrong} câu"
        )
    assert changed == pytest.approx(0.15, abs=0.02)
    assert count.wrong == 0
    assert count.unconfirmed == 0
    assert count.ratio <= 0.30


def test_a_pile_costs_a_third_of_typing_and_is_what_the_paper_says(qtbot, tmp_path, capsys):
    judge(type_pile(qtbot, tmp_path, COMMUNE // 20), capsys)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_whole_commune(qtbot, tmp_path, capsys):
    judge(type_pile(qtbot, tmp_path, COMMUNE, seed=4), capsys)
