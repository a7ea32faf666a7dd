"""Qt's own buttons and menus speak Vietnamese, and what the table does not know stays readable."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QTextEdit, QWizard, QWizardPage

from giamngheo_desktop.gui.qt_vi import STRINGS, QtVietnamese


@pytest.fixture(autouse=True)
def vietnamese(qapp):
    translator = QtVietnamese()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_every_standard_button_is_vietnamese(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton(0x0FFFFC00))
    qtbot.addWidget(box)
    labels = [button.text() for button in box.buttons()]
    assert len(labels) > 15
    assert set(labels) <= set(STRINGS.values())


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit])
def test_the_menu_of_an_input_is_vietnamese(qtbot, kind):
    edit = kind()
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    qtbot.addWidget(menu)
    labels = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert len(labels) >= 6
    assert set(labels) <= set(STRINGS.values())


def test_a_wizard_is_vietnamese(qtbot):
    wizard = QWizard()
    qtbot.addWidget(wizard)
    wizard.addPage(QWizardPage())
    wizard.addPage(QWizardPage())
    wizard.restart()
    buttons = (QWizard.WizardButton.BackButton, QWizard.WizardButton.FinishButton)
    assert [wizard.buttonText(button) for button in buttons] == ["‹ &Quay lại", "&Xong"]


def test_unknown_text_stays():
    assert QCoreApplication.translate("Anything", "Unknown words") == "Unknown words"


def test_each_text_keeps_its_places_and_has_one_mnemonic_at_most():
    for source, text in STRINGS.items():
        assert sorted(re.findall(r"%\d", text)) == sorted(re.findall(r"%\d", source)), source
        assert text.count("&") == source.count("&"), source
