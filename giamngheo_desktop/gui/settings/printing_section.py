"""Cài đặt › In giấy chứng nhận: how far a printer misses the line of a year."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFormLayout, QWidget

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.numbers import parse_decimal
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import label, scrolled
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.section import TypedSection
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services import settings

_MOST = 300  # tenths of a millimetre: beyond, the paper lies the wrong way round


class PrintingSection(TypedSection):
    """Millimetres to the right and down; the printer of today, so they hold from today on."""

    WATCHES = frozenset({Kind.SETTING})

    def __init__(self, desk: Desk) -> None:
        title = self.tr("In dòng năm lên giấy chứng nhận")
        intro = self.tr(
            "Chữ in lệch khỏi dòng trên giấy hộ đang giữ thì ghi số mi-li-mét cần dời: in thử lên "
            "giấy trắng, đặt chồng lên giấy chứng nhận rồi đo. Số âm dời sang trái, lên trên."
        )
        super().__init__(desk, title, intro)
        self._stored: dict[str, str] = {}
        self.fields: dict[str, LineEdit] = {}
        self.problem = label("", "error", "printing_problem", wrap=True)
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        names = (self.tr("Dời sang phải (mm)"), self.tr("Dời xuống dưới (mm)"))
        for code, text in zip(settings.PRINTING, names, strict=True):
            field = LineEdit()
            field.setObjectName(code)
            field.setAccessibleName(text)
            field.setPlaceholderText("0")
            field.textChanged.connect(self.draft.touch)
            form.addRow(label(text, "soft"), field)
            self.fields[code] = field
        self.box.addWidget(scrolled(body), 1)
        self.box.addWidget(self.problem)
        self.foot(save=True)
        self.problem.hide()
        self.setFocusProxy(self.fields[settings.CERTIFICATE_RIGHT])
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def is_dirty(self) -> bool:
        return self._typed() != {code: self._stored.get(code, "") for code in self.fields}

    def as_typed(self) -> Typed:
        return {code: field.text() for code, field in self.fields.items()}

    def put_typed(self, typed: Typed) -> None:
        for code, field in self.fields.items():
            field.setText(str(typed.get(code) or ""))

    def stops(self) -> list[QWidget]:
        return [*self.fields.values(), self.save_button]

    def load(self) -> None:
        work = partial(settings.get, self.desk.database, self.desk.context.today())
        self.desk.runner.read(self, work, self._show, latest="printing")

    def save(self) -> bool:
        typed = self._typed()
        for code, text in typed.items():
            if not _is_millimetres(text):
                said = self.tr("{what}: ghi số mi-li-mét từ -30 đến 30, ví dụ 1,5 hoặc -2.")
                field = self.fields[code]
                self._say(said.format(what=field.accessibleName()))
                field.setFocus()
                return False
        self._say("")
        changed = {code: text for code, text in typed.items() if text != self._stored.get(code, "")}
        if changed:
            context = self.desk.context
            work = partial(settings.save, self.desk.database, context, changed, context.today())
            self.desk.runner.write(self, work, self._saved)
        return True

    def _typed(self) -> dict[str, str]:
        return {code: clean(field.text()) for code, field in self.fields.items()}

    def _show(self, values: dict[str, str]) -> None:
        self._stored = {code: values.get(code, "") for code in self.fields}
        for code, field in self.fields.items():
            field.setText(self._stored[code])
        self._say("")
        self.take_up()

    def _saved(self, done: Done[None]) -> None:
        self._stored = self._typed()
        self.draft.forget()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _fit(self) -> None:
        for field in self.fields.values():
            field.setFixedWidth(90 * theme.percent // 100)


def _is_millimetres(text: str) -> bool:
    try:
        return not text or abs(parse_decimal(text, 1)) <= _MOST
    except ValueError:
        return False
