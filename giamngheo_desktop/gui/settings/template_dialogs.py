"""What is asked before a template holds: the look of a new one, the number of a checked one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, dialog_foot, label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.review.drafting import OF_SETTINGS, Typed
from giamngheo_desktop.reports.paper_templates import PaperState
from giamngheo_desktop.services import drafts

_NUMBER = "number"
_KEY = "mau-giay-"  # of the draft, before the code of the paper


class TemplatePreview(QDialog):
    """A paper, unfilled, as a Word file of the unit would print it; `accepted`: it is taken."""

    def __init__(
        self, desk: Desk, found: PaperState, path: Path, warnings: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("template_preview")
        self.setWindowTitle(self.tr("Xem trước mẫu của đơn vị"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = PaperSheet(desk)
        opening.name_help(self.sheet, "templates")
        sheet = self.sheet  # it is looked at: nothing of it is to leave the program yet
        for part in (sheet.print_button, sheet.pdf_button, sheet.word_button, sheet.excel_button):
            part.hide()
        said = [self.tr("Giấy in ra sẽ như dưới đây, chỗ chương trình điền để trống."), *warnings]
        take = button(self.tr("&Dùng mẫu này"), "take_template", icon="check", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.addWidget(label("\n".join(said), "soft", "template_warnings", wrap=True))
        box.addWidget(self.sheet, 1)
        box.addLayout(dialog_foot(take, cancel))
        take.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.sheet.stopped.connect(self.reject)
        around = parent.window().size()
        self.resize(min(980, around.width() - 40), max(420, around.height() - 40))
        job = paper_work.of_template(desk, found.code, path)
        self._order = Order(title=found.shipped.label, name=(found.code, "mau"), job=job)

    def begin(self) -> None:
        """Show itself and make the paper."""
        self.open()
        self.sheet.show_order(self._order)

    def done(self, result: int) -> None:
        self.sheet.stop()
        super().done(result)


class ConfirmTemplate(DraftDialog):
    """`confirmed(number)`: the paper was held against the form; an empty number prints none. The
    draft goes when that is written (`forget_number`), which may be refused.
    """

    confirmed = Signal(str)

    def __init__(self, desk: Desk, found: PaperState, parent: QWidget) -> None:
        super().__init__(desk, parent, prefix=OF_SETTINGS)
        self.setObjectName("confirm_template_dialog")
        self.setWindowTitle(self.tr("Đã đối chiếu mẫu giấy"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening.name_help(self, "templates")
        self._stored = found.kept.form_number if found.kept else ""
        self.number = LineEdit()
        self.number.setObjectName("template_number")
        self.number.setAccessibleName(self.tr("Số hiệu mẫu in ở góc phải"))
        example = found.shipped.form_number or self.tr("Mẫu số 04")
        self.number.setPlaceholderText(
            self.tr("ví dụ {example}; để trống thì không in").format(example=example)
        )
        text = self.tr(
            "“{label}” đã được so với mẫu trong văn bản: {basis}. Ngày và tên người đối chiếu "
            "được ghi lại; mẫu đổi thì phải đối chiếu lại."
        ).format(label=found.shipped.label, basis=found.shipped.legal_basis)
        accept = button(self.tr("Đã đối &chiếu"), "accept_template", icon="check", kind="primary")
        cancel = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.draft)
        box.addWidget(label(text, wrap=True))
        box.addWidget(label(self.number.accessibleName(), "soft"))
        box.addWidget(self.number)
        box.addLayout(dialog_foot(accept, cancel))
        accept.clicked.connect(self._confirm)
        cancel.clicked.connect(self.reject)
        self.begin_anew()
        self.number.textEdited.connect(self.draft.touch)
        self.take_up(f"{_KEY}{found.code}", self.windowTitle())
        self.resize(540, max(220, box.totalHeightForWidth(540)))
        self.start_typing()

    def typed(self) -> Typed | None:
        text = self.number.text()
        return {_NUMBER: text} if text != self._stored else None

    def put(self, typed: Typed) -> None:
        self.number.setText(str(typed.get(_NUMBER) or ""))

    def begin_anew(self) -> None:
        self.number.setText(self._stored)

    def start_typing(self) -> None:
        self.number.setFocus()

    @Slot()
    def _confirm(self) -> None:
        self.draft.keep()
        QDialog.accept(self)
        self.confirmed.emit(clean(self.number.text()))


def forget_number(desk: Desk, code: str) -> None:
    """The paper is confirmed with the number that was typed."""
    with suppress(AppError):  # offered once more where the folder can't be written
        drafts.discard(desk.database.path, f"{OF_SETTINGS}{_KEY}{code}")
