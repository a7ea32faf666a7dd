"""Merging, splitting, renaming: which units go, which come, from which day, by which decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.forms.text_fields import TextField
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, dialog_foot, label
from giamngheo_desktop.gui.review.drafting import OF_SETTINGS, Typed
from giamngheo_desktop.gui.settings.section import DayField
from giamngheo_desktop.services import successions
from giamngheo_desktop.services.successions import NewUnit

MERGED, SPLIT, RENAMED = "merged", "split", "renamed"
_LEVEL, _WHAT, _OLDS = "level", "what", "olds"  # in a draft
_UID = int(Qt.ItemDataRole.UserRole)

Job = Callable[[], Done[tuple[UUID, ...]]]


class SuccessionDialog(DraftDialog):
    """One action for villages or communes; what goes along by itself is said before."""

    def __init__(self, desk: Desk, tree: AreaTree, unit: UUID, parent: QWidget) -> None:
        super().__init__(desk, parent, prefix=OF_SETTINGS)
        self._first: Typed | None = None  # what the dialog begins with
        self._villages = tree.villages(unit)
        above = [area.uid for area in tree.ancestors(unit)]
        self._communes = [
            area
            for area in tree.of_level(Level.COMMUNE)
            if area.uid == unit or area.parent == unit or area.parent in above
        ]
        self.setObjectName("succession_dialog")
        self.setWindowTitle(self.tr("Sáp nhập, chia tách, đổi tên"))
        self.level = Segments(
            (Option(Level.VILLAGE, self.tr("Thôn")), Option(Level.COMMUNE, self.tr("Xã")))
        )
        self.level.setObjectName("level")
        self.level.setAccessibleName(self.tr("Cấp"))
        self.what = Segments(
            (
                Option(MERGED, self.tr("Sáp nhập")),
                Option(SPLIT, self.tr("Chia tách")),
                Option(RENAMED, self.tr("Đổi tên")),
            )
        )
        self.what.setObjectName("what")
        self.what.setAccessibleName(self.tr("Việc"))
        self.olds = QListWidget()
        self.olds.setObjectName("olds")
        self._olds_label = label("", "soft", wrap=True)
        self._news_label = label("", "soft", wrap=True)
        names = FieldDef(
            code="news", kind=FieldKind.TEXT, label=self.tr("Tên mới"), capitals="units"
        )
        self._news_field = TextField(names)
        self.news = self._news_field.edit
        self.decision = LineEdit()
        self.decision.setObjectName("decision")
        self.decision.setAccessibleName(self.tr("Nghị quyết, quyết định (số, ngày)"))
        self.day = DayField("effective_on", self.tr("Có hiệu lực từ ngày"))
        self._note = label("", "help", wrap=True)
        self._problem = label("", "error", "succession_problem", wrap=True)
        self._yes = button(self.tr("&Ghi"), "yes", kind="primary")
        no = button(self.tr("&Thôi"), "cancel")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(6)
        parts: tuple[QWidget, ...] = (
            self.draft,
            self.level,
            self.what,
            self._olds_label,
            self.olds,
            self._news_label,
            self._news_field,
            label(self.tr("Có hiệu lực từ ngày"), "soft"),
            self.day,
            label(self.tr("Nghị quyết, quyết định (số, ngày)"), "soft"),
            self.decision,
            self._note,
            self._problem,
        )
        for part in parts:
            box.addWidget(part, 1 if part is self.olds else 0)
        box.addLayout(dialog_foot(self._yes, no))
        self.level.chosen.connect(self._ask)
        self.what.chosen.connect(self._ask)
        for typed in (
            self.level.chosen,
            self.what.chosen,
            self.olds.itemChanged,
            self.news.textEdited,
            self.day.changed,
            self.decision.textEdited,
        ):
            typed.connect(self.draft.touch)
        self._yes.clicked.connect(self.try_accept)
        no.clicked.connect(self.reject)
        opening.name_help(self, "succession")
        opening.add_help(self, self.tr("Trợ giúp"), str)
        self.begin_anew()
        self.take_up(f"sap-nhap-{unit.hex}", self.windowTitle())
        self.setMinimumSize(max(560, box.minimumSize().width()), 500)
        self.level.setFocus()

    # -- what is typed --------------------------------------------------------------------------

    def typed(self) -> Typed | None:
        typed = {
            _LEVEL: self.level.value(),
            _WHAT: self.what.value(),
            _OLDS: tuple(uid.hex for uid in self.ticked()),
            **{code: edit.text() for code, edit in self._texts().items()},
        }
        return typed if typed != self._first else None

    def put(self, typed: Typed) -> None:
        self.level.choose(typed[_LEVEL])
        self.what.choose(typed[_WHAT])
        self._ask()
        olds = cast("tuple[str, ...]", typed[_OLDS])
        for at in range(self.olds.count()):
            item = self.olds.item(at)
            if item.data(_UID).hex in olds:
                item.setCheckState(Qt.CheckState.Checked)
        for code, edit in self._texts().items():
            edit.setText(str(typed.get(code) or ""))

    def begin_anew(self) -> None:
        self.level.choose(Level.VILLAGE)
        self.what.choose(MERGED)
        self.olds.clear()
        for edit in self._texts().values():
            edit.clear()
        self._ask()
        self._first = None
        self._first = self.typed()

    def start_typing(self) -> None:
        self.level.setFocus()

    def _texts(self) -> dict[str, QLineEdit]:
        return {"news": self.news, "day": self.day.edit, "decision": self.decision}

    # -- for tests and the owner ----------------------------------------------------------------

    def tick(self, *names: str) -> None:
        """Tick the units of these names."""
        for at in range(self.olds.count()):
            item = self.olds.item(at)
            if item.text() in names:
                item.setCheckState(Qt.CheckState.Checked)

    def ticked(self) -> list[UUID]:
        items = [self.olds.item(at) for at in range(self.olds.count())]
        return [item.data(_UID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def new_names(self) -> list[str]:
        """The new units: one name, or several parted by semicolons."""
        names = (clean(name) for name in self.news.text().split(";"))
        return [name for name in names if name]

    def try_accept(self) -> None:
        problem, day = self._first_problem(), self.day.day()
        self._say(problem)
        if not problem and day is not None:
            self._yes.setEnabled(False)
            job = partial(_backed_up, self.desk, self._job(day))
            self.desk.runner.write(self, job, self._written, self._refused)

    # -- events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stops = [self.level, self.what, self.olds, self.news, self.day.input(), self.decision]
        if not (enter_walk.is_enter(event) and enter_walk.go_on([*stops, self._yes])):
            super().keyPressEvent(event)

    # -- internals ------------------------------------------------------------------------------

    @property
    def _splits_commune(self) -> bool:
        return (self.level.value(), self.what.value()) == (Level.COMMUNE, SPLIT)

    def _job(self, day: date) -> Job:
        desk, names = self.desk, self.new_names()
        decision = clean(self.decision.text()) or None
        olds = [self._communes[0].uid] if self._splits_commune else self.ticked()
        if self.what.value() == RENAMED:
            return partial(
                successions.rename_unit,
                desk.database,
                desk.context,
                olds[0],
                name=names[0],
                effective_on=day,
                decision=decision,
            )
        news = [NewUnit(name=name) for name in names]
        if self._splits_commune:
            news[1] = NewUnit(name=names[1], takes=tuple(self.ticked()))
        return partial(
            successions.record_succession,
            desk.database,
            desk.context,
            olds=olds,
            news=news,
            reason=str(self.what.value()),
            effective_on=day,
            decision=decision,
        )

    def _written(self, done: Done[Any]) -> None:
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self._yes.setEnabled(True)
        if isinstance(error, AppError) and error.code in texts.ERRORS:
            self._say(texts.error_text(error))
        else:
            messages.report(error, self)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _first_problem(self) -> str:
        ticked, names, what = len(self.ticked()), len(self.new_names()), self.what.value()
        if self._splits_commune:
            if len(self._communes) != 1:
                return self.tr("Sổ có nhiều xã: chia tách xã được ghi trong sổ của xã ấy.")
            if not ticked or names != 2:
                return self.tr("Đánh dấu các thôn sang xã thứ hai và ghi tên hai xã mới.")
        elif what == SPLIT:
            if ticked != 1:
                return self.tr("Đánh dấu đúng một thôn để chia.")
            if names < 2:
                return self.tr("Ghi tên ít nhất hai thôn mới, cách nhau bằng dấu chấm phẩy.")
        elif what == RENAMED:
            if ticked != 1 or names != 1:
                return self.tr("Đánh dấu đúng một đơn vị và ghi tên mới của nó.")
        elif self.level.value() == Level.VILLAGE and ticked < 2:
            return self.tr("Đánh dấu ít nhất hai thôn để sáp nhập.")
        elif not ticked:
            return self.tr("Đánh dấu xã được sáp nhập.")
        elif names != 1:
            return self.tr("Ghi tên đơn vị mới.")
        if self.day.day() is None:
            return self.tr("Ghi ngày có hiệu lực, ví dụ 01/07/2026.")
        return ""

    def _ask(self) -> None:
        """Ask what the chosen act needs; pressing a choice again does not take it back."""
        if self.level.value() is None:
            self.level.choose(Level.VILLAGE)
        if self.what.value() is None:
            self.what.choose(MERGED)
        of_communes = self.level.value() == Level.COMMUNE and not self._splits_commune
        units = self._communes if of_communes else self._villages
        kept = self.ticked()
        self.olds.clear()
        for area in units:
            item = QListWidgetItem(area.name, self.olds)
            item.setData(_UID, area.uid)
            ticked = area.uid in kept or (of_communes and len(units) == 1)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        olds, news, note = self._words()
        self._olds_label.setText(olds)
        self.olds.setAccessibleName(olds)
        self._news_label.setText(news)
        self.news.setAccessibleName(news)
        self._note.setText(note)
        self._say("")

    def _words(self) -> tuple[str, str, str]:
        """What to tick, what to type, what then happens by itself."""
        what = self.what.value()
        if what == RENAMED:
            return (
                self.tr("Đơn vị đổi tên"),
                self.tr("Tên mới"),
                self.tr("Biểu của ngày trước vẫn in tên cũ; số liệu không đổi chỗ."),
            )
        if self._splits_commune:
            return (
                self.tr("Các thôn sang xã mới thứ hai"),
                self.tr("Tên hai xã mới, cách nhau bằng dấu chấm phẩy (;)"),
                self.tr("Thôn không đánh dấu về xã mới thứ nhất."),
            )
        if self.level.value() == Level.COMMUNE:
            return (
                self.tr("Các xã nhập lại với nhau"),
                self.tr("Tên xã mới"),
                self.tr(
                    "Xã mới nhận mọi thôn của các xã cũ; hai thôn trùng tên vẫn là hai thôn. Từ "
                    "01/07/2025 không còn cấp huyện. Xã cùng nhập mà sổ này chưa có thì không ghi "
                    "ở đây."
                ),
            )
        if what == SPLIT:
            return (
                self.tr("Thôn bị chia"),
                self.tr("Tên các thôn mới, cách nhau bằng dấu chấm phẩy (;)"),
                self.tr(
                    "Sau khi ghi, các hộ của thôn bị chia vẫn ở thôn cũ: chuyển từng hộ sang thôn "
                    "mới bằng Biến động › Chuyển thôn."
                ),
            )
        return (
            self.tr("Các thôn nhập lại với nhau"),
            self.tr("Tên thôn mới"),
            self.tr(
                "Mọi hộ của các thôn cũ tự sang thôn mới. Biểu của ngày trước vẫn theo thôn cũ."
            ),
        )


def _backed_up(desk: Desk, job: Job) -> Done[tuple[UUID, ...]]:
    """The act after a proven backup: it moves everything at once."""
    desk.back_up("risky")
    return job()
