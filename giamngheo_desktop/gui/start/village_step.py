"""Page 2 of *Xã mới*: villages with their totals, typed or pasted from Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.pasted_table import PasteColumn, read_block
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.grid.paste_note import PasteNote
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.services.areas import NewVillage

# Headings that commune workbooks use for the three columns.
PASTED = (
    PasteColumn(
        "name",
        (
            "Thôn", "Tên thôn", "Thôn, tổ dân phố", "Thôn/Tổ dân phố", "Tổ dân phố", "Đơn vị",
            "Tên đơn vị", "Bản", "Buôn", "Làng", "Khóm", "Ấp", "Xóm", "Khu phố", "Khối phố",
            "Địa bàn", "Thôn, bản", "Tên thôn, tổ dân phố",
        ),
    ),
    PasteColumn(
        "households",
        ("Số hộ", "Hộ", "Tổng số hộ", "Tổng số hộ dân", "Tổng số hộ dân cư", "Tổng hộ",
         "Tổng số hộ gia đình"),
        number=True,
    ),
    PasteColumn(
        "persons",
        ("Nhân khẩu", "Số khẩu", "Khẩu", "Số nhân khẩu", "Tổng số khẩu", "Tổng số nhân khẩu",
         "Số người", "Tổng nhân khẩu", "Dân số"),
        number=True,
    ),
)  # fmt: skip
_KINDS = ("thon", "to_dan_pho", "ban", "buon", "lang", "khom", "ap", "xom", "khu_pho")


class VillageStep(QWidget):
    """`completed()`: Enter in the empty line at the end. `changed()` after every change."""

    completed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: list[dict[str, str]] = []
        columns = (
            GridColumn(
                key="name",
                title=self.tr("Thôn, tổ dân phố"),
                width=280,
                stretch=True,
                capitals="unit",
            ),
            GridColumn(key="households", title=self.tr("Tổng số hộ"), number=True, width=140),
            GridColumn(key="persons", title=self.tr("Nhân khẩu"), number=True, width=140),
        )
        self.grid = EditGrid(columns, "villages", self.tr("Các thôn"), growing=True)
        self.note = PasteNote()
        self._help = label(
            self.tr(
                "Gõ từng thôn, hoặc chép bảng trong Excel rồi bấm Ctrl+V tại đây. "
                "Chưa có tổng số thì để trống: biểu sẽ không in tỷ lệ."
            ),
            "soft",
            wrap=True,
        )
        self._sum = label("", "soft", "village_sum")
        self._problem = label("", "error", "village_problem", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Các thôn và tổng số hộ, nhân khẩu"), "heading"))
        box.addWidget(self._help)
        box.addWidget(self.note)
        box.addWidget(self.grid, 1)
        box.addWidget(self._problem)
        box.addWidget(self._sum)
        self.setFocusProxy(self.grid)
        self.grid.completed.connect(self.completed)
        self.grid.block_pasted.connect(self._paste)
        self.grid.changed.connect(self._tell)
        self.grid.typing.connect(self.changed)
        self.note.taken_back.connect(self._take_back)
        self._tell()

    def villages(self) -> list[NewVillage]:
        cells = self.grid.cells
        return [
            NewVillage(
                name=str(cells.value(row, "name") or ""),
                kind=_kind_of(str(cells.value(row, "name") or "")),
                households=_number(cells.value(row, "households")),
                persons=_number(cells.value(row, "persons")),
            )
            for row in cells.filled()
        ]

    def problem(self) -> str:
        """Why the step is not finished, empty where it is; the cursor goes to the cell."""
        cells = self.grid.cells
        if not cells.filled():
            return self.tr("Chưa có thôn nào: gõ ít nhất một thôn.")
        found = cells.problems()
        if not found:
            return ""
        row, key, sentence = found[0]
        self.grid.go_to(row, key)
        title = next(column.title for column in cells.columns if column.key == key)
        text = self.tr("Dòng {row}, {column}: {sentence}")
        return text.format(row=row + 1, column=title, sentence=sentence)

    def show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def draft(self) -> tuple[Mapping[str, str], ...]:
        cells = self.grid.cells
        return tuple(cells.texts()[row] for row in cells.filled())

    def set_draft(self, rows: Sequence[Mapping[str, object]]) -> None:
        self.grid.cells.restore([{key: str(text) for key, text in row.items()} for row in rows])

    def _paste(self, block: list[list[str]]) -> None:
        pasted = read_block(block, PASTED)
        if not pasted.rows:
            self.note.say(pasted, 0)
            return
        cells = self.grid.cells
        self._before = cells.texts()
        here, end = self.grid.currentIndex(), len(cells.filled())
        # On a name over what stands there, as in Excel; in a line being typed below it.
        start = min(here.row(), end) if here.isValid() and here.column() == 0 else end
        for at, line in enumerate(pasted.rows):
            for key, cell in line.cells.items():
                cells.put(start + at, key, cell.text)
        self.note.say(pasted, len(pasted.rows))
        # Below what was read, so that Enter goes on to the next step.
        self.grid.go_to(cells.rowCount() - 1, "name")

    def _take_back(self) -> None:
        self.grid.cells.restore(self._before)
        self.grid.start()

    def _tell(self) -> None:
        villages = self.villages()
        totals = {
            "count": len(villages),
            "households": _total([village.households for village in villages]),
            "persons": _total([village.persons for village in villages]),
        }
        text = self.tr("Cộng {count} thôn: {households} hộ, {persons} nhân khẩu.")
        self._sum.setText(text.format(**totals))
        self.show_problem("")
        self.changed.emit()


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _total(values: Sequence[int | None]) -> str:
    return format_integer(sum(value for value in values if value is not None))


def _kind_of(name: str) -> str:
    """The kind that the name itself says: "Tổ dân phố 3", "Buôn Ky"; thôn otherwise."""
    words = search_key(name).replace(" ", "_")
    return next((kind for kind in _KINDS if words.startswith(f"{kind}_")), "thon")
