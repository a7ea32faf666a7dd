"""Sections of a form that are folded: opened by their heading, or because something stands there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from giamngheo_desktop.domain.form import Section
from giamngheo_desktop.gui.forms.form_view import FormView
from tests.gui import hands
from tests.gui.test_form_view import KIND, SEX, Key, field

FOLDED = (
    Section(code="usual", label="Thường ghi", page="info", fields=(field("name"),)),
    Section(
        code="rare",
        label="Ghi thêm",
        page="info",
        fields=(field("school"), field("causes", KIND.CHOICES, choices=SEX)),
        folded=True,
    ),
    Section(code="last", label="Cuối", page="info", fields=(field("note"),)),
)


@pytest.fixture
def folded(qtbot):
    form = FormView(FOLDED)
    qtbot.addWidget(form)
    form.resize(500, 500)
    form.show()
    form.activateWindow()
    return form


def test_a_folded_section_is_its_heading_until_it_is_opened(folded):
    fold = folded.findChild(QPushButton, "fold_rare")
    assert fold.text() == "Ghi thêm"
    assert folded.visible_codes() == ["name", "note"]
    assert not folded.fields["school"].isVisible()
    folded.fields["name"].take_focus()
    hands.press(Key.Key_Return)
    assert folded.current_field() == "note"  # Enter passes over it
    folded.fields["name"].take_focus()
    hands.press(Key.Key_Tab)
    assert QApplication.focusWidget() is fold
    hands.press(Key.Key_Return)
    assert folded.visible_codes() == ["name", "school", "causes", "note"]
    hands.press(Key.Key_Tab)
    assert folded.current_field() == "school"
    fold.click()
    assert folded.visible_codes() == ["name", "note"]


def test_nothing_that_is_stored_typed_or_wrong_is_folded_away(folded):
    fold = folded.findChild(QPushButton, "fold_rare")
    folded.set_record({"name": "A", "school": "Trường Sơn Tây"})
    assert folded.visible_codes() == ["name", "school", "causes", "note"]
    fold.click()
    assert fold.isChecked()
    assert folded.record()["school"] == "Trường Sơn Tây"
    folded.set_record({"name": "A"})
    assert not fold.isChecked()
    folded.set_draft({"causes": ("male",)})
    assert folded.fields["causes"].isVisible()
    folded.set_record({})
    folded.set_problems([("school", "Thiếu.", True)])
    assert folded.fields["school"].isVisible()
    folded.set_record({})
    folded.focus_field("causes")
    assert folded.current_field() == "causes"
