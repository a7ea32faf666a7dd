"""Asks for the passphrase of a package: a new one, typed twice, or the one that opens a file.

What is typed here is the one thing of the program that is kept nowhere: no draft, no log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain import passphrase
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.passphrase import SHORTEST, Passphrase
from giamngheo_desktop.gui.forms.enter_walk import go_on, is_enter
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, dialog_foot, label

Then = Callable[[Passphrase | None], object]
_WIDE = 520  # pixels
_NAMED = 6  # files that a question names
_ASKING = ("package_asks_passphrase", "package_wrong_passphrase")


def lock_with(wanted: bool, parent: QWidget, then: Then) -> None:
    """Go on with a new passphrase where one is `wanted`, else with none."""
    if not wanted:
        then(None)
        return
    dialog = NewPassphrase(parent)
    dialog.given.connect(then)
    dialog.open()


def ask_again(error: BaseException, parent: QWidget, then: Then) -> bool:
    """Where a file was refused for want of the right passphrase: ask, and go on with it."""
    if not is_asking(error):
        return False
    ask(texts.error_text(error), parent, then)
    return True


def is_asking(error: BaseException | None) -> TypeGuard[AppError]:
    return isinstance(error, AppError) and error.code in _ASKING


def ask(said: str | Sequence[str], parent: QWidget, then: Then) -> None:
    """For the passphrase of a file, in the words of `said`, or of all files that it lists."""
    dialog = AskPassphrase(said, parent)
    dialog.given.connect(then)
    dialog.open()


class PassphraseDialog(QDialog):
    """`given(Passphrase)`. A new one is typed `twice`, and `said` stands above it."""

    given = Signal(object)

    def __init__(
        self, title: str, said: str, act: str, parent: QWidget | None, *, twice: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("passphrase_dialog")
        self.setWindowTitle(title)
        opening.name_help(self, "passphrases")
        self.said = label(said, "", "passphrase_said", wrap=True)
        self.first = _line("passphrase", self.tr("Mật khẩu"))
        self._lines = [self.first]
        if twice:
            self.again = _line("passphrase_again", self.tr("Gõ lại mật khẩu"))
            self._lines.append(self.again)
        self.look = QCheckBox(self.tr("&Hiện mật khẩu"))
        self.look.setObjectName("passphrase_shown")
        self.problem = label("", "error", "passphrase_problem", wrap=True)
        self.problem.hide()
        self.act = button(act, "give_passphrase", icon="lock", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.said)
        for line in self._lines:
            box.addWidget(label(line.accessibleName(), "soft"))
            box.addWidget(line)
        box.addWidget(self.look)
        box.addWidget(self.problem)
        box.addLayout(dialog_foot(self.act, cancel))
        self.look.toggled.connect(self._show)
        self.act.clicked.connect(self._give)
        cancel.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._box = box
        self._fit()
        self.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (is_enter(event) and go_on([*self._lines, self.act])):
            super().keyPressEvent(event)

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        for line in self._lines:
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    @Slot()
    def _give(self) -> None:
        try:
            found = self._typed()
        except AppError as error:
            self.problem.setText(texts.error_text(error))
            self.problem.show()
            self._fit()
            self.first.setFocus()
            return
        self.accept()
        self.given.emit(found)

    def _fit(self) -> None:
        """As high as its sentences are at this size of letters."""
        self._box.activate()
        self.resize(_WIDE, self._box.totalHeightForWidth(_WIDE))

    def _typed(self) -> Passphrase:
        if len(self._lines) == 1:
            found = Passphrase(self.first.text())
            if not found.text:
                raise AppError("passphrase_empty")
            return found
        found = passphrase.chosen(self.first.text())
        if found != Passphrase(self.again.text()):
            raise AppError("passphrase_differs")
        return found


class NewPassphrase(PassphraseDialog):
    """The one that a package gets."""

    def __init__(self, parent: QWidget | None) -> None:
        said = self.tr(
            "Quên mật khẩu thì không mở lại được gói; nơi nhận cần biết mật khẩu, báo bằng điện "
            "thoại, không gửi cùng tệp. Ít nhất {least} ký tự; Excel cũng mở gói bằng mật khẩu này."
        ).format(least=SHORTEST)
        super().__init__(
            self.tr("Đặt mật khẩu cho gói"), said, self.tr("&Khóa gói"), parent, twice=True
        )


class AskPassphrase(PassphraseDialog):
    """The one that a file came with, in the words of `said`; or several files, which it lists."""

    def __init__(self, said: str | Sequence[str], parent: QWidget | None) -> None:
        if not isinstance(said, str):
            names = ", ".join(said[:_NAMED]) + (", …" if len(said) > _NAMED else "")
            text = self.tr(
                "{count} tệp có mật khẩu: {names}. Mật khẩu gõ ở đây được thử với mọi tệp ấy; tệp "
                "nào không mở được thì bảng nêu tên, chọn riêng tệp đó để gõ mật khẩu khác."
            )
            said = text.format(count=len(said), names=names)
        super().__init__(self.tr("Mật khẩu của gói"), said, self.tr("&Mở gói"), parent, twice=False)


def _line(name: str, called: str) -> LineEdit:
    made = LineEdit()
    made.setObjectName(name)
    made.setAccessibleName(called)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
