"""A section of a page: the records of one form, of the commune and the working year, in a table
with a search, and the form of the chosen one below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.domain.form import Section as FormSection
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.record_form import KINDS, RecordForm
from giamngheo_desktop.domain.vietnamese import search_key, sort_key
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.choice_fields import PickField
from giamngheo_desktop.gui.forms.filter_edit import FilterEdit
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.parts import label, scrolled
from giamngheo_desktop.gui.records import offering
from giamngheo_desktop.gui.records.added_form import ASKED_BY, AddedForm, kept_apart
from giamngheo_desktop.gui.records.offer_fields import offer_fields
from giamngheo_desktop.gui.records.offering import Answers, offering_of
from giamngheo_desktop.gui.records.record_columns import columns_of, shown
from giamngheo_desktop.gui.records.record_keys import RecordKeys
from giamngheo_desktop.gui.records.record_reading import Found, read_records
from giamngheo_desktop.gui.records.record_work import NEW, RecordWork, Values
from giamngheo_desktop.gui.records.refused_field import refused_field
from giamngheo_desktop.gui.review.drafting import OF_RECORDS, Typed
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.services.programme import entries, years
from giamngheo_desktop.services.programme.offers import Asked

_SHARE = 0.4  # of the height, for the table
REGISTER = frozenset(
    {
        Kind.HOUSEHOLD,
        Kind.PERSON,
        Kind.MEMBERSHIP,
        Kind.PLACE,
        Kind.CLASS_RECORD,
        Kind.AREA_VERSION,
    }
)


class Words(NamedTuple):
    """What a section is called and says: its title and intro, the button for one more record, the
    sentence where there is none.
    """

    title: str
    intro: str
    new: str
    empty: str


class RecordSection(RecordKeys, Section):
    """A subclass sets `KIND` and `COLUMNS`, the fields its table shows, and says its `words`.

    It may add: `tools` beside the search, `given` for columns no field asks, `summed` for the line
    below the table, `read_more` off the GUI thread, `warn` for what is odd in the chosen record.
    """

    WATCHES: ClassVar[frozenset[Kind]] = KINDS | REGISTER
    DRAFTS: ClassVar[str] = OF_RECORDS
    KIND: ClassVar[Kind]
    COLUMNS: ClassVar[tuple[str, ...]]
    NAMED: ClassVar[str] = ""  # the column that names the record, where the first text does not

    def __init__(self, desk: Desk) -> None:
        self._words = self.words()
        super().__init__(desk, self._words.title, self._words.intro)
        self._order: tuple[str, bool] = ("", False)
        self._rows: Sequence[tuple[Any, ...]] = ()
        self._read: tuple[UUID, int] | None = None  # the unit and year that are shown
        self._saved: UUID | None = None  # until it is shown
        self._wanted_draft = ""  # until the records are read
        self._settled: dict[str, object] = {}  # answers of lists, as they were last acted upon
        self.outer, foot = self.box, QHBoxLayout()
        self.search = FilterEdit()
        self.search.setObjectName("record_search")
        self.search.setAccessibleName(self.tr("Tìm trong bảng"))
        self.search.setPlaceholderText(self.tr("Tìm trong bảng"))
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.tools.addWidget(self.search, 1)
        self.outer.addLayout(self.tools)
        inside = QWidget()
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(0, 0, 4, 0)
        self.box.setSpacing(10)
        self.sums = label("", "soft", "record_sums", wrap=True)
        self.warning = label("", "warning", "record_warning", wrap=True)
        kinds = desk.definitions.activities
        self.added = AddedForm(self.record_form, kinds, desk.context.new_id)
        self._scroll = scrolled(inside, "section_scroll")
        self.begin_records(foot)
        self.box.insertWidget(self.box.indexOf(self.table) + 1, self.sums)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addLayout(foot)
        self.is_broad = True
        self.add_tools()
        self.search.textEdited.connect(self._filter)
        self.search.textChanged.connect(self._cleared)
        self.search.down_pressed.connect(self.table.setFocus)
        self.table.sort_requested.connect(self._sort)
        self.setFocusProxy(self.search)
        self.begin_keys()

    # -- what a subclass says -------------------------------------------------------------------

    def words(self) -> Words:
        raise NotImplementedError

    def add_tools(self) -> None:
        """Add buttons to `tools`, beside the search."""

    def given(self) -> Mapping[str, object]:
        """The columns of a new record that no field asks."""
        return years.given(self.record_form, self.desk.unit(self.year), self.year)

    def order(self, found: Mapping[UUID, Values]) -> Sequence[UUID]:
        """The records in the order of the table: by their day, else as they were made."""
        first = self.record_form.form.fields[self.COLUMNS[0]]
        if first.kind is not FieldKind.DATE:
            return list(found)
        return sorted(found, key=lambda uid: (found[uid][first.code] or date.max, uid))

    def summed(self, shown: Sequence[UUID]) -> str:
        """What the records add up to, in words."""
        return ""

    def read_more(self) -> Callable[[], Any] | None:
        """What else is read with the records; it must hold no widget."""
        return None

    def warn(self, uid: UUID) -> str:
        """What is odd in a record, and yet may be so."""
        return ""

    # -- what the common ground asks ------------------------------------------------------------

    @property
    def record_form(self) -> RecordForm:
        return self.desk.definitions.records[self.KIND]

    @property
    def answers_offered(self) -> Answers:
        return self.found.answers if self._found is not None else offering.NOTHING

    @property
    def editable(self) -> bool:
        return not self.desk.read_only and self._found is not None

    def name(self) -> str:
        return self.KIND.value

    def title(self) -> str:
        return self._words.title

    def new_label(self) -> str:
        return self._words.new

    def draft_place(self) -> tuple[str, str]:
        return f"{self.KIND.value}-{self.year}", f"{self.title()}, {self.year}"

    def columns(self) -> Sequence[Column]:
        return columns_of([self.record_form.form.fields[code] for code in self.COLUMNS])

    def sections(self) -> Sequence[FormSection]:
        """What its kind decides is asked after the rest."""
        return kept_apart(self.record_form)

    def reading(self) -> Callable[[], Found]:
        asked = self._asked()
        place = (self.desk.database, self.desk.definitions, self.record_form, asked)
        kept = offering_of(self.desk).kept(asked)
        return partial(read_records, *place, kept, self.read_more())

    def rows(self) -> Sequence[tuple[Any, ...]]:
        found: Found = self.found
        fields = [self.record_form.form.fields[code] for code in self.COLUMNS]
        made = []
        for uid in self.order(found.records):
            row = [shown(field, found.records[uid], found.answers) for field in fields]
            if whose := self._whose(uid):
                row[self._naming] = years.told(row[self._naming] or "", whose)
            made.append((uid, *row))
        return made

    @property
    def _naming(self) -> int:
        """The column that says whose a record of another unit is: the first text."""
        if self.NAMED:
            return self.COLUMNS.index(self.NAMED)
        kinds = [self.record_form.form.fields[code].kind for code in self.COLUMNS]
        return kinds.index(FieldKind.TEXT) if FieldKind.TEXT in kinds else 0

    def _whose(self, uid: UUID | None) -> str:
        """The unit that recorded it, where that went into this one."""
        found: Mapping[UUID, str] = self.found.others if self._found is not None else {}
        values = self.stored(uid)
        return found.get(values["area"], "") if found and "area" in values else ""

    def stored(self, uid: UUID | None) -> Values:
        return self.found.records.get(uid, {}) if uid is not None else {}

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        act = (self.desk.database, self.desk.context, self.record_form)
        given = {} if uid is not None else self.given()
        return partial(entries.save, *act, values, uid, given=given)

    def removing(self, uid: UUID) -> Callable[[], Done[Any]] | None:
        act = (self.desk.database, self.desk.context, self.record_form)
        return partial(entries.remove, *act, uid)

    def after(self, written: object) -> UUID | None:
        self._saved = written if isinstance(written, UUID) else None
        return super().after(written)

    def say(self) -> str:
        return "" if self.rows() else self._words.empty

    # -- reading and showing --------------------------------------------------------------------

    def load(self) -> None:
        place = (self.desk.unit(self.year), self.year)
        moved = self._read is not None and self._read != place
        if moved:
            self.draft.keep()
            self.search.clear()
        self._read = place
        self.read_records(moved=moved)

    def _asked(self) -> Asked:
        desk = self.desk
        return Asked(unit=desk.unit(self.year), year=self.year, day=desk.day(self.year))

    def _show(self, found: Found) -> None:
        offering_of(self.desk).keep(self._asked(), found.answers)
        super()._show(found)
        offer_fields(self.form, found.answers)
        self.added.offer(found.answers)
        self._take_draft()
        self.land()

    def elsewhere(self) -> Sequence[str]:
        saved, self._saved = self._saved, None
        if saved is None or saved in self.found.records:
            return ()
        said = self.tr(
            "Theo ngày đã ghi, dòng này không thuộc năm {year}: đổi năm làm việc để xem."
        )
        return (said.format(year=self.year),)

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """A record that was left half typed, by the end of the key of its `draft`."""
        self._wanted_draft = str(wanted.get("draft") or "")
        self._take_draft()

    def _take_draft(self) -> None:
        if self._found is None or self._read != (self.desk.unit(self.year), self.year):
            return
        wanted, self._wanted_draft = self._wanted_draft, ""
        if wanted == NEW and self.editable:
            self.start_new()
        for uid in self.found.records:
            if wanted == self.draft_of(uid):
                self._chosen(uid)

    def show_rows(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.table.setVisible(bool(rows))
        self._filter()

    def _filter(self) -> None:
        """The rows with all the words of the search, in any of their columns."""
        wanted = search_key(self.search.text()).split()
        shown = [row for row in self._rows if all(word in self._key(row) for word in wanted)]
        shown = self._sorted(shown)
        self.table.set_rows(shown, keep_widths=bool(wanted))
        self.table.say_empty(self.tr("Không có dòng nào khớp."))
        self.sums.setText(self._sums([row[0] for row in shown]))
        self.sums.setVisible(bool(self._rows))
        self._fit_table()

    def _cleared(self, text: str) -> None:
        if not text:
            self._filter()

    def _key(self, row: tuple[Any, ...]) -> str:
        columns = self.table.rows.columns
        texts = (column.format(value) for column, value in zip(columns, row[1:], strict=True))
        return search_key(" ".join(texts))

    def _sorted(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        column, descending = self._order
        if not column:
            return rows
        at = self.COLUMNS.index(column) + 1
        known = [row for row in rows if row[at] is not None]
        known.sort(key=lambda row: _sortable(row[at]), reverse=descending)
        return known + [row for row in rows if row[at] is None]

    def _sort(self, column: str, descending: bool) -> None:
        self._order = (column, descending)
        self._filter()

    def _sums(self, shown: Sequence[UUID]) -> str:
        count = format_integer(len(shown))
        if len(shown) < len(self._rows):
            whole = format_integer(len(self._rows))
            count = self.tr("Đang hiện {count} trong {whole} dòng").format(count=count, whole=whole)
        else:
            count = self.tr("{count} dòng").format(count=count)
        return " · ".join(filter(None, (count, self.summed(shown))))

    def lines(self) -> int:
        line = self.table.verticalHeader().defaultSectionSize()
        return max(4, int(self._scroll.viewport().height() * _SHARE) // line)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_table()

    def show_part(self, part: QWidget) -> None:
        QTimer.singleShot(0, part, partial(self._scroll.ensureWidgetVisible, part))

    # -- the form -------------------------------------------------------------------------------

    def below(self) -> None:
        self.whose = label("", "soft", "record_whose", wrap=True)
        for part in (self.whose, self.warning, self.added):
            self.box.addWidget(part)
        self.whose.hide()
        self.warning.hide()
        self.added.changed.connect(self.draft_touched)
        self.added.completed.connect(self._added_completed)

    def draft_touched(self) -> None:
        self.refusal.hide()
        self.draft.touch()

    def _build(self) -> None:
        super()._build()
        offer_fields(self.form, self.answers_offered)
        for code, field in self.form.fields.items():
            if isinstance(field, PickField):
                field.edit.editingFinished.connect(partial(self._settle, code))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """A form built anew would come last of all."""
        forms = [stop for form in (self.form, self.added.form) for stop in form.tab_stops()]
        buttons = (self.new_button, self.remove_button, self.save_button)
        for one, following in pairwise([self.search, self.table, *forms, *buttons]):
            QWidget.setTabOrder(one, following)

    def fill_more(self) -> None:
        values = self.stored(self.chosen)
        self._settled = dict(values)
        offer_fields(self.form, self.answers_offered)
        self.added.show_kind(values.get(self.record_form.decided_by), values)
        self.added.offer(self.answers_offered)
        self._order_tabs()
        unit = self._whose(self.chosen)
        self.whose.setText(self.tr("Do {unit} ghi; sửa ở đây vẫn là của {unit}.").format(unit=unit))
        self.whose.setVisible(bool(unit))
        said = self.warn(self.chosen) if self.chosen is not None else ""
        self.warning.setText(said)
        self.warning.setVisible(bool(said))

    def more_typed(self) -> Mapping[str, object] | None:
        return self.added.typed()

    def put_more(self, typed: Typed) -> None:
        offer_fields(self.form, self.answers_offered)
        self._settled |= typed
        self._decide(typed.get(ASKED_BY))
        self.added.put(typed)

    def _changed(self, code: str) -> None:
        super()._changed(code)
        offer_fields(self.form, self.answers_offered, after=code)
        self._settle(code)

    def _settle(self, code: str) -> None:
        """What follows from an answer waits until the whole of it stands there, and comes once."""
        field = self.form.fields[code]
        value = field.value()
        if not isinstance(field, PickField) or not field.is_settled:
            if code == self.record_form.decided_by:
                self.added.hide()  # it would look like what the kind half typed asks
            return
        if self._settled.get(code) != value:
            self._settled[code] = value
            self.settled(code)

    def settled(self, code: str) -> None:
        """An answer of a list was chosen; a subclass may fill in what follows from it."""
        if code == self.record_form.decided_by:
            self._decide()

    def _decide(self, before: object = None) -> None:
        """Ask what the kind that is chosen now adds; what was typed for it before is there. While
        no kind is understood the fields of the one `before` are kept and not shown.
        """
        decided = self.record_form.decided_by
        known = self.record_form.added
        chosen: object = self.form.draft().get(decided) if decided else None
        kind = chosen if chosen in known else before
        if kind in known:
            self.added.show_kind(kind, self.stored(self.chosen), typed=True)
            self.added.offer(self.answers_offered)
            self._order_tabs()
        if chosen not in known:
            self.added.hide()

    def _enable(self) -> None:
        super()._enable()
        self.added.setEnabled(self.form.isEnabled())

    def answers(self) -> Values | None:
        values = super().answers()
        if values is None:
            return None
        more = checked(self.added.form)
        if more is None:
            return None
        return self._completed_by_tree({**values, **more})  # values hold what was stored of more

    def say_beside(self, error: BaseException) -> bool:
        forms = (self.form, self.added.form)
        field = refused_field(error, self.record_form, forms)
        if field is not None and isinstance(error, AppError):
            field.set_problem(texts.error_text(error))
            field.take_focus()
        return field is not None

    def _completed_by_tree(self, values: Values) -> Values:
        """A part of the plan says its programme, a component its own, where nobody chose one."""
        if not {"programme", "component"} <= values.keys():
            return values
        programme, component = values["programme"], values["component"]
        if programme is None and component is None:
            programme, component = self.answers_offered.planned(values.get("plan_component"))
        elif programme is None:
            programme = self.answers_offered.programme_of(component)
        return {**values, "programme": programme, "component": component}

    def problems(self, values: Values) -> dict[str, str]:
        component, programme = values.get("component"), values.get("programme")
        if component and programme:
            known = {one.value for one in self.answers_offered.components(programme)}
            if known and component not in known:
                said = self.tr("Thành phần này không thuộc chương trình đã chọn.")
                return {"component": said}
        return {}

    # -- the keyboard ---------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        return [self.search, self.form, self.added, self.save_button]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_walk.is_enter(event) and self.search.hasFocus():
            self.start()
        else:
            super().keyPressEvent(event)

    def _completed(self) -> None:
        if not self.added.start():
            super()._completed()

    def _added_completed(self) -> None:
        RecordWork._completed(self)


def _sortable(value: Any) -> Any:
    return sort_key(value) if isinstance(value, str) else value
