"""The first page of taking in a list: what the file is, of what day, and the program's template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.dates import parse_date
from giamngheo_desktop.domain.list_title import NO_PAPER, Paper
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.import_jobs import SUFFIXES
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import button, card, label
from giamngheo_desktop.services.importing.plan import Purpose

_NOTHING: Mapping[str, str] = {}
_YEARS = 6  # past years that a result may be of


class ImportFile(QWidget):
    """`chosen(Path)`: a file to read; `changed()`: a day was typed, for a draft."""

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._unit = desk.commune
        self._villages: dict[UUID, tuple[UUID, ...]] = {}  # those of each unit that is offered
        self.purpose = ElidedBox()
        self.purpose.setObjectName("import_purpose")
        self.purpose.setAccessibleName(self.tr("Tệp là gì"))
        self.purpose.setMinimumContentsLength(20)
        for purpose in Purpose:
            self.purpose.addItem(texts.IMPORT_PURPOSES[purpose], purpose)
        self.purpose.setCurrentIndex(self.purpose.findData(Purpose.UPDATE))
        self.year_box = ElidedBox()
        self.year_box.setObjectName("import_year")
        self.year_box.setAccessibleName(self.tr("Kết quả của năm"))
        today = desk.context.today()
        for year in range(today.year, today.year - _YEARS - 1, -1):
            self.year_box.addItem(self.tr("năm {year}").format(year=year), year)
        self.day_edit = LineEdit()
        self.day_edit.setObjectName("import_day")
        self.day_edit.setAccessibleName(self.tr("Số liệu đến ngày"))
        self.day_edit.setPlaceholderText(self.tr("theo tệp"))
        self.day_edit.setFixedWidth(110)
        self.number_edit = LineEdit()
        self.number_edit.setObjectName("import_decision_number")
        self.number_edit.setAccessibleName(self.tr("Số quyết định của dòng không ghi"))
        self.number_edit.setFixedWidth(130)
        self.signed_edit = LineEdit()
        self.signed_edit.setObjectName("import_decision_date")
        self.signed_edit.setAccessibleName(self.tr("Ngày quyết định của dòng không ghi"))
        self.signed_edit.setFixedWidth(110)
        for each in (self.number_edit, self.signed_edit):
            each.setPlaceholderText(self.tr("theo tệp"))
        self._paper = flowing(
            _pair(self.tr("Quyết định số"), self.number_edit),
            _pair(self.tr("ngày"), self.signed_edit),
        )
        self._meaning = label("", "soft", "import_meaning", wrap=True)
        self.drop = FileDrop(
            "import_file",
            self.tr(
                "Excel (.xlsx, .xls), LibreOffice (.ods) hoặc .csv. Kéo tệp vào đây cũng được."
            ),
            self.tr("Chọn danh sách"),
            SUFFIXES,
        )
        self.filled = ElidedBox()
        self.filled.setObjectName("template_of")
        self.filled.setAccessibleName(self.tr("Điền sẵn vào tệp mẫu"))
        self.filled.setMinimumContentsLength(18)
        self.template_button = button(self.tr("Lấy &tệp mẫu"), "import_template", icon="sheet")
        self._build()
        self.purpose.activated.connect(self.show_purpose)
        for edit in (self.day_edit, self.number_edit, self.signed_edit):
            edit.textEdited.connect(self.changed)
        self.drop.chosen.connect(self.chosen)
        self.setFocusProxy(self.purpose)
        self.show_purpose()

    # -- what is asked --------------------------------------------------------------------------

    @property
    def asked_purpose(self) -> Purpose:
        return Purpose(self.purpose.currentData())

    @property
    def asked_year(self) -> int:
        return int(self.year_box.currentData())

    @property
    def asked_day(self) -> date | None:
        """None where nothing was typed. Raises ValueError(code of `texts.PARSE_ERRORS`)."""
        text = self.day_edit.text().strip()
        return parse_date(text) if text else None

    @property
    def asked_paper(self) -> Paper:
        """The decision of the rows that name none, as far as it was typed. Raises ValueError(code
        of `texts.PARSE_ERRORS`).
        """
        if self.asked_purpose is not Purpose.RESULT:
            return NO_PAPER
        signed = self.signed_edit.text().strip()
        return Paper(clean(self.number_edit.text()), parse_date(signed) if signed else None)

    @property
    def typed(self) -> dict[str, str]:
        """For a draft: by its key what stands in each field."""
        return {key: edit.text() for key, edit in self._edits.items()}

    @property
    def _edits(self) -> dict[str, LineEdit]:
        return {"day": self.day_edit, "number": self.number_edit, "signed": self.signed_edit}

    @property
    def asked_villages(self) -> tuple[UUID, ...]:
        """Whose households stand in the template; none of an empty one."""
        return self._villages.get(self.filled.currentData(), ())

    def put(self, purpose: Purpose, year: int, typed: Mapping[str, str] = _NOTHING) -> None:
        """As a draft kept it; `typed` as the property says."""
        with QSignalBlocker(self.purpose):
            self.purpose.setCurrentIndex(self.purpose.findData(purpose))
        self.year_box.setCurrentIndex(max(0, self.year_box.findData(year)))
        for key, edit in self._edits.items():
            edit.setText(typed.get(key, ""))
        self.show_purpose()

    def stops(self) -> list[QWidget]:
        return [self.purpose, self.year_box, *self._edits.values(), self.drop.button]

    # -- what is shown --------------------------------------------------------------------------

    def offer_units(self, tree: AreaTree) -> None:
        """What may be filled in: nothing, the commune, each village."""
        units = [self._unit, *(area.uid for area in tree.villages(self._unit))]
        self._villages = {
            uid: tuple(area.uid for area in tree.villages(uid)) for uid in units if tree.get(uid)
        }
        kept = self.filled.currentData()
        kept = kept if kept in self._villages else None
        with QSignalBlocker(self.filled):
            self.filled.clear()
            self.filled.addItem(self.tr("tệp trống"), None)
            for uid in self._villages:
                text = self.tr("có sẵn hộ của {unit}")
                self.filled.addItem(text.format(unit=tree[uid].name), uid)
            self.filled.setCurrentIndex([None, *self._villages].index(kept))

    @Slot()
    def show_purpose(self) -> None:
        """What an import of that kind does, and the year that only a result has."""
        purpose = self.asked_purpose
        for part in (self.year_box, self._paper):
            part.setVisible(purpose is Purpose.RESULT)
        meaning = {
            Purpose.RESULT: self.tr(
                "Phân loại hộ của năm, theo số và ngày quyết định ghi ở dòng hoặc tiêu đề của tệp; "
                "hộ, người chưa có trong sổ được thêm. Ô trống trong tệp không xóa gì trong sổ."
            ),
            Purpose.UPDATE: self.tr(
                "Thông tin mới hơn của hộ và người đã có trong sổ; không thêm hộ nào. "
                "Ô trống trong tệp không xóa gì trong sổ."
            ),
            Purpose.NEW: self.tr(
                "Hộ, người chưa có trong sổ; không đổi phân loại hộ nào. Chỗ khác với sổ của "
                "người đã có vẫn hiện khi xem trước nhưng không đánh dấu sẵn. "
                "Ô trống trong tệp không xóa gì trong sổ."
            ),
        }
        no_day = self.tr("Không ghi ngày thì là ngày ghi trong tệp, hoặc hôm nay.")
        if purpose is Purpose.RESULT:
            no_day = self.tr("Không ghi ngày thì là ngày ghi trong tệp, hoặc cuối năm ấy.")
        self._meaning.setText(f"{meaning[purpose]} {no_day}")

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        asked = flowing(
            _pair(self.tr("Tệp là"), self.purpose),
            self.year_box,
            _pair(self.tr("Số liệu đến ngày"), self.day_edit),
            self._paper,
        )
        text = self.tr("Tệp mẫu của chương trình")
        sample = flowing(_pair(text, self.filled), self.template_button)
        box.addWidget(_card("import_what", asked, self._meaning))
        box.addWidget(self.drop)
        box.addWidget(_card("import_template_card", sample))
        box.addStretch()


def _pair(text: str, field: QWidget) -> QWidget:
    """They stay on one line."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(text))
    row.addWidget(field)
    return pair


def _card(name: str, *parts: QWidget) -> QWidget:
    made = card(name)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(12, 12, 12, 12)
    inside.setSpacing(8)
    for part in parts:
        inside.addWidget(part)
    return made
