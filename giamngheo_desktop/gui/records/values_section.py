"""What policies give: the values of this unit, beside those that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.records.record_reading import Found
from giamngheo_desktop.gui.records.record_section import RecordSection, Words
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows

_LINES = 7
_COPIED = ("group", "label", "unit")  # what an own value takes from the program's


class PolicyValueSection(RecordSection):
    """Mức chính sách."""

    KIND: ClassVar[Kind] = Kind.POLICY_VALUE
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "label",
        "value",
        "unit",
        "scope",
        "valid_from",
        "valid_to",
        "basis",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Mức chính sách"),
            self.tr("Mức riêng của xã, tỉnh hoặc mức mới: dùng trước mức có sẵn cùng loại."),
            self.tr("&Thêm mức"),
            self.tr("Chưa có mức riêng nào: mức có sẵn ở bảng dưới đang được dùng."),
        )

    def above(self) -> None:
        """Those of the program that may hold in the year; Enter on one begins an own one of it."""
        self.known = WrappedRows(
            (
                Column(key="label", title=self.tr("Mức có sẵn"), width=210, stretch=True, tip=str),
                Column(key="value", title=self.tr("Mức"), width=110, tip=str),
                Column(key="unit", title=self.tr("Đơn vị"), width=90, tip=str, gives_way=True),
                Column(key="span", title=self.tr("Áp dụng"), width=110),
                Column(key="basis", title=self.tr("Văn bản"), width=170, tip=str),
                Column(key="source", title=self.tr("Độ chắc"), width=130, tip=str),
            ),
            "known_values",
            self.tr("Mức có sẵn"),
        )
        hint = self.tr("Mức có sẵn trong năm. Bấm Enter ở một mức để ghi mức riêng thay cho nó.")
        self.box.addWidget(label(hint, "small", "known_values_hint", wrap=True))
        self.box.addWidget(self.known)
        self.known.row_opened.connect(self._begin_own)

    def _show(self, found: Found) -> None:
        offered = {option.value for option in found.answers.of("value_key")}
        self._values = {
            UUID(int=at): one
            for at, one in enumerate(self.desk.definitions.policy_values, 1)
            if one.key in offered and _may_hold(one, self.year)
        }
        self.known.set_rows([(uid, *self._line(one)) for uid, one in self._values.items()])
        line = self.known.verticalHeader().defaultSectionSize()
        heading = self.known.heading.sizeHint().height()
        count = max(1, min(_LINES, len(self._values)))
        self.known.setFixedHeight(heading + line * count + 6)
        self.known.say_empty(self.tr("Không có mức nào có sẵn trong năm này."))
        super()._show(found)

    def _line(self, one: PolicyValue) -> tuple[str, ...]:
        begins = format_partial_date(one.valid_from) if one.valid_from else ""
        ends = format_partial_date(one.valid_to) if one.valid_to else ""
        if begins and ends:
            span = f"{begins} – {ends}"
        elif begins:
            span = self.tr("từ {day}").format(day=begins)
        elif ends:
            span = self.tr("đến {day}").format(day=ends)
        else:
            span = self.tr("chưa rõ từ ngày nào")
        certain = one.certainty is Certainty.CONFIRMED
        words = self.tr("Đã đối chiếu") if certain else self.tr("Cần đối chiếu")
        return one.label, one.value, one.unit, span, one.basis, words

    def _begin_own(self, uid: object) -> None:
        one = self._values.get(uid) if isinstance(uid, UUID) else None
        if one is None or not self.editable:
            return
        self.start_new()
        self.form.set_draft({"key": one.key, **_copied(one)})
        self.draft.touch()
        self.form.focus_field("value")

    def settled(self, code: str) -> None:
        super().settled(code)
        if code == "key":
            self._fill_from_key()

    def _fill_from_key(self) -> None:
        """What is empty yet is called as the value that this one stands for."""
        now = self.form.draft()
        known = (one for one in self.desk.definitions.policy_values if one.key == now["key"])
        one = next(known, None)
        if one is not None:
            empty = {code: value for code, value in _copied(one).items() if not now[code]}
            self.form.set_draft(empty)


def _copied(one: PolicyValue) -> Mapping[str, Entry]:
    return {code: getattr(one, code) or None for code in _COPIED}


def _may_hold(one: PolicyValue, year: int) -> bool:
    begins, ends = one.valid_from, one.valid_to
    return (begins is None or begins.year <= year) and (ends is None or ends.year >= year)
