"""The work of an officer in a year of reviews, each act as he does it at the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListWidget

from giamngheo_desktop.domain.answers import Key as AnswerKey
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.review.case_view import CaseView
from giamngheo_desktop.services.review.case_entry import CaseSheet
from tests.gui.clerk import Clerk, text_of
from tests.gui.hands import Key, Modifier
from tests.gui.officer import Officer
from tests.gui.paper_forms import Paper, paper_between
from tests.harness import walk_papers
from tests.independent import review_walk as paper

CLASSES = {paper.POOR: "Hộ nghèo", paper.NEAR: "Hộ cận nghèo", paper.NOT_POOR: "Hộ không nghèo"}
STEPS = {
    "list": "Lập danh sách", "collect": "Thu thập", "classify": "Phân loại", "meet": "Họp dân",
    "post": "Niêm yết", "recheck": "Khiếu nại", "summarise": "Tổng hợp", "recognise": "Công nhận",
    "certify": "Giấy chứng nhận", "report": "Báo cáo chính thức", "close": "Khóa sổ",
}  # fmt: skip


def typed(day: str) -> str:
    """A day as it is typed."""
    return f"{date.fromisoformat(day):%d%m%Y}"


class WalkDesk(Officer):
    """Households and their events, applications, and the path of a review."""

    # -- households -----------------------------------------------------------------------------

    def open_household(self, head: str) -> None:
        self.press(Key.Key_K, modifier=Modifier.ControlModifier)
        self.pick(head, head)
        assert self.read("household_title") == head

    def event(self, head: str, code: str, answers: Mapping[str, str]) -> None:
        self.open_household(head)
        self.menu("events", f"event_{code}")
        self.fill_and_do(answers, "record")
        self.no_dialog()

    def no_dialog(self) -> None:
        assert self.window.objectName() == "main_window", self.window.objectName()

    def merge(self, head: str, into: str, answers: Mapping[str, str]) -> None:
        self.open_household(head)
        self.menu("events", "event_merge")
        self.pick(into, into)
        self.fill_and_do(answers, "record")
        self.no_dialog()

    def move_in(self, home: paper.Household, day: str, name: str) -> None:
        """A household arrives with its class: Hộ chuyển đến."""
        self.press(Key.Key_2, modifier=Modifier.ControlModifier)
        if self.see("household_title"):
            self.click("back_to_list")
        self.click("move_in")
        self.click("since")
        self.replace(typed(day))
        self.press(Key.Key_1, modifier=Modifier.AltModifier)
        self.fill(
            {"village": home.village, "class": CLASSES[name].removeprefix("Hộ ").capitalize()},
            "members.0.full_name",
        )
        for number, member in enumerate(home.members):
            row = f"members.{number}."
            self.fill(
                {
                    f"{row}full_name": member.name,
                    f"{row}sex": member.sex,
                    f"{row}birth": str(member.born),
                    f"{row}relation": member.relation,
                    f"{row}ethnicity": "Kinh",
                },
                f"members.{number + 1}.full_name",
            )
        self.press(Key.Key_S, modifier=Modifier.ControlModifier)
        assert self.read("household_title") == home.head

    # -- applications ---------------------------------------------------------------------------

    def book(self) -> None:
        """Open the book of applications."""
        self.press(Key.Key_3, modifier=Modifier.ControlModifier)
        if not self.see("applications_panel"):
            self.click("show_applications")

    def apply(self, head: str, purpose: str, day: str) -> None:
        self.book()
        self.click("new_application")
        self.pick(head, head)
        self.fill_and_do({"purpose": purpose, "received_on": typed(day)}, "application_save")
        assert head in [row[0] for row in self.lines("applications")]

    def take_applications(self) -> None:
        """Open the month they wait for, or give them to the review that runs."""
        self.book()
        self.click("open_month")

    def reply(self, head: str, name: str, number: str, day: str) -> None:
        self.book()
        self.line("applications", head, among="Trong kỳ")
        self.click("reply_application")
        answers = {
            "outcome": "Công nhận",
            "household_class": CLASSES[name],
            "number": number,
            "day": typed(day),
        }
        self.fill_and_do(answers, "reply_save")

    # -- the path of a review -------------------------------------------------------------------

    def review(self, name: str = "", village: str = "", step: str = "") -> None:
        """Go to a place of the path."""
        self.press(Key.Key_3, modifier=Modifier.ControlModifier)
        if self.see("applications_panel"):
            self.click("show_applications")
        if name:
            self.choose("reviews", name)
        if village:
            self.choose("review_village", village)
        if step:
            self.step(step)

    def step(self, code: str) -> None:
        """Click on a step and let Enter put the keyboard into it."""
        steps = self.find("steps", QListWidget)
        item = next(
            item
            for at in range(steps.count())
            if (item := steps.item(at)).text().split(". ", 1)[1].startswith(STEPS[code])
        )
        steps.scrollToItem(item)
        place = steps.visualItemRect(item).center()
        QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.press(Key.Key_Return)
        assert len(self.see(f"panel_{code}")) == 1, code

    def begin(self, day: str, surveyors: Sequence[str], *, alone: bool = True) -> None:
        """The periodic review: under the standard of the year alone, or of the next one too."""
        self.press(Key.Key_3, modifier=Modifier.ControlModifier)
        if self.see("applications_panel"):
            self.click("show_applications")
        self.click("begin_other" if self.see("begin_other") else "begin")  # none was there yet
        answers = {"kind": "Định kỳ", "begun_on": typed(day)}
        self.fill({**answers, "standards": "2"} if alone else answers, "surveyors")
        for name in surveyors:
            self.write(name)
            self.press(Key.Key_Return)
        self.click("begin_review")

    def screen(self, head: str, *, passed: bool) -> None:
        self.line("review_list", head)
        self.tab_to("screen_result")
        self.answer("Khảo sát tiếp" if passed else "Không khảo sát")

    def open_form(self, head: str) -> CaseView:
        """By the number that stands in the list of forms."""
        number = next(row[0] for row in self.lines("review_forms") if row[1] == head)
        assert self.at() == "form_to_open"
        self.answer(number)
        self.press(Key.Key_Return)
        view = self.find("case_view", CaseView)
        self.wait(lambda: bool(view.form.seen) or not view.form.unseen())
        return view

    def answer_form(self, form: paper.Act) -> None:
        """Type the paper, question by question, as far as it differs from what stands there."""
        view, clerk, wanted = self._form(form)
        clerk.answer_form(wanted)
        for key in self._left(view, clerk, wanted):  # confirmed before: nothing leads there
            self.correct_answer(view.form.field(key), wanted.values[key])
        self.presses += clerk.presses
        assert not self._left(view, clerk, wanted)

    def begin_form(self, form: paper.Act, answers: int) -> int:
        """Type the first answers of the paper; how many of it do not stand there after that."""
        view, clerk, wanted = self._form(form)
        clerk.answer_form(wanted, answers)
        return len(self._left(view, clerk, wanted))

    def left_of_form(self, form: paper.Act) -> int:
        """How many answers of the paper do not stand there."""
        return len(self._left(*self._form(form)))

    def _form(self, form: paper.Act) -> tuple[CaseView, Clerk, Paper]:
        view = self.find("case_view", CaseView)
        assert view.sheet is not None
        return view, Clerk(view), self.paper_of(view.sheet, form)

    def paper_of(self, sheet: CaseSheet, form: paper.Act) -> Paper:
        filled = walk_papers.filled(sheet.base, form)
        return paper_between(filled, sheet.base, sheet.asking, sheet.day)

    def _left(self, view: CaseView, clerk: Clerk, wanted: Paper) -> list[AnswerKey]:
        """In the order of the paper, without what the form does not ask."""
        other = clerk.other(wanted)
        return [key for key in wanted.values if key in other and view.form.field(key).isVisible()]

    def correct_answer(self, field: FieldWidget, value: object) -> None:
        """Click on a question and answer it anew."""
        options = field.input().findChildren(QAbstractButton)
        text = text_of(field.field, value)
        if options:
            self.click_on(options[int(text) - 1])
        else:
            self.click_on(field.input())
            self.replace(text)
            self.press(Key.Key_Return)

    def settle(self) -> None:
        """F8, and back to the list."""
        self.press(Key.Key_F8)
        assert self.read("case_note"), self.read("case_waiting")
        self.press(Key.Key_Escape)

    def enter_form(self, head: str, form: paper.Act) -> None:
        self.open_form(head)
        self.answer_form(form)
        self.settle()

    def sees(self, head: str, name: str) -> None:
        """The class of a household whose form is entered, in the step Phân loại."""
        self.step("classify")
        row = next(row for row in self.lines("review_results") if row[1] == head)
        assert CLASSES[name] in row, row

    def away(self, head: str, outcome: str, reason: str) -> None:
        """Không gặp được."""
        self.open_form(head)
        self.menu("case_away", f"outcome_{outcome}")
        self.write(reason)
        self.click("give_reason")
        self.press(Key.Key_Escape)

    def meet(self, day: str, attendants: int, votes: Mapping[str, int]) -> None:
        """The minutes; in the panel of a village."""
        self.fill({"held_on": typed(day), "attendants": str(attendants)}, "votes")
        for head, agreed in votes.items():
            self.cell("votes", head, 3, str(agreed))
        typed_votes = {row[1]: row[3] for row in self.lines("votes")}
        assert typed_votes == {head: str(agreed) for head, agreed in votes.items()}, self.lines(
            "votes"
        )
        self.click("save_record")

    def post(self, day: str, *, recheck: bool = False) -> None:
        if recheck:
            self.click("new_record")
        subject = "Kết quả phúc tra" if recheck else "Kết quả rà soát"
        self.fill_and_do({"subject": subject, "begun_on": typed(day)}, "save_record")

    def complain(self, village: str, complaint: paper.Act, home: paper.Household) -> None:
        position = next(row[0] for row in self.lines("review_forms") if row[1] == home.head)
        self.step("recheck")
        answers = {
            "received_on": typed(complaint.day),
            "complainant": home.members[1].name,
            "case": f"{position} {home.head}",
            "content": complaint.detail["text"],
        }
        self.fill_and_do(answers, "save_record")

    def answer_complaint(self, who: str, answers: Mapping[str, str]) -> None:
        self.line("complaints", who)
        self.fill_and_do(answers, "save_record")

    def mark(self, step: str, day: str) -> None:
        self.step(step)
        self.fill_and_do({"done_on": typed(day)}, "mark_step")

    def recognise(self, number: str, day: str, holds_from: str = "") -> None:
        """The decision of the first standard without one."""
        self.step("recognise")
        first = typed(holds_from or day)
        answers = {"number": number, "signed_on": typed(day), "valid_from": first}
        self.fill_and_do(answers, "save_record")

    def recognised(self, at: int) -> dict[str, tuple[str, ...]]:
        """A list of the decision as it stands there: heads by village."""
        buttons = self.find("decision_list").findChildren(QAbstractButton)
        self.click_on(buttons[at])
        rows = self.lines("decision_people")
        villages = (paper.EAST, paper.WEST)
        return {name: tuple(row[0] for row in rows if row[1] == name) for name in villages}

    def certify(self, village: str) -> None:
        self.choose("review_village", village)
        self.step("certify")
        self.click("sign_lines")

    def close(self) -> None:
        self.step("close")
        self.answering("yes", "Khóa sổ kỳ rà soát")
        self.click("close_review")

    def correct(self, head: str, correction: paper.Act, document: str) -> None:
        self.open_household(head)
        self.press(Key.Key_4, modifier=Modifier.AltModifier)
        self.click("correct_result")
        answers = {
            "class": CLASSES[correction.detail["cls"]],
            "reason": correction.detail["reason"],
            "document": document,
            "signed_on": typed(correction.day),
        }
        self.fill_and_do(answers, "record")
        self.no_dialog()
