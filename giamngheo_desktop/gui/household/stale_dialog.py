"""What is in the file beside what was typed, where both changed; the user says which counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.gui.forms.entry import Unparsed
from giamngheo_desktop.gui.household.history_words import value_text
from giamngheo_desktop.gui.household.record import Typed, Values
from giamngheo_desktop.gui.parts import button, dialog_foot, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView

_NO_FIELD = ("uid", "membership")


class Difference(NamedTuple):
    """One field that has two values."""

    uid: object
    about: str
    field: str
    stored: str
    typed: str


class StaleDialog(QDialog):
    """`kept()`: what was typed counts; `dropped()`: what is stored. Closing it decides nothing."""

    kept = Signal()
    dropped = Signal()

    def __init__(self, rows: Sequence[Difference], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stale_dialog")
        self.setWindowTitle(self.tr("Hai bản khác nhau"))
        self.resize(820, 420)
        said = self.tr(
            "Hộ này đã được sửa trong sổ sau khi bạn bắt đầu gõ. Phần bạn gõ vẫn còn nguyên."
        )
        self.table = TableView(
            (
                Column(key="about", title=self.tr("Về"), width=150),
                Column(key="field", title=self.tr("Mục"), width=180),
                Column(key="stored", title=self.tr("Đang lưu trong sổ"), width=190, tip=str),
                Column(key="typed", title=self.tr("Bạn gõ"), width=190, stretch=True, tip=str),
            ),
            "differences",
            self.tr("Những chỗ khác nhau"),
        )
        self.table.say_empty(self.tr("Hai bản không khác nhau ở ô nào."))
        self.table.set_rows(rows)
        keep = button(self.tr("Giữ phần tôi gõ"), "keep_typed", kind="primary")
        drop = button(self.tr("Theo sổ, bỏ phần tôi gõ"), "drop_typed", kind="danger")
        later = button(self.tr("Để sau"), "decide_later")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(said, wrap=True))
        box.addWidget(self.table, 1)
        box.addLayout(dialog_foot(keep, later, apart=drop))
        keep.clicked.connect(self._keep)
        drop.clicked.connect(self._drop)
        later.clicked.connect(self.reject)

    def _keep(self) -> None:
        self.accept()
        self.kept.emit()

    def _drop(self) -> None:
        self.accept()
        self.dropped.emit()


def differences(
    definitions: Definitions,
    stored: Typed,
    typed: Typed,
    villages: Mapping[UUID, str],
    more: Iterable[FieldDef] = (),
) -> list[Difference]:
    """Every field in which the two differ, in the order of the paper; `more` are questions of the
    household that no form has.
    """
    household = {**definitions.fields("household_derived"), **definitions.fields("household")}
    household |= {field.code: field for field in more}
    member = definitions.fields("member")
    found = list(_of_record("", household, stored.values, typed.values, villages))
    before = {row["uid"]: row for row in stored.rows}
    now = {row["uid"]: row for row in typed.rows}
    for uid in dict.fromkeys((*before, *now)):
        one, other = before.get(uid), now.get(uid)
        name = str((other or one or {}).get("full_name") or texts.NAMELESS)
        if one is None or other is None:
            there, gone = value_text(None, name), value_text(None, None)
            shown = (gone, there) if one is None else (there, gone)
            found.append(Difference(uid, name, member["full_name"].label, *shown))
        else:
            found += _of_record(name, member, one, other, villages)
    return [item._replace(uid=number) for number, item in enumerate(found)]


def _of_record(
    about: str, fields: Any, stored: Values, typed: Values, villages: Mapping[UUID, str]
) -> Iterator[Difference]:
    for code, entry in typed.items():
        if code in _NO_FIELD or entry == stored.get(code):
            continue
        field: FieldDef | None = fields.get(code)
        label = field.short_label if field else code
        old, new = (_text(field, value, villages) for value in (stored.get(code), entry))
        yield Difference(None, about, label, old, new)


def _text(field: FieldDef | None, entry: Any, villages: Mapping[UUID, str]) -> str:
    if isinstance(entry, UUID):
        return villages.get(entry, "")
    return entry.text if isinstance(entry, Unparsed) else value_text(field, entry)
