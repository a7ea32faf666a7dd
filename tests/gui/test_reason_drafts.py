"""A reason half typed when the machine went off: the list of drafts leads back to its question."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.review import case_drafts
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.services.review import case_lists
from tests.gui.review import autumn, begin, settle, show


def asked(page) -> list[ReasonDialog]:
    return [found for found in page.findChildren(ReasonDialog) if found.isVisible()]


def crash(page) -> None:
    """What is typed is on the disk, and nobody said what becomes of it."""
    (dialog,) = asked(page)
    dialog.reason.setText("Nhà khóa cửa")
    dialog.draft.keep()
    dialog.hide()
    page.hide()


def again(qtbot, world, name: str):
    """The page and on it the question, reached by the only line of the list of drafts."""
    (draft,) = case_drafts.offered(world.database.path)
    assert name in draft.title
    page = show(qtbot, world)
    (button,) = page.drafts.findChildren(QPushButton, f"open_{draft.key}")
    button.click()
    (dialog,) = asked(page)
    return page, dialog


def test_the_reason_why_nobody_was_met_leads_to_household_and_question(qtbot, tmp_path):
    with autumn(tmp_path) as world:
        review = begin(world)
        row = case_lists.of_review(world.database, review, world.villages[0])[1]
        page = show(qtbot, world)
        page.case.open(review, world.villages[0], row.uid)
        page.case.view.header.outcome_chosen.emit("absent")
        crash(page)
        page, dialog = again(qtbot, world, row.head)
        assert "Không rà soát được hộ" in dialog.windowTitle()
        assert dialog.reason.text() == "Nhà khóa cửa"
        dialog.findChild(QPushButton, "give_reason").click()
        done = case_lists.of_review(world.database, review, world.villages[0])[1]
        assert done.outcome == "absent"
        assert case_drafts.offered(world.database.path) == []


def test_so_does_the_reason_to_open_a_form_again(qtbot, tmp_path):
    with autumn(tmp_path) as world:
        review = begin(world)
        settle(world.desk, review, world.villages[0])
        row = case_lists.of_review(world.database, review, world.villages[0])[0]
        page = show(qtbot, world)
        page.case.open(review, world.villages[0], row.uid)
        page.case.view.header.reopen_pressed.emit()
        crash(page)
        page, dialog = again(qtbot, world, row.head)
        assert dialog.windowTitle().startswith("Mở lại phiếu hộ")
