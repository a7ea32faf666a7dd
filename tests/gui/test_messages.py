"""One door to the user: expected failures as sentences, bugs with details to copy."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.messages import Tone


@pytest.fixture
def real_boxes(said):
    before = messages.use(messages.show_box)
    yield
    messages.use(before)


def press(*names):
    """Press the buttons of the open box one after another."""

    def act():
        box = QApplication.activeModalWidget()
        for name in names:
            box.findChild(QPushButton, name).click()

    QTimer.singleShot(0, act)


def test_an_expected_failure_is_its_sentence(said, monkeypatch):
    monkeypatch.setitem(texts.ERRORS, "kit_test", "Năm {year} đã khóa sổ.")
    messages.report(AppError("kit_test", year=2025))
    assert said.texts == ["Năm 2025 đã khóa sổ."]
    assert said.shown[0].details == ""


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), AppError("code_without_sentence")])
def test_anything_else_is_a_bug_with_details(said, caplog, error):
    messages.report(error)
    message = said.shown.pop()
    assert message.tone is Tone.ERROR
    assert type(error).__name__ in message.details
    assert "unexpected error" in caplog.text


def test_a_bug_while_a_bug_is_shown_is_only_logged(qapp, caplog):
    def present(message, parent):
        shown.append(message.text)
        messages.report(KeyError("second"))
        return "ok"

    shown = []
    before = messages.use(present)
    messages.report(KeyError("first"))
    messages.use(before)
    assert len(shown) == 1
    assert "second" in caplog.text


def test_the_default_of_a_dangerous_question_is_no(said):
    said.will_answer("no")
    assert not messages.ask("Xóa bản nháp?", yes="Xóa", dangerous=True)
    assert said.shown[0].default == "no"


def test_the_real_box_answers_with_the_pressed_button(qtbot, real_boxes):
    press("yes")
    assert messages.ask("Lưu?", yes="Lưu", no="Không lưu")
    press("no")
    assert not messages.ask("Lưu?", yes="Lưu", no="Không lưu")


def test_escape_means_the_escape_answer(qtbot, real_boxes):
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    assert not messages.ask("Lưu?", yes="Lưu")


def test_details_can_be_copied_and_the_box_stays(qtbot, real_boxes):
    QGuiApplication.clipboard().clear()
    press("copy_details", "ok")
    messages.report(ZeroDivisionError("chia cho không"))
    assert "chia cho không" in QGuiApplication.clipboard().text()


def test_no_error_names_a_command_that_the_window_has_not():
    naming = {code for code, text in texts.ERRORS.items() if "bằng lệnh" in text}
    assert not {code for code in naming if not code.startswith("cli_")}
    assert set(texts.CLI_INSTEAD) <= set(texts.ERRORS)
