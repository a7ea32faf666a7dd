"""Asks under what name the columns of a list are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import button, dialog_foot, label
from giamngheo_desktop.gui.review.drafting import OF_LISTS, Typed

_NAME = "name"
Write = Callable[[str], Done[Any]]


class ListNameDialog(DraftDialog):
    """`written(name)`: `write` kept the columns under it. `key` tells for which list and what;
    a name that is `taken` (search keys), but the present one, is asked about.
    """

    written = Signal(str)

    def __init__(
        self,
        desk: Desk,
        key: str,
        title: str,
        name: str,
        write: Write,
        taken: Collection[str],
        parent: QWidget,
    ) -> None:
        super().__init__(desk, parent, prefix=OF_LISTS)
        self._first, self._write, self._taken = name, write, taken
        self.setObjectName("list_name_dialog")
        self.setWindowTitle(title)
        self.name = LineEdit()
        self.name.setObjectName("list_name")
        self.name.setAccessibleName(self.tr("Tên danh sách"))
        self.problem = label("", "error", "list_name_problem", wrap=True)
        self.problem.hide()
        accept = button(self.tr("&Lưu"), "keep_list", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.draft)
        said = self.tr("Tên danh sách, in dưới tiêu đề")
        box.addWidget(label(said, "soft", wrap=True))
        box.addWidget(self.name)
        box.addWidget(self.problem)
        box.addLayout(dialog_foot(accept, cancel))
        accept.clicked.connect(self.try_accept)
        cancel.clicked.connect(self.reject)
        self.name.textEdited.connect(self.draft.touch)
        self.begin_anew()
        self.take_up(key, title)
        self.resize(460, max(150, box.totalHeightForWidth(460)))
        self.start_typing()

    def typed(self) -> Typed | None:
        text = self.name.text()
        return {_NAME: text} if text != self._first else None

    def put(self, typed: Typed) -> None:
        self.name.setText(str(typed.get(_NAME) or ""))

    def begin_anew(self) -> None:
        self.name.setText(self._first)

    def start_typing(self) -> None:
        self.name.setFocus()
        self.name.selectAll()

    def try_accept(self) -> None:
        self.draft.keep()
        name = clean(self.name.text())
        key = search_key(name)
        if key in self._taken and key != search_key(self._first):
            asked = self.tr("Đã có danh sách “{name}”. Ghi đè các cột của nó?").format(name=name)
            if not messages.ask(asked, yes=self.tr("Ghi đè"), parent=self):
                return
        done = partial(self._done, name)
        self.desk.runner.write(self, partial(self._write, name), done, self._failed)

    def _done(self, name: str, _done: Done[Any]) -> None:
        self.accept()
        self.written.emit(name)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, AppError):
            messages.report(error, self)
            return
        self.problem.setText(texts.error_text(error))
        self.problem.show()
        self.name.setFocus()
