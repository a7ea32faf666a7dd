"""One section of a document: its heading, its text, what is filled in below from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.documents.content_words import STYLES, what_prints
from giamngheo_desktop.gui.documents.prose_edit import SectionText
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms.line_edit import LineEdit, lock
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.documents.reading import Part
from giamngheo_desktop.services.programme.offers import Offered

_NUMBER = 84  # pixels at 100 % of the field of a typed number
_STEP = "\N{NO-BREAK SPACE}" * 4  # of a tree

Offers = Mapping[str, Sequence[Offered]]  # `plan_component`, `body`


class _Choice(ElidedBox):
    """A drop-down that does not turn by the wheel of a page that is scrolled."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        policies = ElidedBox.SizeAdjustPolicy
        self.setSizeAdjustPolicy(policies.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    @property
    def code(self) -> str:
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Silently; a record that is offered no more is kept all the same."""
        with QSignalBlocker(self):
            if code and self.findData(code) < 0:
                self.addItem(self.tr("Không còn trong danh sách"), code)
            self.setCurrentIndex(max(0, self.findData(code)))


class SectionForm(QWidget):
    """`changed()` after each key and choice; `as_typed` and `put` are what a draft keeps."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("section_form")
        self.number = LineEdit()
        self.number.setObjectName("section_number")
        self.number.setAccessibleName(self.tr("Số in thay số tự đánh"))
        self.number.setToolTip(
            self.tr("Số tự đánh theo thứ tự. Ghi ở đây khi bản in phải mang số khác.")
        )
        self.title = LineEdit()
        self.title.setObjectName("section_title")
        self.title.setAccessibleName(self.tr("Tên mục"))
        self.title.setPlaceholderText(self.tr("Tên mục như in ra"))
        self.text = SectionText()
        self.text.setObjectName("section_text")
        self.text.setAccessibleName(self.tr("Lời của mục"))
        self.text.setPlaceholderText(self.tr("Lời của mục, mỗi đoạn một dòng"))
        self.content = _Choice("section_content", self.tr("Tự điền từ dữ liệu"))
        self.component = _Choice("section_component", self.tr("Dự án"))
        self.body = _Choice("section_body", self.tr("Cơ quan, đoàn thể"))
        self.style_box = _Choice("section_style", self.tr("Kiểu số"))
        self.annex = QCheckBox(self.tr("In thành phụ lục, sau chữ ký"))
        self.annex.setObjectName("section_annex")
        self.what = label("", "small", "section_what", wrap=True)
        self._lines: list[QLabel] = []
        self._is_top = True
        self._build()
        self._offer_fixed()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addWidget(self.title, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, (said, part) in enumerate(
            (
                (self.tr("Tự điền thêm"), self.content),
                (self.tr("Dự án"), self.component),
                (self.tr("Cơ quan"), self.body),
                (self.tr("Kiểu số"), self.style_box),
            )
        ):
            name = label(said, "soft")
            self._lines.append(name)
            grid.addWidget(name, 2 * at, 0)
            grid.addWidget(part, 2 * at, 1)
            if part is self.content:
                grid.addWidget(self.what, 1, 1)
        self._rows = dict(zip((self.content, self.component, self.body), self._lines, strict=False))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.text, 1)
        box.addLayout(grid)
        box.addWidget(self.annex)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.number.setFixedWidth(_NUMBER * theme.percent // 100)

    def _offer_fixed(self) -> None:
        self.style_box.addItem(self.tr("Theo cấp của mục"), "")
        for style, said in STYLES.items():
            self.style_box.addItem(said, style.value)

    def _connect(self) -> None:
        for edit in (self.number, self.title):
            edit.textEdited.connect(self.changed)
        self.text.textChanged.connect(self.changed)
        self.content.currentIndexChanged.connect(self._chose_content)
        for box in (self.component, self.body, self.style_box):
            box.currentIndexChanged.connect(self.changed)
        self.annex.toggled.connect(self.changed)

    # -- in and out -----------------------------------------------------------------------------

    def offer(self, found: Offers, *, of_report: bool) -> None:
        """What a plan or a report may fill in, and the records that one section may be about."""
        content = self.content.code
        with QSignalBlocker(self.content):
            self.content.clear()
            self.content.addItem(self.tr("Không, chỉ in lời ở trên"), "")
            for code in Content:
                if of_report or not code.is_of_reports:
                    self.content.addItem(texts.CONTENTS[code], code.value)
        self.content.choose(content)
        for box, kind in ((self.component, "plan_component"), (self.body, "body")):
            chosen = box.code
            with QSignalBlocker(box):
                box.clear()
                box.addItem(self.tr("Chưa chọn"), "")
                for one in found.get(kind, ()):
                    assert isinstance(one.value, UUID)
                    box.addItem(f"{_STEP * one.depth}{one.label}", one.value.hex)
            box.choose(chosen)

    def show_part(self, part: Part) -> None:
        """What is stored of a section."""
        self._is_top = part.parent is None
        self.show_number(part)
        self.put(stored(part))

    def show_number(self, part: Part) -> None:
        """The one it has by itself, where none is typed."""
        self.number.setPlaceholderText("" if part.typed else part.number)

    def as_typed(self) -> dict[str, object]:
        return {
            "number": self.number.text(),
            "title": self.title.text(),
            "text": self.text.toPlainText(),
            "content": self.content.code,
            "component": self.component.code,
            "body": self.body.code,
            "style": self.style_box.code,
            "annex": self.annex.isChecked(),
        }

    def put(self, typed: Mapping[str, object]) -> None:
        said = {code: str(value or "") for code, value in typed.items()}
        self.number.setText(said.get("number", ""))
        self.title.setText(said.get("title", ""))
        with QSignalBlocker(self.text):
            self.text.setPlainText(said.get("text", ""))
        self.content.choose(said.get("content", ""))
        self.component.choose(said.get("component", ""))
        self.body.choose(said.get("body", ""))
        self.style_box.choose(said.get("style", ""))
        with QSignalBlocker(self.annex):
            self.annex.setChecked(bool(typed.get("annex")))
        self._follow()

    def values(self) -> dict[str, object]:
        """The columns of `sections.FIELDS` that are typed here."""
        content = self.content.code
        return {
            "number": clean(self.number.text()) or None,
            "title": clean(self.title.text()) or None,
            "text": self.text.lines() or None,
            "content": content or None,
            "plan_component": _uid(self.component.code) if content == Content.COMPONENT else None,
            "body": _uid(self.body.code) if content == Content.BODY else None,
            "style": self.style_box.code or None,
            "annex": self.annex.isChecked() and self._is_top,
        }

    def insert(self, text: str) -> None:
        """At the end of what is there, as if pasted: Ctrl+Z in the text takes it away."""
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        gap = "\n" if self.text.toPlainText().strip() else ""
        cursor.insertText(f"{gap}{text}")
        self.text.setTextCursor(cursor)

    def replace(self, text: str) -> None:
        cursor = self.text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    # -- state ----------------------------------------------------------------------------------

    def allow(self, free: bool) -> None:
        for edit in (self.number, self.title, self.text):
            lock(edit, not free)
        for box in (self.content, self.component, self.body, self.style_box):
            box.setEnabled(free)
        self.annex.setEnabled(free)

    def stops(self) -> list[QWidget]:
        parts = (
            self.number,
            self.title,
            self.text,
            self.content,
            self.component,
            self.body,
            self.style_box,
            self.annex,
        )
        return [part for part in parts if not part.isHidden()]

    def _chose_content(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Only what the choice asks for."""
        content = self.content.code
        self.what.setText(what_prints(content))
        self.what.setVisible(bool(content))
        for box, wanted in ((self.component, Content.COMPONENT), (self.body, Content.BODY)):
            box.setVisible(content == wanted)
            self._rows[box].setVisible(content == wanted)
        self.annex.setVisible(self._is_top)


def stored(part: Part) -> dict[str, object]:
    """A section as `as_typed` has it."""
    return {
        "number": part.typed,
        "title": part.title,
        "text": part.text,
        "content": part.content,
        "component": part.component.hex if part.component else "",
        "body": part.body.hex if part.body else "",
        "style": part.own_style.value if part.own_style else "",
        "annex": part.annex,
    }


def _uid(code: str) -> UUID | None:
    return UUID(hex=code) if code else None
