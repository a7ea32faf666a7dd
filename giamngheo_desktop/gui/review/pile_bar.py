"""The head of the pile: how far it is, which form comes next, newcomers, who is not met."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.parts import Elided, button, label, tool

APPLICANT, SPLIT = "applicant", "split"


class PileBar(QFrame):
    """`code_entered(typed)`; `order_chosen(in order)`; `new_chosen(APPLICANT or SPLIT)`;
    `unmet_pressed()`; `back_pressed()`.
    """

    code_entered = Signal(str)
    order_chosen = Signal(bool)
    new_chosen = Signal(str)
    unmet_pressed = Signal()
    back_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pile_bar")
        self.setProperty("kind", "card")
        self.back = tool("chevron_left", self.tr("Rời xấp, về danh sách"), "pile_back")
        self.name = Elided("soft", "pile_name")
        self.progress = label("", "bold", "pile_progress")
        self.code = LineEdit()
        self.code.setObjectName("pile_code")
        self.code.setAccessibleName(self.tr("Mã phiếu hoặc STT của phiếu kế tiếp"))
        self.code.setPlaceholderText(self.tr("Mã phiếu hoặc STT"))
        self.code.setFixedWidth(170)
        self.code.typed_anew = True
        self.open = tool("chevron_right", self.tr("Mở phiếu (Enter)"), "pile_open")
        self.order = Segments(
            [Option(False, self.tr("Gõ mã")), Option(True, self.tr("Theo danh sách"))]
        )
        self.order.setObjectName("pile_order")
        self.order.setAccessibleName(self.tr("Phiếu kế tiếp: gõ mã, hoặc theo thứ tự danh sách"))
        self.order.setToolTip(self.tr("Phiếu kế tiếp: gõ mã, hoặc theo thứ tự danh sách"))
        self.new = button(self.tr("Phiếu mới"), "pile_new", icon="add")
        self.new.setToolTip(self.tr("Phiếu chưa có hộ trong danh sách (Ctrl+N)"))
        self.menu = QMenu(self)
        for code, text in (
            (APPLICANT, self.tr("&1 Hộ có giấy đề nghị (Mẫu 01)…")),
            (SPLIT, self.tr("&2 Hộ mới tách…")),
        ):
            action = QAction(text, self.menu)
            action.setObjectName(f"pile_new_{code}")
            action.setData(code)
            self.menu.addAction(action)
        self.new.setMenu(self.menu)
        self.unmet = button(self.tr("Không gặp được"), "pile_unmet")
        self.unmet.setToolTip(self.tr("Hộ đi vắng, từ chối hoặc cả hộ chuyển đi (F9)"))
        self.said = Elided("soft", "pile_said")
        self.problem = label("", "error", "pile_problem", wrap=True)
        self._build()
        self.back.clicked.connect(self.back_pressed)
        self.open.clicked.connect(self.enter)
        self.order.chosen.connect(self._order_chosen)
        self.menu.triggered.connect(self._choose)
        self.unmet.clicked.connect(self.unmet_pressed)
        self.code.textEdited.connect(self.problem.hide)

    def enter(self) -> None:
        """Open what is typed."""
        self.code_entered.emit(clean(self.code.text()))

    def say(self, text: str) -> None:
        """A remark about the form that is open."""
        self.said.set_whole(text)
        self.problem.hide()

    def refuse(self, text: str) -> None:
        """Why no form opens for what was typed, which may be typed anew at once."""
        self.problem.setText(text)
        self.problem.show()
        self.said.set_whole("")
        self.code.setFocus()
        self.code.selectAll()

    def wait_for_code(self) -> None:
        """The next form is whatever is typed now."""
        self.code.clear()
        self.problem.hide()
        self.code.setFocus()

    def show_form(self, *, shown: bool) -> None:
        """Who is not met is one whose form is open."""
        self.unmet.setVisible(shown)

    def set_order(self, *, in_order: bool) -> None:
        self.order.choose(in_order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_walk.is_enter(event) and self.code.hasFocus():
            self.enter()
        else:
            super().keyPressEvent(event)

    def _order_chosen(self) -> None:
        if self.order.value() is None:  # one of both holds
            self.order.choose(False)
        self.order_chosen.emit(bool(self.order.value()))

    def _choose(self, action: QAction) -> None:
        self.new_chosen.emit(action.data())

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(self.progress)
        top.addWidget(self.name, 1)
        top.addWidget(self.new)
        top.addWidget(self.unmet)
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self.code, self.open, self.order):
            line.addWidget(part)
        line.addWidget(self.said, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.setSpacing(4)
        box.addLayout(top)
        box.addLayout(line)
        box.addWidget(self.problem)
        self.problem.hide()
