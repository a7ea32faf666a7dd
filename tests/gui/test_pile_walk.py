"""A pile typed by an officer who never takes a hand off the keyboard, five of its papers wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form_code import form_code
from giamngheo_desktop.domain.review_case import FormState
from giamngheo_desktop.services import households
from giamngheo_desktop.services.review import case_lists, piles
from giamngheo_desktop.storage import records
from tests.gui import hands
from tests.gui.cases import THEN
from tests.gui.commune import VILLAGES, YEAR, World, context, make_world
from tests.gui.hands import Key, Modifier
from tests.gui.paper_forms import last_year
from tests.gui.piles import Pile, open_pile
from tests.gui.review import AUTUMN

TYPED = {"surveyed_on": "20112026", "income": "1200k"}


def commune(folder: Path, forms: int) -> World:
    rng = Random(1)
    homes = [(0, f"Hộ {n}", 1 + n % 3, "poor", "poor") for n in range(forms)]
    made = make_world(folder, villages=VILLAGES, homes=(*homes, (1, "Hộ khác", 2, "poor", "poor")))
    for uid in made.homes:
        home = households.get(made.database, uid, THEN)
        full = last_year(home, rng, YEAR)
        households.save(made.database, made.context, full, day=THEN, base=home)
    made.context = made.desk.context = context(AUTUMN, seed=9)
    return made


class Officer:
    """Hands on the keyboard; the next paper of the pile on the table."""

    def __init__(self, pile: Pile) -> None:
        self.pile = pile
        self.view = pile.pile.view

    def take(self, typed: str) -> None:
        assert hands.at() == "pile_code"
        hands.fill(typed)

    def answer(self) -> None:
        """All as last year, but for the day of the survey and what nobody asked before."""
        hands.until(lambda: self.view.form.seen)
        while self.view.form.unseen():
            hands.press(Key.Key_PageDown)
        hands.press(Key.Key_Space, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)
        while (key := self.view.form.current()) is not None:
            is_new = self.view.answering.answers.state(key) is AnswerState.EMPTY
            if self.view.form.is_proposed(key) or not (is_new or key[1] in TYPED):
                hands.press(Key.Key_Space)
            else:
                hands.fill(TYPED.get(key[1], "2"))
        assert hands.at() == "case_end"

    def close(self) -> None:
        hands.press(Key.Key_F8)
        assert self.view.is_settled
        hands.enter()

    def on_to(self) -> None:
        hands.control(Key.Key_Return)


@pytest.fixture
def officer(qtbot, tmp_path, request) -> Iterator[Officer]:
    world = commune(tmp_path, request.param)
    opened = open_pile(qtbot, world)
    opened.go_to("begin_pile")
    hands.press(Key.Key_Space)
    yield Officer(opened)
    world.close()


@pytest.mark.parametrize(
    "officer", [5, pytest.param(30, marks=pytest.mark.long)], indirect=True, ids=str
)
@pytest.mark.timeout(900)
def test_a_pile_with_five_wrong_papers_never_leaves_the_keyboard(officer: Officer, said) -> None:
    pile, rows = officer.pile, officer.pile.rows()
    order = [row.position for row in rows]
    Random(2).shuffle(order)
    unmet, left_open, *closed = order
    first = pile.row(closed[0])

    for number in closed[:-1]:
        officer.take(pile.row(number).form_code if number % 2 else str(number))
        officer.answer()
        officer.close()

    # 1. a slip of the finger: the wrong code stands selected, the right one is typed over it
    code = pile.row(closed[-1]).form_code
    officer.take(("1" if code[0] == "0" else "0") + code[1:])
    assert pile.text("pile_problem").endswith("gõ sai: xem lại trên phiếu.")
    officer.take(code)
    officer.answer()
    officer.close()

    # 2. a form of another village got into the pile
    other = case_lists.of_review(pile.world.database, pile.review, pile.world.villages[1])[0]
    said.will_answer("no")
    officer.take(other.form_code)
    assert "là của Thôn Đoài" in said.texts[-1]
    said.will_answer("yes")
    officer.take(other.form_code)
    assert pile.text("pile_said").startswith("Phiếu của Thôn Đoài.")
    hands.press(Key.Key_Escape)

    # 3. a code of no form
    officer.take(form_code(900))
    assert pile.text("pile_problem").startswith("Không có phiếu mã")

    # 4. a second paper of a household that is closed
    officer.take(str(first.position))
    assert "hai phiếu của một hộ" in pile.text("pile_said")
    assert "đã kết thúc" in pile.text("case_end_text")
    hands.enter()

    # 5. a form that was typed before, but its household was not closed
    officer.take(str(left_open))
    officer.answer()
    officer.on_to()
    officer.take(str(left_open))
    assert "đã nhập đủ" in pile.text("pile_said")
    assert hands.at() == "case_end"
    officer.on_to()

    officer.take(str(unmet))
    hands.press(Key.Key_F9)
    hands.fill("1", "đi làm ăn xa")
    hands.enter()
    assert hands.at() == "pile_code"

    assert pile.row(left_open).form is FormState.ENTERED
    with pile.world.database.reader() as connection:
        cases = records.find(connection, Kind.CASE, review=pile.review)
    assert all(case["collected_on"] for case in cases if case["entered_on"])  # said by typing them
    assert pile.text("pile_progress").endswith("còn 1 hộ chưa xong")
    pile.go_to("pile_close_complete")
    hands.press(Key.Key_Space)
    assert hands.at() == "pile_code"
    assert pile.text("pile_progress").endswith("cả xấp đã xong")
    assert all(map(piles.is_done, pile.rows()))
    outcomes = {row.position: row.outcome for row in pile.rows()}
    assert {n for n, outcome in outcomes.items() if outcome == "absent"} == {unmet}
    pile.undo()
    assert pile.row(left_open).outcome is None
    hands.press(Key.Key_Escape)
    assert pile.page.panel is not None
    assert pile.page.panel.isVisible()
