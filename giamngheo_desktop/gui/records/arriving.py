"""A section of records that another page leads to: a record is to be shown, or a new one begun."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.records.record_reading import Found
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.gui.records.record_work import Values

_OF_PAGE = ("section", "draft")  # what leads here; a task has a field of that name


class ArrivingSection(RecordSection):
    """`arrive` takes a mapping with a `record`, and its `year` if that may be another one, or with
    values by field for a new one.
    """

    def __init__(self, desk: Desk) -> None:
        self._wanted: Mapping[str, Any] | None = None  # until the records are read
        self._of_year: object = None  # in which the wanted record stands
        self._begun: Values = {}  # what the new record begins with
        super().__init__(desk)

    def arrive(self, wanted: Mapping[str, object]) -> None:
        self._of_year = wanted.get("year")
        super().arrive(wanted)
        fields = self.record_form.form.fields
        self._wanted = {
            code: value
            for code, value in wanted.items()
            if value is not None and code not in _OF_PAGE and (code == "record" or code in fields)
        }
        self._take_wanted()

    def stored(self, uid: UUID | None) -> Values:
        return super().stored(uid) if uid is not None else self._begun

    def start_new(self) -> None:
        self._begun = {}
        super().start_new()

    def _show(self, found: Found) -> None:
        super()._show(found)
        self._take_wanted()

    def _written(self, done: Done[Any]) -> None:
        self._begun = {}
        super()._written(done)

    def _take_wanted(self) -> None:
        place = (self.desk.unit(self.year), self.year)
        if self._found is None or not self._wanted or self._read != place:
            return
        wanted, self._wanted = dict(self._wanted), None
        self.search.clear()
        record = wanted.pop("record", None)
        if isinstance(record, UUID):
            self._go_to(record)
        elif record is None and self.editable:
            self._begin(wanted)

    def _go_to(self, record: UUID) -> None:
        """One of another year comes when the user turns to that year."""
        if record in self.found.records:
            self._chosen(record)
        elif isinstance(self._of_year, int) and self._of_year != self.year:
            self._wanted = {"record": record}
            said = self.tr("Việc này ghi ở năm {year}: chọn năm làm việc {year} để mở.")
            self.refusal.tell(said.format(year=self._of_year))
            self.show_part(self.refusal)

    def _chosen(self, uid: object) -> None:
        self._wanted = None
        super()._chosen(uid)

    def _begin(self, values: Values) -> None:
        """A new record; one that was begun before and not saved comes first."""
        self.draft.keep()
        self.chosen, self._adding, self._begun = None, True, values
        self._fill()
        self._take_up()
        if self.form.is_dirty and any(self.form.draft()[code] != values[code] for code in values):
            said = self.tr("Đang ghi dở một dòng khác: lưu hoặc bỏ phần ghi dở đó trước.")
            self.warning.setText(said)
            self.warning.show()
        empty = [code for code in self.form.visible_codes() if code not in values]
        self.form.focus_field(empty[0])
