"""How the columns of a list were understood; the officer says otherwise where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange.import_jobs import Read
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Align, Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.importing.mappings import Mappings
from giamngheo_desktop.services.importing.plan import ImportPlan

_CHIPS = {"layout": "done", "heading": "average", "mapping": "open", "": "unknown"}
_PERIOD = re.compile(r"[\W_]*\b(tháng|thang|quý|quy|năm|nam|ngày|ngay)\W*\d.*", re.IGNORECASE)


class ColumnLine(NamedTuple):
    uid: UUID
    sheet: str
    column: str
    heading: str
    examples: str
    field: str
    sure: str


class ImportColumns(QWidget):
    """`mappings` is what was corrected, by sheet and letter; "" means that a column is not read.
    With `keeps` it can be kept for the sender. While two columns of a sheet are understood as one
    field, which `twice` says, it is not known what to read (`is_clear`).
    """

    changed = Signal()  # also of whose list it is
    kept_chosen = Signal(object)  # the mappings that were kept under a name
    keep_requested = Signal()

    def __init__(self, labels: Mapping[str, str], *, keeps: bool = True) -> None:
        super().__init__()
        self._labels = labels
        self._places: list[tuple[str, str]] = []  # sheet and letter of each line
        self._fields: dict[tuple[str, str], str] = {}
        self._sure: dict[tuple[str, str], str] = {}
        self._headings: dict[tuple[str, str], str] = {}
        self._examples: dict[tuple[str, str], str] = {}
        self.mappings: dict[str, dict[str, str]] = {}
        self.table = TableView(
            (
                Column(key="sheet", title=self.tr("Trang tính"), width=90, gives_way=True),
                Column(key="column", title=self.tr("Cột"), width=46, align=Align.CENTRE),
                Column(key="heading", title=self.tr("Đầu cột trong tệp"), width=75, tip=str),
                Column(key="examples", title=self.tr("Ví dụ"), width=60, tip=str),
                Column(key="field", title=self.tr("Hiểu là"), width=80, stretch=True),
                Column(
                    key="sure",
                    title=self.tr("Vì sao"),
                    width=70,
                    format=self._sure_text,
                    chip=lambda sure: _CHIPS[str(sure)],
                ),
            ),
            "import_columns",
            self.tr("Các cột của tệp"),
        )
        self.field = ElidedBox()
        self.field.setObjectName("import_field")
        self.field.setAccessibleName(self.tr("Cột này là"))
        self.field.setMinimumContentsLength(16)
        self.field.addItem(self.tr("Không đọc cột này"), "")
        for code, text in labels.items():
            self.field.addItem(text, code)
        self.before = label("", "", "import_before", wrap=True)
        self.fonts = label("", "warning", "import_fonts", wrap=True)
        self.twice = label("", "warning", "import_twice", wrap=True)
        self._of = label("", "soft", "import_field_of")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._of)
        line.addWidget(self.field)
        line.addStretch()
        self.kept = ElidedBox()
        self.kept.setObjectName("import_kept")
        self.kept.setAccessibleName(self.tr("Cách đọc đã nhớ"))
        self.kept.setMinimumContentsLength(14)
        self.whose = LineEdit()
        self.whose.setObjectName("import_sender")
        self.whose.setAccessibleName(self.tr("Nơi gửi của cách đọc"))
        self.whose.setPlaceholderText(self.tr("nơi gửi"))
        self.whose.setFixedWidth(130)
        self.keep = button(self.tr("Nhớ &cách đọc"), "import_keep")
        self.keep.setToolTip(
            self.tr("Nhớ cho nơi gửi này: tệp sau có cùng các đầu cột được đọc như vậy.")
        )
        for part in (self.kept, self.whose, self.keep):
            line.addWidget(part)
        for part in (self.whose, self.keep):
            part.setVisible(keeps)
        self._kept: dict[str, Mappings] = {}
        self._of_file = ""
        self.offer_kept({})
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for said in (self.before, self.fonts, self.twice):
            box.addWidget(said)
        box.addWidget(self.table, 1)
        box.addLayout(line)
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._show_field)
        self.table.row_opened.connect(self._enter_field)
        self.field.activated.connect(self._choose)
        self.kept.activated.connect(self._choose_kept)
        self.keep.clicked.connect(self.keep_requested)
        self.whose.textEdited.connect(self.changed)

    def show_read(self, read: Read) -> None:
        plan = read.plan
        self.mappings = {sheet: dict(one) for sheet, one in read.wanted.mappings.items()}
        sheets = [(sheet, at) for sheet in plan.sheets for at in sheet.headings]
        self.table.leave_out("sheet", len({sheet.name for sheet, _ in sheets}) < 2)
        self._places = [(sheet.name, at) for sheet, at in sheets]
        corrected = {sheet.name: read.wanted.mapping_of(sheet.name) for sheet in plan.sheets}
        self._fields = {
            (sheet.name, at): corrected[sheet.name].get(at, sheet.fields.get(at, ""))
            for sheet, at in sheets
        }
        self._sure = {(sheet.name, at): sheet.certainty.get(at, "") for sheet, at in sheets}
        self._headings = {(sheet.name, at): sheet.headings[at] for sheet, at in sheets}
        self._examples = dict(read.examples)
        self.table.set_rows([self._line(at) for at in range(len(self._places))])
        unread = next((at for at, p in enumerate(self._places) if not self._fields[p]), 0)
        if self._places:
            self.table.go_to(UUID(int=unread + 1))
        self.before.setText(
            self.tr("Đọc như lần trước: {names}.").format(names=", ".join(read.wanted.before))
        )
        self.before.setVisible(bool(read.wanted.before))
        if self._of_file != read.plan.sha256:
            self._of_file = read.plan.sha256
            self.whose.setText(_sender(read))
        self.fonts.setText("\n".join(self._fonts(plan)))
        self.fonts.setVisible(bool(plan.suspicions))
        self._show_field()
        self._say_twice()

    def offer_kept(self, kept: Mapping[str, Mappings]) -> None:
        """How lists were read before, by name."""
        self._kept = dict(kept)
        with QSignalBlocker(self.kept):
            self.kept.clear()
            self.kept.addItem(self.tr("Cách đọc đã nhớ…"))
            self.kept.addItems(list(self._kept))
        self.kept.setVisible(bool(self._kept))

    @property
    def is_clear(self) -> bool:
        """Whether no field is said by two columns of a sheet."""
        return not self._twice()

    def _twice(self) -> list[tuple[str, str, list[str]]]:
        """Sheet, field and letters of what several columns are understood as."""
        found: dict[tuple[str, str], list[str]] = {}
        for (sheet, letter), field in self._fields.items():
            if field:
                found.setdefault((sheet, field), []).append(letter)
        return [(*key, letters) for key, letters in found.items() if len(letters) > 1]

    def _say_twice(self) -> None:
        said = self.tr(
            "Cột {letters} ({sheet}) cùng được hiểu là “{field}”: chỉ để một cột, cột kia chọn mục "
            "khác hoặc “Không đọc cột này”."
        )
        twice = [
            said.format(
                letters=self.tr(" và ").join(letters),
                sheet=sheet,
                field=self._labels.get(field, field),
            )
            for sheet, field, letters in self._twice()
        ]
        self.twice.setText("\n".join(twice))
        self.twice.setVisible(bool(twice))
        self.keep.setEnabled(bool(self.mappings) and not twice)

    def _line(self, at: int) -> ColumnLine:
        place = self._places[at]
        field = self._fields[place]
        shown = self._labels.get(field, field) if field else self.tr("Không đọc")
        sheet, letter = place
        return ColumnLine(
            UUID(int=at + 1),
            sheet,
            letter,
            self._headings[place],
            self._examples.get(place, ""),
            shown,
            self._sure[place],
        )

    def _fonts(self, plan: ImportPlan) -> list[str]:
        """What was taken for an old font, and what became of it."""
        said = self.tr(
            "Cột {column} ({sheet}) gõ bằng {font}, đã đổi sang Unicode {count} ô: "
            "“{before}” thành “{after}”."
        )
        return [
            said.format(
                sheet=one.sheet,
                column=one.column,
                font=texts.ENCODINGS.get(one.encoding, one.encoding),
                count=one.cells,
                before=before,
                after=after,
            )
            for one in plan.suspicions
            for before, after in one.examples[:1]
        ]

    def _sure_text(self, sure: object) -> str:
        return {
            "layout": self.tr("Mẫu đã biết"),
            "heading": self.tr("Theo đầu cột"),
            "mapping": self.tr("Đã chọn"),
            "": self.tr("Không rõ"),
        }[str(sure)]

    @property
    def _place(self) -> tuple[str, str] | None:
        uid = self.table.current_uid()
        return self._places[uid.int - 1] if uid is not None and self._places else None

    @Slot()
    def _show_field(self) -> None:
        place = self._place
        self.field.setEnabled(place is not None)
        if place is not None:
            self._of.setText(self.tr("Cột {letter} là").format(letter=place[1]))
            with QSignalBlocker(self.field):
                self.field.setCurrentIndex(max(0, self.field.findData(self._fields[place])))

    @Slot()
    def _enter_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _choose_kept(self) -> None:
        found = self._kept.get(self.kept.currentText())
        if found is None:
            return
        sheets = {sheet for sheet, _ in self._places}
        known = {sheet: columns for sheet, columns in found.items() if sheet in sheets}
        (*_, last) = found.values()  # a list of another month may have another name of its sheet
        self.kept_chosen.emit(known or dict.fromkeys(sheets, last))

    @Slot()
    def _choose(self) -> None:
        place, code = self._place, str(self.field.currentData())
        if place is None or code == self._fields[place]:
            return
        sheet, letter = place
        others = (at for at, field in self._fields.items() if at[0] == sheet and field == code)
        kept = {at: code for _, at in others} if code else {}  # both are shown until one is not
        self.mappings.setdefault(sheet, {}).update({**kept, letter: code})
        self._fields[place], self._sure[place] = code, "mapping"
        self.table.rows.replace_row(self._line(self._places.index(place)))
        self._say_twice()
        self.changed.emit()


def _sender(read: Read) -> str:
    """Who may have sent the list: whose lists were read so, its only village, else its name up to
    the month that it is of.
    """
    villages = {row.village_name for row in read.plan.rows if row.village_name}
    one = villages.pop() if len(villages) == 1 else ""
    stem = clean(read.wanted.path.stem)
    return next(iter(read.wanted.before), "") or one or _PERIOD.sub("", stem) or stem
