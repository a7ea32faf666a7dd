"""Merging and splitting villages: which go, which come, from which day, by which decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.domain.area import Area
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.settings.section import DayField
from giamngheo_desktop.services import areas, backups
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.storage.engine import Database

MERGED, SPLIT = "merged", "split"
_UID = int(Qt.ItemDataRole.UserRole)


class SuccessionDialog(QDialog):
    """Households of merged villages go along; those of a split one are moved one by one."""

    def __init__(self, desk: Desk, villages: Sequence[Area], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("succession_dialog")
        self.setWindowTitle(self.tr("Sáp nhập, chia tách thôn"))
        self.setMinimumSize(520, 480)
        self.what = Segments(
            (
                Option(MERGED, self.tr("Sáp nhập nhiều thôn thành một")),
                Option(SPLIT, self.tr("Chia một thôn")),
            )
        )
        self.what.setObjectName("what")
        self.what.setAccessibleName(self.tr("Việc"))
        self.what.choose(MERGED)
        self.olds = QListWidget()
        self.olds.setObjectName("olds")
        self.olds.setAccessibleName(self.tr("Các thôn cũ"))
        for village in villages:
            item = QListWidgetItem(village.name, self.olds)
            item.setData(_UID, village.uid)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._olds_label = label("", "soft", wrap=True)
        self._news_label = label("", "soft", wrap=True)
        self.news = LineEdit()
        self.news.setObjectName("news")
        self.decision = LineEdit()
        self.decision.setObjectName("decision")
        self.decision.setAccessibleName(self.tr("Nghị quyết, quyết định"))
        self.day = DayField("effective_on", self.tr("Có hiệu lực từ ngày"))
        self._note = label("", "help", wrap=True)
        self._problem = label("", "error", "succession_problem", wrap=True)
        buttons = QDialogButtonBox()
        yes = buttons.addButton(self.tr("&Ghi"), QDialogButtonBox.ButtonRole.AcceptRole)
        yes.setObjectName("yes")
        buttons.addButton(self.tr("&Thôi"), QDialogButtonBox.ButtonRole.RejectRole)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(self.what)
        box.addWidget(self._olds_label)
        box.addWidget(self.olds, 1)
        box.addWidget(self._news_label)
        box.addWidget(self.news)
        box.addWidget(label(self.tr("Có hiệu lực từ ngày"), "soft"))
        box.addWidget(self.day)
        box.addWidget(label(self.tr("Nghị quyết, quyết định (số, ngày)"), "soft"))
        box.addWidget(self.decision)
        box.addWidget(self._note)
        box.addWidget(self._problem)
        box.addWidget(buttons)
        self.what.chosen.connect(self._explain)
        buttons.accepted.connect(self.try_accept)
        buttons.rejected.connect(self.reject)
        self._explain()
        self.setMinimumWidth(max(520, box.minimumSize().width()))  # large letters

    def chosen(self) -> list[UUID]:
        """The old villages that are ticked."""
        items = [self.olds.item(at) for at in range(self.olds.count())]
        return [item.data(_UID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def new_names(self) -> list[str]:
        """The new villages: one name, or several parted by semicolons."""
        names = (clean(name) for name in self.news.text().split(";"))
        return [name for name in names if name]

    def try_accept(self) -> None:
        problem = self._first_problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            return
        day = self.day.day()
        assert day is not None
        desk = self._desk
        work = partial(
            succeed_villages,
            desk.database,
            desk.context,
            desk.commune,
            olds=self.chosen(),
            names=self.new_names(),
            reason=str(self.what.value()),
            day=day,
            decision=clean(self.decision.text()) or None,
        )
        desk.runner.write(self, work, self._written)

    def _written(self, done: Done[None]) -> None:
        self.accept()

    def _first_problem(self) -> str:
        olds, names = self.chosen(), self.new_names()
        if self.what.value() == SPLIT:
            if len(olds) != 1:
                return self.tr("Đánh dấu đúng một thôn để chia.")
            if len(names) < 2:
                return self.tr("Ghi tên ít nhất hai thôn mới, cách nhau bằng dấu chấm phẩy.")
        else:
            if len(olds) < 2:
                return self.tr("Đánh dấu ít nhất hai thôn để sáp nhập.")
            if len(names) != 1:
                return self.tr("Ghi tên thôn mới.")
        if self.day.day() is None:
            return self.tr("Ghi ngày có hiệu lực, ví dụ 01/07/2026.")
        return ""

    def _explain(self) -> None:
        if self.what.value() is None:
            self.what.choose(MERGED)
        split = self.what.value() == SPLIT
        self._olds_label.setText(
            self.tr("Thôn bị chia") if split else self.tr("Các thôn nhập lại với nhau")
        )
        names = self.tr("Tên các thôn mới, cách nhau bằng dấu chấm phẩy (;)")
        self._news_label.setText(names if split else self.tr("Tên thôn mới"))
        self.news.setAccessibleName(self._news_label.text())
        moved = self.tr(
            "Sau khi ghi, các hộ của thôn bị chia vẫn ở thôn cũ: chuyển từng hộ sang thôn mới bằng "
            "sự kiện Chuyển thôn."
        )
        along = self.tr(
            "Mọi hộ của các thôn cũ tự sang thôn mới. Biểu của ngày trước vẫn theo thôn cũ."
        )
        self._note.setText(moved if split else along)


def succeed_villages(
    database: Database,
    context: Context,
    commune: UUID,
    *,
    olds: Sequence[UUID],
    names: Sequence[str],
    reason: str,
    day: date,
    decision: str | None,
) -> Done[None]:
    """Back up, add the new villages, then let the old ones go over into them."""
    backups.make(database, context, "risky")
    news = [
        areas.add_village(database, context, commune, NewVillage(name=name), day).value
        for name in names
    ]
    return areas.record_succession(
        database,
        context,
        olds=olds,
        news=news,
        reason=reason,
        effective_on=day,
        decision=decision,
    )
