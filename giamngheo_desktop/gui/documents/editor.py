"""The editor of a document: its outline, what stands in the chosen line, what is to be looked at.

Whoever goes on to another line has saved the one before; what was typed and not saved yet lies as
a draft. Until a document is read nothing of the one before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui import messages, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents import document_work, outline_acts
from giamngheo_desktop.gui.documents.document_work import Found
from giamngheo_desktop.gui.documents.doubt_list import DoubtList
from giamngheo_desktop.gui.documents.line_drafts import draft_node, place_of_drafts
from giamngheo_desktop.gui.documents.node_forms import NodeForms
from giamngheo_desktop.gui.documents.offered_texts import OfferedTexts
from giamngheo_desktop.gui.documents.outline import HEAD, Outline, key_of, lines_of
from giamngheo_desktop.gui.documents.outline_tools import OutlineTools
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.review.drafting import OF_DOCUMENTS, DraftNote
from giamngheo_desktop.services.documents import sections
from giamngheo_desktop.services.documents.listing import REPORT
from giamngheo_desktop.services.documents.reading import Document


class DocumentEditor(QWidget):
    """`shown(Found)` after each reading, `blanked()` before one; `go_requested(page, payload)` to
    what records fill in.
    """

    shown = Signal(object)
    blanked = Signal()
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._uid: UUID | None = None
        self._found: Found | None = None
        self._then: Callable[[], None] | None = None  # once it is saved
        self._writing = False
        self._wanted = ""  # the line to go to once it is read
        self._starts = False  # and to type into
        self.outline = Outline()
        self.tools = OutlineTools()
        self.doubts = DoubtList()
        self.forms = NodeForms()
        self.draft = DraftNote(desk, self.forms.typed, prefix=OF_DOCUMENTS)
        self.refusal = Refusal()
        self.offered = OfferedTexts(desk, self.forms)
        self.save_button = button(self.tr("&Lưu"), "save_document", icon="save", kind="primary")
        self.save_button.setToolTip(self.tr("Lưu (Ctrl+S); lưu rồi sang mục kế (Ctrl+Enter)"))
        self._build()
        self._connect()
        self._blank()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.outline, 1)
        left.addWidget(self.tools)
        left.addWidget(self.doubts)
        self._foot = QWidget()
        foot = Flow(8)
        foot.addWidget(self.offered.library_button)
        foot.addWidget(self.offered.changes_button)
        foot.add_at_end(self.save_button)
        self._foot.setLayout(foot)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.draft)
        right.addWidget(self.forms, 1)
        right.addWidget(self.refusal)
        right.addWidget(self._foot)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(left, 2)
        box.addLayout(right, 3)
        self.setFocusProxy(self.outline)

    def _connect(self) -> None:
        self.outline.chosen.connect(self._go_to)
        self.outline.entered.connect(self.start)
        self.outline.ticked.connect(self._tick)
        self.outline.moved.connect(self._move)
        self.tools.moved.connect(self._move)
        self.tools.nested.connect(self._nest)
        self.tools.added.connect(self.add_section)
        self.tools.removed.connect(self._remove)
        self.doubts.chosen.connect(self.go_to)
        self.doubts.target_chosen.connect(self.go_to_target)
        self.doubts.opening_wanted.connect(self.go_to_opening)
        self.forms.changed.connect(self._touched)
        self.forms.record.go_requested.connect(self.go_requested)
        self.offered.turned.connect(self._enable)
        self.offered.failed.connect(self.refusal.say)
        self.save_button.clicked.connect(self._save_pressed)
        self.draft.dropped.connect(self.forms.fill)
        for code, act in (("save", self._save_here), ("save_next", self._save_next)):
            shortcuts.make_action(self, code, "", act, everywhere=False)

    # -- reading and showing --------------------------------------------------------------------

    @property
    def uid(self) -> UUID | None:
        return self._uid

    @property
    def found(self) -> Found | None:
        """What was read."""
        return self._found

    @property
    def document(self) -> Document | None:
        return self._found.document if self._found is not None else None

    @property
    def editable(self) -> bool:
        document = self.document
        return document is not None and document.is_draft and not self._desk.read_only

    def open(self, uid: UUID, node: str = "") -> None:
        """A document, at a line of it: by the end of the key of its draft, or as it was left."""
        if uid != self._uid:
            self.draft.keep()
            self._uid = uid
            self._blank()
            self._wanted, self._starts, self._then = HEAD, False, None
        self._wanted = node or self._wanted
        self.load()

    def close_document(self) -> None:
        """It is there no more, nor what was typed of it."""
        self.draft.forget()
        self._uid = None
        self._blank()
        self.forms.close_line()

    def _blank(self) -> None:
        """Nothing is shown of what was open, and nothing is typed, before the next one is read.
        What is being saved of it still lies in its form.
        """
        self._found = None
        self.outline.show_lines((), editable=False)
        self.doubts.show_doubts(())
        self.forms.blank()
        self.draft.hide()
        self.refusal.hide()
        for part in (self.tools, self._foot):
            part.setEnabled(False)
        self.blanked.emit()

    def shows(self, draft: str) -> bool:
        """Whether the line stands there: by the end of the key of its draft. One that is there no
        more is that of its document.
        """
        document, _, node = draft.partition("-")
        if self.document is None or self.document.uid.hex[-12:] != document:
            return False
        return node == draft_node(self._key) or not self._key_like(node)

    def load(self) -> None:
        if self._uid is not None:
            desk = self._desk
            args = (desk.database, desk.definitions, self._uid, desk.context.today())
            work = partial(document_work.read, *args)
            self._desk.runner.read(self, work, self._show, self._gone, latest="document")

    def _show(self, found: Found) -> None:
        if self._writing:
            return  # it is read again once that is done
        first = self._found is None
        if first:
            self.draft.leave()  # of the document before
            self.forms.close_line()
        self._found = found
        document = found.document
        lines = lines_of(
            document,
            self.tr("Phần đầu văn bản"),
            self.tr("Phần cuối, nơi nhận, người ký"),
            self.tr("(mục chưa có tên)"),
        )
        self.forms.section.offer(found.offers, of_report=document.type == REPORT)
        self.outline.show_lines(lines, editable=self.editable)
        self.doubts.show_doubts(found.doubts)
        if first:
            self._wanted = self._half_typed() or self._wanted
        wanted, self._wanted = self._key_like(self._wanted), ""
        if wanted:
            self.outline.go_to(wanted)
        self._show_current()
        self.shown.emit(found)
        if self._starts:
            self._starts = False
            self.start()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _gone(self, error: BaseException) -> None:
        """It was taken back, or removed elsewhere."""
        self.close_document()
        self.refusal.say(error)

    def _half_typed(self) -> str:
        """A line in which something was typed and never saved."""
        waiting = self.draft.waiting(self._place())
        return next((key for key in self.outline.order if draft_node(key) in waiting), "")

    def _key_like(self, wanted: str) -> str:
        """The line of a key, or of the end of the key of a draft."""
        keys = self.outline.order
        return next((key for key in keys if wanted in (key, draft_node(key))), "") if wanted else ""

    def _show_current(self) -> None:
        """The form of the line with the cursor; what is typed in it stays."""
        line, document = self.outline.current, self.document
        if line is None or document is None:
            return
        if line.key != self._key:
            self.draft.leave()
        if self.forms.show_line(line, document):
            self.refusal.hide()
            self._take_up()
        self._enable()

    @property
    def _key(self) -> str:
        """Of the line in the form."""
        return self.forms.line.key if self.forms.line is not None else ""

    def _enable(self) -> None:
        document, form = self.document, self.forms.form
        if document is None:
            return
        later = not self._desk.read_only and not document.is_draft and self._key == HEAD
        self.forms.allow(free=self.editable, later=later)
        free = self.editable and not self._writing
        for part in (self.tools, self._foot):
            part.setEnabled(True)
        self.tools.fit(self.outline.current, document, free=free)
        self.tools.setVisible(self.editable)
        self.offered.fit(editable=self.editable)
        self.save_button.setVisible(form is not None and (self.editable or later))
        self.save_button.setEnabled(not self._writing)
        self._foot.setVisible(not self.forms.shows_texts)

    # -- what is typed --------------------------------------------------------------------------

    def _take_up(self) -> None:
        if self.forms.form is None:
            return
        typed = self.draft.begin(f"{self._place()}-{draft_node(self._key)}", self._title())
        if typed is not None:
            self.forms.put(typed)

    def _place(self) -> str:
        """What the keys of the drafts of the document begin with."""
        document = self.document
        assert document is not None
        return place_of_drafts(document.type, document.year, document.uid)

    def _title(self) -> str:
        document, line = self.document, self.forms.line
        assert document is not None
        said = self.tr("Văn bản năm {year}: {name}")
        return said.format(year=document.year, name=line.text if line else "")

    def _touched(self) -> None:
        self.refusal.hide()
        self.draft.touch()

    def keep(self) -> None:
        self.draft.keep()

    # -- saving ---------------------------------------------------------------------------------

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Write what is typed in the line shown, then go on; refused it stays, and says why."""
        is_free = self.editable or (self.document is not None and self._key == HEAD)
        if self.forms.typed() is None or not is_free:
            if then is not None:
                then()
        elif self._writing or self.forms.unreadable():
            self.outline.go_to(self._key)
        else:
            self._then = then
            self._write(self.forms.saving(self._desk), self._saved)

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """Save what is typed and go on, come what may: a fault of one line locks no other."""
        try:
            self.save(then)
        except Exception as error:  # noqa: BLE001 - it is told, and what is typed stays a draft
            messages.report(error, self)
            if then is not None:
                then()

    def _saved(self, _: Done[None]) -> None:
        """What follows works on what was stored, so that is read first."""
        self._written()
        self.forms.saved()
        self.draft.keep()  # what was typed meanwhile, else nothing
        self.load()

    def _write(self, work: Callable[[], Done[Any]], done: Callable[[Done[Any]], None]) -> None:
        self._writing = True
        self._enable()
        self._desk.runner.write(self, work, done, self._refused)

    def _written(self) -> None:
        self._writing = False
        self._enable()

    def _refused(self, error: BaseException) -> None:
        self._written()
        self._then = None
        if self.document is None:  # another one is opened; it stays there as a draft
            self.load()
            messages.report(error, self)
            return
        self.outline.go_to(self._key)
        self.load()
        self.refusal.say(error)

    def _save_here(self) -> None:
        """By the key: the keyboard stays in the text."""
        self.save()

    def _save_pressed(self) -> None:
        self.save(self.outline.setFocus)

    def _save_next(self) -> None:
        """Save, then into the section below."""
        keys = self.outline.order
        at = keys.index(self._key) + 1
        if at < len(keys):
            self.save(partial(self._start_at, keys[at]))
        else:
            self.save()

    def _start_at(self, key: str) -> None:
        self.outline.go_to(key)
        self._show_current()
        self.start()

    # -- the outline ----------------------------------------------------------------------------

    def go_to(self, key: str) -> None:
        """A line, and into it; "" is the head."""
        self.save(partial(self._start_at, self._key_like(key) or self.outline.made_by(key) or HEAD))

    def go_to_target(self, key: str) -> None:
        """Where a target is typed; "": what villages get of them."""
        wanted = {"section": "targets", "key": key} if key else {"section": "allocation"}
        self.go_requested.emit("targets", wanted)

    def go_to_opening(self) -> None:
        """Where the list is made that the year begins with."""
        self.go_requested.emit("settings", "opening")

    def _go_to(self, key: str) -> None:
        if key != self._key:
            self.leave(self._show_current)

    def _tick(self, key: str, included: bool) -> None:
        line = self.outline.line(key)
        if line is not None and line.part is not None:
            self._act(partial(sections.include, *self._place_of_acts(line.part.uid), included))

    def _move(self, step: int) -> None:
        line = self.outline.current
        if self.editable and line is not None and line.part is not None and line.is_section:
            self._act(partial(sections.move, *self._place_of_acts(line.part.uid), step))

    def _nest(self, step: int) -> None:
        """Into the section above (1), or out of the one it stands in (-1)."""
        line, document = self.outline.current, self.document
        if line is None or line.part is None or document is None:
            return
        place = outline_acts.nested(document, line.part, step)
        if place is not None:
            self._act(partial(sections.put, *self._place_of_acts(line.part.uid), *place))

    def add_section(self, below: bool = False) -> None:
        """Beside the section with the cursor, or in it."""
        line, document = self.outline.current, self.document
        if document is not None and self.editable and not self._writing:
            values = outline_acts.place_of_new(document, line, below=below)
            act = (self._desk.database, self._desk.context, document.uid)
            self.save(partial(self._act, partial(sections.add, *act, **values), self._added))

    def _added(self, done: Done[UUID]) -> None:
        if self.document is not None:
            self._wanted, self._starts = key_of(done.value), True
        self._acted(done)

    def _remove(self) -> None:
        line = self.outline.current
        if line is not None and line.part is not None and line.is_section:
            self.draft.forget()
            self.forms.forget()
            self._act(partial(sections.remove, *self._place_of_acts(line.part.uid)))

    def _place_of_acts(self, section: UUID) -> tuple[Any, Any, UUID]:
        return self._desk.database, self._desk.context, section

    def _act(
        self,
        work: Callable[[], Done[Any]],
        done: Callable[[Done[Any]], None] | None = None,
    ) -> None:
        if not self._writing:
            self._write(work, done or self._acted)

    def _acted(self, _: Done[Any]) -> None:
        self._written()
        self.load()

    # -- the keyboard ---------------------------------------------------------------------------

    def start(self) -> None:
        """Into the form of the line shown."""
        form, section = self.forms.form, self.forms.section
        if form is section and self.editable:
            part = section.text if section.title.text() else section.title
            part.setFocus(Qt.FocusReason.TabFocusReason)
        elif form is None:
            self.forms.record.setFocus()
        elif not enter_walk.start(self.stops()):
            self.outline.setFocus()

    def stops(self) -> list[QWidget]:
        own = [] if self.forms.shows_texts else [self.save_button]
        return [*self.forms.stops(), *own]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doubts.fit(self.height())

    def event(self, event: QEvent) -> bool:
        new = event.type() == QEvent.Type.ShortcutOverride and shortcuts.asks(event, "new")
        if new and self.editable:
            event.accept()  # a new section, where the window would begin a household
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if shortcuts.asks(event, "new") and self.editable:
            self.add_section()
        elif not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)
